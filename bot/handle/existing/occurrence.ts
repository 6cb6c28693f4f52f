import { DateTime } from 'luxon';
import { ianaZone } from '../../base/date-time.ts';
import type { CalendarEvent } from '../../meeting/event.ts';
import type { Note } from '../../meeting/notes.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import { showMeeting } from '../cards/meeting-card.ts';
import { calendarIn, dueNext, type GraphScope } from '../services.ts';

/** The meeting of a series on that local day (ISO). Null if there is none any more. */
export async function findOccurrence(
  record: MeetingRecord,
  day: string,
  { caller, services }: GraphScope,
): Promise<CalendarEvent | null> {
  const midnight = DateTime.fromISO(day, { zone: ianaZone(record.zone) });
  const span = { start: midnight, end: midnight.plus({ days: 1 }) };
  const all = await calendarIn(services).instances(record.event?.id ?? '', span, caller);
  return all.find((one) => !one.isCancelled && one.start.setZone(record.zone).toISODate() === day) ?? null;
}

/** Everybody who is mailed when the event changes. */
export const invitedTo = ({ attendees }: CalendarEvent) =>
  attendees.filter(({ response }) => response !== 'organizer');

/** What was done to some meetings of a series, and whether that was mailed to all of their guests. */
export const told = (note: Note, isMailed: boolean): Note[] => [
  note,
  ...(isMailed ? (['guestsTold'] as const) : []),
];

/** Stores that the series has changed, and shows it with what was done to its meetings. */
export async function settle(
  record: MeetingRecord,
  notes: readonly Note[],
  scope: GraphScope,
): Promise<Outcome> {
  const { store, now } = scope.services;
  const said = { guesses: [], assumedMinutes: null, notes };
  // What was changed before cannot be undone without this.
  const { before: _, ...kept } = record;
  const changed = { ...kept, revision: record.revision + 1, said, spokenOfAt: now().toMillis() };
  const stored = await store.replaceMeeting(changed, record.revision, await dueNext(changed, scope));
  return stored === null ? answerNotice('alreadyDone') : showMeeting(stored, scope);
}
