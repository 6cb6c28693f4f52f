import { mondayOf, onOrAfter } from './calendar.ts';
import type { Found } from './chart.ts';
import type { DateContext, DateSaid } from './date-said.ts';
import { vague, weekdaySaid } from './date-said.ts';

/** The next such weekday; said on that very day, today or in a week. */
export function coming({ today }: DateContext, weekday: number): DateSaid {
  const day = onOrAfter(today, weekday);
  return weekdaySaid(day, day === today ? [day + 7] : [], day === today);
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
