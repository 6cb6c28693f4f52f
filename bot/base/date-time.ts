import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import { memo } from './cache.ts';

const QUARTER_MS = 15 * 60_000;
/** Four days in quarters of an hour. */
const BLOCK = 4 * 24 * 4;

/**
 * The same zone with cached offsets, because asking the platform for one takes longer than reading a message. Clocks change
 * on quarters of an hour, so an offset is cached for each quarter; and not twice within four days, so where four days begin
 * and end with one offset, they have it throughout.
 */
function withMemory(zone: IANAZone): Zone {
  const offsets = memo(2_000, (quarter) => zone.offset(Number(quarter) * QUARTER_MS));
  const offsetAt = (quarter: number) => offsets(String(quarter));
  let last = { first: Number.NaN, next: Number.NaN, offset: Number.NaN };
  const offset = (instant: number) => {
    const quarter = Math.floor(instant / QUARTER_MS);
    if (quarter >= last.first && quarter < last.next) return last.offset;
    const first = Math.floor(quarter / BLOCK) * BLOCK;
    const next = first + BLOCK;
    const before = offsetAt(first);
    last =
      before === offsetAt(next)
        ? { first, next, offset: before }
        : { first: quarter, next: quarter + 1, offset: offsetAt(quarter) };
    return last.offset;
  };
  return Object.assign(Object.create(zone) as Zone, { offset });
}

/** The luxon zone of an IANA name; an unknown name gives an invalid zone. */
export const ianaZone: (name: string) => Zone = memo(1_000, (name) => {
  const zone = IANAZone.create(name);
  return zone.isValid ? withMemory(zone) : zone;
});

/** A zone that never changes its clocks. */
export function fixedZone(minutes: number): Zone {
  return FixedOffsetZone.instance(minutes);
}

/** The zone of a name as luxon writes it: IANA's, or "UTC+5:30". */
export function zoneNamed(name: string): Zone {
  return FixedOffsetZone.parseSpecifier(name) ?? ianaZone(name);
}

/** The date and clock that an IANA zone shows at an instant (epoch milliseconds). */
export const inZone = (instant: number, zone: string): DateTime =>
  DateTime.fromMillis(instant, { zone: ianaZone(zone) });

/**
 * A clock in UTC, of one in epoch milliseconds. A turn asks it twenty times: within a millisecond the answer is the same
 * object, because making one takes longer than everything that is done with it.
 */
export function utcClock(milliseconds: () => number): () => DateTime {
  const at = (now: number) => DateTime.fromMillis(now, { zone: 'utc' });
  let last = at(0);
  return () => {
    const now = milliseconds();
    if (last.toMillis() !== now) last = at(now);
    return last;
  };
}

/** Graph and the channel write no longer instant. */
export const LONGEST_ISO = 64;
const PLAIN = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T\d\d:\d\d:\d\d(?:\.\d{1,7})?Z$/;

/**
 * An ISO 8601 instant in UTC; a text without an offset counts as UTC. Invalid for anything else. The usual form (a day that
 * every month has, and a Z) is read by the platform, because luxon takes several times as long.
 */
export function readIso(text: string): DateTime {
  if (text.length > LONGEST_ISO) return DateTime.invalid('too long');
  const plain = PLAIN.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(plain)
    ? DateTime.fromISO(text, { zone: 'utc' })
    : DateTime.fromMillis(plain, { zone: 'utc' });
}

/** A wall-clock time in a zone is one instant, none (clocks go forward) or two (clocks go back). */
type WallClock =
  | { kind: 'instant'; at: DateTime }
  | { kind: 'gap'; at: DateTime }
  | { kind: 'overlap'; first: DateTime; second: DateTime }
  | { kind: 'nonsense' };

/**
 * The instant of an ISO date and an HH:mm in an IANA zone; 24:00 is the end of that day. In a gap `at` is moved out of it, as
 * luxon does silently; an overlap has both instants, the earlier first.
 */
export function wallClock(date: string, time: string, zone: string): WallClock {
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d$/.test(time)) return { kind: 'nonsense' };
  if (time === '24:00') {
    const next = DateTime.fromISO(date, { zone: 'utc' }).plus({ days: 1 });
    return next.isValid ? wallClock(next.toFormat('yyyy-MM-dd'), '00:00', zone) : { kind: 'nonsense' };
  }
  const at = DateTime.fromISO(`${date}T${time}`, { zone });
  if (!at.isValid) return { kind: 'nonsense' };
  if (at.toFormat('HH:mm') !== time) return { kind: 'gap', at };
  const [first, second] = at.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis());
  return first !== undefined && second !== undefined
    ? { kind: 'overlap', first, second }
    : { kind: 'instant', at };
}
