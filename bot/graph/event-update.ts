import { isDeepStrictEqual } from 'node:util';
import type { Attendee, CalendarEvent, EventChange } from '../meeting/event.ts';
import { type Caller, isAnswered } from './call-as.ts';
import { type EventCalls, inKnownZone, pathOf } from './event-calls.ts';
import { toWireEventChange } from './event-to-wire.ts';

type Update = { id: string; change: EventChange; etag: string | null };

/**
 * Changes an event, once: where it is as wanted already, nothing is sent. `etag`: the version that was seen, or null for the
 * present one. Throws GraphError, with status 412 where it has been changed otherwise since.
 */
export async function updateEvent({ id, change, etag }: Update, { get, write }: EventCalls, caller: Caller) {
  const seen = etag === null ? await get(id, caller) : null;
  if (seen !== null && isAsWanted(seen, change)) return seen;
  const { times } = change;
  const send = (wanted: EventChange) => {
    const body = toWireEventChange(wanted);
    return write(caller, { method: 'PATCH', path: pathOf(id), body, etag: etag ?? seen?.etag ?? '' });
  };
  try {
    return await (times ? inKnownZone(times, (known) => send({ ...change, times: known })) : send(change));
  } catch (error) {
    if (!isAnswered(error, 412)) throw error;
    // Perhaps it was changed by this very change, whose answer was lost.
    const now = await get(id, caller);
    if (!isAsWanted(now, change)) throw error;
    return now;
  }
}

/** Whether an event is already as a change wants it. Sending that again would mail everybody again. */
function isAsWanted(
  event: CalendarEvent,
  { subject, times, attendees, recurrence, link }: EventChange,
): boolean {
  // What is in its text is not read.
  if (link !== undefined) return false;
  return (
    (subject === undefined || (subject || null) === event.subject) &&
    (times === undefined || (isSame(times.start, event.start) && isSame(times.end, event.end))) &&
    (attendees === undefined || isDeepStrictEqual(addressesOf(attendees), addressesOf(event.attendees))) &&
    (recurrence === undefined || isDeepStrictEqual(recurrence, event.recurrence))
  );
}

const isSame = (a: { toMillis(): number }, b: { toMillis(): number }) => a.toMillis() === b.toMillis();

const addressesOf = (attendees: readonly Attendee[]) =>
  attendees.map(({ address }) => address.toLowerCase()).sort();
