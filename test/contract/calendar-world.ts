import tls from 'node:tls';
import { DateTime } from 'luxon';
import { afterAll, beforeEach } from 'vitest';
import { type Caller, createGraphClient } from '../../bot/graph/client.ts';
import { type Calendar, createCalendar } from '../../bot/graph/events.ts';
import { createOnlineMeetings, type OnlineMeetings } from '../../bot/graph/online-meetings.ts';
import type { EventRequest } from '../../bot/meeting/event.ts';
import { createEntra, type Entra } from '../../deploy/sandbox/entra.ts';
import { createFaults, type Faults } from '../../deploy/sandbox/faults.ts';
import { createGraph, type Graph } from '../../deploy/sandbox/graph.ts';
import { ADA, BEN, CONTOSO, PEOPLE, type Person } from '../../deploy/sandbox/people.ts';
import { createTls } from '../../deploy/sandbox/tls.ts';

/** The bot's calendar and online meetings at the stand-in, and people's names at it. */
export type CalendarWorld = {
  graph: Graph;
  entra: Entra;
  faults: Faults;
  calendar: Calendar;
  meetings: OnlineMeetings;
  /** In this person's name, with these permissions. */
  as(person: Person, scp?: string): Promise<Caller>;
  asApplication(person: Person, roles?: string[]): Promise<Caller>;
  close(): Promise<void>;
};

/** Starts the stand-ins, on this clock. */
async function openCalendarWorld(now: () => number): Promise<CalendarWorld> {
  const certificates = await createTls();
  tls.setDefaultCACertificates([certificates.caPem]);
  const app = { id: crypto.randomUUID(), secret: 's', ssoResource: 'api://calendar' };
  const entra = await createEntra({ tls: certificates, tenantId: CONTOSO.id, people: PEOPLE, app, now });
  const faults = createFaults();
  const graph = await createGraph({ entra, people: PEOPLE, faults, now });
  const client = createGraphClient({ baseUrl: graph.url, budgetMs: 4_000 });
  const joinHosts = ['teams.microsoft.com'];
  const token = (tid: string) => ({
    aud: entra.state.resources.graph,
    tid,
    exp: Math.floor(now() / 1000) + 600,
  });
  return {
    graph,
    entra,
    faults,
    calendar: createCalendar({ client, joinHosts }),
    meetings: createOnlineMeetings({
      client,
      joinHosts,
      templates: new Map(),
      labels: new Map(),
      lacks: new Set(),
    }),
    as: async ({ oid, tenantId }, scp = BOTH) => ({
      token: await entra.sign({ ...token(tenantId), oid, scp }),
      home: '/me',
      correlationId: crypto.randomUUID(),
    }),
    asApplication: async ({ oid, tenantId }, roles = ['Calendars.ReadWrite']) => ({
      token: await entra.sign({ ...token(tenantId), idtyp: 'app', appid: app.id, roles }),
      home: `/users/${oid}`,
      correlationId: crypto.randomUUID(),
    }),
    close: async () => void (await Promise.all([graph.close(), entra.close()])),
  };
}

/** The same for the tests of one file: begins anew before each of them, and is closed at the end. */
export async function ownCalendarWorld(now = Date.now): Promise<CalendarWorld> {
  const world = await openCalendarWorld(now);
  beforeEach(() => {
    world.graph.reset();
    world.faults.clear();
  });
  afterAll(() => world.close());
  return world;
}

/** What Graph answers to one request as it is sent, by Ada unless said otherwise; a body makes it a POST. */
export async function ask(
  { graph, as }: Pick<CalendarWorld, 'graph' | 'as'>,
  path: string,
  { method, body, headers, by = ADA, scp, token }: Asked = {},
) {
  const bearer = token === undefined ? (await as(by, scp)).token : token;
  const response = await fetch(`${graph.url}/v1.0${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(bearer !== null && { Authorization: `Bearer ${bearer}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const answered = (isJson ? JSON.parse(text) : {}) as Wire;
  return { status: response.status, headers: response.headers, body: answered, code: answered.error?.code };
}
type Asked = {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  by?: Person;
  scp?: string;
  /** Null for none. */
  token?: string | null;
};
type Wire = Record<string, unknown> & {
  id: string;
  joinWebUrl: string;
  onlineMeeting: { joinUrl: string } | null;
  error?: { code: string };
};

/** People to invite. */
export const guests = (...addresses: string[]) => addresses.map((address) => ({ address, name: null }));
export const TO_BEN = guests(BEN.upn);

/** From one time to another. */
export const span = (start: string, end: string) => ({
  start: DateTime.fromISO(start),
  end: DateTime.fromISO(end),
});

const BOTH = 'OnlineMeetings.ReadWrite Calendars.ReadWrite';

/** A meeting of an hour's half in London, unless said otherwise. */
export function event(start: string, others: Partial<EventRequest> = {}): EventRequest {
  const at = DateTime.fromISO(start, { zone: others.start?.zone ?? ADA.zone });
  return {
    transactionId: crypto.randomUUID(),
    subject: 'Q3',
    start: at,
    end: at.plus({ minutes: 30 }),
    attendees: [],
    online: { kind: 'teams' },
    recurrence: null,
    ...others,
  };
}
