import { isDeepStrictEqual } from 'node:util';
import type { DateTime } from 'luxon';
import * as z from 'zod';
import type { Attendee, CalendarEvent, EventChange, EventRequest, Schedule } from '../meeting/event.ts';
import {
  type Caller,
  callAs,
  DUPLICATE,
  type GraphAnswer,
  type GraphClient,
  GraphError,
  isAnswered,
  type OwnRequest,
  readAnswer,
} from './client.ts';
import {
  EVENT_MEMBERS,
  readEvent,
  readSchedules,
  toWireEvent,
  toWireEventChange,
  toWireTime,
} from './event-wire.ts';

/** A stretch of time. */
type EventSpan = { start: DateTime; end: DateTime };

/** One person's calendar in Graph. All methods throw GraphError. */
export type Calendar = {
  /** Whether events of this person can be Teams meetings; `noMailbox`: the person has no calendar in Exchange Online. */
  provider(caller: Caller): Promise<'teams' | 'other' | 'noMailbox'>;
  /**
   * Makes an event, and Graph mails its guests. The same `transactionId` never makes a second event: after a repeat or a lost
   * answer the first one is found. An event whose `joinUrl` is null although a Teams meeting was asked for has been mailed
   * without a link.
   */
  create(request: EventRequest, caller: Caller): Promise<CalendarEvent>;
  get(id: string, caller: Caller): Promise<CalendarEvent>;
  /**
   * Changes an event, and Graph mails its guests; where all is as wanted already, nothing is sent. `etag`: the version that
   * was seen, or null for the present one; where it has been changed otherwise since, this rejects with status 412.
   */
  update(id: string, change: EventChange, etag: string | null, caller: Caller): Promise<CalendarEvent>;
  /** Cancels an event, an occurrence or a series, and Graph mails its guests. An event that is gone counts as cancelled. */
  cancel(id: string, comment: string | null, caller: Caller): Promise<void>;
  /** What is in the calendar in this span, series as their occurrences, ordered by start. */
  view(span: EventSpan, caller: Caller): Promise<CalendarEvent[]>;
  /** The occurrences of a series in this span, ordered by start. */
  instances(seriesId: string, span: EventSpan, caller: Caller): Promise<CalendarEvent[]>;
  /** What is known of these people's time, in intervals of `minutes`, in their order. At most 20 addresses and less than 62 days. */
  schedules(
    addresses: readonly string[],
    span: EventSpan,
    minutes: number,
    caller: Caller,
  ): Promise<Schedule[]>;
};

/** The calls of Graph's event and calendar resources that Parley needs. Of one person's, one is under way at a time. */
export function createCalendar(options: { client: GraphClient; joinHosts: readonly string[] }): Calendar {
  const callOwn = inTurn(callAs(options.client, ''));
  const call: Call = (caller, request) => callOwn(caller, { ...request, prefer: PREFER });
  const toEvent = (body: unknown) => readEvent(body, options.joinHosts);

  /** A request that is answered with an event. */
  async function write(caller: Caller, request: OwnRequest): Promise<CalendarEvent> {
    return readAnswer(await call(caller, request), toEvent);
  }

  const get = (id: string, caller: Caller) => write(caller, { method: 'GET', path: pathOf(id) });

  /** What is there in a span, ordered by start. */
  async function list(path: string, span: EventSpan, caller: Caller): Promise<CalendarEvent[]> {
    const found: CalendarEvent[] = [];
    let query: string | null = queryOf(span);
    for (let page = 0; query !== null && page < MOST_PAGES; page += 1) {
      const answer = await call(caller, { method: 'GET', path: `${path}${query}` });
      const { value, '@odata.nextLink': next } = readAnswer(answer, (body) => Page.parse(body));
      found.push(...value.map((body) => readAnswer({ ...answer, body }, toEvent)));
      query = next ? new URL(next).search : null;
    }
    return found.sort((a, b) => a.start.toMillis() - b.start.toMillis());
  }

  /** The event that this key has made, where it still is about when it was to be. */
  async function madeBy(
    { transactionId, start }: EventRequest,
    caller: Caller,
  ): Promise<CalendarEvent | null> {
    const span = { start: start.minus({ days: 1 }), end: start.plus({ days: 1 }) };
    const all = await list('/calendarView', span, caller);
    const event = all.find((one) => one.transactionId === transactionId);
    if (event === undefined) return null;
    return event.seriesId === null ? event : get(event.seriesId, caller);
  }

  return {
    provider: async (caller) => {
      const path = '/calendar?$select=allowedOnlineMeetingProviders,defaultOnlineMeetingProvider';
      try {
        const { body } = await call(caller, { method: 'GET', path });
        return Providers.safeParse(body).data?.allowedOnlineMeetingProviders.includes(TEAMS)
          ? 'teams'
          : 'other';
      } catch (error) {
        if (error instanceof GraphError && error.code === 'MailboxNotEnabledForRESTAPI') return 'noMailbox';
        throw error;
      }
    },
    create: async (request, caller) => {
      const send = ({ start, end }: EventSpan) =>
        write(caller, { method: 'POST', path: '/events', body: toWireEvent({ ...request, start, end }) });
      try {
        // A series keeps its clock by its zone: in UTC it would be another.
        return await (request.recurrence === null ? inKnownZone(request, send) : send(request));
      } catch (error) {
        const made = mayBeMade(error) ? await madeBy(request, caller) : null;
        if (made === null) throw error;
        return made;
      }
    },
    get,
    update: async (id, change, etag, caller) => {
      const seen = etag === null ? await get(id, caller) : null;
      if (seen !== null && isAsWanted(seen, change)) return seen;
      const { times } = change;
      const send = (wanted: EventChange) => {
        const body = toWireEventChange(wanted);
        return write(caller, { method: 'PATCH', path: pathOf(id), body, etag: etag ?? seen?.etag ?? '' });
      };
      try {
        return await (times
          ? inKnownZone(times, (known) => send({ ...change, times: known }))
          : send(change));
      } catch (error) {
        if (!isAnswered(error, 412)) throw error;
        // Perhaps it was changed by this very change, whose answer was lost.
        const now = await get(id, caller);
        if (!isAsWanted(now, change)) throw error;
        return now;
      }
    },
    cancel: async (id, comment, caller) => {
      const body = comment === null ? {} : { comment };
      try {
        await call(caller, { method: 'POST', path: `${pathOf(id)}/cancel`, body });
      } catch (error) {
        if (!(error instanceof GraphError) || error.code !== 'ErrorItemNotFound') throw error;
      }
    },
    view: (span, caller) => list('/calendarView', span, caller),
    instances: (seriesId, span, caller) => list(`${pathOf(seriesId)}/instances`, span, caller),
    schedules: async (addresses, { start, end }, minutes, caller) => {
      const body = {
        schedules: addresses,
        startTime: toWireTime(start.toUTC()),
        endTime: toWireTime(end.toUTC()),
        availabilityViewInterval: minutes,
      };
      const answer = await call(caller, { method: 'POST', path: '/calendar/getSchedule', body });
      return readAnswer(answer, (read) => readSchedules(read, addresses));
    },
  };
}

const TEAMS = 'teamsForBusiness';
const Providers = z.object({ allowedOnlineMeetingProviders: z.array(z.string()) });

/** Whether the event may be there although Graph's answer does not hold it: it was made before, or the answer was lost. */
const mayBeMade = (error: unknown): boolean =>
  error instanceof GraphError &&
  (error.code === DUPLICATE ||
    (error.status === 0 && error.code !== 'network') ||
    isAnswered(error, 500, 502, 503, 504));

type Call = (caller: Caller, request: OwnRequest) => Promise<GraphAnswer>;

/**
 * Sends an event's times in UTC where the mailbox does not know the name of their zone, which may be younger than its
 * server. Throws GraphError.
 */
async function inKnownZone(
  times: EventSpan,
  send: (times: EventSpan) => Promise<CalendarEvent>,
): Promise<CalendarEvent> {
  try {
    return await send(times);
  } catch (error) {
    if (!(error instanceof GraphError) || error.code !== 'TimeZoneNotSupportedException') throw error;
    return send({ start: times.start.toUTC(), end: times.end.toUTC() });
  }
}

/** Ids that survive a move to another folder; they work only where every request about them has this header. */
const PREFER = ['IdType="ImmutableId"', 'outlook.timezone="UTC"'];
/** Events of one page, and pages that are read. */
const PAGE = 100;
const MOST_PAGES = 5;

const Page = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.url().nullish().catch(null) });

/** The path of an event below its calendar's owner. */
const pathOf = (id: string): string => `/events/${encodeURIComponent(id)}`;

function queryOf({ start, end }: EventSpan): string {
  const iso = (time: DateTime) => time.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");
  const members = EVENT_MEMBERS.join(',');
  return `?startDateTime=${iso(start)}&endDateTime=${iso(end)}&$select=${members}&$top=${PAGE}`;
}

/** Lets the calls of one person wait for each other: a mailbox takes few at once. */
function inTurn(call: Call): Call {
  const last = new Map<string, Promise<void>>();
  return (caller, request) => {
    const key = `${caller.home} ${caller.token}`;
    const answer = (last.get(key) ?? Promise.resolve()).then(() => call(caller, request));
    const settled: Promise<void> = answer.then(
      () => void (last.get(key) === settled && last.delete(key)),
      () => void (last.get(key) === settled && last.delete(key)),
    );
    last.set(key, settled);
    return answer;
  };
}

/** Whether an event is already as a change wants it. Sending that again would mail everybody again. */
function isAsWanted(
  event: CalendarEvent,
  { subject, times, attendees, recurrence, link }: EventChange,
): boolean {
  // What is in its text is not read.
  if (link !== undefined) return false;
  return (
    (subject === undefined || (subject || null) === event.subject) &&
    (times === undefined || (isSame(times.start, event.start) && isSame(times.end, event.end))) &&
    (attendees === undefined || isDeepStrictEqual(addressesOf(attendees), addressesOf(event.attendees))) &&
    (recurrence === undefined || isDeepStrictEqual(recurrence, event.recurrence))
  );
}

const isSame = (a: { toMillis(): number }, b: { toMillis(): number }) => a.toMillis() === b.toMillis();

const addressesOf = (attendees: readonly Attendee[]) =>
  attendees.map(({ address }) => address.toLowerCase()).sort();
