import { DateTime } from 'luxon';
import type { Day } from './calendar.ts';
import { civilOf, dayOf, endOfMonth, monthAfter, nthWeekday, weekdayOf } from './calendar.ts';
import type { Found } from './chart.ts';
import type { DateContext, DateSaid } from './date-said.ts';
import { calendarDay, noSuchDay, relative } from './date-said.ts';
import { AHEAD } from './weekday-dates.ts';

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
