import { civilOf, type Day, dayOf, mondayOf, onOrAfter } from './calendar.ts';
import type { Found } from './chart.ts';
import type { DateContext, DateSaid } from './date-said.ts';
import { calendarDay, noSuchDay, vague, weekdaySaid } from './date-said.ts';

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
