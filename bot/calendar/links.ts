import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { DateTime } from 'luxon';
import { toAttendees } from '../meeting/guest-list.ts';
import type { Meeting } from '../meeting/meeting.ts';
import type { MeetingRecord } from '../meeting/record.ts';
import type { CalendarAddresses } from '../say/cards/meeting.ts';
import { say } from '../say/say.ts';
import { titleOf } from '../say/words/meeting-head.ts';
import { joinDetails } from '../say/words/ways-to-join.ts';
import { type CalendarEntry, calendarFile, outlookComposeUrl, packEntry, unpackEntry } from './entry.ts';

/** Addresses that add a meeting to a calendar without a permission in Graph. */
type CalendarLinks = {
  /** Null while the key is not loaded, or if a subject is too long for an address. */
  of(meeting: Meeting, record: MeetingRecord, locale: string): CalendarAddresses | null;
  /** The answer to a request for a calendar file. */
  open(token: string): { kind: 'file'; content: string } | { kind: 'expired' | 'unknown' };
  /** What an address of a file leads to; null for every other address, and for one that has expired. */
  entryAt(url: string): CalendarEntry | null;
};

type CalendarLinksOptions = {
  publicUrl: string;
  outlookHost: string;
  /** Seals addresses; the same on every replica. */
  key(): KeyObject | null;
  now(): DateTime;
};

/** How long after a card is drawn its file can be downloaded. */
const KEPT_MS = 30 * 24 * 3_600_000;

/** Makes and opens addresses that contain the encrypted entry, because the store has no join link and the request has no user. */
export function createCalendarLinks(options: CalendarLinksOptions): CalendarLinks {
  const { publicUrl, outlookHost, now } = options;
  return {
    of: (meeting, { id, revision, guests }, locale) => {
      const key = options.key();
      if (key === null) return null;
      const { start, end, joinUrl } = meeting;
      const subject = titleOf({ subject: meeting.subject, guests }, say(locale));
      const entry = { id, revision, subject, start, end, joinUrl, details: joinDetails(meeting, locale) };
      const token = seal(packEntry(entry), { key, expires: now().toMillis() + KEPT_MS });
      if (token === null) return null;
      const outlook = outlookComposeUrl(entry, outlookHost);
      const invited = toAttendees(guests).map(({ address }) => address);
      return {
        file: `${publicUrl}/calendar/${token}`,
        outlook,
        outlookWithGuests: invited.length === 0 ? outlook : outlookComposeUrl(entry, outlookHost, invited),
      };
    },
    open: (token) => {
      const entry = entryIn(token);
      if (typeof entry === 'string') return { kind: entry };
      return { kind: 'file', content: calendarFile(entry, now()) };
    },
    entryAt: (url) => {
      const prefix = `${publicUrl}/calendar/`;
      const entry = url.startsWith(prefix) ? entryIn(url.slice(prefix.length)) : 'unknown';
      return typeof entry === 'string' ? null : entry;
    },
  };

  function entryIn(token: string): CalendarEntry | 'expired' | 'unknown' {
    const key = options.key();
    if (key === null) return 'unknown';
    const opened = open(token, { key, now: now().toMillis() });
    return opened.kind === 'valid' ? (unpackEntry(opened.content) ?? 'unknown') : opened.kind;
  }
}

/** The content of a token, unless we did not make it, or it has expired. */
type Opened = { kind: 'valid'; content: unknown } | { kind: 'expired' | 'unknown' };

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Every browser and proxy accepts an address of this length, including its host. */
const MOST_CHARACTERS = 1900;
/** Authenticated with each token, so that it is invalid for any other purpose. */
const PURPOSE = Buffer.from('parley calendar 1');

/**
 * Packs JSON into a token for an address: nobody else can read it, make one or alter one, and nothing need be stored.
 * `expires` in epoch milliseconds. Null if it would be too long for an address.
 */
export function seal(content: unknown, { key, expires }: { key: KeyObject; expires: number }): string | null {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(PURPOSE);
  const text = JSON.stringify({ expires, content });
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const token = sealed.toString('base64url');
  return token.length <= MOST_CHARACTERS ? token : null;
}

/** Opens what `seal` made with the same key. `now` in epoch milliseconds. Never throws, whatever the token is. */
export function open(token: string, { key, now }: { key: KeyObject; now: number }): Opened {
  if (token.length > MOST_CHARACTERS || !/^[\w-]+$/.test(token)) return { kind: 'unknown' };
  const sealed = Buffer.from(token, 'base64url');
  // Several texts may decode to the same bytes, because base64url has unused bits at its end. Only one is accepted.
  if (sealed.length <= NONCE_BYTES + TAG_BYTES || sealed.toString('base64url') !== token)
    return { kind: 'unknown' };
  const text = decrypt(sealed, key);
  if (text === null) return { kind: 'unknown' };
  const { expires, content } = JSON.parse(text) as { expires: number; content: unknown };
  return now < expires ? { kind: 'valid', content } : { kind: 'expired' };
}

function decrypt(sealed: Buffer, key: KeyObject): string | null {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(-TAG_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(PURPOSE).setAuthTag(tag);
  const start = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([start, decipher.final()]).toString('utf8');
  } catch {
    // Node throws if the tag does not match.
    return null;
  }
}

/**
 * The key for addresses, out of a secret that every replica has and a restart keeps: the client secret, or the private
 * key of the certificate. A managed identity has neither: there, derive it from random bytes that the store keeps.
 * Secrets of much less than 128 bits do not become better by this.
 */
export function addressKey(secret: string | Buffer): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', PURPOSE, KEY_BYTES)));
}
