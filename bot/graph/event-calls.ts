import type { DateTime } from 'luxon';
import * as z from 'zod';
import type { CalendarEvent } from '../meeting/event.ts';
import {
  type Caller,
  callAs,
  type GraphAnswer,
  type GraphClient,
  type OwnRequest,
  readAnswer,
} from './client.ts';
import { EVENT_MEMBERS, readEvent } from './event-from-wire.ts';
import { GraphError } from './graph-error.ts';

/** A stretch of time. */
export type EventSpan = { start: DateTime; end: DateTime };

/** Requests about events. All throw GraphError. */
export type EventCalls = {
  call(caller: Caller, request: OwnRequest): Promise<GraphAnswer>;
  /** A request that is answered with an event. */
  write(caller: Caller, request: OwnRequest): Promise<CalendarEvent>;
  get(id: string, caller: Caller): Promise<CalendarEvent>;
  /** What is there in a span, ordered by start. */
  list(path: string, span: EventSpan, caller: Caller): Promise<CalendarEvent[]>;
};

/** Requests about events in a caller's name. Of one person's, one is under way at a time. */
export function createEventCalls(options: { client: GraphClient; joinHosts: readonly string[] }): EventCalls {
  const callOwn = inTurn(callAs(options.client, ''));
  const call: EventCalls['call'] = (caller, request) => callOwn(caller, { ...request, prefer: PREFER });
  const toEvent = (body: unknown) => readEvent(body, options.joinHosts);
  const write: EventCalls['write'] = async (caller, request) =>
    readAnswer(await call(caller, request), toEvent);
  return {
    call,
    write,
    get: (id, caller) => write(caller, { method: 'GET', path: pathOf(id) }),
    list: async (path, span, caller) => {
      const found: CalendarEvent[] = [];
      let query: string | null = queryOf(span);
      for (let page = 0; query !== null && page < MOST_PAGES; page += 1) {
        const answer = await call(caller, { method: 'GET', path: `${path}${query}` });
        const { value, '@odata.nextLink': next } = readAnswer(answer, (body) => Page.parse(body));
        found.push(...value.map((body) => readAnswer({ ...answer, body }, toEvent)));
        query = next ? new URL(next).search : null;
      }
      return found.sort((a, b) => a.start.toMillis() - b.start.toMillis());
    },
  };
}

/**
 * Sends an event's times in UTC where the mailbox does not know the name of their zone, which may be younger than its
 * server. Throws GraphError.
 */
export async function inKnownZone(
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
export const pathOf = (id: string): string => `/events/${encodeURIComponent(id)}`;

function queryOf({ start, end }: EventSpan): string {
  const iso = (time: DateTime) => time.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");
  const members = EVENT_MEMBERS.join(',');
  return `?startDateTime=${iso(start)}&endDateTime=${iso(end)}&$select=${members}&$top=${PAGE}`;
}

/** Lets the calls of one person wait for each other: a mailbox takes few at once. */
function inTurn(call: EventCalls['call']): EventCalls['call'] {
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
