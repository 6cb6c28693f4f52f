import { ordinal, rank } from '../text/numbers.ts';
import type { Rule } from '../text/pattern.ts';
import { digits, first, map, maybe, meaning, opens, seq, tokenAt, word, words } from '../text/pattern.ts';
import type { Day } from './calendar.ts';
import { civilOf, dayOf, monthAfter, nthWeekday, weekdayOf } from './calendar.ts';
import type { DateContext, DateRule, DateSaid } from './date-said.ts';
import { calendarDay, noSuchDay, withYear, yearless } from './date-said.ts';

const weekday = meaning('weekday');
const sign = maybe(word('- / . ,'));

const monthRef: Rule<(today: Day) => { year: number; month: number }> = first(
  map(seq(word('next'), word('month')), () => (today) => monthAfter(today, 1)),
  map(seq(word('the'), word('following'), word('month')), () => (today) => monthAfter(today, 1)),
  map(seq(word('this the'), word('month')), () => (today) => monthAfter(today, 0)),
  map(seq(words('the month after next')), () => (today) => monthAfter(today, 2)),
);
// Right after a day and month these are years: some could be clocks (2015), but a year gone by is asked, not assumed.
const yearDigits = digits(1960, 2039, 4);
const year: Rule<number> = opens(['#digits ,'], (tokens, at) => {
  const skip = tokenAt(tokens, at).low === ',' ? 1 : 0;
  const hit = yearDigits(tokens, at + skip);
  const behind = hit && tokenAt(tokens, hit.next);
  if (!hit || (behind?.glued && /^[:.h%]|^hrs|^[ap]m?$/.test(behind.low) && behind.low !== '.')) return null;
  return hit.value.toString().length === 4 ? hit : null;
});

function nth(
  c: DateContext,
  rankSaid: number,
  day: number,
  of: { year: number; month: number },
  isFixed: boolean,
): DateSaid {
  const found = nthWeekday(of.year, of.month, day, rankSaid);
  if (found === null) return noSuchDay;
  if (found >= c.today || isFixed) return calendarDay(found);
  const later = nthWeekday(of.year + 1, of.month, day, rankSaid);
  return later === null ? noSuchDay : calendarDay(later);
}

/** "first Thursday of the month": next month's where this month's has gone by. */
function nthOrLater(
  c: DateContext,
  place: number,
  day: number,
  of: { year: number; month: number },
): DateSaid {
  const said = nth(c, place, day, of, true);
  return said.day !== null && said.day < c.today ? nth(c, place, day, monthAfter(c.today, 1), true) : said;
}

/** "the first Monday of next month", "the last Friday of June". */
export const nthRules: readonly DateRule[] = [
  map(
    seq(maybe(word('the')), rank, weekday, word('of in'), monthRef),
    ([, place, day, , of]) =>
      (c) =>
        nthOrLater(c, place, day, of(c.today)),
  ),
  map(
    seq(maybe(word('the')), rank, weekday, word('of in'), meaning('month'), maybe(year)),
    ([, place, day, , month, y]) =>
      (c) =>
        nth(c, place, day, { year: y ?? civilOf(c.today).year, month }, y !== null),
  ),
  map(
    seq(
      maybe(word('the')),
      word('last'),
      maybe(word('working business')),
      word('day'),
      word('of in'),
      monthRef,
    ),
    ([, , working, , , of]) =>
      (c) => {
        const { year: y, month } = of(c.today);
        const end = (dayOf(month === 12 ? y + 1 : y, month === 12 ? 1 : month + 1, 1) ?? 0) - 1;
        return calendarDay(working ? end - Math.max(0, weekdayOf(end) - 5) : end);
      },
  ),
  map(
    seq(maybe(word('the')), word('last'), word('day'), word('of in'), meaning('month')),
    ([, , , , month]) =>
      (c) =>
        yearless(c, month, month === 2 ? 28 : [4, 6, 9, 11].includes(month) ? 30 : 31),
  ),
];

const dayNumber = first(ordinal, digits(1, 31, 2));

/** A day of the month that is not the hour of a clock: "June 5pm" has none. */
const dateNumber: Rule<number> = opens([ordinal, '#digits'], (tokens, at) => {
  const hit = dayNumber(tokens, at);
  if (!hit) return null;
  const behind = tokenAt(tokens, hit.next);
  const isClock = behind.glued && (/^[:h%]$/.test(behind.low) || behind.means?.half !== undefined);
  const isDecimal = behind.glued && behind.low === '.' && tokenAt(tokens, hit.next + 1).glued;
  const isHalfNext = behind.low === 'am' || behind.low === 'pm';
  return isClock || isDecimal || isHalfNext ? null : hit;
});
const dayNumberThenMonth: Rule<number> = opens([ordinal, '#digits'], (tokens, at) => {
  const before = tokenAt(tokens, at - 1);
  const isTail =
    tokenAt(tokens, at).glued && (before.low === ':' || before.low === '.' || before.low === '/');
  return isTail ? null : dayNumber(tokens, at);
});

/** A month and its day, in either order. */
export const monthDayRules: readonly DateRule[] = [
  map(
    seq(maybe(word('the')), dayNumberThenMonth, sign, maybe(word('of')), meaning('month'), sign, year),
    ([, date, , , month, , y]) =>
      () =>
        withYear(y, month, date),
  ),
  map(
    seq(meaning('month'), sign, maybe(word('the')), dateNumber, maybe(word(',')), year),
    ([month, , , date, , y]) =>
      () =>
        withYear(y, month, date),
  ),
  map(
    seq(maybe(word('the')), dayNumberThenMonth, maybe(word('- / of')), meaning('month')),
    ([, date, , month]) =>
      (c) =>
        yearless(c, month, date),
  ),
  map(
    seq(meaning('month'), maybe(word('- / . the')), dateNumber),
    ([month, , date]) =>
      (c) =>
        yearless(c, month, date),
  ),
];

function nthOfMonths(c: DateContext, date: number, from: number): DateSaid {
  for (let ahead = from; ahead < from + 4; ahead += 1) {
    const { year: y, month } = monthAfter(c.today, ahead);
    const day = dayOf(y, month, date);
    if (day !== null && day >= c.today) return calendarDay(day);
  }
  return noSuchDay;
}

const NOT_A_DAY = new Set(
  'floor street avenue quarter party draft version edition round phase attempt day week line item point page option half time interview stage meeting call sprint batch wave iteration year party level'.split(
    ' ',
  ),
);
const BEHIND_A_DAY = new Set(
  'at from with about on re regarding for to in please and or by between around concerning called titled named until till after before w noon midday midnight eod cob both half quarter'.split(
    ' ',
  ),
);

const nthParts = seq(maybe(word('on by for')), maybe(word('the')), ordinal);
/** "the 3rd", "on the 3rd"; a plain "3rd" and "the 3rd" only where no noun follows. */
const nthOfThisMonth: DateRule = opens(['on by for the', ordinal], (tokens, at) => {
  const hit = nthParts(tokens, at);
  if (!hit) return null;
  const [preposition, article, date] = hit.value;
  const isSpelled = tokenAt(tokens, hit.next - 1).kind === 'word' && !tokenAt(tokens, hit.next - 1).glued;
  const behind = tokenAt(tokens, hit.next);
  const isNoun = behind.kind === 'word' && !behind.means && !BEHIND_A_DAY.has(behind.low);
  if (behind.glued && (behind.low === '-' || behind.low === '/' || behind.low === "'")) return null;
  if (NOT_A_DAY.has(behind.low) || behind.means?.unit) return null;
  if (isNoun && !(preposition && article)) return null;
  if (isSpelled && !(article && preposition)) return null;
  return { value: (c) => nthOfMonths(c, date, 0), next: hit.next };
});

/** "on 16 at 2pm": a number that can only be a day of the month. */
const onNumber = seq(word('on'), digits(1, 31, 2));
const plainNumber: DateRule = opens([onNumber], (tokens, at) => {
  const hit = onNumber(tokens, at);
  if (!hit || !/^(at|from|,)$/.test(tokenAt(tokens, hit.next).low)) return null;
  const [, date] = hit.value;
  return { value: (c) => nthOfMonths(c, date, 0), next: hit.next };
});

/** A day of some month not named. */
export const ordinalRules: readonly DateRule[] = [
  plainNumber,
  map(seq(maybe(word('the')), ordinal, word('of'), monthRef), ([, date, , of]) => (c) => {
    const { year: y, month } = of(c.today);
    return withYear(y, month, date);
  }),
  nthOfThisMonth,
];
