import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import { invalid } from './refusals.ts';

/** How Outlook writes an instant: a clock without an offset, and its zone beside it. */
export const WallTime = z.strictObject({ dateTime: z.string(), timeZone: z.string() });
export type WireTime = z.infer<typeof WallTime>;

/** The names that Windows has for the zones of the people here. Mailboxes know both kinds. */
export const WINDOWS: Readonly<Record<string, string>> = {
  'GMT Standard Time': 'Europe/London',
  'Eastern Standard Time': 'America/New_York',
  'India Standard Time': 'Asia/Kolkata',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Romance Standard Time': 'Europe/Paris',
};

/** Names that are younger than the mailbox server. */
const TOO_YOUNG = new Set(['Europe/Kyiv', 'America/Ciudad_Juarez']);

/** The zone of that name. Throws a 400 for one that the mailbox server does not know. */
function zoneOf(name: string): string {
  const zone = WINDOWS[name] ?? name;
  if (zone.toUpperCase() === 'UTC') return 'utc';
  if (IANAZone.isValidZone(zone) && !TOO_YOUNG.has(zone)) return zone;
  throw invalid(`'${name}' is not a supported time zone.`, 'TimeZoneNotSupportedException');
}

/** Reads one. Throws a 400. */
export function readWallTime({ dateTime, timeZone }: WireTime): DateTime {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?$/.test(dateTime))
    throw invalid(`'${dateTime}' must be a date and a time without an offset.`);
  const read = DateTime.fromISO(dateTime, { zone: zoneOf(timeZone) });
  if (!read.isValid) throw invalid(`'${dateTime}' is no time.`);
  return read;
}

/** Writes one on the clock of that zone. */
export function writeWallTime(time: DateTime, zone: string): WireTime {
  const inZone = time.setZone(zoneOf(zone));
  return { dateTime: `${inZone.toFormat("yyyy-MM-dd'T'HH:mm:ss")}.0000000`, timeZone: zone };
}
