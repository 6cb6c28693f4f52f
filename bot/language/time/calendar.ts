/** A calendar day without a zone: days since 1 January 1970. */
export type Day = number;
type Civil = { year: number; month: number; day: number };

const DAY_MS = 86_400_000;

/** Days in a month, which is 1 to 12. */
const daysInMonth = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Null where the calendar has no such day, instead of the day it would overflow to. */
export function dayOf(year: number, month: number, day: number): Day | null {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** The inverse of `dayOf`. */
export function civilOf(day: Day): Civil {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Monday is 1, Sunday 7. */
export function weekdayOf(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The first day on or after `from` that falls on `weekday`. */
export function onOrAfter(from: Day, weekday: number): Day {
  return from + ((weekday - weekdayOf(from) + 7) % 7);
}

/** Monday of the week that `day` lies in. */
export function mondayOf(day: Day): Day {
  return day - weekdayOf(day) + 1;
}

/** The month `count` months after the one `day` lies in. */
export function monthAfter(day: Day, count: number): { year: number; month: number } {
  const { year, month } = civilOf(day);
  return civilOf(Date.UTC(year, month - 1 + count) / DAY_MS);
}

/** The last day of a month. */
export function endOfMonth({ year, month }: { year: number; month: number }): Day {
  return (dayOf(year, month, 1) ?? 0) + daysInMonth(year, month) - 1;
}

/** The n-th such weekday of a month (-1: the last), or null where the month has no fifth one. */
export function nthWeekday(year: number, month: number, weekday: number, nth: number): Day | null {
  const first = Date.UTC(year, month - 1, 1) / DAY_MS;
  const length = daysInMonth(year, month);
  if (nth < 0) {
    const last = first + length - 1;
    return last - ((weekdayOf(last) - weekday + 7) % 7);
  }
  const day = onOrAfter(first, weekday) + (nth - 1) * 7;
  return day < first + length ? day : null;
}

const two = (value: number) => String(value).padStart(2, '0');

/** YYYY-MM-DD. */
export function isoDay(day: Day): string {
  const { year, month, day: date } = civilOf(day);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;
}

/** The inverse of `isoDay`. */
export const dayFrom = (iso: string): Day => Date.parse(iso) / DAY_MS;

/** HH:mm of minutes since midnight. */
export function isoClock(minuteOfDay: number): string {
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}
