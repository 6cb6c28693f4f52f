import type { DateTime } from 'luxon';
import { inZone } from '../../base/date-time.ts';
import type { CalendarWish } from '../../language/command.ts';
import type { CalendarEvent } from '../../meeting/event.ts';
import { toAttendees, writtenName } from '../../meeting/guest-list.ts';
import type { Guest, Meeting } from '../../meeting/meeting.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import { comingStarts, lastEnd } from '../../meeting/series.ts';
import type { Entry } from '../../say/cards/meeting.ts';
import { dueNext } from '../plan-dues.ts';
import type { GraphScope, TurnScope } from '../services.ts';

/** What a card says about the event of a meeting: who answered what, and which meetings of a series are to come. */
export function entryOf(
  record: MeetingRecord,
  { attendees }: Pick<CalendarEvent, 'attendees'>,
  { services }: Pick<TurnScope, 'services'>,
  coming: readonly DateTime[] = comingStarts(record, services.now().toMillis()),
): Entry {
  const { guests, series } = record;
  const answers = attendees.flatMap(({ address, name, response }) =>
    response === 'organizer' ? [] : [{ name: nameOf(address, guests) ?? name ?? address, response }],
  );
  return { answers, ...(series && { series, coming }) };
}

/** The same for an event that was made or changed just now, or that could not be read. Undefined if the meeting has no event. */
export function entryKept(record: MeetingRecord, scope: Pick<TurnScope, 'services'>): Entry | undefined {
  const { event, guests } = record;
  if (event === undefined) return undefined;
  const mailed = event.isInviting ? toAttendees(guests).attendees : [];
  return entryOf(record, { attendees: mailed.map((one) => ({ ...one, response: 'none' })) }, scope);
}

/** Into whose calendars a meeting can still be entered: its guests' (who are mailed), or the organizer's alone. */
export function openWishes(
  { event, guests, room }: MeetingRecord,
  { services }: Pick<TurnScope, 'services'>,
): CalendarWish[] {
  if (services.calendar === null || room !== undefined || event?.isInviting) return [];
  const isReachable = toAttendees(guests).attendees.length > 0;
  return [...(isReachable ? (['guests'] as const) : []), ...(event ? [] : (['mine'] as const))];
}

/** The name by which the organizer knows a guest. Undefined if nobody among the guests has this address. */
function nameOf(address: string, guests: readonly Guest[]): string | undefined {
  const isTheirs = (guest: Guest) =>
    toAttendees([guest]).attendees.some((one) => one.address.toLowerCase() === address.toLowerCase());
  const guest = guests.find(isTheirs);
  return guest && writtenName(guest);
}

/**
 * Reads a meeting's event from the calendar, and stores new times or a new name that were set in another program. Null if
 * there is no event, or calendars are not used.
 */
export async function readEntry(
  record: MeetingRecord,
  scope: GraphScope,
): Promise<{ record: MeetingRecord; entry: Entry } | null> {
  const { event, series } = record;
  const { calendar, store, now } = scope.services;
  if (event === undefined || calendar === null) return null;
  const found = await calendar.get(event.id, scope.caller);
  const { subject, start, end } = found;
  const there = { ...record, subject, start: start.toMillis(), end: end.toMillis() };
  const isSame = there.subject === record.subject && there.start === record.start && there.end === record.end;
  const stored = isSame
    ? null
    : await store.replaceMeeting(there, record.revision, await dueNext(there, scope));
  const current = stored ?? record;
  if (series === undefined) return { record: current, entry: entryOf(current, found, scope) };
  const span = { start: now(), end: now().plus(Math.max(1, lastEnd(series, there) - now().toMillis())) };
  const occurrences = await calendar.instances(event.id, span, scope.caller);
  const coming = occurrences.filter(({ isCancelled }) => !isCancelled).map((one) => one.start);
  return { record: current, entry: entryOf(current, found, scope, coming) };
}

/**
 * The meeting with the times that its card shows. Graph keeps the times of the event, and for a series those of its first
 * meeting, while the card shows the next one.
 */
export function atEntry(meeting: Meeting, record: MeetingRecord, entry: Entry | undefined): Meeting {
  if (entry === undefined) return meeting;
  const { subject, zone } = record;
  const start = entry.coming?.[0] ?? inZone(record.start, zone);
  return { ...meeting, subject, start, end: start.plus(record.end - record.start) };
}
