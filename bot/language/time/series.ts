import type { Day } from './calendar.ts';
import { civilOf, endOfMonth, monthAfter, onOrAfter, weekdayOf } from './calendar.ts';
import type { Fit, Found } from './chart.ts';
import type { DateSaid } from './date-said.ts';
import { relative } from './date-said.ts';
import { AHEAD } from './weekday-dates.ts';

/** How often something is said to be; `interval` is 2 for every other time, `days` are the weekdays that it says. */
export type Often = { unit: Frequency; interval: number; days: readonly number[] };

/** From the most frequent to the rarest. */
export const FREQUENCIES = ['day', 'week', 'month', 'year'] as const;
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
