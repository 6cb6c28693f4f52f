import type { Person } from '../people.ts';
import type { Answer } from '../serve.ts';
import { requirePermission } from './access.ts';
import { contextOf, toAnswer } from './answer.ts';
import { attendanceReport, attendanceReports } from './calendar/attendance.ts';
import { checkBody } from './check.ts';
import { badRequest, GraphRefusal, notFound } from './errors.ts';
import { type Call, collection, entity, readBody, wishesOf } from './exchange.ts';
import { createMeeting, updateMeeting } from './meetings.ts';
import { isAlive, type StoredMeeting } from './world.ts';

/** What a method does to the owner's meetings, or to one of them. Throws GraphRefusal. */
export type Operation = (call: Call, owner: Person, id: string) => Answer;

/** POST: 201 and a new meeting. */
export function create(call: Call, owner: Person): Answer {
  const body = readBody(call);
  checkBody(body, 'create', call.world.cloud);
  const meeting = createMeeting(call.world, owner, body);
  return entity(call, meeting, { status: 201 });
}

/** POST …/createOrGet: 201 for a new one, 200 for the one of the same external id, unchanged. */
export function createOrGet(call: Call, owner: Person): Answer {
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

/** GET by id: for the organiser and who is invited. */
export function get(call: Call, owner: Person, id: string): Answer {
  const meeting = find(call, id);
  const isInvited = meeting.attendees.some((attendee) => attendee.id === owner.oid);
  if (meeting.organizer !== owner.oid && !isInvited) throw notFound('Organizer Id mismatch User Id');
  if (meeting.hiddenReads > 0) {
    meeting.hiddenReads -= 1;
    throw notFound();
  }
  return entity(call, meeting, { status: 200 });
}

/** PATCH: 200 and the changed meeting. */
export function update(call: Call, owner: Person, id: string): Answer {
  const meeting = findOwn(call, owner, id);
  const body = readBody(call);
  checkBody(body, 'update', call.world.cloud);
  updateMeeting(call.world, owner, meeting, body);
  return entity(call, meeting, { status: 200 });
}

/** DELETE: 204, once. */
export function remove(call: Call, owner: Person, id: string): Answer {
  findOwn(call, owner, id).isDeleted = true;
  return { status: 204 };
}

/** GET …/transcripts: never there for a meeting that is in no calendar. */
export function transcripts(call: Call, owner: Person, id: string): Answer {
  requirePermission(call.caller, 'OnlineMeetingTranscript.Read.All');
  findOwn(call, owner, id);
  const text =
    'No iCalUid found for the meeting. This API is supported only for calendar backed OnlineMeeting.';
  throw new GraphRefusal(412, 'PreconditionFailed', text);
}

/** GET …/attendanceReports, and one of them: for meetings of a calendar's events. */
export function attendance(call: Call, owner: Person, id: string, report?: string): Answer {
  const meeting = findOwn(call, owner, id);
  return report === undefined ? attendanceReports(call, meeting) : attendanceReport(call, meeting, report);
}

const FILTER = /^\s*(joinWebUrl|joinMeetingIdSettings\/joinMeetingId)\s+eq\s+'((?:[^']|'')*)'\s*$/i;

/** GET with one of two filters; there is no list. */
export function filter(call: Call, owner: Person): Answer {
  const text = call.request.url.searchParams.get('$filter');
  const [, name = '', quoted = ''] = FILTER.exec(text ?? '') ?? [];
  if (name === '') {
    const hint = "Filter expression expected - /onlineMeetings?$filter={ParameterName} eq '{id}'.";
    throw new GraphRefusal(400, 'InvalidArgument', hint);
  }
  const value = quoted.replaceAll("''", "'");
  const isUrl = name.toLowerCase() === 'joinweburl';
  if (isUrl && !URL.canParse(value)) throw badRequest('1026: An error has occurred.');
  const { calendar } = call.world;
  if (isUrl && calendar.emptyLookups > 0) {
    calendar.emptyLookups -= 1;
    return collection(call, [], contextOf(call.world.cloud, owner.oid));
  }
  const meeting = call.world.meetings.find(
    (candidate) =>
      isAlive(call.world, candidate) && (isUrl ? candidate.joinWebUrl : candidate.joinMeetingId) === value,
  );
  if (!meeting) throw notFound();
  if (meeting.organizer !== owner.oid) throw new GraphRefusal(403, 'Forbidden', 'An error has occurred.');
  return collection(call, [meeting], contextOf(call.world.cloud, owner.oid));
}

/** GET /communications/onlineMeetings: for applications only, and without a policy. */
export function findByVideoId(call: Call): Answer {
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
