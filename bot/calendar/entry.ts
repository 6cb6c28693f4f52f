import { escapeText } from 'entities';
import ical, { ICalEventBusyStatus } from 'ical-generator';
import { DateTime } from 'luxon';
import * as z from 'zod';
import { toLine } from '../base/safe-text.ts';

/** A meeting as a calendar entry, in the reader's language. */
export type CalendarEntry = {
  /** Does not change with the meeting, so that a calendar replaces its entry instead of adding another. */
  id: string;
  revision: number;
  subject: string;
  start: DateTime;
  end: DateTime;
  /** Https, from Graph. */
  joinUrl: string;
  /** Lines below the link: a phone number, a conference id. */
  details: readonly string[];
};

/** Some browsers, some proxies and Outlook refuse longer addresses. */
const MOST_ADDRESS = 2000;
const MOST_SUBJECT_BYTES = 600;
const LONGEST_LINE = 1_500;
/** The guests are left out if they would leave less room than this for the subject. */
const LEAST_SUBJECT = 100;
/** What Teams itself enters as location in most languages. */
const LOCATION = 'Microsoft Teams Meeting';

/**
 * An RFC 5545 file with this one meeting. Times are UTC instants, which every calendar shows on its owner's clock,
 * right across any change of clocks. `now` is when the file is made.
 */
export function calendarFile(entry: CalendarEntry, now: DateTime): string {
  const url = uri(entry.joinUrl);
  const calendar = ical({ prodId: '//Parley//Parley//EN' });
  const event = calendar.createEvent({
    id: `${entry.id}@parley`,
    sequence: entry.revision,
    stamp: now.toUTC(),
    start: entry.start.toUTC(),
    end: entry.end.toUTC(),
    summary: line(entry.subject),
    location: url,
    description: [url, ...entry.details.map(line)].join('\n'),
    url,
    busystatus: ICalEventBusyStatus.BUSY,
  });
  // Outlook shows its own join button if it finds this.
  event.x('X-MICROSOFT-SKYPETEAMSMEETINGURL', url);
  return `${calendar.toString()}\r\n`;
}

/**
 * The address of Outlook's page for a new appointment, filled in. Microsoft documents it nowhere; the parameters are
 * those known to work. At most 2,000 characters where the join link itself is of a usual length: first the
 * details give way, then the subject's end, and then the guests, all or none. `guests`: addresses that are invited.
 */
export function outlookComposeUrl(
  entry: CalendarEntry,
  host: string,
  guests: readonly string[] = [],
): string {
  const url = uri(entry.joinUrl);
  const link = `<a href="${escapeText(url)}">${escapeText(url)}</a>`;
  const body = [link, ...entry.details.map((text) => escapeText(line(text)))].join('<br>');
  const subject = line(entry.subject);
  const to = guests.map(line).join(',');
  const full = composeUrl(host, entry, { subject, body, to });
  if (full.length <= MOST_ADDRESS) return full;
  const bare = composeUrl(host, entry, { subject: '', body: escapeText(url), to });
  if (to !== '' && bare.length + LEAST_SUBJECT > MOST_ADDRESS) return outlookComposeUrl(entry, host);
  const short = cut(subject, (text) => encodeURIComponent(text).length, MOST_ADDRESS - bare.length);
  return composeUrl(host, entry, { subject: short, body: escapeText(url), to });
}

function composeUrl(
  host: string,
  { start, end }: CalendarEntry,
  { subject, body, to }: { subject: string; body: string; to: string },
): string {
  const parameters = {
    path: '/calendar/action/compose',
    rru: 'addevent',
    startdt: instant(start),
    enddt: instant(end),
    subject,
    location: LOCATION,
    body,
    ...(to !== '' && { to }),
  };
  // Not URLSearchParams: Outlook shows its plus signs for spaces as they are.
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `https://${host}/calendar/deeplink/compose?${query.join('&')}`;
}

const Packed = z.tuple([
  z.string(),
  z.number(),
  z.string(),
  z.number(),
  z.number(),
  z.string(),
  z.array(z.string()),
]);

/** The entry as JSON that is small enough for an address: a very long subject is shortened. */
export function packEntry(entry: CalendarEntry): z.infer<typeof Packed> {
  const { id, revision, start, end, joinUrl, details } = entry;
  const subject = cut(line(entry.subject), bytes, MOST_SUBJECT_BYTES);
  const [from, to] = [start, end].map((at) => Math.round(at.toSeconds()));
  return [id, revision, subject, from ?? 0, to ?? 0, joinUrl, details.map(line)];
}

/** Unpacks what `packEntry` packed, with times in UTC. Null for anything else. */
export function unpackEntry(packed: unknown): CalendarEntry | null {
  const read = Packed.safeParse(packed);
  if (!read.success) return null;
  const [id, revision, subject, start, end, joinUrl, details] = read.data;
  const at = (seconds: number) => DateTime.fromSeconds(seconds, { zone: 'utc' });
  return { id, revision, subject, start: at(start), end: at(end), joinUrl, details };
}

const instant = (at: DateTime) => `${new Date(at.toMillis()).toISOString().slice(0, 19)}Z`;

/** User text for one line of a calendar. */
const line = (text: string) => toLine(text, LONGEST_LINE);

/** Escapes commas, semicolons and backslashes, which have a meaning in calendar files. */
function uri(url: string): string {
  return new URL(url).href.replace(/[,;\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

const utf8 = new TextEncoder();
const bytes = (text: string) => utf8.encode(text).length;

/** The longest beginning of a text that measures at most `most`. */
function cut(text: string, measure: (text: string) => number, most: number): string {
  if (measure(text) <= most) return text;
  let size = 0;
  const kept = Array.from(text).findIndex((letter) => {
    size += measure(letter);
    return size > most;
  });
  return Array.from(text).slice(0, kept).join('').trim();
}
