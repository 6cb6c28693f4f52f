import type { DateTime } from 'luxon';
import type {
  Attendee,
  EventChange,
  EventRecurrence,
  EventRequest,
  Pattern,
  Recurrence,
} from '../meeting/event.ts';

/** The body of POST events: wall clock times in the meeting's zone, so that a series keeps them when the clocks change. */
export function toWireEvent(request: EventRequest): object {
  const { transactionId, subject, attendees, online, recurrence } = request;
  const { start, end } = toWireTimes(request);
  const series = recurrence && {
    ...recurrence,
    startDate: start.dateTime.slice(0, 10),
    zone: start.timeZone,
  };
  return {
    transactionId,
    ...(subject !== null && { subject }),
    ...{ start, end },
    ...(attendees.length > 0 && { attendees: toWireAttendees(attendees) }),
    ...(online.kind === 'teams' ? ONLINE : { body: toWireText(online) }),
    ...(series && { recurrence: toWireRecurrence(series) }),
  };
}

const ONLINE = { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' };

/** The body of PATCH events/{id}. */
export function toWireEventChange({ subject, times, attendees, recurrence, link }: EventChange): object {
  return {
    ...(subject !== undefined && { subject: subject ?? '' }),
    ...(times && toWireTimes(times)),
    ...(attendees && { attendees: toWireAttendees(attendees) }),
    ...(recurrence && { recurrence: toWireRecurrence(recurrence) }),
    ...(link && { body: toWireText(link) }),
  };
}

/** Both times in the zone of the start. A zone that is only an offset is none of Outlook's: then both are in UTC. */
export function toWireTimes({ start, end }: Pick<EventRequest, 'start' | 'end'>) {
  const zone = start.zone.type === 'iana' ? start.zone : 'utc';
  return { start: toWireTime(start.setZone(zone)), end: toWireTime(end.setZone(zone)) };
}

/** A clock without an offset, and its zone beside it. */
export const toWireTime = (time: DateTime) => ({
  dateTime: time.toFormat("yyyy-MM-dd'T'HH:mm:ss"),
  timeZone: (time.zone.type === 'iana' && time.zoneName) || 'UTC',
});

const toWireAttendees = (attendees: readonly Attendee[]) =>
  attendees.map(({ address, name }) => ({
    emailAddress: { address, ...(name !== null && { name }) },
    type: 'required',
  }));

const toWireText = ({ joinUrl, lines }: { joinUrl: string; lines: readonly string[] }) => ({
  contentType: 'text',
  content: [...lines, ...(lines.some((line) => line.includes(joinUrl)) ? [] : [joinUrl])].join('\n'),
});

/** ISO weekdays in Graph's words, Monday first. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

const namesOf = (days: readonly number[]) => days.map((day) => WEEKDAYS[day - 1]);

function toWireRecurrence({ pattern, end, startDate, zone }: EventRecurrence): object {
  return {
    pattern: toWirePattern(pattern),
    range: { ...toWireEnd(end), startDate, recurrenceTimeZone: zone },
  };
}

/** Only the members of each kind: Graph checks the others, too. Weeks begin on Monday, which matters for every other week. */
function toWirePattern({ kind: type, ...pattern }: Pattern): object {
  if (!('days' in pattern)) return { type, ...pattern };
  const { days, ...others } = pattern;
  return {
    type,
    ...others,
    daysOfWeek: namesOf(days),
    ...(type === 'weekly' && { firstDayOfWeek: 'monday' }),
  };
}

function toWireEnd(end: Recurrence['end']): object {
  if (end === null) return { type: 'noEnd' };
  return 'until' in end
    ? { type: 'endDate', endDate: end.until }
    : { type: 'numbered', numberOfOccurrences: end.times };
}
