import { DateTime } from 'luxon';
import type { Person } from '../../people.ts';
import { type CalendarWorld, newEvent, type StoredAttendee, type StoredEvent } from './store.ts';

type Busy = { start: string; end: string; subject?: string; showAs?: StoredEvent['showAs'] };

/** Somebody enters an appointment of their own in Outlook. Times are ISO with an offset, or in the person's zone. */
export function block(
  calendar: CalendarWorld,
  person: Person,
  { start, end, subject, showAs }: Busy,
): StoredEvent {
  const event = newEvent(person, {
    subject: subject ?? 'Dentist',
    start: DateTime.fromISO(start, { zone: person.zone }),
    end: DateTime.fromISO(end, { zone: person.zone }),
    ...(showAs && { showAs }),
  });
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
