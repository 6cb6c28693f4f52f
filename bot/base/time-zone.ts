import type { Zone } from 'luxon';
import { FixedOffsetZone, IANAZone } from 'luxon';

const zones = new Map<string, Zone>();
const QUARTER_MS = 15 * 60_000;
const MOST_KNOWN = 20_000;

/**
 * The same zone with its offsets remembered: asking the platform for one costs more than reading a message.
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

/** The zone of a name as luxon writes it: IANA's, or "UTC+5:30". */
export function zoneNamed(name: string): Zone {
  return FixedOffsetZone.parseSpecifier(name) ?? ianaZone(name);
}
