import { GraphError } from '../../graph/graph-error.ts';
import type { CalendarWish } from '../../language/command.ts';
import type { Draft } from '../../meeting/decide.ts';
import type { CalendarEvent, EventRequest } from '../../meeting/event.ts';
import { listDeclined, type Missed, possible, toChoices } from '../../meeting/granted-options.ts';
import { toAttendees } from '../../meeting/guest-list.ts';
import type { Guest, Meeting } from '../../meeting/meeting.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { Series } from '../../meeting/series.ts';
import { calendarIn, type GraphScope } from '../services.ts';

/** A meeting that is to become an event in a calendar. `id`: Graph makes one event for it, however often it is sent. */
export type EventOrder = {
  id: string;
  guests: readonly Guest[];
  draft: Pick<Draft, 'subject' | 'start' | 'end' | 'options' | 'calendar' | 'series'>;
};

/** A meeting that was made together with its event. */
export type MadeEvent = { meeting: Meeting; missed: readonly Missed[]; event: MeetingRecord['event'] };

/**
 * Makes an event, whose guests are mailed, and sets the options of its online meeting. An event for which Teams made no
 * meeting is returned as it is. Throws GraphError.
 */
export async function makeEvent(
  order: EventOrder,
  scope: GraphScope,
): Promise<MadeEvent | { bare: CalendarEvent }> {
  const { caller, services } = scope;
  const { meetings, offer } = services;
  const event = await calendarIn(services).create(requestOf(order, { kind: 'teams' }), caller);
  if (event.joinUrl === null) return { bare: event };
  const found = await meetings.byJoinUrl(event.joinUrl, caller);
  // Asked again, it is found: the same key makes no second event.
  if (found === null) throw new GraphError(0, 'notFoundYet');
  const { options, missed } = possible(order.draft.options, offer);
  const { meeting, declined } = await withOptions(found, options, order.guests, scope);
  return { meeting, missed: [...missed, ...declined], event: referenceTo(event, order.draft) };
}

async function withOptions(
  found: Meeting,
  options: Draft['options'],
  guests: readonly Guest[],
  { caller, services: { meetings } }: GraphScope,
): Promise<{ meeting: Meeting; declined: readonly Missed[] }> {
  const { passcode: _, ...sent } = toChoices(options);
  const hasRoles = sent.presenters !== undefined || guests.some(({ role }) => role !== undefined);
  if (Object.keys(sent).length === 0 && !hasRoles) return { meeting: found, declined: [] };
  const change = { options: sent, ...(hasRoles && { guests }) };
  const meeting = await meetings.update(found.graphId, change, caller).catch((error: unknown) => {
    // The guests have been mailed: an option that is refused is said, and does not undo the meeting.
    if (error instanceof GraphError && (error.status === 400 || error.status === 403)) return found;
    throw error;
  });
  return { meeting, declined: listDeclined(sent, meeting.granted) };
}

/** The request to Graph that makes the event of a meeting. */
export function requestOf(
  { id, guests, draft: { subject, start, end, calendar, series } }: EventOrder,
  online: EventRequest['online'],
): EventRequest {
  return {
    transactionId: id,
    ...{ subject, start, end, online },
    attendees: calendar === 'guests' ? toAttendees(guests).attendees : [],
    recurrence: series ?? null,
  };
}

/** The reference to an event that is stored. `isLink`: the event only tells about the meeting. */
export function referenceTo(
  { id }: Pick<CalendarEvent, 'id'>,
  { calendar, series }: { calendar?: CalendarWish; series?: Series },
  isLink = false,
): NonNullable<MeetingRecord['event']> {
  return {
    id,
    ...(series && { isSeries: true as const }),
    ...(isLink && { isLink: true as const }),
    ...(calendar === 'guests' && { isInviting: true as const }),
  };
}
