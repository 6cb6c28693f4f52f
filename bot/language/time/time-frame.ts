import type { DateTime, Zone } from 'luxon';
import { fixedZone, ianaZone } from '../../zone.ts';
import { ABBREVIATIONS, AT_HOME, REGIONS, SAID_ALL_YEAR } from './abbreviations.ts';
import type { ZoneSaid } from './zones.ts';

/** Where the clock is read: the person's own zone and now, the zone that governs, and its other reading if it has one. */
export type Frame = { own: Zone; here: DateTime; zone: Zone; other: Zone | null };

/** The zone that governs the clock, and a second one where the name has two readings. */
export function governing(
  said: ZoneSaid | null,
  own: Zone,
  ownName: string,
): { zone: Zone; other: Zone | null } {
  if (said?.kind === 'iana') return { zone: ianaZone(said.zone), other: null };
  if (said?.kind === 'offset') return { zone: fixedZone(said.minutes), other: null };
  if (said?.kind !== 'abbreviation') return { zone: own, other: null };
  const regional = REGIONS[said.name];
  if (regional) return { zone: ianaZone(regional), other: null };
  const meant = AT_HOME[said.name]?.[ownName] ?? ABBREVIATIONS[said.name];
  if (!meant) return { zone: own, other: null };
  const region = ianaZone(meant.zone);
  if (SAID_ALL_YEAR.has(said.name)) return { zone: region, other: fixedZone(meant.offset) };
  return { zone: fixedZone(meant.offset), other: null };
}
