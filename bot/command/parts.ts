import { first, map, meaning, seq, word } from './pattern.ts';

/** "in the morning", "at night" right behind a clock or a day. */
export const inThePart = first(
  map(seq(word('in'), word('the'), meaning('part')), ([, , part]) => part),
  map(seq(word('at'), word('night')), () => 'night' as const),
);
