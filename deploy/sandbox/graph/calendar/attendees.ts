import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import type { Person } from '../../people.ts';
import type { CalendarWorld, StoredAttendee, StoredEvent } from './store.ts';

type Busy = { start: string; end: string; subject?: string; showAs?: StoredEvent['showAs'] };

/** Somebody enters an appointment of their own in Outlook. Times are ISO with an offset, or in the person's zone. */
export function block(
  calendar: CalendarWorld,
  person: Person,
  { start, end, subject, showAs }: Busy,
): StoredEvent {
  const event: StoredEvent = {
    key: randomUUID(),
    organizer: person.oid,
    subject: subject ?? 'Dentist',
    start: DateTime.fromISO(start, { zone: person.zone }),
    end: DateTime.fromISO(end, { zone: person.zone }),
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
    showAs: showAs ?? 'busy',
    createdAt: Date.now(),
    isGone: false,
  };
  calendar.events.push(event);
  return event;
}

/** An attendee answers the invitation to an event in Outlook. */
export function respond(event: StoredEvent, { upn }: Person, response: StoredAttendee['response']): void {
  const own = event.attendees.find(({ address }) => address === upn.toLowerCase());
  if (own === undefined) throw new Error(`${upn} is not invited.`);
  own.response = response;
  event.revision += 1;
}
