import { FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import { memo } from './cache.ts';

const QUARTER_MS = 15 * 60_000;

/**
 * The same zone with its offsets remembered: asking the platform for one costs more than reading a message.
 * Clocks change on quarters of an hour, so one answer holds for its quarter.
 */
function withMemory(zone: IANAZone): Zone {
  const offsets = memo(2_000, (quarter) => zone.offset(Number(quarter) * QUARTER_MS));
  const offset = (instant: number) => offsets(String(Math.floor(instant / QUARTER_MS)));
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
