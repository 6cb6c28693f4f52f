import { DateTime } from 'luxon';
import { z } from 'zod';
import { invalid } from './refusals.ts';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const Day = z.enum(DAYS);
const Days = z.array(Day).min(1).max(7);
const interval = z.int().min(1).max(999);
const firstDayOfWeek = Day.optional();
const dayOfMonth = z.int().min(1).max(31);
const month = z.int().min(1).max(12);
const index = z.enum(['first', 'second', 'third', 'fourth', 'last']);
const isoDate = z.iso.date();

/** Only the members of the type used: others are validated, too, so whoever sends them is sooner or later refused. */
const Pattern = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('daily'), interval }),
  z.strictObject({ type: z.literal('weekly'), interval, daysOfWeek: Days, firstDayOfWeek }),
  z.strictObject({ type: z.literal('absoluteMonthly'), interval, dayOfMonth }),
  z.strictObject({ type: z.literal('relativeMonthly'), interval, daysOfWeek: Days, index }),
  z.strictObject({ type: z.literal('absoluteYearly'), interval, dayOfMonth, month }),
]);
const zone = z.string().optional();
const Range = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('numbered'),
    startDate: isoDate,
    numberOfOccurrences: z.int().min(1).max(999),
    recurrenceTimeZone: zone,
  }),
  z.strictObject({
    type: z.literal('endDate'),
    startDate: isoDate,
    endDate: isoDate,
    recurrenceTimeZone: zone,
  }),
  z.strictObject({ type: z.literal('noEnd'), startDate: isoDate, recurrenceTimeZone: zone }),
]);

/** The `recurrence` of an event. */
export const Recurrence = z.strictObject({ pattern: Pattern, range: Range });
export type WireRecurrence = z.infer<typeof Recurrence>;
type Pattern = z.infer<typeof Pattern>;

/** No series is laid out further. */
const MOST = 1_000;
const MOST_STEPS = 5_000;

/** The local dates (ISO) of a series, in order. What does not fit the pattern is no occurrence, also not its start. */
export function datesOf({ pattern, range }: WireRecurrence): string[] {
  const first = DateTime.fromISO(range.startDate, { zone: 'utc' });
  const last = range.type === 'endDate' ? range.endDate : '9999-12-31';
  const most = range.type === 'numbered' ? range.numberOfOccurrences : MOST;
  const found: string[] = [];
  for (let step = 0; step < MOST_STEPS && found.length < most; step += 1) {
    const dates = datesAt(pattern, first, step).map((day) => day.toISODate() ?? '');
    if (dates.some((day) => day > last)) {
      found.push(...dates.filter((day) => day <= last && day >= range.startDate));
      break;
    }
    found.push(...dates.filter((day) => day >= range.startDate));
  }
  return found.slice(0, most);
}

/** The days of the n-th day, week, month or year of a pattern. */
function datesAt(pattern: Pattern, first: DateTime, step: number): DateTime[] {
  const away = step * pattern.interval;
  switch (pattern.type) {
    case 'daily':
      return [first.plus({ days: away })];
    case 'weekly': {
      const begins = DAYS.indexOf(pattern.firstDayOfWeek ?? 'sunday');
      const week = first.minus({ days: (first.weekday - 1 - begins + 7) % 7 }).plus({ weeks: away });
      return [0, 1, 2, 3, 4, 5, 6]
        .map((days) => week.plus({ days }))
        .filter((day) => isOneOf(pattern.daysOfWeek, day));
    }
    case 'absoluteMonthly':
      return [withDay(first.startOf('month').plus({ months: away }), pattern.dayOfMonth)];
    case 'relativeMonthly': {
      const begin = first.startOf('month').plus({ months: away });
      const all = Array.from({ length: begin.daysInMonth ?? 0 }, (_, days) => begin.plus({ days }));
      const fitting = all.filter((day) => isOneOf(pattern.daysOfWeek, day));
      const at = ['first', 'second', 'third', 'fourth'].indexOf(pattern.index);
      const chosen = fitting.at(at);
      return chosen === undefined ? [] : [chosen];
    }
    case 'absoluteYearly': {
      const year = first.startOf('year').plus({ years: away });
      return [withDay(year.set({ month: pattern.month }), pattern.dayOfMonth)];
    }
    default:
      return pattern satisfies never;
  }
}

/** A month without that day has its last day instead. */
const withDay = (begin: DateTime, day: number) => begin.set({ day: Math.min(day, begin.daysInMonth ?? day) });

const isOneOf = (days: readonly (typeof DAYS)[number][], { weekday }: DateTime) =>
  days.some((day) => DAYS.indexOf(day) + 1 === weekday);

/** Throws a 400 where an event of this length cannot repeat so. */
export function checkRecurrence(recurrence: WireRecurrence, start: DateTime, end: DateTime): void {
  const { pattern, range } = recurrence;
  if (range.startDate !== start.toISODate()) throw invalid('recurrence.range.startDate is not the start’s.');
  if (range.type === 'endDate' && range.endDate < range.startDate)
    throw invalid('The recurrence ends before it begins.');
  if (pattern.type === 'daily' && end.diff(start).as('days') > pattern.interval) {
    throw invalid('The occurrences would overlap.', 'ErrorOccurrenceTimeSpanTooBig');
  }
}
