import { DateTime } from 'luxon';
import { memo } from '../../base/cache.ts';
import {
  civilOf,
  type Day,
  dayOf,
  endOfMonth,
  mondayOf,
  monthAfter,
  nthWeekday,
  onOrAfter,
  weekdayOf,
} from './calendar.ts';
import { type Fit, type Found, isGluedTo, isTagged } from './chart.ts';
import {
  calendarDay,
  type DateContext,
  type DateSaid,
  noSuchDay,
  type Order,
  ofYear,
  relative,
  vague,
  weekdaySaid,
  withYear,
  yearless,
} from './date-said.ts';
import type { NumericDate } from './numbers.ts';

/** How many weeks or months ahead of this one a word says. */
export const AHEAD: Readonly<Record<string, number>> = {
  this: 0,
  coming: 1,
  next: 1,
  following: 1,
  afternext: 2,
  last: -1,
};

/** The next such weekday; said on that very day, today or in a week. */
export function coming({ today }: DateContext, weekday: number): DateSaid {
  const day = onOrAfter(today, weekday);
  return day === today ? weekdaySaid(day, [day + 7], day + 7) : weekdaySaid(day);
}

function inWeek({ today }: DateContext, weekday: number, weeks: number): DateSaid {
  return weekdaySaid(mondayOf(today) + weeks * 7 + weekday - 1);
}

/** Before that day of this week "next Friday" may be either; afterwards only next week's. */
function next(context: DateContext, weekday: number): DateSaid {
  const { day } = inWeek(context, weekday, 1);
  const soon = onOrAfter(context.today + 1, weekday);
  return weekdaySaid(day ?? soon, day !== null && soon < day ? [soon] : []);
}

/**
 * "a week on Friday", "Friday in two weeks": counted from the coming Friday. `isFromNow`: or from today, which must be
 * asked of more weeks than one.
 */
export function weeksAfter(
  context: DateContext,
  weekday: number,
  weeks: number,
  isFromNow: boolean,
): DateSaid {
  const day = onOrAfter(context.today, weekday) + weeks * 7;
  const { day: sooner } = inWeek(context, weekday, weeks);
  if (!isFromNow || sooner === null || sooner === day) return weekdaySaid(day);
  const said = weekdaySaid(day, [sooner]);
  return weeks === 1 ? said : { ...said, need: 'date' };
}

/** "next week": one of its days. */
export const someDayOf = ({ today }: DateContext, weeks: number): DateSaid =>
  dayFrom(mondayOf(today) + weeks * 7);

/** One of the days of the week that begins on this Monday. */
const dayFrom = (monday: Day): DateSaid => ({
  ...vague,
  range: [monday, monday + 6],
  others: [0, 1, 2, 3, 4, 5, 6].map((days) => monday + days),
});

/** "Tuesday of week 43", or without a weekday one of its days: weeks as ISO 8601 counts them. */
export function isoWeekDate({ today }: DateContext, week: number, weekday: number | null): DateSaid {
  const { year } = civilOf(today);
  const mondayIn = (of: number) => mondayOf(dayOf(of, 1, 4) ?? 0) + (week - 1) * 7;
  const last = (weekday ?? 7) - 1;
  if (week < 1 || week > 53) return noSuchDay;
  const monday = mondayIn(year) + last >= today ? mondayIn(year) : mondayIn(year + 1);
  return weekday === null ? dayFrom(monday) : calendarDay(monday + last);
}

/** A day named by its weekday: "next Tuesday", "Tuesday in two weeks". */
export function weekdayDate(found: Found, context: DateContext): DateSaid {
  const weekday = Number(found.weekday);
  if (typeof found.weeks === 'number') return inWeek(context, weekday, found.weeks);
  switch (found.which) {
    case 'next':
    case 'following':
      return next(context, weekday);
    case 'afternext': {
      const { day, others } = next(context, weekday);
      return day === null ? vague : weekdaySaid((others[0] ?? day) + 7);
    }
    case 'last':
      return weekdaySaid(onOrAfter(context.today - 7, weekday));
  }
  return coming(context, weekday);
}

const DAY_MS = 86_400_000;

/** Months ahead of this one: "next month", "of the month". */
export function makeMonthRef(found: Found): number | null {
  return found.which === undefined ? 0 : (AHEAD[String(found.which)] ?? null);
}

/** The same day of another month, or its last one. */
export function monthsLater(today: Day, months: number): DateSaid {
  const day = DateTime.fromMillis(today * DAY_MS, { zone: 'utc' }).plus({ months });
  return relative(day.toMillis() / DAY_MS);
}

type Month = { year: number; month: number };

function monthOf(found: Found, today: Day): Month {
  if (typeof found.monthref === 'number') return monthAfter(today, found.monthref);
  return { year: Number(found.year ?? civilOf(today).year), month: Number(found.month) };
}

/** "first Thursday of the month": next month's where this month's has gone by. */
export function nth(found: Found, { today }: DateContext): DateSaid | null {
  const rank = Number(found.rank);
  if (rank > 5) return null;
  const weekday = Number(found.weekday);
  const { year, month } = monthOf(found, today);
  const day = nthWeekday(year, month, weekday, rank);
  const said = (at: Day): DateSaid => ({ ...calendarDay(at), nth: { rank, days: [weekday] } });
  if (day === null) return noSuchDay;
  if (day >= today || found.year !== undefined) return said(day);
  const after = typeof found.monthref === 'number' ? monthAfter(today, 1) : { year: year + 1, month };
  const later = nthWeekday(after.year, after.month, weekday, rank);
  return later === null ? noSuchDay : said(later);
}

const WORKING = [1, 2, 3, 4, 5];

/** The last day, or working day, of a month. */
export function last(found: Found, { today }: DateContext): DateSaid {
  const { year, month } = monthOf(found, today);
  const endOf = (y: number) => endOfMonth({ year: y, month });
  const isPast = found.year === undefined && endOf(year) < today;
  const end = endOf(isPast ? year + 1 : year);
  const isWorking = 'working' in found;
  const days = isWorking ? WORKING : [...WORKING, 6, 7];
  const day = isWorking ? end - Math.max(0, weekdayOf(end) - 5) : end;
  return { ...calendarDay(day), nth: { rank: -1, days } };
}

/** The next day of a month with this number. */
export function nextWithDate({ today }: DateContext, date: number): DateSaid {
  for (let months = 0; months < 4; months += 1) {
    const { year, month } = monthAfter(today, months);
    const day = dayOf(year, month, date);
    if (day !== null && day >= today) return calendarDay(day);
  }
  return noSuchDay;
}

/** Whether people of a locale write 3 April as 4/3, as CLDR has it. */
export const monthFirst = memo(200, (locale) => {
  const format = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'numeric', day: 'numeric' });
  return format.formatToParts(0)[0]?.type === 'month';
});

/** The ways to read a pair of numbers as a date of some year, the likelier one first. Where days come first full stops do not mean anything else. */
function orders(a: number, b: number, monthFirst: boolean, sign: string): Order[] {
  const us = { month: a, date: b };
  const other = { month: b, date: a };
  const both = monthFirst ? [us, other] : [other, us];
  const possible = both.filter(({ month, date }) => month >= 1 && month <= 12 && date >= 1 && date <= 31);
  return (sign === '.' && !monthFirst) || a === b ? possible.slice(0, 1) : possible;
}

/** "18.09. 9:00", "1.10. 9am": a full stop behind both numbers makes a day of them; behind short ones where a clock follows. */
function isTimed(fit: Fit, isWhole: boolean): boolean {
  const [token, behind, third] = fit.chart.tokens.slice(fit.next, fit.next + 3);
  if (token?.kind !== 'number') return isTagged(fit, fit.next, 'cue') || token?.kind !== 'word';
  return isWhole || isTagged(fit, fit.next + 1, 'half') || (behind?.low === ':' && behind.glued) || !third;
}

/** A date in digits; null where the numbers are something else. */
export function readNumericDate(
  { parts, sign, isDotted }: NumericDate,
  fit: Fit,
  context: DateContext,
): DateSaid | null {
  const { tokens } = fit.chart;
  const [first = '', second = '', third] = parts;
  const [a = 0, b = 0, c = 0] = parts.map(Number);
  const before = tokens[fit.first - 1];
  const behind = tokens[fit.next];
  const isCued = before !== undefined && isTagged(fit, fit.first - 1, 'cue');
  const isWholeIso = third !== undefined && first.length === 4 && before?.low === '/';
  if (!isWholeIso && isGluedTo(fit, '/.:#$£€')) return null;
  const isClockBehind = behind?.low === 't' || behind?.low === '-';
  if (behind?.glued && ('/%'.includes(behind.low) || behind.kind === 'word') && !isClockBehind)
    if (!(behind.low === '/' && third !== undefined)) return null;
  if (third !== undefined && first.length === 4) return a > 1900 && b <= 12 ? withYear(a, b, c) : null;
  const isDate =
    first.length <= 2 && second.length <= 2 && Math.min(a, b) <= 12 && Math.max(a, b) <= 31 && a * b > 0;
  if (!isDate) return null;
  const possible = orders(a, b, context.monthFirst, sign);
  if (third !== undefined) {
    if (third.length !== 2 && third.length !== 4) return null;
    return ofYear(context, third.length === 2 ? 2000 + c : c, possible);
  }
  const isNumbered = before?.kind === 'word' && !isCued && fit.chart.matchesAt(fit.first - 1).length === 0;
  // Where a full stop makes ordinals, two of them make a date.
  if (isDotted && isTagged(fit, fit.next - 1, 'suffix')) return yearless(context, possible);
  if (isDotted)
    return isCued || (isTimed(fit, first.length + second.length === 4) && !isNumbered)
      ? yearless(context, possible)
      : null;
  // "le 15.10 à 13h45": behind "on" stands a day, where an hour follows.
  const isOnDay = sign === '.' && isTagged(fit, fit.first - 1, 'cue:on') && isTagged(fit, fit.next, 'cue:at');
  if (isOnDay) return yearless(context, possible);
  if (sign !== '/' || (a === 24 && b === 7) || (a === b && a === 1)) return null;
  return yearless(context, possible);
}
