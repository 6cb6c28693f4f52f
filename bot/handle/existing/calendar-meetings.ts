import type { DateTime } from 'luxon';
import type { CalendarEvent } from '../../meeting/event.ts';
import type { Guest } from '../../meeting/meeting.ts';
import { atOccurrence } from '../../meeting/occurrences.ts';
import { KEEP_MEETING_MS, type MeetingRecord } from '../../meeting/record.ts';
import { ownedId } from '../../store/keys.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import { comingEvents } from './calendar-view.ts';

/** A meeting of the person's calendar that was not made here, and the record that is stored once somebody wants to change it. */
export type CalendarMeeting = { event: CalendarEvent; record: MeetingRecord };

/** The Teams meetings of the person's calendar that were not made here, soonest first. */
export async function calendarMeetings(
  known: readonly MeetingRecord[],
  now: DateTime,
  scope: TurnScope,
): Promise<CalendarMeeting[]> {
  return madeElsewhere(await comingEvents(now, scope), known, now, scope);
}

/**
 * A series at its next meeting. The calendar is used if it has that meeting, because it may have been moved or cancelled by
 * itself; otherwise the pattern is used.
 */
export function atNextEvent(
  record: MeetingRecord,
  events: readonly CalendarEvent[],
  now: DateTime,
): MeetingRecord {
  const next = record.event && events.find(({ seriesId }) => seriesId === record.event?.id);
  return next
    ? { ...record, start: next.start.toMillis(), end: next.end.toMillis() }
    : atOccurrence(record, now.toMillis());
}

/** The events among these that are Teams meetings and were not made here. */
export function madeElsewhere(
  events: readonly CalendarEvent[],
  known: readonly MeetingRecord[],
  now: DateTime,
  scope: TurnScope,
): CalendarMeeting[] {
  const own = new Set(known.flatMap(({ event }) => (event ? [event.id] : [])));
  return events
    .filter(({ id, seriesId, joinUrl }) => joinUrl !== null && !own.has(id) && !own.has(seriesId ?? ''))
    .map((event) => ({ event, record: toRecord(event, now, scope) }));
}

const SUFFIX = '.event';

/** Whether an id belongs to a meeting of the calendar that was not made here. */
export const isOfCalendar = (id: string): boolean => id.endsWith(SUFFIX);

function toRecord(event: CalendarEvent, now: DateTime, { owner, turn }: TurnScope): MeetingRecord {
  const { subject, start, end } = event;
  const invited = event.attendees.filter(({ response }) => response !== 'organizer');
  const guests = invited.map(({ address }): Guest => ({ kind: 'email', email: address }));
  return {
    id: `${ownedId(owner, event.id)}${SUFFIX}`,
    owner,
    conversation: turn.conversation,
    cardId: null,
    graphId: '',
    revision: 1,
    leftovers: [],
    ...{ subject, start: start.toMillis(), end: end.toMillis() },
    zone: now.zoneName ?? 'utc',
    guests,
    options: {},
    event: { id: event.id, ...(guests.length > 0 && { isInviting: true as const }) },
    said: { guesses: [], assumedMinutes: null, notes: [] },
    createdAt: now.toMillis(),
    expires: end.toMillis() + KEEP_MEETING_MS,
  };
}

/**
 * Stores a meeting of the calendar, because its organizer wants to do something with it. Returns the reason instead if that is
 * not possible: it is somebody else's meeting, or a series that was made elsewhere. Throws GraphError.
 */
export async function adopt(
  { event, record }: CalendarMeeting,
  { caller, services, owner }: GraphScope,
): Promise<MeetingRecord | Outcome> {
  const known = await services.store.meeting(owner.tenant, record.id);
  if (known !== null) return known;
  if (!event.isOrganizer) return answerNotice('notOrganiser');
  if (event.type !== 'single') return answerNotice('seriesElsewhere');
  const meeting = event.joinUrl && (await services.meetings.byJoinUrl(event.joinUrl, caller));
  if (!meeting) return answerNotice('notOrganiser');
  const adopted = { ...record, graphId: meeting.graphId };
  await services.store.addMeeting(adopted);
  return adopted;
}
