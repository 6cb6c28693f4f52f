import { DateTime } from 'luxon';
import { inZone } from '../base/date-time.ts';
import type { Pattern, Recurrence, WeekIndex } from '../language/command.ts';
import type { EventRecurrence } from './event.ts';

/** A pattern that is complete: nothing is taken from the first day. */
export type SeriesPattern = Pattern extends infer P ? (P extends Pattern ? Whole<P> : never) : never;
type Whole<P> = { [Name in keyof P]: NonNullable<P[Name]> };

/** A series as it is made: it always has an end. */
export type Series = Omit<EventRecurrence, 'pattern' | 'end'> & {
  pattern: SeriesPattern;
  end: NonNullable<Recurrence['end']>;
};

/** Which meetings of a series are meant. `day`: the local day (ISO) of the one that is spoken of. */
export type SeriesPart = { occurrence: 'one' | 'rest' | 'series'; day: string };

/**
 * Why a series is not possible. `ended`: it would be over before its first meeting. `long`: it would have more meetings than
 * Exchange keeps. `crosses`: a meeting would last until the next one begins.
 */
export type SeriesProblem = 'ended' | 'long' | 'crosses';

/** The most occurrences that Exchange keeps of one series. */
const MOST_OCCURRENCES = 999;
/** If a pattern has no day in this many days, weeks, months or years, it has none. */
const MOST_PERIODS = 4_000;
const ASSUMED_MONTHS = 3;
const ASSUMED_TIMES = 12;

/** The first start at or after this one that is on a day of the pattern, at the same clock. Null if the pattern has no day. */
export function firstStart(pattern: Pattern, start: DateTime): DateTime | null {
  const [first] = datesFrom({ ...toWhole(pattern, start), interval: 1 }, dateOf(start));
  return first === undefined ? null : atClock(first, start);
}

/**
 * The series that begins with this start. Without an end, a daily or weekly series goes on for three months, and any other for
 * twelve times.
 */
export function toSeries({ pattern, end }: Recurrence, start: DateTime): Series {
  const isFrequent = pattern.kind === 'daily' || pattern.kind === 'weekly';
  const assumed = isFrequent
    ? { until: isoOf(dateOf(start).plus({ months: ASSUMED_MONTHS })) }
    : { times: ASSUMED_TIMES };
  return {
    pattern: toWhole(pattern, start),
    end: end ?? assumed,
    startDate: isoOf(dateOf(start)),
    zone: start.zoneName ?? 'utc',
  };
}

/** Completes a pattern from its first day. */
function toWhole(pattern: Pattern, { weekday, day, month }: DateTime): SeriesPattern {
  switch (pattern.kind) {
    case 'daily':
      return pattern;
    case 'weekly':
    case 'relativeMonthly':
      return { ...pattern, days: pattern.days.length > 0 ? pattern.days : [weekday] };
    case 'absoluteMonthly':
      return { ...pattern, dayOfMonth: pattern.dayOfMonth ?? day };
    case 'absoluteYearly':
      return { ...pattern, dayOfMonth: pattern.dayOfMonth ?? day, month: pattern.month ?? month };
    default:
      return pattern satisfies never;
  }
}

/** The starts of a series whose first meeting begins at `start`. They keep its wall clock when clocks change. */
export function startsOf(series: Series, start: DateTime): DateTime[] {
  const { pattern, end } = series;
  const first = start.setZone(series.zone);
  const most = 'times' in end ? Math.min(end.times, MOST_OCCURRENCES + 1) : MOST_OCCURRENCES + 1;
  const starts: DateTime[] = [];
  for (const date of datesFrom(pattern, dateOf(first))) {
    if (starts.length >= most || ('until' in end && isoOf(date) > end.until)) break;
    starts.push(atClock(date, first));
  }
  return starts;
}

/** What is wrong with a series of meetings of this length, if anything. */
export function objectionTo(
  series: Series,
  { start, end }: { start: DateTime; end: DateTime },
): SeriesProblem | null {
  const starts = startsOf(series, start);
  if (starts.length === 0) return 'ended';
  if (starts.length > MOST_OCCURRENCES) return 'long';
  const length = end.toMillis() - start.toMillis();
  const isCrossing = starts.some((one, i) => {
    const next = starts[i + 1];
    return next !== undefined && next.toMillis() - one.toMillis() < length;
  });
  return isCrossing ? 'crosses' : null;
}

/** The series without its meetings on and after this local day (ISO). */
export const endedBefore = (series: Series, day: string): Series => ({
  ...series,
  end: { until: isoOf(DateTime.fromISO(day, { zone: 'utc' }).minus({ days: 1 })) },
});

/** A calendar day, as midnight in UTC: days are counted without clocks. */
const dateOf = ({ year, month, day }: DateTime): DateTime => DateTime.utc(year, month, day);
const isoOf = (date: DateTime): string => date.toFormat('yyyy-MM-dd');

function atClock(date: DateTime, { hour, minute, zone }: DateTime): DateTime {
  const { year, month, day } = date;
  return DateTime.fromObject({ year, month, day, hour, minute }, { zone });
}

/** The days of a pattern, beginning with a day from which its intervals are counted. */
function* datesFrom(pattern: SeriesPattern, from: DateTime): Generator<DateTime> {
  for (let period = 0; period < MOST_PERIODS; period += 1) {
    for (const date of datesIn(pattern, from, period * pattern.interval)) if (date >= from) yield date;
  }
}

/** The days of a pattern in its n-th day, week, month or year after `from`. */
function datesIn(pattern: SeriesPattern, from: DateTime, n: number): DateTime[] {
  switch (pattern.kind) {
    case 'daily':
      return [from.plus({ days: n })];
    case 'weekly': {
      const monday = from.minus({ days: from.weekday - 1 }).plus({ weeks: n });
      return pattern.days.toSorted((a, b) => a - b).map((day) => monday.plus({ days: day - 1 }));
    }
    case 'absoluteMonthly':
      return [onDay(from.set({ day: 1 }).plus({ months: n }), pattern.dayOfMonth)];
    case 'relativeMonthly': {
      const first = from.set({ day: 1 }).plus({ months: n });
      const all = Array.from({ length: first.daysInMonth ?? 0 }, (_, day) => first.plus({ days: day }));
      const fitting = all.filter(({ weekday }) => pattern.days.includes(weekday));
      const date = fitting.at(PLACES[pattern.index]);
      return date === undefined ? [] : [date];
    }
    case 'absoluteYearly':
      return [onDay(DateTime.utc(from.year + n, pattern.month, 1), pattern.dayOfMonth)];
    default:
      return pattern satisfies never;
  }
}

/** The day of a month, or its last day if the month is shorter. */
const onDay = (first: DateTime, day: number): DateTime =>
  first.set({ day: Math.min(day, first.daysInMonth ?? day) });

const PLACES: Readonly<Record<WeekIndex, number>> = { first: 0, second: 1, third: 2, fourth: 3, last: -1 };

/** When a meeting is, in epoch milliseconds. */
type Times = { start: number; end: number };

/**
 * The meetings of a series that are not where its pattern has them, as far as they are known. `gone`: the starts of the
 * pattern at which there is none. `moved`: the meetings at other times.
 */
export type Exceptions = { gone: readonly number[]; moved: readonly Times[] };

/** When a meeting is, and how it repeats. The times of a series are those of its first meeting, as its pattern has it. */
type Timed = Times & { series?: Series; exceptions?: Exceptions };

/** When the last meeting of a series is over. Epoch milliseconds. */
export const lastEnd = (meeting: Timed): number =>
  Math.max(...occurrencesAfter(meeting, Number.NEGATIVE_INFINITY).map(({ end }) => end), meeting.end);

/** The meetings of a series that are not over at that instant (epoch milliseconds), soonest first. A single meeting is its own. */
export function occurrencesAfter({ series, start, end, exceptions }: Timed, now: number): Times[] {
  if (series === undefined) return end > now ? [{ start, end }] : [];
  const { gone = [], moved = [] } = exceptions ?? {};
  const regular = startsOf(series, inZone(start, series.zone)).map((one) => one.toMillis());
  return [
    ...regular.filter((one) => !gone.includes(one)).map((one) => ({ start: one, end: one + (end - start) })),
    ...moved,
  ]
    .filter((one) => one.end > now)
    .sort((a, b) => a.start - b.start);
}

/** So many of the next meetings are compared with the calendar, which bounds what is kept. */
const MOST_EXCEPTIONS = 100;

/**
 * What of a series is otherwise than its pattern has it. `there`: its meetings in the calendar that are not over at that instant
 * (epoch milliseconds), soonest first. Undefined if nothing is.
 */
export function exceptionsIn(
  { exceptions: _, ...meeting }: Timed,
  there: readonly Times[],
  now: number,
): Exceptions | undefined {
  const regular = occurrencesAfter(meeting, now).slice(0, MOST_EXCEPTIONS);
  const without = (some: readonly Times[], others: readonly Times[]) => {
    const known = new Set(others.map(({ start, end }) => `${start} ${end}`));
    return some.filter(({ start, end }) => !known.has(`${start} ${end}`));
  };
  const gone = without(regular, there).map(({ start }) => start);
  const last = regular.at(-1)?.end ?? now;
  const isBounded = regular.length === MOST_EXCEPTIONS;
  const moved = without(there, regular)
    .filter(({ start }) => !isBounded || start < last)
    .slice(0, MOST_EXCEPTIONS);
  return gone.length + moved.length === 0 ? undefined : { gone, moved };
}

/**
 * The meeting of a series on that local day (ISO) of the zone, or the next one. A single meeting is returned as it is, and a
 * series that is over.
 */
export function atOccurrence<Meeting extends Timed>(
  meeting: Meeting,
  now: number,
  day: string | null = null,
  zone: string = meeting.series?.zone ?? 'utc',
): Meeting {
  if (meeting.series === undefined) return meeting;
  const coming = occurrencesAfter(meeting, now);
  const chosen = coming.find(({ start }) => inZone(start, zone).toISODate() === day) ?? coming[0];
  return chosen === undefined ? meeting : { ...meeting, ...chosen };
}

/** The next meeting of a series as its pattern has it: what is said of all its meetings is said of that one. */
export function atRegular<Meeting extends Timed>(meeting: Meeting, now: number): Meeting {
  const { exceptions: _, ...regular } = meeting;
  const { start, end } = atOccurrence<Timed>(regular, now);
  return { ...meeting, start, end };
}
