import type { Person } from '../people.ts';
import type { Answer } from '../serve.ts';
import { attendanceReport, attendanceReports } from './calendar/attendance.ts';
import { checkBody } from './check.ts';
import { badRequest, GraphRefusal, notFound } from './errors.ts';
import { type Call, collection, entity, readBody } from './exchange.ts';
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

/** GET …/attendanceReports, and one of them: for meetings of a calendar's events. */
export function attendance(call: Call, owner: Person, id: string, report?: string): Answer {
  const meeting = findOwn(call, owner, id);
  return report === undefined ? attendanceReports(call, meeting) : attendanceReport(call, meeting, report);
}

/** GET with a filter for a join link; there is no list. */
export function filter(call: Call, owner: Person): Answer {
  const text = call.request.url.searchParams.get('$filter') ?? '';
  const quoted = /^\s*joinWebUrl\s+eq\s+'((?:[^']|'')*)'\s*$/i.exec(text)?.[1];
  if (quoted === undefined) {
    const hint = "Filter expression expected - /onlineMeetings?$filter={ParameterName} eq '{id}'.";
    throw new GraphRefusal(400, 'InvalidArgument', hint);
  }
  const link = quoted.replaceAll("''", "'");
  if (!URL.canParse(link)) throw badRequest('1026: An error has occurred.');
  const { calendar } = call.world;
  if (calendar.emptyLookups > 0) {
    calendar.emptyLookups -= 1;
    return collection(call, owner, []);
  }
  const meeting = call.world.meetings.find(
    (candidate) => isAlive(call.world, candidate) && candidate.joinWebUrl === link,
  );
  if (!meeting) throw notFound();
  if (meeting.organizer !== owner.oid) throw new GraphRefusal(403, 'Forbidden', 'An error has occurred.');
  return collection(call, owner, [meeting]);
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
