import type { Rule } from './pattern.ts';
import { digits, first, map, maybe, meaning, opens, seq, word } from './pattern.ts';

const twenties: Rule<number> = map(
  seq(meaning('number'), maybe(word('-')), meaning('number')),
  ([tens, , units]) => (tens >= 20 && tens % 10 === 0 && units > 0 && units < 10 ? tens + units : null),
);

/** 0 to 999 in digits, or spelled up to ninety-nine. */
export const count: Rule<number> = first(digits(0, 999, 3), twenties, meaning('number'));

/** A spelled number only. */
export const spelled: Rule<number> = first(twenties, meaning('number'));

const dayDigits = digits(1, 31, 2);
const suffixed: Rule<number> = opens(['#digits'], (tokens, at) => {
  const hit = dayDigits(tokens, at);
  const suffix = tokens[at + 1];
  return hit && suffix?.glued && /^(st|nd|rd|th)$/.test(suffix.low)
    ? { value: hit.value, next: at + 2 }
    : null;
});
const spelledOrdinal: Rule<number> = first(
  map(seq(meaning('number'), maybe(word('-')), meaning('ordinal')), ([tens, , units]) =>
    (tens === 20 || tens === 30) && units < 10 && units > 0 ? tens + units : null,
  ),
  meaning('ordinal'),
);

/** 24th, third, twenty-first: 1 to 31. */
export const ordinal: Rule<number> = first(suffixed, spelledOrdinal);

/** "first" to "fifth" of something, or the last (-1). */
export const rank: Rule<number> = first(
  map(word('last final'), () => -1),
  map(ordinal, (value) => (value <= 5 ? value : null)),
);

/** "1500 hours" is a clock. */
const isClock = (low: string, behind: string) =>
  /^(hours|hrs|hour|hr)$/.test(behind) && low.length === 4 && Number(low) <= 2400 && Number(low) % 100 < 60;

/** A thousand and more of something: no meeting lasts that long or is that far away. */
export const vast: Rule<number> = (tokens, at) => {
  const low = tokens[at]?.low ?? '';
  const isVast = /^\d{4,15}$/.test(low) && !isClock(low, tokens[at + 1]?.low ?? '');
  return isVast ? { value: Number(low), next: at + 1 } : null;
};
