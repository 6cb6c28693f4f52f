import type { DayPart } from '../command.ts';
import { civilOf, dayOf, endOfMonth, monthAfter } from './calendar.ts';
import { type Fit, type Found, isClockNumber, isGluedTo, isHead, isTagged, isTail } from './chart.ts';
import {
  type DateContext,
  type DateSaid,
  reconcile,
  relative,
  vague,
  withYear,
  yearless,
} from './date-said.ts';
import {
  AHEAD,
  coming,
  isoWeekDate,
  last,
  monthsLater,
  nextWithDate,
  nth,
  readNumericDate,
  someDayOf,
  weekdayDate,
  weeksAfter,
} from './named-days.ts';
import type { NumericDate } from './numbers.ts';
import { firstDay, makeOften, type Often, weekdaysBetween } from './series.ts';
import type { TimeSpan } from './spans.ts';

/** Days in the units that are made of days. */
export const UNIT_DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, fortnight: 14 };

/** How many were said; "a week" is one. */
const countOf = ({ number }: Found) => Number(number ?? 1);

/** Weeks ahead of this one: "next week", "in two weeks". */
export function makeWeeks(found: Found): number | null {
  if (found.which !== undefined) return AHEAD[String(found.which)] ?? null;
  return countOf(found) * (found.unit === 'fortnight' ? 2 : 1);
}

const MOST_DAYS = 9_999;
const MOST_YEARS = 100;

function ahead(found: Found, { today }: DateContext): DateSaid | null {
  const count = countOf(found) * ('back' in found ? -1 : 1);
  const from = today + Number(found.shift ?? 0);
  if (count > (found.unit === 'year' ? MOST_YEARS : MOST_DAYS)) return null;
  if (found.unit === 'month') return monthsLater(from, count);
  if (found.unit === 'year') return monthsLater(from, count * 12);
  const days = UNIT_DAYS[String(found.unit)];
  return days === undefined ? null : relative(from + count * days);
}

/** Things are counted up to here in words: "the second one", "the twelfth draft". */
const RANKS = 12;

/** "the 3rd", "on the 3rd"; without "on" only where no noun follows: "the 3rd floor". */
function dayOfMonth(found: Found, fit: Fit, context: DateContext): DateSaid | null {
  const date = Number(found.day);
  if (typeof found.monthref === 'number') {
    const { year, month } = monthAfter(context.today, found.monthref);
    return withYear(year, month, date);
  }
  const { tokens } = fit.chart;
  const behind = tokens[fit.next];
  const isKnown = fit.chart.matchesAt(fit.next).length > 0;
  if (found.form === 'number') {
    const isFree = behind === undefined || !behind.glued;
    const isTimed = isTagged(fit, fit.next, 'cue') || behind?.low === ',' || behind === undefined;
    return isFree && isTimed ? nextWithDate(context, date) : null;
  }
  const isNoun = behind?.kind === 'word' && !isKnown;
  const isSpelled =
    tokens[fit.next - 1]?.kind === 'word' && tokens[fit.next - 1]?.glued === false && date <= RANKS;
  if (isHead(fit)) return null;
  if (isTagged(fit, fit.next, 'unit') || isTagged(fit, fit.next, 'counted')) return null;
  if ((isNoun || isSpelled) && !('cue' in found && 'art' in found)) return null;
  return nextWithDate(context, date);
}

function monthDay(found: Found, fit: Fit, context: DateContext): DateSaid | null {
  if (isGluedTo(fit, ':./') || ((found.order === 'month' || found.year !== undefined) && isClockNumber(fit)))
    return null;
  const [month, date] = [Number(found.month), Number(found.day)];
  return found.year === undefined
    ? yearless(context, [{ month, date }])
    : withYear(Number(found.year), month, date);
}

/** "Sunday the 28th [of June]": the day belongs to the month, and not to the weekday before it. */
const isMonthBehind = (fit: Fit): boolean =>
  isTagged(fit, fit.next, 'month') ||
  (isTagged(fit, fit.next, 'cue:of') && isTagged(fit, fit.next + 1, 'month'));

/** "Oct 5-6": a meeting is on one of them. */
function severalDays(found: Found, fit: Fit, context: DateContext): DateSaid | null {
  if (isClockNumber(fit) || isTagged(fit, fit.next, 'halfletter')) return null;
  const month = Number(found.month);
  const first = yearless(context, [{ month, date: Number(found.day) }]);
  const last = yearless(context, [{ month, date: Number(found.until) }]);
  if (first.day === null || last.day === null || last.day <= first.day) return null;
  return { ...first, others: [last.day], need: 'date' };
}

/** French "ma 16h30": the word opens a sentence, or stands behind a sign, and an hour follows. */
function opensMoment({ chart, first, next }: Fit): boolean {
  const before = chart.tokens[first - 1]?.kind ?? 'break';
  const moment = chart.parse('moment', next)?.value as TimeSpan | undefined;
  return (before === 'sign' || before === 'break') && moment !== undefined && !moment.weak;
}

/** "avec Sam", "avec Luc et Sam": somebody's name that is a weekday's short form as well. */
function isCompany(fit: Fit): boolean {
  const { first } = fit;
  const isListed =
    isTagged(fit, first, 'alsoname') &&
    isTagged(fit, first - 1, 'cue:and') &&
    isTagged(fit, first - 3, 'together');
  return isTagged(fit, first, 'weekday') && (isTagged(fit, first - 1, 'together') || isListed);
}

function readDate(found: Found, fit: Fit, context: DateContext): DateSaid | null {
  switch (found.do) {
    case 'shift':
      return relative(context.today + Number(found.shift) + Number(found.number ?? 0));
    case 'weekday':
      if (isCompany(fit) || (found.form === 'short' && !opensMoment(fit))) return null;
      return weekdayDate(found, context);
    case 'weekafter':
      return weeksAfter(
        context,
        Number(found.weekday),
        makeWeeks({ ...found, which: undefined }) ?? 1,
        'in' in found,
      );
    case 'isoweek':
      return isoWeekDate(
        context,
        Number(found.week),
        found.weekday === undefined ? null : Number(found.weekday),
      );
    case 'ahead':
      return ahead(found, context);
    case 'monthday':
      return monthDay(found, fit, context);
    case 'weekdayof':
      if (isClockNumber(fit) || isMonthBehind(fit) || isHead(fit)) return null;
      return reconcile(coming(context, Number(found.weekday)), nextWithDate(context, Number(found.day)));
    case 'days':
      return severalDays(found, fit, context);
    case 'nth':
      return nth(found, context);
    case 'last':
      return last(found, context);
    case 'dayof':
      return dayOfMonth(found, fit, context);
    case 'numeric':
      return readNumericDate(found.numericdate as NumericDate, fit, context);
    case 'holiday': {
      const [month = 0, day = 0] = String(found.holiday).split('-').map(Number);
      return yearless(context, [{ month, date: day }]);
    }
  }
  if (found.unit === 'month' || found.month !== undefined) return someDayOfMonth(found, context);
  if (typeof found.weeks !== 'number') return vague;
  const week = someDayOf(context, found.weeks);
  return found.early === undefined ? week : { ...week, others: [] };
}

/** "next month", "in June": one of its days. */
function someDayOfMonth({ which, month }: Found, { today }: DateContext): DateSaid {
  const here = civilOf(today);
  const isNextYear = month !== undefined && Number(month) < here.month;
  const meant =
    month === undefined
      ? monthAfter(today, AHEAD[String(which)] ?? 0)
      : { year: here.year + (isNextYear ? 1 : 0), month: Number(month) };
  const first = dayOf(meant.year, meant.month, 1);
  return first === null ? vague : { ...vague, range: [first, endOfMonth(meant)] };
}

/** A day, as its pattern says; with the part of it that one word names as well ("tonight"). */
export function makeDate(found: Found, fit: Fit, context: DateContext): DateSaid | null {
  if (isTail(fit)) return null;
  const said = readDate(found, fit, context);
  return said && found.part !== undefined ? { ...said, part: found.part as DayPart } : said;
}

/** A day, and how often it comes again where it was said as a habit. */
export type Day = { said: DateSaid; often: Often | null; isCued: boolean };

/** A day that comes again, as a pattern of a day; "every first Monday" is one of each month. */
function asHabit(found: Found): Found {
  if (found.do === 'last') return { ...found, monthref: 0 };
  const { number, which, rank = which === undefined ? 1 : -1, weekday = found.weekdays } = found;
  if (found.do === 'dayof') return { ...found, cue: 'on', art: '' };
  if (found.do !== 'nth' && number !== 1) return { ...found, weekday, do: 'weekday' };
  return { ...found, do: 'nth', often: 'month', number: undefined, rank, monthref: 0 };
}

/** "every Monday to Thursday", "Monday to Thursday" where something repeats; else these are two days. */
function weekdaysTo(found: Found, { chart: { context } }: Fit): Day | null {
  const isHabit = context.repeats || 'every' in found || 'weekdays' in found;
  const from = Number(found.weekday ?? found.weekdays);
  const days = weekdaysBetween(from, Number(found.to));
  const often = { unit: 'week' as const, interval: 1, days };
  const said = isHabit ? firstDay(often, context.today) : null;
  return said && { said, often, isCued: true };
}

/** A day as its pattern says, or one that comes again. */
export function makeDay(found: Found, fit: Fit): Day | null {
  const part = (found.part ?? found.inpart) as DayPart | undefined;
  if (found.to !== undefined) return weekdaysTo(found, fit);
  const habit = 'often' in found ? asHabit(found) : null;
  const said = habit ? makeDate(habit, fit, fit.chart.context) : (found.date as DateSaid | undefined);
  if (!said) return null;
  // "Monday, no, Tuesday", on a Tuesday: the one behind that Monday may be meant.
  const need = 'old' in found && said.others.length > 0 ? 'date' : said.need;
  const isPartSaid = part !== undefined && said.part === null;
  return {
    said: { ...said, need, part: isPartSaid ? part : said.part },
    often: habit && makeOften(habit),
    isCued: 'cue' in found || 'every' in found,
  };
}
