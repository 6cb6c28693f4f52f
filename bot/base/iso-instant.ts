import { DateTime } from 'luxon';

/** Longer is no instant that Graph or the channel writes. */
export const LONGEST_ISO = 64;
const PLAIN = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T\d\d:\d\d:\d\d(?:\.\d{1,7})?Z$/;

/**
 * An ISO 8601 instant in UTC; without an offset it counts as UTC. Invalid where it is none. What Graph and the channel
 * write, a date that every month has and a Z, is read by the platform: luxon takes several times as long.
 */
export function readIso(text: string): DateTime {
  if (text.length > LONGEST_ISO) return DateTime.invalid('too long');
  const plain = PLAIN.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(plain)
    ? DateTime.fromISO(text, { zone: 'utc' })
    : DateTime.fromMillis(plain, { zone: 'utc' });
}
