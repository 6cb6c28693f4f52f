import type { Zone } from 'luxon';
import { DateTime, FixedOffsetZone, IANAZone } from 'luxon';
import type { Day } from './calendar.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const zones = new Map<string, Zone>();
const QUARTER_MS = 15 * MINUTE_MS;
const MOST_KNOWN = 20_000;

/**
 * The same zone with its offsets remembered: asking the platform for one costs more than all the rest of parsing.
 * Clocks change on quarters of an hour, so one answer holds for its quarter.
 */
function remembering(zone: IANAZone): Zone {
  const known = new Map<number, number>();
  const offset = (instant: number) => {
    const quarter = Math.floor(instant / QUARTER_MS);
    const minutes = known.get(quarter) ?? zone.offset(instant);
    if (known.size > MOST_KNOWN) known.clear();
    known.set(quarter, minutes);
    return minutes;
  };
  return Object.assign(Object.create(zone) as Zone, { offset });
}

/** The luxon zone of an IANA name, made once; an unknown name gives an invalid zone. */
export function ianaZone(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const zone = IANAZone.create(name);
  if (!zone.isValid) return zone;
  const kept = remembering(zone);
  zones.set(name, kept);
  return kept;
}

/** A zone that never changes its clocks. */
export function fixedZone(minutes: number): Zone {
  return FixedOffsetZone.instance(minutes);
}

/** The instants at which the wall clock of a zone shows this: none in a gap, two in an overlap. */
type Wall = { instants: readonly DateTime[]; isGap: boolean };

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

/** The calendar day that `instant` falls on in its own zone. */
export function dayIn(instant: DateTime): Day {
  return Date.UTC(instant.year, instant.month - 1, instant.day) / DAY_MS;
}

/** Minutes since midnight that the clock of `instant`'s own zone shows. */
export function minuteIn(instant: DateTime): number {
  return instant.hour * 60 + instant.minute;
}
