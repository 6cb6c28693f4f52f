import type { KeyObject } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Guest, Meeting } from '../meeting/meeting.ts';
import type { MeetingRecord } from '../meeting/record.ts';
import { joinDetails, untitled } from '../say/cards/meeting.ts';
import type { CalendarAddresses } from '../say/cards/meeting-reply.ts';
import { calendarFile, outlookComposeUrl, packEntry, unpackEntry } from './entry.ts';
import { open, seal } from './signed-address.ts';

/** What a person gets who opens the address of a calendar file. */
type CalendarAnswer = { kind: 'file'; content: string } | { kind: 'expired' } | { kind: 'unknown' };

/** Ways from a card into a calendar, without asking for a permission. */
type CalendarLinks = {
  /** Null while the key is not there yet, or where a subject is too long for an address. */
  of(meeting: Meeting, record: MeetingRecord, locale: string): CalendarAddresses | null;
  open(token: string): CalendarAnswer;
};

type CalendarLinksOptions = {
  publicUrl: string;
  outlookHost: string;
  /** Seals addresses; the same on every replica. */
  key(): KeyObject | null;
  now(): DateTime;
};

/** So long after a card was drawn its file can be downloaded. */
const KEPT_MS = 30 * 24 * 3_600_000;

/** The address carries the entry itself, sealed: the store has no join link, and there is nobody to ask Graph as. */
export function createCalendarLinks(options: CalendarLinksOptions): CalendarLinks {
  const { publicUrl, outlookHost, now } = options;
  return {
    of: (meeting, { id, revision, guests }, locale) => {
      const key = options.key();
      if (key === null) return null;
      const { start, end, joinUrl } = meeting;
      const subject = meeting.subject ?? untitled(locale);
      const entry = { id, revision, subject, start, end, joinUrl, details: joinDetails(meeting, locale) };
      const token = seal(packEntry(entry), { key, expires: now().toMillis() + KEPT_MS });
      if (token === null) return null;
      return {
        file: `${publicUrl}/calendar/${token}`,
        outlook: outlookComposeUrl(entry, outlookHost),
        outlookWithGuests: outlookComposeUrl(entry, outlookHost, guests.flatMap(addressOf)),
      };
    },
    open: (token) => {
      const key = options.key();
      const opened =
        key === null ? ({ kind: 'invalid' } as const) : open(token, { key, now: now().toMillis() });
      if (opened.kind === 'expired') return { kind: 'expired' };
      const entry = opened.kind === 'valid' ? unpackEntry(opened.content) : null;
      return entry === null ? { kind: 'unknown' } : { kind: 'file', content: calendarFile(entry, now()) };
    },
  };
}

/** Where an invitation reaches a guest; a bare name has no address. */
function addressOf(guest: Guest): string[] {
  if (guest.kind === 'name') return [];
  return [guest.kind === 'email' ? guest.email : guest.upn];
}
