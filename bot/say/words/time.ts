import type { DateTime } from 'luxon';
import { memo } from '../../base/cache.ts';
import { zoneNamed } from '../../base/date-time.ts';
import { type Audience, type Say, say as sayIn } from '../say.ts';
import { startText } from './text.ts';

/** What the wording of a time depends on: language and region, the zone that is shown, and the instant that "tomorrow" is relative to. */
export type Clock = Audience & { zone: string };

const DATE = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
const BRIEF_DATE = { weekday: 'short', day: 'numeric', month: 'short' } as const;
const TIME = { timeStyle: 'short' } as const;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** "Tuesday, 24 November", whose comma British English leaves out; and not "Tuesday, November 24", which needs it. */
const DAY_FIRST = /^(\p{L}+), (\d.*)$/u;

const dates = memo(500, (key) => formatter(key, DATE));
const briefDates = memo(500, (key) => formatter(key, BRIEF_DATE));
const times = memo(500, (key) => formatter(key, TIME));
// Formatting a length or a range takes as long as half a card, and the same ones are formatted again and again.
const lengthFormats = memo(200, (locale) => new Intl.DurationFormat(locale, { style: 'long' }));
const lengths = memo(500, (key) => {
  const [locale = '', minutes] = key.split(' ');
  const [hours, rest] = [Math.floor(Number(minutes) / 60), Number(minutes) % 60];
  return lengthFormats(locale).format({ hours, minutes: rest });
});
const ranges = memo(2_000, (key) => {
  const [locale = '', start, end] = key.split(' ');
  return times(`${locale} UTC`).formatRange(Number(start), Number(end));
});
const relatives = memo(200, (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

/** The date with its weekday, as the locale writes it. */
export function date(at: DateTime, { say, zone }: Clock): string {
  return wordDayFirst(wordDate(dates(`${say.locale} ${zone}`), at, say), say);
}

/** A date whose first of the month is written as the language does: "1er décembre". */
function wordDate(format: Intl.DateTimeFormat, at: DateTime, { text }: Say): string {
  const parts = format.formatToParts(at.toMillis());
  const isFirst = ({ type, value }: Intl.DateTimeFormatPart) => type === 'day' && value === '1';
  return parts.map((part) => (isFirst(part) ? text('times.firstOfMonth') : part.value)).join('');
}

/** "tomorrow, Tuesday 24 November 2026"; beyond yesterday and tomorrow only the date. Lower case: it stands inside a sentence. */
export function day(at: DateTime, clock: Clock): string {
  const near = nearness(at, clock);
  return near === null ? date(at, clock) : clock.say.text('times.near', { near, date: date(at, clock) });
}

/** "today", "tomorrow" or "yesterday" if the day is one of these; otherwise the date. */
export function shortDay(at: DateTime, clock: Clock): string {
  return nearness(at, clock) ?? date(at, clock);
}

/** "tomorrow", "Wed 25 Nov": for a button, where a year would only push out what matters. */
export const briefDay = (at: DateTime, clock: Clock): string => nearness(at, clock) ?? briefDate(at, clock);

/** "Wed 25 Nov", also tomorrow: for readers whose tomorrow may be another day. */
export function briefDate(at: DateTime, { say, zone }: Clock): string {
  return wordDayFirst(wordDate(briefDates(`${say.locale} ${zone}`), at, say), say);
}

function wordDayFirst(words: string, { text }: Say): string {
  const [, weekday, day] = DAY_FIRST.exec(words) ?? [];
  return weekday && day ? text('times.dayFirst', { weekday, day }) : words;
}

/** "15:00" or "3:00 PM", as the locale's region writes it. */
export function time(at: DateTime, { say, zone }: Clock): string {
  return narrow(times(`${say.locale} ${zone}`).format(at.toMillis()));
}

/** The day and the hours of a meeting. If it ends on another day, `hours` names that day. */
export function span(start: DateTime, end: DateTime, clock: Clock): { day: string; hours: string } {
  return { day: startText(day(start, clock), clock.say), hours: hours(start, end, clock) };
}

function hours(start: DateTime, end: DateTime, clock: Clock): string {
  const { say, zone } = clock;
  const [from, to] = [wall(start, zone), wall(end, zone)];
  if (Math.floor(from / DAY_MS) !== Math.floor(to / DAY_MS)) {
    const ends = { day: date(end, clock), end: time(end, clock) };
    return say.text('times.overnight', { start: time(start, clock), ...ends });
  }
  const range =
    from < to
      ? ranges(`${say.locale} ${from % DAY_MS} ${to % DAY_MS}`)
      : times(`${say.locale} ${zone}`).formatRange(start.toMillis(), end.toMillis());
  return narrow(range);
}

/** Day, hours and zone in one line in this language (BCP 47), for readers in any zone. */
export function spanIn(locale: string, zone: string, start: DateTime, end: DateTime): string {
  const key = `${locale} ${zone}`;
  const list = new Intl.ListFormat(locale, { type: 'unit' });
  const day = (at: DateTime) => wordDate(dates(key), at, sayIn(locale));
  const at = (instant: DateTime) => list.format([day(instant), times(key).format(instant.toMillis())]);
  const hours = () => times(key).formatRange(start.toMillis(), end.toMillis());
  const when = day(start) === day(end) ? list.format([day(start), hours()]) : `${at(start)} – ${at(end)}`;
  return `${when} (${zoneIn(locale, zone, start)})`.replaceAll(/\s+/g, ' ');
}

/** "tomorrow, 15:00", inside a sentence. */
export function dayAndTime(at: DateTime, clock: Clock): string {
  return clock.say.text('times.both', { day: shortDay(at, clock), time: time(at, clock) });
}

/**
 * The same instant as Teams itself writes it, by the clock and in the language of each who reads the card. Teams fills this in
 * where it is the text of a TextBlock, written exactly so.
 */
export function clientTime(at: DateTime): string {
  const instant = at.toUTC().startOf('second').toISO({ suppressMilliseconds: true });
  return `{{DATE(${instant},SHORT)}} {{TIME(${instant})}}`;
}

function nearness(at: DateTime, { say, zone, now }: Clock): string | null {
  const days = dayNumber(at, zone) - dayNumber(now, zone);
  if (Math.abs(days) > 1) return null;
  return relatives(say.locale).format(days, 'day');
}

const dayNumber = (at: DateTime, zone: string) => Math.floor(wall(at, zone) / DAY_MS);

function formatter(key: string, fields: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const [locale, zone = 'UTC'] = key.split(' ');
  return new Intl.DateTimeFormat(locale, { ...fields, timeZone: zoneForIntl(zone) });
}

/** "3:00 PM" must not break in two, and Intl's thin spaces show as boxes on some phones: all become non-breaking ones. */
function narrow(text: string): string {
  return text.replaceAll(/\s/g, '\u00a0');
}

/** "45 minutes", "1 hour, 30 minutes". */
export function duration(minutes: number, { locale }: Say): string {
  return lengths(`${locale} ${minutes}`);
}

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
export function zoneInFull(at: DateTime, { say, zone }: Pick<Clock, 'say' | 'zone'>): string {
  const name = zoneName(zone, say);
  return isCity(zone) ? say.text('zone.full', { zone: name, offset: offset(at, zone) }) : name;
}

/** "London (UTC+1)", for a list of cities to choose from. */
function zoneChoice(at: DateTime, { say, zone }: Pick<Clock, 'say' | 'zone'>): string {
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
function zoneForIntl(zone: string): string {
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
