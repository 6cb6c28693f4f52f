import type { DateTime, Zone } from 'luxon';
import { fixedZone, ianaZone } from '../../base/date-time.ts';
import type { ZoneSaid } from './zones.ts';

/** Where the clock is read: the person's own zone and now, the zone that governs, and its other reading if it has one. */
export type Frame = { own: Zone; here: DateTime; zone: Zone; other: Zone | null };

/** The zone that governs the clock, and a second one where the name has two readings. */
export function governing(said: ZoneSaid | null, own: Zone): { zone: Zone; other: Zone | null } {
  if (said?.kind === 'iana') return { zone: ianaZone(said.zone), other: null };
  if (said?.kind === 'offset') return { zone: fixedZone(said.minutes), other: null };
  if (said?.kind !== 'abbreviation') return { zone: own, other: null };
  const place = ianaZone(said.place);
  if (said.east === null) return { zone: place, other: null };
  const fixed = fixedZone(said.east);
  return said.isAllYear ? { zone: place, other: fixed } : { zone: fixed, other: null };
}
