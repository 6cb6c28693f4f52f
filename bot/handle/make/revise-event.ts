import { GraphError } from '../../graph/graph-error.ts';
import type { Attendee, CalendarEvent, EventChange } from '../../meeting/event.ts';
import { toAttendees } from '../../meeting/guest-list.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import { headOf } from '../cards/meeting-card.ts';
import { calendarIn, type GraphScope } from '../services.ts';

/** An event as it is to be. Attendees whom another program has added stay. */
type Wanted = Pick<CalendarEvent, 'subject' | 'start' | 'end'> &
  Pick<EventChange, 'recurrence'> & { joining: readonly Attendee[]; leaving: readonly Attendee[] };

/**
 * Changes what differs in an event, so that nobody is mailed again if this is repeated after a crash. If another program
 * changed the event meanwhile, it is read and changed once more. Throws GraphError.
 */
export async function reviseEvent(
  id: string,
  wanted: Wanted,
  { caller, services }: GraphScope,
): Promise<CalendarEvent> {
  const calendar = calendarIn(services);
  const revise = async () => {
    const event = await calendar.get(id, caller);
    const change = diff(event, wanted);
    return Object.keys(change).length === 0 ? event : calendar.update(id, change, event.etag, caller);
  };
  return revise().catch((error: unknown) => {
    if (error instanceof GraphError && error.status === 412) return revise();
    throw error;
  });
}

/** What the event of a meeting is to be. */
export function wantedOf(record: MeetingRecord, wanted: MeetingRecord): Wanted {
  const { subject, start, end } = headOf(wanted);
  const isMailed = wanted.event?.isInviting === true;
  const [before, after] = [record, wanted].map(({ guests }) =>
    isMailed ? toAttendees(guests).attendees : [],
  );
  const { series } = wanted;
  return {
    ...{ subject, start, end },
    joining: without(after ?? [], before ?? []),
    leaving: without(before ?? [], after ?? []),
    ...(series && { recurrence: series }),
  };
}

function diff(event: CalendarEvent, wanted: Wanted): EventChange {
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
const isSameSeries = ({ recurrence }: CalendarEvent, wanted: NonNullable<Wanted['recurrence']>): boolean =>
  recurrence !== null &&
  JSON.stringify([recurrence.end, recurrence.pattern]) === JSON.stringify([wanted.end, wanted.pattern]);

function without<Some extends Attendee>(some: readonly Some[], others: readonly Attendee[]): Some[] {
  const known = new Set(others.map(({ address }) => address.toLowerCase()));
  return some.filter(({ address }) => !known.has(address.toLowerCase()));
}
