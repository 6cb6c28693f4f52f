import type { DateTime } from 'luxon';
import { zoneNamed } from '../../base/date-time.ts';
import type { Say } from '../say.ts';

export const MINUTE_MS = 60_000;

/** A zone, and the voice in which it is named. */
type Named = { say: Say; zone: string };

/** Old IANA names that clients still send, by the city's name of today. */
const CITY_TODAY: Record<string, string> = {
  Calcutta: 'Kolkata',
  Katmandu: 'Kathmandu',
  Kiev: 'Kyiv',
  Rangoon: 'Yangon',
  Saigon: 'Ho Chi Minh City',
};

/** The zone as the language abbreviates it: "GMT", "MEZ", "GMT+9". */
export function zoneIn(locale: string, zone: string, at: DateTime): string {
  const short = new Intl.DateTimeFormat(locale, { timeZone: zoneForIntl(zone), timeZoneName: 'short' });
  const parts = short.formatToParts(at.toMillis());
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

/** "London", "New York", or the zone's own name where it is not named after a place. */
function place(zone: string): string {
  const last = zone.split('/').at(-1) ?? zone;
  const fixed = /^GMT([+-])(\d{1,2})$/.exec(last);
  // The sign of these names is the other way round.
  if (fixed && fixed[2] !== '0') return `UTC${fixed[1] === '+' ? '−' : '+'}${fixed[2]}`;
  if (isCity(zone)) return CITY_TODAY[last] ?? last.replaceAll('_', ' ');
  return /^(UCT|Zulu|Universal|GMT[+-]?0?)$/.test(last) ? 'UTC' : last;
}

/** "London time", or "UTC" where the zone is not named after a place. */
export function zoneName(zone: string, say: Say): string {
  return isCity(zone) ? say.text('zone.city', { city: place(zone) }) : place(zone);
}

/** "London time (UTC+1)": for readers in other zones. */
export function zoneInFull(at: DateTime, { say, zone }: Named): string {
  const name = zoneName(zone, say);
  return isCity(zone) ? say.text('zone.full', { zone: name, offset: offset(at, zone) }) : name;
}

/** "London (UTC+1)", for a list of cities to choose from. */
function zoneChoice(at: DateTime, { say, zone }: Named): string {
  return isCity(zone)
    ? say.text('zone.choice', { city: place(zone), offset: offset(at, zone) })
    : place(zone);
}

/** "UTC+5:30": the offset that holds in the zone at that instant. */
export function offset(at: DateTime, zone: string): string {
  const minutes = wall(at, zone) / MINUTE_MS - Math.floor(at.toMillis() / MINUTE_MS);
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

function isCity(zone: string): boolean {
  return zone.includes('/') && !zone.startsWith('Etc/');
}

/** luxon calls a fixed offset "UTC+5:30"; Intl wants "+05:30". */
export function zoneForIntl(zone: string): string {
  const fixed = /^UTC([+-])(\d{1,2})(?::(\d{2}))?$/.exec(zone);
  return fixed ? `${fixed[1]}${fixed[2]?.padStart(2, '0')}:${fixed[3] ?? '00'}` : zone;
}

/** Offered if the person's zone is not known: one city for each offset in which many people live. */
const ZONES = [
  'Pacific/Honolulu',
  'America/Anchorage',
  'America/Los_Angeles',
  'America/Phoenix',
  'America/Denver',
  'America/Mexico_City',
  'America/Chicago',
  'America/New_York',
  'America/Toronto',
  'America/Bogota',
  'America/Halifax',
  'America/Santiago',
  'America/Sao_Paulo',
  'America/Argentina/Buenos_Aires',
  'America/St_Johns',
  'Etc/UTC',
  'Europe/London',
  'Europe/Dublin',
  'Europe/Lisbon',
  'Europe/Paris',
  'Europe/Berlin',
  'Europe/Warsaw',
  'Europe/Budapest',
  'Africa/Lagos',
  'Africa/Johannesburg',
  'Africa/Cairo',
  'Europe/Athens',
  'Europe/Helsinki',
  'Europe/Istanbul',
  'Africa/Nairobi',
  'Asia/Riyadh',
  'Asia/Dubai',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Dhaka',
  'Asia/Bangkok',
  'Asia/Singapore',
  'Asia/Shanghai',
  'Asia/Manila',
  'Australia/Perth',
  'Asia/Tokyo',
  'Asia/Seoul',
  'Australia/Adelaide',
  'Australia/Brisbane',
  'Australia/Sydney',
  'Pacific/Auckland',
] as const;

/** Choices for a picker, ordered west to east by their offsets at `now`. Values are IANA names. */
export function zoneChoices(now: DateTime, say: Say): { title: string; value: string }[] {
  return ZONES.map((zone) => ({ zone, minutes: now.setZone(zone).offset }))
    .sort((a, b) => a.minutes - b.minutes)
    .map(({ zone }) => ({ title: zoneChoice(now, { say, zone }), value: zone }));
}

/** A wall-clock time as the epoch milliseconds at which UTC shows it, in whole minutes. */
export function wall(at: DateTime, zone: string): number {
  const ms = at.toMillis();
  return ms - (ms % MINUTE_MS) + zoneNamed(zone).offset(ms) * MINUTE_MS;
}
