import type { Options } from '../command.ts';
import type { Place } from '../text/tokens.ts';

/** People of whom something is asked, by the tokens that name them. */
export type PeopleSaid = Place & { as: 'coorganisers' | 'namedPresenters' };

/** Options as said, and who is named with them. */
export type OptionSaid = { set: Options; who: PeopleSaid | null };

/** Options that name nobody. */
export function plain(set: Options): OptionSaid {
  return { set, who: null };
}
