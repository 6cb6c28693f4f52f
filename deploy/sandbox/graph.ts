import { decodeJwt } from 'jose';
import { readJson } from '../../bot/base/http-client.ts';
import type { CloudName } from './clouds.ts';
import type { Entra } from './entra.ts';
import type { Fault, Faults } from './faults.ts';
import { type AccessPolicy, authenticate, requireContext } from './graph/access.ts';
import { type CalendarWorld, createCalendarWorld, resetCalendar } from './graph/calendar/store.ts';
import { errorBody, faultBody, GraphRefusal, notFound, refuse } from './graph/errors.ts';
import { operate } from './graph/routes.ts';
import type { StoredMeeting, World } from './graph/world.ts';
import type { Person } from './people.ts';
import { type Answer, type Incoming, serve } from './serve.ts';

type GraphOptions = {
  entra: Entra;
  people: readonly Person[];
  cloud?: CloudName;
  /** Faults with `service: 'graph'`. */
  faults?: Faults;
  /** Epoch milliseconds; default the clock. */
  now?: () => number;
};

/** One request, as it was answered; `status` is null where the connection broke or hangs. */
type GraphRequestLog = {
  method: string;
  /** With the version, still percent-encoded. */
  path: string;
  query: Record<string, string>;
  /** Object id in the token, unverified; null for the app itself and where there is none. */
  oid: string | null;
  headers: Record<
    'client-request-id' | 'prefer' | 'accept-language' | 'content-type' | 'user-agent',
    string | null
  >;
  /** Parsed where it is JSON. */
  body: unknown;
  status: number | null;
  /** The fault that was switched on, if it hit. */
  fault: Fault | null;
};

/** A running stand-in for Microsoft Graph; everything it holds may be read by tests. */
export type Graph = {
  /** Root without a version, for `GRAPH_BASE_URL`. */
  url: string;
  /** All that were ever made, deleted ones included, in order. */
  meetings: readonly StoredMeeting[];
  requests: readonly GraphRequestLog[];
  /** Application access policy: object ids, or `'global'`. */
  policy: AccessPolicy;
  /** Everybody's calendar and inbox, and what is to go wrong with them. */
  calendar: CalendarWorld;
  /** Meetings made from now on answer 404 to that many reads before they can be seen. */
  hideNewMeetings(reads: number): void;
  /** Conditional access: from now on people's tokens must carry this authentication context; null: none. */
  requireContext(context: string | null): void;
  /** What becomes, from now on, of encryption, spoken language and label in a PATCH. */
  setUncertain(uncertain: World['uncertain']): void;
  /** Opens a join link as this person, deleted meetings' links included. */
  open(joinWebUrl: string, person: Person): Entrance;
  /** Forgets meetings and requests; nobody demands anything, and no access policy names anybody. */
  reset(): void;
  close(): Promise<void>;
};

/** The template that Graph's own documentation uses as its example. */
export const BOARD_TEMPLATE = '05b9ed5f-2ac3-4470-aae9-f4a0c30b1a4b';
const TEMPLATES = { [BOARD_TEMPLATE]: { name: 'Board', locks: { recordAutomatically: true } } };
const JSON_TYPE =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** Starts the stand-in on loopback. Tokens are those of the given Entra stand-in, for Graph's real audience. */
export async function createGraph(options: GraphOptions): Promise<Graph> {
  const world: World & { policy: AccessPolicy } = {
    cloud: options.cloud ?? 'global',
    uncertain: 'changed',
    people: options.people,
    templates: TEMPLATES,
    meetings: [],
    hiddenReads: 0,
    calendar: createCalendarWorld(),
    context: null,
    now: options.now ?? Date.now,
    policy: new Set(),
  };
  const requests: GraphRequestLog[] = [];
  const server = await serve({
    service: 'graph',
    faults: options.faults,
    faultBody: (status, request) => faultBody(status, request, world.now()),
    handle: (request) => answer(world, options.entra, request),
    onAnswer: (request, given, fault) => void requests.push(toLog(request, given, fault)),
  });
  return {
    url: server.url,
    meetings: world.meetings,
    requests,
    policy: world.policy,
    calendar: world.calendar,
    hideNewMeetings: (reads) => {
      world.hiddenReads = reads;
    },
    requireContext: (context) => {
      world.context = context;
    },
    setUncertain: (uncertain) => {
      world.uncertain = uncertain;
    },
    open: (joinWebUrl, person) => openLink(world, joinWebUrl, person),
    reset: () => {
      world.context = null;
      world.uncertain = 'changed';
      world.hiddenReads = 0;
      world.policy.clear();
      resetCalendar(world.calendar);
      world.meetings.length = 0;
      requests.length = 0;
    },
    close: server.close,
  };
}

async function answer(
  world: World & { policy: AccessPolicy },
  entra: Entra,
  request: Incoming,
): Promise<Answer> {
  try {
    const caller = await authenticate(entra, world.people, request);
    requireContext(caller, world.context);
    checkAccept(request);
    const [, version, ...path] = request.path.split('/').map(decode);
    if (version !== 'v1.0') throw notFound(`There is no version '${version}' here.`);
    const given = await operate({ world, caller, request, path });
    const { requestId } = errorBody(request, { code: '', message: '' }, world.now());
    const type: Record<string, string> = given.body === undefined ? {} : { 'Content-Type': JSON_TYPE };
    return { ...given, headers: { ...given.headers, ...echo(request, requestId), ...type } };
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
    const refused = refuse(request, error, world.now());
    return {
      ...refused,
      headers: { ...refused.headers, ...echo(request, refused.headers?.['request-id'] ?? '') },
    };
  }
}

function checkAccept(request: Incoming): void {
  const accept = request.headers.accept ?? '*/*';
  if (!/\*\/\*|application\/(\*|json)/i.test(accept)) {
    throw new GraphRefusal(406, 'NotAcceptable', 'Only application/json can be answered.');
  }
}

function echo(request: Incoming, requestId: string): Record<string, string> {
  const client = request.headers['client-request-id'];
  return { 'request-id': requestId, 'client-request-id': typeof client === 'string' ? client : requestId };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new GraphRefusal(400, 'BadRequest', 'The path is not well-formed.');
  }
}

function toLog(request: Incoming, given: Answer | null, fault: Fault | null): GraphRequestLog {
  const header = (name: string) => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    method: request.method,
    path: request.path,
    query: Object.fromEntries(request.url.searchParams),
    oid: oidOf(request),
    headers: {
      'client-request-id': header('client-request-id'),
      prefer: header('prefer'),
      'accept-language': header('accept-language'),
      'content-type': header('content-type'),
      'user-agent': header('user-agent'),
    },
    body: readJson(request.body) ?? (request.body || null),
    status: given?.status ?? null,
    fault,
  };
}

function oidOf(request: Incoming): string | null {
  try {
    const { oid } = decodeJwt(request.headers.authorization?.replace(/^Bearer /i, '') ?? '');
    return typeof oid === 'string' ? oid : null;
  } catch {
    return null;
  }
}

/** Where somebody finds themselves who opens a link: inside, waiting for the organiser, or nowhere. */
type Entrance = 'meeting' | 'lobby' | 'nowhere';

/**
 * Opens a join link as Teams does. The link of a deleted meeting still opens, and who is let in brings the meeting
 * back: several people have reported that, and nobody the opposite. Only a lobby that was closed before keeps them out.
 */
function openLink(world: World, joinWebUrl: string, person: Person): Entrance {
  const meeting = world.meetings.find((candidate) => candidate.joinWebUrl === joinWebUrl);
  if (!meeting) return 'nowhere';
  if (!isLetIn(meeting, person)) return 'lobby';
  meeting.isDeleted = false;
  return 'meeting';
}

function isLetIn({ organizer, tenantId, attendees, options }: StoredMeeting, person: Person): boolean {
  if (person.oid === organizer) return true;
  const { scope } = options.lobbyBypassSettings as { scope: string };
  const isColleague = person.tenantId === tenantId;
  switch (scope) {
    case 'everyone':
      return true;
    case 'organization':
    case 'organizationAndFederated':
      return isColleague;
    case 'organizationExcludingGuests':
      return isColleague && !person.guest;
    case 'invited':
      return attendees.some(({ id }) => id === person.oid);
    default:
      return false;
  }
}
