import type { DateTime } from 'luxon';
import type { CalendarEvent } from '../../meeting/event.ts';
import type { Guest } from '../../meeting/meeting.ts';
import { atOccurrence } from '../../meeting/occurrences.ts';
import { KEEP_MEETING_MS, type MeetingRecord } from '../../meeting/record.ts';
import { ownedId } from '../../store/keys.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import { comingEvents } from './calendar-events.ts';

/** A meeting of the person's calendar that was not made here, as it would be kept once somebody wants something of it. */
export type CalendarMeeting = { event: CalendarEvent; record: MeetingRecord };

/** The Teams meetings of the person's calendar that were not made here, soonest first. */
export async function calendarMeetings(
  known: readonly MeetingRecord[],
  now: DateTime,
  scope: TurnScope,
): Promise<CalendarMeeting[]> {
  return madeElsewhere(await comingEvents(now, scope), known, now, scope);
}

/** A series at its next meeting as the calendar has it, where one was moved or cancelled by itself; otherwise by its pattern. */
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

/** Those of these events that are Teams meetings and were not made here. */
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

/** Whether an id is one of a meeting of the calendar that was not made here. */
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
 * Keeps a meeting of the calendar from now on, because its organiser wants something of it. Why it cannot be kept is answered
 * instead: somebody else's meeting, and a series that was made elsewhere. Throws GraphError.
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
