import { DateTime, type Zone } from 'luxon';

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

const MINUTE_MS = 60_000;

/** The instants at which the wall clock of a zone shows this: none in a gap, two in an overlap. */
export type Wall = { instants: readonly DateTime[]; isGap: boolean };

/** `minuteOfDay` may lie beyond 1440: it then means the following days. `shown` is the zone of the answer. */
export function wallClock(day: Day, minuteOfDay: number, zone: Zone, shown: Zone): Wall {
  const local = day * DAY_MS + minuteOfDay * MINUTE_MS;
  const before = zone.offset(local - DAY_MS);
  const after = zone.offset(local + DAY_MS);
  const offsets = before === after ? [before] : [before, after];
  const found = offsets
    .map((offset) => local - offset * MINUTE_MS)
    .filter((instant) => before === after || zone.offset(instant) * MINUTE_MS === local - instant)
    .map((instant) => DateTime.fromMillis(instant, { zone: shown }));
  if (found.length > 0) return { instants: found, isGap: false };
  const shifted = offsets.map((offset) => DateTime.fromMillis(local - offset * MINUTE_MS, { zone: shown }));
  return { instants: shifted.reverse(), isGap: true };
}

/** The same as luxon's `plus`, which takes ten times as long for units that are always as long. */
export function minutesLater(instant: DateTime, minutes: number): DateTime {
  return DateTime.fromMillis(Math.round(instant.toMillis() + minutes * MINUTE_MS), { zone: instant.zone });
}

/** The calendar day that `instant` falls on in its own zone. */
export function dayIn(instant: DateTime): Day {
  return Date.UTC(instant.year, instant.month - 1, instant.day) / DAY_MS;
}

/** Minutes since midnight that the clock of `instant`'s own zone shows. */
export function minuteIn(instant: DateTime): number {
  return instant.hour * 60 + instant.minute;
}
