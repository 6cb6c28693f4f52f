import type { Person } from '../../people.ts';
import type { Answer } from '../../serve.ts';
import { requirePermission } from '../access.ts';
import type { Body } from '../check.ts';
import { badRequest, notFound } from '../errors.ts';
import type { Call } from '../exchange.ts';
import type { StoredMeeting } from '../world.ts';

/** GET onlineMeetings/{id}/attendanceReports: one for each day on which somebody was there. */
export function attendanceReports(call: Call, meeting: StoredMeeting): Answer {
  requirePermission(call.caller, 'OnlineMeetingArtifact.Read.All');
  return {
    status: 200,
    body: { value: reportsOf(call, meeting).map(({ records: _, ...report }) => report) },
  };
}

/** GET …/attendanceReports/{rid}?$expand=attendanceRecords. */
export function attendanceReport(call: Call, meeting: StoredMeeting, id: string): Answer {
  requirePermission(call.caller, 'OnlineMeetingArtifact.Read.All');
  const found = reportsOf(call, meeting).find((report) => report.id === id);
  if (!found) throw notFound('There is no such report.');
  const { records, ...report } = found;
  const expand = call.request.url.searchParams.get('$expand');
  if (expand !== null && expand !== 'attendanceRecords') throw badRequest(`'${expand}' cannot be expanded.`);
  return { status: 200, body: { ...report, ...(expand !== null && { attendanceRecords: records }) } };
}

type Report = Body & { id: string; records: Body[] };

function reportsOf({ world }: Call, meeting: StoredMeeting): Report[] {
  const all = world.calendar.attendance.filter(({ meetingId }) => meetingId === meeting.id);
  const days = Map.groupBy(all, ({ from }) => new Date(from).toISOString().slice(0, 10));
  return [...days].map(([day, present]) => ({
    id: `${meeting.joinMeetingId}-${day}`,
    totalParticipantCount: present.length,
    meetingStartDateTime: iso(Math.min(...present.map(({ from }) => from))),
    meetingEndDateTime: iso(Math.max(...present.map(({ to }) => to))),
    records: present.map(({ person, from, to }) => recordOf(person, from, to, meeting)),
  }));
}

const iso = (ms: number) => new Date(ms).toISOString();

function recordOf(person: Person, from: number, to: number, { organizer }: StoredMeeting): Body {
  const durationInSeconds = Math.round((to - from) / 1_000);
  return {
    emailAddress: person.upn,
    totalAttendanceInSeconds: durationInSeconds,
    role: person.oid === organizer ? 'Organizer' : 'Attendee',
    identity: { id: person.oid, displayName: person.name, tenantId: person.tenantId },
    attendanceIntervals: [{ joinDateTime: iso(from), leaveDateTime: iso(to), durationInSeconds }],
  };
}
