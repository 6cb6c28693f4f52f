import { readJson } from '../../../bot/base/http-client.ts';
import { isRecord } from '../channel/cards.ts';
import type { Person } from '../people.ts';
import type { Answer, Incoming } from '../serve.ts';
import type { AccessPolicy, Caller } from './access.ts';
import { contextOf, toAnswer, type Wishes } from './answer.ts';
import type { Body } from './check.ts';
import { badRequest, GraphRefusal } from './errors.ts';
import type { StoredMeeting, World } from './world.ts';

/** One authenticated request in its world. */
export type Call = {
  world: World & { policy: AccessPolicy };
  caller: Caller;
  request: Incoming;
  /** Segments behind the version, decoded. */
  path: readonly string[];
};

/** The JSON object of a request. Throws 415 and 400. */
export function readBody({ request }: Call): Body {
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new GraphRefusal(415, 'UnsupportedMediaType', 'Content-Type: application/json is expected.');
  }
  const body = readJson(request.body);
  if (isRecord(body)) return body;
  throw badRequest('Unable to read JSON request payload. Please ensure it is a valid JSON object.');
}

/** What the request's headers ask of the answer. */
function wishesOf({ request }: Call): Wishes {
  const prefer = String(request.headers.prefer ?? '').split(/[,;]/);
  return {
    acceptLanguage: request.headers['accept-language'],
    includesLateValues: prefer.some((part) => part.trim().toLowerCase() === 'include-unknown-enum-members'),
  };
}

type Shown = { status: number; acceptLanguage?: string | undefined };

/** One meeting as an answer. */
export function entity(call: Call, meeting: StoredMeeting, { status, ...changes }: Shown): Answer {
  const wishes = { ...wishesOf(call), ...changes };
  const context = `${contextOf(call.world.cloud, meeting.organizer)}/$entity`;
  const type = meeting.spelling === 'samples' ? { '@odata.type': '#microsoft.graph.onlineMeeting' } : {};
  const answer = toAnswer(call.world, meeting, wishes);
  return { status, headers: applied(wishes), body: { '@odata.context': context, ...type, ...answer } };
}

/** Meetings of one person as an answer. */
export function collection(call: Call, owner: Person, meetings: readonly StoredMeeting[]): Answer {
  const wishes = wishesOf(call);
  const value = meetings.map((meeting) => toAnswer(call.world, meeting, wishes));
  const context = contextOf(call.world.cloud, owner.oid);
  return { status: 200, headers: applied(wishes), body: { '@odata.context': context, value } };
}

function applied(wishes: Wishes): Record<string, string> {
  return wishes.includesLateValues ? { 'Preference-Applied': 'include-unknown-enum-members' } : {};
}

/** Throws a 400 for system query options that a path of online meetings does not take. */
export function checkQuery(request: Incoming): void {
  const taken = request.method === 'GET' ? ['$filter', '$expand'] : [];
  const stranger = [...request.url.searchParams.keys()].find(
    (name) => name.startsWith('$') && !taken.includes(name),
  );
  if (stranger) throw badRequest(`Query option '${stranger}' is not allowed.`);
}
