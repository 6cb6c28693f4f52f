import type { Options } from './command.ts';

/** Options as said; who shall help to organise is named by the tokens from `who[0]` up to but not including `who[1]`. */
export type OptionSaid = { set: Options; who: readonly [number, number] | null };

/** Options that name nobody. */
export function plain(set: Options): OptionSaid {
  return { set, who: null };
}
