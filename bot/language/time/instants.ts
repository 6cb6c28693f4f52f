import type { Zone } from 'luxon';
import { DateTime } from 'luxon';
import type { Day } from './calendar.ts';

const DAY_MS = 86_400_000;
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
