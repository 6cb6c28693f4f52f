import type { Part } from '../text/lexicon.ts';
import type { Rule } from '../text/pattern.ts';
import { first, map, maybe, opens, seq, tokenAt, word, words } from '../text/pattern.ts';

/** A time of day as said. `half` is null where nobody said am or pm. */
export type Clock = {
  hour: number;
  minute: number;
  half: 'am' | 'pm' | null;
  /** 24-hour reading: nothing to guess about the half of the day. */
  is24: boolean;
  /** A bare number: a clock only where its neighbours say so. */
  weak: boolean;
  /** Looks like a year as much as like a time. */
  yearLike: boolean;
  /** Said by name ("end of day"), so that the minute is a custom rather than a fact. */
  custom: boolean;
  part: Part | null;
};

/** A time of day that says nothing beyond its numbers. */
export const PLAIN: Clock = {
  hour: 0,
  minute: 0,
  half: null,
  is24: false,
  weak: false,
  yearLike: false,
  custom: false,
  part: null,
};
const at24 = (hour: number, minute = 0): Clock => ({ ...PLAIN, hour, minute, is24: true });
const custom = (hour: number, minute = 0): Clock => ({ ...at24(hour, minute), custom: true });

/** am, pm, a.m., p.m., and a or p right behind the number. */
export const half: Rule<'am' | 'pm'> = opens(['#half'], (tokens, at) => {
  const token = tokenAt(tokens, at);
  const said = token.means?.half;
  if (!said) return null;
  if (token.low.length === 2) return { value: said, next: at + 1 };
  const dot = tokenAt(tokens, at + 1);
  const m = tokenAt(tokens, at + 2);
  if (dot.low === '.' && m.low === 'm' && m.glued) {
    const last = tokenAt(tokens, at + 3);
    return { value: said, next: last.low === '.' && last.glued ? at + 4 : at + 3 };
  }
  if (tokenAt(tokens, at + 1).low === 'm' && tokenAt(tokens, at - 1).kind === 'number')
    return { value: said, next: at + 2 };
  return token.glued && tokenAt(tokens, at - 1).kind === 'number' ? { value: said, next: at + 1 } : null;
});

/** Noon, midnight, and the customary hours of a business day. */
export const named = first<Clock>(
  map(seq(maybe(word('12 twelve')), word('noon midday noontime')), () => at24(12)),
  map(seq(maybe(word('12 twelve')), word('midnight')), () => at24(24)),
  map(
    first(
      word('eod cob eob cop'),
      words('end of the day'),
      words('end of day'),
      words('end of business'),
      words('end of the business day'),
      words('end of business day'),
      words('end of the working day'),
      words('end of play'),
      words('close of business'),
      words('close of play'),
    ),
    () => custom(17),
  ),
  map(
    first(
      word('sob sod bob'),
      words('start of business'),
      words('start of the business day'),
      words('start of the day'),
      words('start of day'),
      words('start of the working day'),
      words('beginning of business'),
      words('beginning of the day'),
      words('opening of business'),
      words('open of business'),
      words('start of play'),
    ),
    () => custom(9),
  ),
);
