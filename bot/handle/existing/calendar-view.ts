import type { DateTime } from 'luxon';
import type { Draft } from '../../meeting/decide.ts';
import type { CalendarEvent } from '../../meeting/event.ts';
import { kindOf } from '../../meeting/kind.ts';
import { atOccurrence } from '../../meeting/occurrences.ts';
import { mayBeNamedIn } from '../../meeting/place.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { DraftReply } from '../../say/cards/draft.ts';
import { headOf } from '../cards/meeting-card.ts';
import { problemOf } from '../cards/refusals.ts';
import type { OpenRequest } from '../park.ts';
import { comingMeetings } from '../person.ts';
import { calendarIn, type TurnScope } from '../services.ts';
import { callerOf } from '../sign-in/caller.ts';

/** How far ahead meetings of the calendar are looked for. */
const DAYS_AHEAD = 31;

/**
 * The person's events in this span that are not cancelled. The list is empty if calendars are not used, the person has not
 * agreed to that, or Graph does not answer: looking at a calendar never leads to a sign-in or an error.
 */
export async function eventsIn(
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
 * calendar that overlaps. Null if nothing may be named here, or the person has agreed already.
 */
export async function clashOf(
  draft: Draft,
  { pending: { id, isAgreed }, asked }: OpenRequest,
  scope: TurnScope,
): Promise<DraftReply['clash'] | null> {
  if (isAgreed) return null;
  const { services, turn } = scope;
  const now = services.now().toMillis();
  const all = await comingMeetings(scope);
  const day = draft.start.toISODate();
  const isSame = (other: MeetingRecord) => other.start === draft.start.toMillis() && kindOf(other).isTimed;
  const own = all
    .map((other) => atOccurrence(other, now, day))
    .find((other) => other.id !== id && isSame(other) && mayBeNamedIn(turn, other));
  if (own !== undefined) return headOf(own);
  // Who meets at once knows what they leave for it.
  if (turn.place !== 'personal' || draft.start <= asked) return null;
  const known = new Set(all.flatMap(({ event }) => (event ? [event.id] : [])));
  const [busy] = (await eventsIn(draft, scope)).filter(
    (event) =>
      // Made for this very wish, whose answer was lost: asked again, it is found.
      event.transactionId !== id &&
      !known.has(event.id) &&
      !known.has(event.seriesId ?? '') &&
      isPartOfDay(event),
  );
  return busy === undefined ? null : { ...busy, guests: [], isOfCalendar: true };
}

export const DAY_MS = 24 * 3_600_000;

/** Whether an event is shorter than a day. A longer one is no appointment but a holiday or a birthday. */
const isPartOfDay = ({ start, end }: CalendarEvent): boolean => end.toMillis() - start.toMillis() < DAY_MS;
