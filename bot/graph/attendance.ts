import * as z from 'zod';
import { readIso } from '../base/date-time.ts';
import type { Attendance } from '../meeting/meeting.ts';
import { type Caller, callAs, type GraphClient, readAnswer } from './client.ts';

/** Who was in one of the caller's own meetings. Needs OnlineMeetingArtifact.Read.All; throws GraphError, 403 without it. */
export type AttendanceReports = {
  /** Each time that the meeting was held, the newest first, at most fifty; the people are read of the newest that `isMeant` takes. */
  newest(
    graphId: string,
    isMeant: (held: Pick<Attendance, 'start' | 'end'>) => boolean,
    caller: Caller,
  ): Promise<Attendance | null>;
};

const instant = z
  .string()
  .transform(readIso)
  .refine(({ isValid }) => isValid);
const Report = z.object({ id: z.string(), meetingStartDateTime: instant, meetingEndDateTime: instant });
const Reports = z.object({ value: z.array(Report) });
const Record = z.object({
  emailAddress: z.string().nullish().catch(null),
  totalAttendanceInSeconds: z.number().min(0).nullish().catch(null),
  identity: z.object({ id: z.string().nullish(), displayName: z.string().nullish() }).nullish().catch(null),
});
const Expanded = Report.extend({ attendanceRecords: z.array(Record).catch([]) });

/** Reads attendance reports from Graph. */
export function createAttendanceReports(client: GraphClient): AttendanceReports {
  const call = callAs(client, '/onlineMeetings');
  return {
    newest: async (graphId, isMeant, caller) => {
      const path = `/${encodeURIComponent(graphId)}/attendanceReports`;
      const list = await call(caller, { method: 'GET', path });
      const reports = readAnswer(list, (body) => Reports.parse(body)).value.map(toHeld);
      const [newest] = reports.filter(isMeant).sort((a, b) => b.start.toMillis() - a.start.toMillis());
      if (newest === undefined) return null;
      const whole = `${path}/${encodeURIComponent(newest.id)}?$expand=attendanceRecords`;
      const one = await call(caller, { method: 'GET', path: whole });
      return readAnswer(one, (body) => toAttendance(Expanded.parse(body)));
    },
  };
}

const toHeld = ({ id, meetingStartDateTime: start, meetingEndDateTime: end }: z.infer<typeof Report>) => ({
  id,
  start,
  end,
});

/** Somebody without a name is named by their address; people of whom Teams tells neither are left out. */
function toAttendance({ attendanceRecords, ...report }: z.infer<typeof Expanded>): Attendance {
  const { start, end } = toHeld(report);
  const people = attendanceRecords.flatMap(({ emailAddress, identity, totalAttendanceInSeconds }) => {
    const name = identity?.displayName || emailAddress;
    if (!name) return [];
    const minutes = (totalAttendanceInSeconds ?? 0) / 60;
    return [{ id: identity?.id ?? null, address: emailAddress || null, name, minutes }];
  });
  return { start, end, people };
}
