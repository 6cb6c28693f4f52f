import type { DateTime } from 'luxon';
import type { Draft } from '../../meeting/decide.ts';
import type { CalendarEvent } from '../../meeting/event.ts';
import type { Guest } from '../../meeting/meeting.ts';
import { eventKey, KEEP_MEETING_MS, kindOf, type MeetingRecord, mayBeNamedIn } from '../../meeting/record.ts';
import { atOccurrence } from '../../meeting/series.ts';
import type { Clash } from '../../say/words/meeting-head.ts';
import { ownedId } from '../../store/keys.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import { headOf } from '../cards/meeting-card.ts';
import { problemOf } from '../cards/refusals.ts';
import { calendarIn, comingMeetings, type GraphScope, type TurnScope } from '../services.ts';
import { callerOf } from '../sign-in/caller.ts';

/** How far ahead meetings of the calendar are looked for. */
const DAYS_AHEAD = 31;

/**
 * The person's events in this span that are not cancelled. The list is empty if calendars are not used, the person has not
 * agreed to that, or Graph does not answer: looking at a calendar never leads to a sign-in or an error.
 */
async function eventsIn(
  span: { start: DateTime; end: DateTime },
  scope: TurnScope,
): Promise<CalendarEvent[]> {
  if (scope.services.calendar === null) return [];
  try {
    const caller = await callerOf(scope, 'calendar');
    if ('needs' in caller) return [];
    const events = await calendarIn(scope.services).view(span, caller);
    return events.filter(({ isCancelled }) => !isCancelled);
  } catch (error) {
    // Bugs are thrown on.
    problemOf(error, scope.services.access.mode);
    return [];
  }
}

/** The person's current and coming events, soonest first. */
export const comingEvents = (now: DateTime, scope: TurnScope): Promise<CalendarEvent[]> =>
  eventsIn({ start: now, end: now.plus({ days: DAYS_AHEAD }) }, scope);

/**
 * What the person has at that time already: a meeting that was made here and begins at the same time, or an event of their
 * calendar that overlaps. Null if nothing may be named here. `id`: of the meeting that is to be then, or of the request for it.
 */
export async function clashOf(
  draft: Pick<Draft, 'start' | 'end'>,
  { id, asked }: { id: string; asked: DateTime },
  scope: TurnScope,
): Promise<Clash | null> {
  const { services, turn } = scope;
  const now = services.now().toMillis();
  const all = await comingMeetings(scope);
  const [day, zone] = [draft.start.toISODate(), draft.start.zoneName ?? undefined];
  const isSame = (other: MeetingRecord) => other.start === draft.start.toMillis() && kindOf(other).isTimed;
  const own = all
    .map((other) => atOccurrence(other, now, day, zone))
    .find((other) => other.id !== id && isSame(other) && mayBeNamedIn(turn, other));
  if (own !== undefined) return headOf(own);
  // A meeting that begins now is no surprise to the person.
  if (turn.place !== 'personal' || draft.start <= asked) return null;
  const known = new Set(all.flatMap(({ event }) => (event ? [event.id] : [])));
  const [busy] = (await eventsIn(draft, scope)).filter(
    (event) =>
      // The event of this very request: the answer to it was lost, and the request is tried again.
      event.transactionId !== eventKey(id, 0) &&
      !known.has(event.id) &&
      !known.has(event.seriesId ?? '') &&
      // A longer one is no appointment but a holiday or a birthday.
      event.end.toMillis() - event.start.toMillis() < DAY_MS,
  );
  return busy === undefined ? null : { ...busy, guests: [], isOfCalendar: true };
}

const DAY_MS = 24 * 3_600_000;

/** A meeting of the person's calendar that was not made here, and the record that is stored once somebody wants to change it. */
export type CalendarMeeting = { event: CalendarEvent; record: MeetingRecord };

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

/** The events among these that are Teams meetings and were not made here, soonest first. */
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
  if (!meeting) return answerNotice('notFoundYet');
  const adopted = { ...record, graphId: meeting.graphId };
  await services.store.addMeeting(adopted);
  return adopted;
}
