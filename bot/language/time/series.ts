import { DateTime } from 'luxon';
import type { Pattern, Recurrence, WeekIndex } from '../command.ts';
import { civilOf, type Day, endOfMonth, isoDay, monthAfter, onOrAfter, weekdayOf } from './calendar.ts';
import type { Fit, Found } from './chart.ts';
import { type DateSaid, relative } from './date-said.ts';
import { AHEAD } from './named-days.ts';
import type { TimeSpan } from './spans.ts';

/** How often something is said to be; `interval` is 2 for every other time, `days` are the weekdays that it says. */
export type Often = { unit: Frequency; interval: number; days: readonly number[] };

/** From the most frequent to the rarest. */
const FREQUENCIES = ['day', 'week', 'month', 'year'] as const;
type Frequency = (typeof FREQUENCIES)[number];

/** How long a series goes on, as it was said. `isYearless`: the year of its last day was not said. */
export type Ending =
  | { until: Day; isYearless: boolean }
  | { times: number }
  | { unit: 'day' | 'month'; count: number };

const UNITS: Readonly<Record<string, Often>> = {
  working: { unit: 'week', interval: 1, days: [1, 2, 3, 4, 5] },
  weekend: { unit: 'week', interval: 1, days: [6, 7] },
  fortnight: { unit: 'week', interval: 2, days: [] },
  quarter: { unit: 'month', interval: 3, days: [] },
};

const isFrequency = (unit: string): unit is Frequency => FREQUENCIES.some((each) => each === unit);

/** How often a unit comes again, "week" or with an interval "week/2"; null where no series is so exact. */
function oftenOf(said: string, times: number): Often | null {
  const [name = '', by = '1'] = said.split('/');
  const often = UNITS[name] ?? (isFrequency(name) ? { unit: name, interval: 1, days: [] } : null);
  return often && { ...often, interval: often.interval * Number(by) * times };
}

/** "Monday to Thursday": every weekday from one to the other. */
export function weekdaysBetween(from: number, to: number): number[] {
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, index) => ((from - 1 + index) % 7) + 1);
}

/** How often a pattern says something is: "every two weeks", "daily", "every other Tuesday"; null for "recurring". */
export function makeOften(found: Found): Often | null {
  const said = found.often ?? found.repeat ?? found.frequency ?? found.unit ?? found.vagueunit;
  const unit = said === undefined && found.part !== undefined ? 'day' : String(said ?? '');
  return oftenOf(unit, 'other' in found ? 2 : Number(found.number ?? 1));
}

/** The last day of a month; without a year that of the next such month. */
function lastOfMonth({ month, year }: Found, today: Day): Ending {
  const isYearless = year === undefined;
  const here = civilOf(today);
  const isGone = isYearless && Number(month) < here.month;
  const meant = { year: Number(year ?? here.year) + (isGone ? 1 : 0), month: Number(month) };
  return { until: endOfMonth(meant), isYearless };
}

/** "the end of June", "the end of next month", "the end of the quarter", "the end of the year". */
function endOf(found: Found, today: Day): Ending {
  if (found.month !== undefined) return lastOfMonth(found, today);
  const here = civilOf(today);
  const year = Number(found.year ?? here.year + (AHEAD[String(found.which)] ?? 0));
  const meant =
    typeof found.monthref === 'number'
      ? monthAfter(today, found.monthref)
      : found.vagueunit === 'quarter'
        ? { year: here.year, month: Math.ceil(here.month / 3) * 3 }
        : { year, month: 12 };
  return { until: endOfMonth(meant), isYearless: false };
}

const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, fortnight: 14 };
const MONTHS: Readonly<Record<string, number>> = { month: 1, year: 12 };
const MOST_TIMES = 999;

function lasting({ number = 1, unit }: Found): Ending | null {
  const [days, months] = [DAYS[String(unit)], MONTHS[String(unit)]];
  if (Number(number) > MOST_TIMES) return null;
  if (days !== undefined) return { unit: 'day', count: Number(number) * days };
  return months === undefined ? null : { unit: 'month', count: Number(number) * months };
}

function lastDay({ date }: Found): Ending | null {
  const { day, others, yearless } = date as DateSaid;
  const until = day ?? others.at(-1);
  return until === undefined ? null : { until, isYearless: yearless };
}

/** How long a series goes on: "until June", "till 3 March", "for 10 weeks", "10 times". */
export function makeEnding(found: Found, { chart }: Fit): Ending | null {
  const { today } = chart.context;
  switch (found.do) {
    case 'month':
      return lastOfMonth(found, today);
    case 'endof':
      return endOf(found, today);
    case 'lasting':
      return lasting(found);
    case 'times':
      return Number(found.number) > 0 && Number(found.number) <= MOST_TIMES
        ? { times: Number(found.number) }
        : null;
  }
  return lastDay(found);
}

/** The day on which a series begins of which only its frequency is said: the first one, today while its hour lies ahead. */
export function firstDay(often: Often, today: Day): DateSaid | null {
  const days = often.unit === 'day' ? [1, 2, 3, 4, 5, 6, 7] : often.days;
  const next = (from: Day) => Math.min(...days.map((weekday) => onOrAfter(from, weekday)));
  if (days.length === 0) return null;
  const first = next(today);
  const isToday = first === today && days.includes(weekdayOf(today));
  return { ...relative(first), later: isToday ? next(today + 1) : null };
}

/** "every Monday from 6 October", a Tuesday: the first such weekday from that day on. */
export function firstFrom(date: DateSaid, weekdays: readonly number[]): DateSaid {
  const { day } = date;
  if (day === null || weekdays.length === 0) return date;
  return { ...date, day: Math.min(...weekdays.map((weekday) => onOrAfter(day, weekday))), others: [] };
}

/** The first of several weekdays that come again; today only while its hour lies ahead. */
export function earliest(days: readonly DateSaid[]): DateSaid | null {
  const [first, next] = days.toSorted((a, b) => (a.day ?? 0) - (b.day ?? 0));
  if (!first) return null;
  const later = first.later === null ? null : Math.min(first.later, next?.day ?? first.later);
  return { ...first, later: later === first.day ? first.later : later };
}

const INDEXES: readonly WeekIndex[] = ['first', 'second', 'third', 'fourth'];

/** The fifth of a month is only sometimes there; the last always is. */
const indexOf = (rank: number): WeekIndex => INDEXES[rank - 1] ?? 'last';

const rarity = ({ unit, interval }: Often) => FREQUENCIES.indexOf(unit) * 1000 + interval;
const same = (a: Often, b: Often) => a.unit === b.unit && a.interval === b.interval;
const distinct = (days: readonly number[]) => [...new Set(days)].toSorted((a, b) => a - b);

/** How often, out of all that says so: the rarest, "the weekly sync, every other Monday"; null where days differ in it. */
function oneOften(ofDays: readonly Often[], others: readonly Often[]): Often | null {
  const [first] = ofDays;
  if (first && ofDays.some((often) => !same(often, first))) return null;
  return [...ofDays, ...others].toSorted((a, b) => rarity(b) - rarity(a))[0] ?? null;
}

/**
 * The weekdays of a series as they are where the person is: 9 on Mondays in Sydney is on Sundays in London. Where none is
 * said, that of the first day.
 */
function weekdaysFrom(said: readonly number[], first: Day | null): readonly number[] {
  if (first === null) return said;
  if (said.length === 0) return [weekdayOf(first)];
  const moved = [0, -1, 1].map((by) => said.map((weekday) => ((weekday + by + 6) % 7) + 1));
  return distinct(moved.find((weekdays) => weekdays.includes(weekdayOf(first))) ?? said);
}

function monthly(interval: number, days: readonly DateSaid[], first: Day | null): Pattern {
  const ranked = days.find(({ nth }) => nth !== null)?.nth;
  if (ranked) return { kind: 'relativeMonthly', interval, days: ranked.days, index: indexOf(ranked.rank) };
  const dated = days.find(({ source, day }) => source === 'calendar' && day !== null)?.day ?? null;
  const weekday = days.find((day) => day.weekday !== null)?.weekday ?? null;
  const begin = first ?? dated;
  const dayOfMonth = begin === null ? null : civilOf(begin).day;
  if (dated === null && weekday !== null && dayOfMonth !== null)
    return { kind: 'relativeMonthly', interval, days: [weekday], index: indexOf(Math.ceil(dayOfMonth / 7)) };
  return { kind: 'absoluteMonthly', interval, dayOfMonth };
}

/** The pattern of a series whose first day is known or not; null where Outlook has none like it. */
function patternOf(often: Often, days: readonly DateSaid[], first: Day | null): Pattern | null {
  const { unit, interval } = often;
  switch (unit) {
    case 'day':
      return { kind: 'daily', interval };
    case 'week': {
      const said = distinct([...often.days, ...days.flatMap(({ weekday }) => weekday ?? [])]);
      return { kind: 'weekly', interval, days: weekdaysFrom(said, first) };
    }
    case 'month':
      return monthly(interval, days, first);
    case 'year': {
      if (days.some(({ nth }) => nth !== null)) return null;
      const { month, day } = first === null ? { month: null, day: null } : civilOf(first);
      return { kind: 'absoluteYearly', interval, dayOfMonth: day, month };
    }
  }
}

const after = (day: Day, duration: { days?: number; months?: number; years?: number }): string =>
  DateTime.fromISO(isoDay(day), { zone: 'utc' }).plus(duration).toISODate() ?? isoDay(day);

/** The end of a series; null where none was said, or one before it begins. */
function endSaid(ending: Ending | undefined, first: Day | null): Recurrence['end'] {
  if (!ending) return null;
  if ('times' in ending) return ending;
  if ('count' in ending) {
    const duration = ending.unit === 'day' ? { days: ending.count - 1 } : { months: ending.count, days: -1 };
    return first === null ? null : { until: after(first, duration) };
  }
  if (first === null || ending.until >= first) return { until: isoDay(ending.until) };
  return ending.isYearless ? { until: after(ending.until, { years: 1 }) } : null;
}

/**
 * The series that spans say, exactly; null where they say none. `names`: spans of how often that stand in the meeting's
 * name, "weekly sync". `first`: its first day, where that is known.
 */
export function recurrenceIn(
  said: readonly TimeSpan[],
  names: readonly TimeSpan[],
  first: Day | null,
): Recurrence | null {
  const dates = said.flatMap((span) => (span.kind === 'date' ? [span] : []));
  const others = [...said, ...names].flatMap((span) => (span.kind === 'repeat' ? (span.often ?? []) : []));
  const often = oneOften(
    dates.flatMap((date) => date.often ?? []),
    others,
  );
  const pattern =
    often &&
    patternOf(
      often,
      dates.map((date) => date.said),
      first,
    );
  const endings = said.flatMap((span) => (span.kind === 'ending' ? [span.end] : []));
  return pattern ? { pattern, end: endSaid(endings[0], first) } : null;
}
