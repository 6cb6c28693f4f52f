import { isAnswered } from '../../graph/client.ts';
import type { Draft } from '../../meeting/decide.ts';
import type { Attendee, CalendarEvent, EventChange, EventRequest } from '../../meeting/event.ts';
import { toAttendees } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import { headOf } from '../cards/meeting-card.ts';
import { calendarIn, type GraphScope } from '../services.ts';

/** A meeting that is to be made. `key`: Graph makes one event for it, however often it is sent. */
export type Order = Pick<Draft, 'subject' | 'start' | 'end' | 'options' | 'calendar' | 'series'> & {
  key: string;
  guests: readonly Guest[];
};

/** The request to Graph that makes the event of a meeting. */
export function toEventRequest(
  { key, guests, subject, start, end, calendar, series }: Order,
  online: EventRequest['online'],
): EventRequest {
  return {
    transactionId: key,
    ...{ subject, start, end, online },
    attendees: calendar === 'guests' ? toAttendees(guests) : [],
    recurrence: series ?? null,
  };
}

/** The reference to an event that is stored. `isLink`: the event only tells about the meeting. */
export function referenceTo(
  { id }: Pick<CalendarEvent, 'id'>,
  { calendar, series }: Pick<Order, 'calendar' | 'series'>,
  isLink = false,
): NonNullable<MeetingRecord['event']> {
  return {
    id,
    ...(series && { isSeries: true as const }),
    ...(isLink && { isLink: true as const }),
    ...(calendar === 'guests' && { isInviting: true as const }),
  };
}

/** An event as it is to be. Attendees whom another program has added stay. */
type WantedEvent = Pick<CalendarEvent, 'subject' | 'start' | 'end'> &
  Pick<EventChange, 'recurrence'> & { joining: readonly Attendee[]; leaving: readonly Attendee[] };

/**
 * Changes what differs in an event, so that nobody is mailed again if this is repeated after a crash. If another program
 * changed the event meanwhile, it is read and changed once more. Throws GraphError.
 */
export async function reviseEvent(
  id: string,
  wanted: WantedEvent,
  { caller, services }: GraphScope,
): Promise<CalendarEvent> {
  const calendar = calendarIn(services);
  const revise = async () => {
    const event = await calendar.get(id, caller);
    const change = diff(event, wanted);
    return Object.keys(change).length === 0 ? event : calendar.update(id, change, event.etag, caller);
  };
  return revise().catch((error: unknown) => {
    if (isAnswered(error, 412)) return revise();
    throw error;
  });
}

/** What the event of a meeting is to be. */
export function wantedEvent(record: MeetingRecord, wanted: MeetingRecord): WantedEvent {
  const { subject, start, end } = headOf(wanted);
  const isMailed = wanted.event?.isInviting === true;
  const [before, after] = [record, wanted].map(({ guests }) => (isMailed ? toAttendees(guests) : []));
  const { series } = wanted;
  return {
    ...{ subject, start, end },
    joining: without(after ?? [], before ?? []),
    leaving: without(before ?? [], after ?? []),
    ...(series && { recurrence: series }),
  };
}

function diff(event: CalendarEvent, wanted: WantedEvent): EventChange {
  const { subject, start, end, joining, leaving, recurrence } = wanted;
  const isTimed = event.start.toMillis() !== start.toMillis() || event.end.toMillis() !== end.toMillis();
  const invited = event.attendees.filter(({ response }) => response !== 'organizer');
  const added = without(joining, invited);
  const staying = without(invited, leaving);
  const isRepeated = recurrence !== undefined && !isSameSeries(event, recurrence);
  return {
    ...(subject === event.subject ? {} : { subject }),
    ...(isTimed && { times: { start, end } }),
    ...((added.length > 0 || staying.length < invited.length) && {
      attendees: [...staying.map(({ address, name }) => ({ address, name })), ...added],
    }),
    ...(isRepeated && { recurrence }),
  };
}

/** Compares the ends and patterns only, because a server may write the rest differently. */
const isSameSeries = (
  { recurrence }: CalendarEvent,
  wanted: NonNullable<WantedEvent['recurrence']>,
): boolean =>
  recurrence !== null &&
  JSON.stringify([recurrence.end, recurrence.pattern]) === JSON.stringify([wanted.end, wanted.pattern]);

function without<Some extends Attendee>(some: readonly Some[], others: readonly Attendee[]): Some[] {
  const known = new Set(others.map(({ address }) => address.toLowerCase()));
  return some.filter(({ address }) => !known.has(address.toLowerCase()));
}
