import { DateTime, Info } from 'luxon';
import { memo } from '../../base/cache.ts';
import type { Series, SeriesPattern } from '../../meeting/series.ts';
import type { Say } from '../say.ts';
import { names } from './text.ts';
import { briefDay, type Clock } from './time.ts';

const DATES_SHOWN = 3;
const WORKDAYS = '1,2,3,4,5';
const DAYS_OF_WEEK = 7;
/** The last day that every month has. */
const SHORTEST_MONTH = 28;
const LONGEST_MONTH = 31;
const yearDays = memo(
  50,
  (locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }),
);

const dates = memo(50, (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }));

/** "Every Monday, until 1 March 2027": how a series repeats, and until when. */
export function wordSeries({ pattern, end }: Series, clock: Clock): string {
  const { say } = clock;
  const every = wordPattern(pattern, say);
  if ('times' in end) return say.text('series.times', { every, times: end.times });
  const until = DateTime.fromISO(end.until, { zone: 'utc' });
  return say.text('series.until', { every, date: dates(say.locale).format(until.toMillis()) });
}

/** The next dates of a series in one line. Empty if there are none. */
export function wordDates(coming: readonly DateTime[], clock: Clock): string[] {
  const days = coming.slice(0, DATES_SHOWN).map((one) => briefDay(one, clock));
  return days.length === 0
    ? []
    : [clock.say.text('series.dates', { dates: names(days, clock.say, DATES_SHOWN) })];
}

function wordPattern(pattern: SeriesPattern, say: Say): string {
  const { interval } = pattern;
  switch (pattern.kind) {
    case 'daily':
      return say.text('series.daily', { interval });
    case 'weekly': {
      const isWorkdays = interval === 1 && pattern.days.toSorted().join() === WORKDAYS;
      return isWorkdays
        ? say.text('series.workdays')
        : say.text('series.weekly', { interval, days: wordDays(pattern.days, say) });
    }
    case 'absoluteMonthly': {
      const { dayOfMonth: day } = pattern;
      const kind = day >= LONGEST_MONTH ? 'last' : day > SHORTEST_MONTH ? 'short' : 'every';
      return say.text('series.monthly', { interval, day, kind });
    }
    case 'relativeMonthly':
      return say.text('series.relative', {
        interval,
        index: pattern.index,
        days: wordRelative(pattern.days, say),
      });
    case 'absoluteYearly': {
      const day = DateTime.utc(LEAP_YEAR, pattern.month, pattern.dayOfMonth);
      return say.text('series.yearly', { interval, date: yearDays(say.locale).format(day.toMillis()) });
    }
    default:
      return pattern satisfies never;
  }
}

const LEAP_YEAR = 2028;

const wordDays = (days: readonly number[], say: Say): string => {
  const all = Info.weekdays('long', { locale: say.locale });
  return names(
    days.toSorted((a, b) => a - b).map((day) => all[day - 1] ?? ''),
    say,
    DAYS_OF_WEEK,
  );
};

/** "First weekday", "last day", "first Monday" of a month. */
function wordRelative(days: readonly number[], say: Say): string {
  if (days.length === DAYS_OF_WEEK) return say.text('series.anyDay');
  return days.toSorted().join() === WORKDAYS ? say.text('series.workday') : wordDays(days, say);
}
