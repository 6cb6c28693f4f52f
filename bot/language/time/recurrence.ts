import { DateTime } from 'luxon';
import type { Pattern, Recurrence, WeekIndex } from '../command.ts';
import type { Day } from './calendar.ts';
import { civilOf, isoDay, weekdayOf } from './calendar.ts';
import type { DateSaid } from './date-said.ts';
import type { Ending, Often } from './series.ts';
import { FREQUENCIES } from './series.ts';
import type { TimeSpan } from './spans.ts';

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
function endOf(ending: Ending | undefined, first: Day | null): Recurrence['end'] {
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
  return pattern ? { pattern, end: endOf(endings[0], first) } : null;
}
