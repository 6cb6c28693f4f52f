import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Person } from '../../people.ts';
import type { WireRecurrence } from './recurrence.ts';

/** An attendee as the organiser's copy has them. */
export type StoredAttendee = {
  address: string;
  name: string;
  type: 'required' | 'optional' | 'resource';
  response: 'notResponded' | 'accepted' | 'tentativelyAccepted' | 'declined';
};

/** What is otherwise about one occurrence of a series. */
type Exception = {
  start?: DateTime;
  end?: DateTime;
  subject?: string | null;
  attendees?: StoredAttendee[];
  isCancelled?: boolean;
};

/** An event as the organiser's calendar holds it; it stays after its cancellation, marked as gone. */
export type StoredEvent = {
  key: string;
  /** Object id. */
  organizer: string;
  subject: string | null;
  /** In the zone in which it was written. */
  start: DateTime;
  end: DateTime;
  /** Html; the join block of an online meeting is in it. */
  content: string;
  attendees: StoredAttendee[];
  joinUrl: string | null;
  /** Id of the online meeting behind the link. */
  meetingId: string | null;
  transactionId: string | null;
  recurrence: WireRecurrence | null;
  /** By the local date (ISO) that the pattern gives. */
  exceptions: Map<string, Exception>;
  /** Attendees who have removed their copies. */
  removedBy: Set<string>;
  /** Counts up with each change: the etag. */
  revision: number;
  /** Counts up whenever it comes into another folder: mutable ids change then. */
  moves: number;
  showAs: 'free' | 'tentative' | 'busy' | 'oof';
  createdAt: number;
  isGone: boolean;
};

/** An event that nobody has touched yet: busy, by itself and without a link where nothing else is said. */
export const newEvent = (
  organizer: Person,
  given: Pick<StoredEvent, 'start' | 'end'> & Partial<StoredEvent>,
): StoredEvent => ({
  key: randomUUID(),
  organizer: organizer.oid,
  subject: null,
  content: '',
  attendees: [],
  joinUrl: null,
  meetingId: null,
  transactionId: null,
  recurrence: null,
  exceptions: new Map(),
  removedBy: new Set(),
  revision: 1,
  moves: 0,
  showAs: 'busy',
  createdAt: Date.now(),
  isGone: false,
  ...given,
});

/** A message in somebody's inbox. */
export type Mail = {
  to: string;
  kind: 'invitation' | 'update' | 'cancellation' | 'undeliverable';
  /** Key of the event. */
  event: string;
  subject: string | null;
  /** Start of the event or occurrence, ISO in UTC. */
  start: string;
  comment: string | null;
  joinUrl: string | null;
  at: number;
};

/** All calendars and inboxes of this sandbox. */
export type CalendarWorld = {
  events: StoredEvent[];
  mails: Mail[];
  /** Application mode: whose mailboxes Exchange lets the app into by its role; `global`: everybody's. Object ids. */
  roles: Set<string>;
  /** People without a mailbox in Exchange Online, and people whose calendars nobody may see; object ids. */
  withoutMailbox: Set<string>;
  hidden: Set<string>;
  /** So many events from now on are made without the link that was asked for. */
  softFailures: number;
  /** So many look-ups by join link from now on find nothing. */
  emptyLookups: number;
  /** Refusals of a repeated transaction id: their form alternates, as different programs have met different ones. */
  duplicates: number;
  /** Requests that are being answered, by object id of the mailbox, and the most there ever were at once. */
  underway: Map<string, number>;
  mostAtOnce: number;
  /** Who was in which online meeting. */
  attendance: { meetingId: string; person: Person; from: number; to: number }[];
};

/** Empty calendars, with everybody's mailbox in order. */
export function createCalendarWorld(): CalendarWorld {
  return {
    events: [],
    mails: [],
    roles: new Set(),
    withoutMailbox: new Set(),
    hidden: new Set(),
    softFailures: 0,
    emptyLookups: 0,
    duplicates: 0,
    underway: new Map(),
    mostAtOnce: 0,
    attendance: [],
  };
}

/** Forgets everything and puts every switch back; the object and its lists stay, as tests hold them. */
export function resetCalendar(calendar: CalendarWorld): void {
  for (const list of [calendar.events, calendar.mails, calendar.attendance]) list.length = 0;
  for (const set of [calendar.roles, calendar.withoutMailbox, calendar.hidden]) set.clear();
  Object.assign(calendar, { softFailures: 0, emptyLookups: 0, duplicates: 0, mostAtOnce: 0 });
}
