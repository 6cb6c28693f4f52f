import type { Person } from '../people.ts';
import type { Answer, Incoming } from '../serve.ts';
import { type AccessPolicy, type Caller, ownerOf, requirePermission } from './access.ts';
import { contextOf, toAnswer, type Wishes } from './answer.ts';
import { type Body, checkBody } from './check.ts';
import { badRequest, GraphRefusal, notFound } from './errors.ts';
import { createMeeting, isAlive, type StoredMeeting, updateMeeting, type World } from './meetings.ts';

export type Call = {
  world: World & { policy: AccessPolicy };
  caller: Caller;
  request: Incoming;
  /** Segments behind the version, decoded. */
  path: readonly string[];
};

type Operation = (call: Call, owner: Person, id: string) => Answer;

/** Finds the operation behind a path and runs it. Throws GraphRefusal. */
export function operate(call: Call): Answer {
  const [first, second] = call.path;
  if (call.world.cloud !== 'china') {
    if (first === 'me' && second === 'onlineMeetings') return onMeetings(call, null, call.path.slice(2));
    if (first === 'users' && call.path[2] === 'onlineMeetings') {
      return onMeetings(call, second ?? '', call.path.slice(3));
    }
    if (call.path.join('/') === 'communications/onlineMeetings') return findByVideoId(call);
  }
  if (first === 'me' && call.path.length === 1) return readUser(call, null);
  if (first === 'users' && call.path.length === 2) return readUser(call, second ?? '');
  throw notFound(`Resource not found for the segment '${call.path.at(-1)}'.`);
}

function onMeetings(call: Call, user: string | null, rest: readonly string[]): Answer {
  const [id, part] = rest;
  if (id === undefined) return run(call, user, { GET: filter, POST: create });
  if (id === 'createOrGet' && part === undefined) return run(call, user, { POST: createOrGet });
  if (part === undefined) return run(call, user, { GET: get, PATCH: update, DELETE: remove }, id);
  if (rest.length === 2 && part === 'transcripts') return run(call, user, { GET: transcripts }, id);
  throw notFound(`Resource not found for the segment '${rest.at(-1)}'.`);
}

function run(call: Call, user: string | null, methods: Record<string, Operation>, id = ''): Answer {
  const operation = methods[call.request.method];
  if (!operation) {
    throw new GraphRefusal(405, 'Request_BadRequest', 'The method is not allowed here.', {
      Allow: Object.keys(methods).join(', '),
    });
  }
  const use = call.request.method === 'GET' ? 'read' : 'write';
  return operation(call, ownerOf(call.caller, { user, use }, call.world), id);
}

function create(call: Call, owner: Person): Answer {
  const body = readBody(call);
  checkBody(body, 'create', call.world.cloud);
  const meeting = createMeeting(call.world, owner, body);
  return entity(call, meeting, { status: 201 });
}

function createOrGet(call: Call, owner: Person): Answer {
  const body = readBody(call);
  checkBody(body, 'createOrGet', call.world.cloud);
  if (typeof body.externalId !== 'string') throw badRequest("Parameter 'externalId' is required.");
  const found = call.world.meetings.find(
    (meeting) =>
      meeting.organizer === owner.oid &&
      meeting.externalId === body.externalId &&
      isAlive(call.world, meeting),
  );
  const meeting = found ?? createMeeting(call.world, owner, body);
  for (const attendee of meeting.attendees) attendee.role = null;
  // Accept-Language is not among this action's headers.
  return entity(call, meeting, { status: found ? 200 : 201, acceptLanguage: undefined });
}

function get(call: Call, owner: Person, id: string): Answer {
  const meeting = find(call, id);
  const isInvited = meeting.attendees.some((attendee) => attendee.id === owner.oid);
  if (meeting.organizer !== owner.oid && !isInvited) throw notFound('Organizer Id mismatch User Id');
  if (meeting.hiddenReads > 0) {
    meeting.hiddenReads -= 1;
    throw notFound();
  }
  return entity(call, meeting, { status: 200 });
}

function update(call: Call, owner: Person, id: string): Answer {
  const meeting = findOwn(call, owner, id);
  const body = readBody(call);
  checkBody(body, 'update', call.world.cloud);
  updateMeeting(call.world, owner, meeting, body);
  return entity(call, meeting, { status: 200 });
}

function remove(call: Call, owner: Person, id: string): Answer {
  findOwn(call, owner, id).isDeleted = true;
  return { status: 204 };
}

function transcripts(call: Call, owner: Person, id: string): Answer {
  requirePermission(call.caller, 'OnlineMeetingTranscript.Read.All');
  findOwn(call, owner, id);
  const text =
    'No iCalUid found for the meeting. This API is supported only for calendar backed OnlineMeeting.';
  throw new GraphRefusal(412, 'PreconditionFailed', text);
}

const FILTER = /^\s*(joinWebUrl|joinMeetingIdSettings\/joinMeetingId)\s+eq\s+'((?:[^']|'')*)'\s*$/i;

function filter(call: Call, owner: Person): Answer {
  const text = call.request.url.searchParams.get('$filter');
  const [, name = '', quoted = ''] = FILTER.exec(text ?? '') ?? [];
  if (name === '') {
    const hint = "Filter expression expected - /onlineMeetings?$filter={ParameterName} eq '{id}'.";
    throw new GraphRefusal(400, 'InvalidArgument', hint);
  }
  const value = quoted.replaceAll("''", "'");
  const isUrl = name.toLowerCase() === 'joinweburl';
  if (isUrl && !URL.canParse(value)) throw badRequest('1026: An error has occurred.');
  const meeting = call.world.meetings.find(
    (candidate) =>
      isAlive(call.world, candidate) && (isUrl ? candidate.joinWebUrl : candidate.joinMeetingId) === value,
  );
  if (!meeting) throw notFound();
  if (meeting.organizer !== owner.oid) throw new GraphRefusal(403, 'Forbidden', 'An error has occurred.');
  return collection(call, [meeting], contextOf(call.world.cloud, owner.oid));
}

/** For applications only, and without a policy. */
function findByVideoId(call: Call): Answer {
  if (call.caller.kind !== 'application') throw new GraphRefusal(403, 'Forbidden', '');
  requirePermission(call.caller, 'OnlineMeetings.Read.All', 'OnlineMeetings.ReadWrite.All');
  const text = call.request.url.searchParams.get('$filter') ?? '';
  const id = /^VideoTeleconferenceId\s+eq\s+'(\d+)'$/i.exec(text)?.[1];
  if (call.request.method !== 'GET' || !id)
    throw badRequest('A filter by VideoTeleconferenceId is expected.');
  const found = call.world.meetings.filter(
    (meeting) =>
      isAlive(call.world, meeting) &&
      toAnswer(call.world, meeting, wishesOf(call)).videoTeleconferenceId === id,
  );
  return collection(call, found, contextOf(call.world.cloud, ''));
}

function readUser({ caller, world, request }: Call, user: string | null): Answer {
  if (request.method !== 'GET')
    throw new GraphRefusal(405, 'Request_BadRequest', 'The method is not allowed here.');
  const isSelf = user === null && caller.kind === 'person';
  const allowed = isSelf ? ['User.Read'] : ['User.ReadBasic.All', 'User.Read.All'];
  if (!allowed.some((name) => caller.permissions.includes(name))) {
    const text = 'Insufficient privileges to complete the operation.';
    throw new GraphRefusal(403, 'Authorization_RequestDenied', text);
  }
  const key = isSelf ? caller.person.oid : user?.toLowerCase();
  const person = world.people.find(({ oid, upn }) => oid === key || upn.toLowerCase() === key);
  if (!person) throw new GraphRefusal(404, 'Request_ResourceNotFound', `Resource '${user}' does not exist.`);
  const { oid: id, upn: userPrincipalName, name: displayName } = person;
  return { status: 200, body: { id, userPrincipalName, displayName, mail: userPrincipalName } };
}

function find(call: Call, id: string): StoredMeeting {
  const meeting = call.world.meetings.find((candidate) => candidate.id === id);
  if (!meeting || !isAlive(call.world, meeting)) throw notFound(meeting ? undefined : 'Invalid meeting id');
  return meeting;
}

function findOwn(call: Call, owner: Person, id: string): StoredMeeting {
  const meeting = find(call, id);
  if (meeting.organizer !== owner.oid) throw notFound('Organizer Id mismatch User Id');
  return meeting;
}

function readBody({ request }: Call): Body {
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new GraphRefusal(415, 'UnsupportedMediaType', 'Content-Type: application/json is expected.');
  }
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch {
    throw badRequest('Unable to read JSON request payload. Please ensure it is a valid JSON object.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest('The payload must be a JSON object.');
  }
  return body as Body;
}

function wishesOf({ request }: Call): Wishes {
  const prefer = String(request.headers.prefer ?? '').split(/[,;]/);
  return {
    acceptLanguage: request.headers['accept-language'],
    includesLateValues: prefer.some((part) => part.trim().toLowerCase() === 'include-unknown-enum-members'),
  };
}

type Shown = { status: number; acceptLanguage?: string | undefined };

function entity(call: Call, meeting: StoredMeeting, { status, ...changes }: Shown): Answer {
  const wishes = { ...wishesOf(call), ...changes };
  const context = `${contextOf(call.world.cloud, meeting.organizer)}/$entity`;
  const type = meeting.spelling === 'samples' ? { '@odata.type': '#microsoft.graph.onlineMeeting' } : {};
  const answer = select(call, toAnswer(call.world, meeting, wishes));
  return { status, headers: applied(wishes), body: { '@odata.context': context, ...type, ...answer } };
}

function collection(call: Call, meetings: readonly StoredMeeting[], context: string): Answer {
  const wishes = wishesOf(call);
  const value = meetings.map((meeting) => select(call, toAnswer(call.world, meeting, wishes)));
  return { status: 200, headers: applied(wishes), body: { '@odata.context': context, value } };
}

function applied(wishes: Wishes): Record<string, string> {
  return wishes.includesLateValues ? { 'Preference-Applied': 'include-unknown-enum-members' } : {};
}

/** `$select` on reads; any other system query option that is not handled is refused. */
function select({ request }: Call, answer: Body): Body {
  const query = request.url.searchParams;
  const names = query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  if (!names || request.method !== 'GET') return answer;
  const unknown = names.find((name) => !Object.hasOwn(answer, name));
  if (unknown !== undefined) throw badRequest(`Could not find a property named '${unknown}'.`);
  return Object.fromEntries(names.map((name) => [name, answer[name]]));
}

/** Throws a 400 for system query options that the path does not take. */
export function checkQuery(request: Incoming): void {
  const taken = request.method === 'GET' ? ['$select', '$filter'] : [];
  const stranger = [...request.url.searchParams.keys()].find(
    (name) => name.startsWith('$') && !taken.includes(name),
  );
  if (stranger) throw badRequest(`Query option '${stranger}' is not allowed.`);
}
