// By its file: the package as a whole is a language with a parser.
import { TimeZoneConverter } from 'adaptive-expressions/lib/timeZoneConverter.js';
import { DateTime, IANAZone } from 'luxon';
import * as z from 'zod';
import { toLine } from '../base/safe-text.ts';
import type { CalendarEvent, EventRecurrence, Pattern, Response } from '../meeting/event.ts';
import { WEEKDAYS } from './event-to-wire.ts';
import { isTeams } from './from-wire.ts';

const MOST_SUBJECT = 255;
const MOST_ID = 1_024;
/** An event has no more. */
const MOST_ATTENDEES = 500;
const MOST_ADDRESS = 320;

const text = (most: number) => z.string().transform((words) => toLine(words, most));
const WireTime = z.object({ dateTime: z.string().max(64), timeZone: z.string().max(64) });
const Attendee = z.object({
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
  attendees: z.array(Attendee.nullable().catch(null)).nullish().catch(null),
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
export function readZone(name: string | null | undefined): string | null {
  const zone = TimeZoneConverter.windowsToIana(name ?? '');
  return IANAZone.isValidZone(zone) ? zone : null;
}

function readPattern({ type: kind, ...pattern }: z.infer<typeof WirePattern>): Pattern {
  if (!('daysOfWeek' in pattern)) return { kind, ...pattern } as Pattern;
  const { daysOfWeek, ...others } = pattern;
  return { kind, ...others, days: daysOfWeek.map((day) => WEEKDAYS.indexOf(day) + 1) } as Pattern;
}
