import { DateTime } from 'luxon';
import type { Person } from '../../people.ts';
import { datesOf } from './recurrence.ts';
import type { CalendarWorld, StoredAttendee, StoredEvent } from './store.ts';

/** What a calendar shows: an event, one occurrence of a series, or a series as a whole. */
export type Item = {
  event: StoredEvent;
  type: 'singleInstance' | 'occurrence' | 'exception' | 'seriesMaster';
  /** Of an occurrence: the local date (ISO) that its pattern gives. */
  date: string | null;
  start: DateTime;
  end: DateTime;
  subject: string | null;
  attendees: readonly StoredAttendee[];
};

/** The event itself. */
export function wholeItem(event: StoredEvent): Item {
  const { start, end, subject, attendees, recurrence } = event;
  const type = recurrence === null ? 'singleInstance' : 'seriesMaster';
  return { event, type, date: null, start, end, subject, attendees };
}

/** An occurrence; null where the series has none then, or it was cancelled. It keeps the wall clock across changes of clocks. */
export function occurrenceOf(event: StoredEvent, date: string): Item | null {
  const exception = event.exceptions.get(date);
  if (exception?.isCancelled || !event.recurrence || !datesOf(event.recurrence).includes(date)) return null;
  const start = DateTime.fromISO(`${date}T${event.start.toFormat('HH:mm:ss')}`, { zone: event.start.zone });
  const { subject, attendees } = event;
  const plain = { start, end: start.plus(event.end.diff(event.start)), subject, attendees };
  return {
    event,
    type: exception === undefined ? 'occurrence' : 'exception',
    date,
    ...plain,
    ...(exception as Partial<Item>),
  };
}

/** The items of an event: itself, or all its occurrences. */
export function itemsOf(event: StoredEvent): Item[] {
  if (event.recurrence === null) return [wholeItem(event)];
  return datesOf(event.recurrence)
    .map((date) => occurrenceOf(event, date))
    .filter((item) => item !== null);
}

/** Whether the person has a copy: as its organiser, or as an attendee who has not removed it. */
export function hasCopy({ organizer, attendees, removedBy, isGone }: StoredEvent, person: Person): boolean {
  if (isGone) return false;
  if (organizer === person.oid) return true;
  const isInvited = attendees.some(({ address }) => address === person.upn.toLowerCase());
  return isInvited && !removedBy.has(person.oid);
}

/** What is in somebody's calendar between two instants, by start. */
export function calendarOf({ events }: CalendarWorld, person: Person, from: DateTime, to: DateTime): Item[] {
  return events
    .filter((event) => hasCopy(event, person))
    .flatMap(itemsOf)
    .filter(({ start, end }) => start < to && end > from)
    .sort((a, b) => a.start.toMillis() - b.start.toMillis());
}
