import type { Tokens } from '../text/pattern.ts';
import { first, map, meaning, seq, tokenAt, word } from '../text/pattern.ts';

/** "in the morning", "at night" right behind a clock or a day. */
export const inThePart = first(
  map(seq(word('in'), word('the'), meaning('part')), ([, , part]) => part),
  map(seq(word('at'), word('night')), () => 'night' as const),
);

const PLACING = new Set(
  'chuck squeeze slot stick pop throw whack bung pencil fit wedge shove lock bang put book get sneak slip pin work'.split(
    ' ',
  ),
);
/** The "in" of "lock in 1pm" and "squeeze in 20 minutes" belongs to its verb, not to the time. */
export const isParticle = (tokens: Tokens, at: number): boolean =>
  tokenAt(tokens, at).low === 'in' && PLACING.has(tokenAt(tokens, at - 1).low);
