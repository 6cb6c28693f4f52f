// By its file: the package as a whole is a language with a parser.
import { TimeZoneConverter } from 'adaptive-expressions/lib/timeZoneConverter.js';
import { DateTime, IANAZone } from 'luxon';
import * as z from 'zod';
import { toLine } from '../base/safe-text.ts';
import type {
  Attendee,
  CalendarEvent,
  EventChange,
  EventRecurrence,
  EventRequest,
  Pattern,
  Recurrence,
  Response,
  Schedule,
  WorkingHours,
} from '../meeting/event.ts';
import { isTeams } from './meeting-wire.ts';

/** ISO weekdays in Graph's words, Monday first. */
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const MOST_SUBJECT = 255;
const MOST_ID = 1_024;
/** An event has no more. */
const MOST_ATTENDEES = 500;
const MOST_ADDRESS = 320;

const text = (most: number) => z.string().transform((words) => toLine(words, most));
const WireTime = z.object({ dateTime: z.string().max(64), timeZone: z.string().max(64) });
const WireAttendee = z.object({
  emailAddress: z.object({
    address: z.string().max(MOST_ADDRESS),
    name: text(MOST_SUBJECT).nullish().catch(null),
  }),
  status: z.object({ response: z.string() }).nullish().catch(null),
});
const Days = z.array(z.enum(WEEKDAYS)).min(1);
const WirePattern = z.discriminatedUnion('type', [
  z.object({ type: z.literal('daily'), interval: z.int() }),
  z.object({ type: z.literal('weekly'), interval: z.int(), daysOfWeek: Days }),
  z.object({ type: z.literal('absoluteMonthly'), interval: z.int(), dayOfMonth: z.int() }),
  z.object({
    type: z.literal('relativeMonthly'),
    interval: z.int(),
    daysOfWeek: Days,
    index: z.enum(['first', 'second', 'third', 'fourth', 'last']),
  }),
  z.object({ type: z.literal('absoluteYearly'), interval: z.int(), dayOfMonth: z.int(), month: z.int() }),
]);
const WireRecurrence = z.object({
  pattern: WirePattern,
  range: z.object({
    type: z.enum(['numbered', 'endDate', 'noEnd']),
    startDate: z.iso.date(),
    endDate: z.string().nullish(),
    numberOfOccurrences: z.int().nullish(),
    recurrenceTimeZone: z.string().nullish(),
  }),
});
const WireEvent = z.object({
  id: z.string().min(1).max(MOST_ID),
  '@odata.etag': z.string().max(MOST_ID).nullish(),
  subject: text(MOST_SUBJECT).nullish().catch(null),
  start: WireTime,
  end: WireTime,
  isOnlineMeeting: z.boolean().nullish(),
  onlineMeeting: z.object({ joinUrl: z.string().nullish() }).nullish().catch(null),
  isOrganizer: z.boolean().nullish(),
  isCancelled: z.boolean().nullish(),
  type: z.enum(['singleInstance', 'occurrence', 'exception', 'seriesMaster']).nullish(),
  seriesMasterId: z.string().max(MOST_ID).nullish(),
  recurrence: WireRecurrence.nullish().catch(null),
  attendees: z.array(WireAttendee.nullable().catch(null)).nullish().catch(null),
  transactionId: z.string().max(MOST_ID).nullish().catch(null),
});
type Wire = z.infer<typeof WireEvent>;

/** The members that are read. Graph answers `onlineMeeting` only beside `isOnlineMeeting`. */
export const EVENT_MEMBERS = Object.keys(WireEvent.shape).filter((name) => !name.startsWith('@'));

/** Reads an event from Graph's answer, with times in UTC. Throws where it is none. */
export function readEvent(body: unknown, joinHosts: readonly string[]): CalendarEvent {
  const wire = WireEvent.parse(body);
  const joinUrl = wire.onlineMeeting?.joinUrl ?? '';
  return {
    id: wire.id,
    etag: wire['@odata.etag'] ?? '',
    subject: wire.subject || null,
    start: readTime(wire.start),
    end: readTime(wire.end),
    joinUrl: wire.isOnlineMeeting === true && isTeams(joinUrl, joinHosts) ? joinUrl : null,
    isOrganizer: wire.isOrganizer === true,
    isCancelled: wire.isCancelled === true,
    type: wire.type == null || wire.type === 'singleInstance' ? 'single' : wire.type,
    seriesId: wire.seriesMasterId ?? null,
    recurrence: readRecurrence(wire),
    attendees: readAttendees(wire),
    ...(wire.transactionId && { transactionId: wire.transactionId }),
  };
}

function readTime({ dateTime, timeZone }: z.infer<typeof WireTime>): DateTime {
  const read = DateTime.fromISO(dateTime, { zone: timeZone }).toUTC();
  if (!read.isValid) throw new Error('Graph sent a time that is none');
  return read;
}

const RESPONSES: Readonly<Record<string, Response>> = {
  organizer: 'organizer',
  tentativelyAccepted: 'tentative',
  accepted: 'accepted',
  declined: 'declined',
};

const readAttendees = ({ attendees }: Wire): CalendarEvent['attendees'] =>
  (attendees ?? [])
    .filter((attendee) => attendee !== null)
    .slice(0, MOST_ATTENDEES)
    .map(({ emailAddress: { address, name }, status }) => ({
      address,
      name: name || null,
      response: RESPONSES[status?.response ?? ''] ?? 'none',
    }));

function readRecurrence({ recurrence, start }: Wire): EventRecurrence | null {
  if (!recurrence) return null;
  const { type, startDate, endDate, numberOfOccurrences, recurrenceTimeZone } = recurrence.range;
  const end =
    type === 'endDate' && endDate
      ? { until: endDate }
      : type === 'numbered' && numberOfOccurrences
        ? { times: numberOfOccurrences }
        : null;
  const zone = readZone(recurrenceTimeZone) ?? readZone(start.timeZone) ?? 'UTC';
  return { pattern: readPattern(recurrence.pattern), end, startDate, zone };
}

/** The IANA name of a zone that may be written as Windows does; null where it is one of a person's own making. */
function readZone(name: string | null | undefined): string | null {
  const zone = TimeZoneConverter.windowsToIana(name ?? '');
  return IANAZone.isValidZone(zone) ? zone : null;
}

function readPattern({ type: kind, ...pattern }: z.infer<typeof WirePattern>): Pattern {
  if (!('daysOfWeek' in pattern)) return { kind, ...pattern } as Pattern;
  const { daysOfWeek, ...others } = pattern;
  return { kind, ...others, days: daysOfWeek.map((day) => WEEKDAYS.indexOf(day) + 1) } as Pattern;
}

/** Graph answers no more cells: 62 days, five minutes each. */
const MOST_CELLS = 18_000;
const clock = z
  .string()
  .regex(/^\d\d:\d\d/)
  .transform((time) => time.slice(0, 5));
const Hours = z.object({
  daysOfWeek: z.array(z.enum(WEEKDAYS)),
  startTime: clock,
  endTime: clock,
  timeZone: z.object({ name: z.string().nullish() }).nullish().catch(null),
});
/** What else is answered, subjects of other people's meetings among it, is not read. */
const WireSchedule = z.object({
  scheduleId: z.string(),
  availabilityView: z.string().max(MOST_CELLS).nullish(),
  workingHours: Hours.nullish().catch(null),
  error: z.unknown().optional(),
});
const Answer = z.object({ value: z.array(WireSchedule.nullable().catch(null)) });

const VIEW = { 0: 'free', 1: 'tentative', 2: 'busy', 3: 'away', 4: 'free' } as const;
const isKnown = (digit: string): digit is `${keyof typeof VIEW}` => digit in VIEW;

/** Reads the answer of getSchedule in the order of the addresses. What Graph left out, or answered as an error, is unknown. */
export function readSchedules(body: unknown, addresses: readonly string[]): Schedule[] {
  const { value } = Answer.parse(body);
  return addresses.map((address) => {
    const found = value.find((one) => one?.scheduleId.toLowerCase() === address.toLowerCase());
    if (!found?.availabilityView || found.error != null) return { address, unknown: true };
    const view = [...found.availabilityView].map((digit) => (isKnown(digit) ? VIEW[digit] : 'busy'));
    return { address, view, hours: readHours(found.workingHours) };
  });
}

function readHours(wire: z.infer<typeof Hours> | null | undefined): WorkingHours | null {
  if (!wire) return null;
  const { daysOfWeek, startTime: from, endTime: to, timeZone } = wire;
  return {
    days: daysOfWeek.map((day) => WEEKDAYS.indexOf(day) + 1),
    from,
    to,
    zone: readZone(timeZone?.name),
  };
}

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
function toWireTimes({ start, end }: Pick<EventRequest, 'start' | 'end'>) {
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
    daysOfWeek: days.map((day) => WEEKDAYS[day - 1]),
    ...(type === 'weekly' && { firstDayOfWeek: 'monday' }),
  };
}

function toWireEnd(end: Recurrence['end']): object {
  if (end === null) return { type: 'noEnd' };
  return 'until' in end
    ? { type: 'endDate', endDate: end.until }
    : { type: 'numbered', numberOfOccurrences: end.times };
}
