import * as z from 'zod';
import { readIso } from '../base/date-time.ts';
import { repeat } from '../base/retry.ts';
import type { Attendance, Meeting, MeetingRequest, RoomRequest } from '../meeting/meeting.ts';
import { type Caller, callAs, type GraphAnswer, type GraphClient, orNull, readAnswer } from './client.ts';
import {
  type MeetingChange,
  readInvitation,
  readMeeting,
  toWire,
  toWireChange,
  toWireRoom,
  type WireContext,
} from './meeting-wire.ts';

/** One person's meetings in Graph. All methods throw GraphError. */
export type OnlineMeetings = {
  /**
   * Makes a meeting; asked again, Graph makes another. `createOrGet` would not, but it leaves out the passcode, which cannot be
   * required afterwards, the template and the encryption. A meeting that could not be stored is therefore made again with the next
   * delivery of its message. Nobody has seen the link of the first: it is in no calendar, and Graph drops it.
   */
  create(request: MeetingRequest, caller: Caller): Promise<Meeting>;
  /** Creates the room with this id, or gets it; an existing room keeps its times, subject and people. */
  createOrGet(request: RoomRequest, caller: Caller): Promise<{ meeting: Meeting; isNew: boolean }>;
  get(graphId: string, caller: Caller): Promise<Meeting>;
  /** The caller's own meeting behind a join link; null where Graph knows none, which is asked again for seven seconds. */
  byJoinUrl(joinUrl: string, caller: Caller): Promise<Meeting | null>;
  /** The meeting and the lines of its invitation in this language (BCP 47), or in English where Teams does not have the language. */
  invitation(graphId: string, language: string, caller: Caller): Promise<Worded>;
  /** Changes a meeting; its link stays the same. A subject of null removes the subject. */
  update(graphId: string, change: MeetingChange, caller: Caller): Promise<Meeting>;
  /**
   * Locks the meeting (everyone waits in the lobby, callers too, and there is no chat) and then deletes it, because Teams may
   * still open the link of a deleted meeting. Resolves with true only if Graph has confirmed the lock. A meeting that is
   * already gone counts as deleted.
   */
  retire(graphId: string, caller: Caller): Promise<boolean>;
  /** Deletes a meeting whose link nobody has. A meeting that is already gone counts as deleted. */
  delete(graphId: string, caller: Caller): Promise<void>;
  /**
   * Who was in the meeting when it was held last, of the times that `isMeant` takes; null where Teams has no report of one.
   * Graph tells of the newest fifty. Needs OnlineMeetingArtifact.Read.All, 403 without it.
   */
  attendance(
    graphId: string,
    isMeant: (held: Pick<Attendance, 'start' | 'end'>) => boolean,
    caller: Caller,
  ): Promise<Attendance | null>;
};

/** A meeting with Graph's own invitation; `isEnglish`: Teams does not have the language that was asked for. */
type Worded = { meeting: Meeting; lines: readonly string[]; isEnglish: boolean };

/** The calls of Graph's onlineMeeting resource that Parley needs. */
export function createOnlineMeetings(options: WireContext & { client: GraphClient }): OnlineMeetings {
  const { client, ...context } = options;
  const call = callAs(client, '/onlineMeetings');
  const read = (answer: GraphAnswer) => readAnswer(answer, (body) => readMeeting(body, context));
  return {
    create: async (request, caller) =>
      read(await call(caller, { method: 'POST', path: '', body: toWire(request, context) })),
    createOrGet: async (request, caller) => {
      const body = toWireRoom(request);
      const answer = await call(caller, { method: 'POST', path: '/createOrGet', body });
      return { meeting: read(answer), isNew: answer.status === 201 };
    },
    get: async (graphId, caller) => read(await call(caller, { method: 'GET', path: pathOf(graphId) })),
    byJoinUrl: (joinUrl, caller) =>
      repeat(
        () => find(joinUrl, caller),
        (meeting, retries) => (meeting === null ? (SPREADING_MS[retries] ?? null) : null),
      ),
    invitation: async (graphId, language, caller) => {
      const inLanguage = (wanted: string) =>
        call({ ...caller, language: wanted }, { method: 'GET', path: pathOf(graphId) });
      // Graph does not say that it fell back to English, so the text is compared with the English one.
      const [asked, english] = await Promise.all([
        inLanguage(language),
        /^en\b/i.test(language) ? null : inLanguage('en'),
      ]);
      const meeting = read(asked);
      const lines = readInvitation(asked.body, context);
      const isEnglish = english === null || lines.join() === readInvitation(english.body, context).join();
      return { meeting, lines, isEnglish };
    },
    update: async (graphId, change, caller) =>
      read(
        await call(caller, { method: 'PATCH', path: pathOf(graphId), body: toWireChange(change, context) }),
      ),
    retire: async (graphId, caller) => {
      const isLocked = await lock(graphId, caller);
      await remove(graphId, caller);
      return isLocked;
    },
    delete: remove,
    attendance: async (graphId, isMeant, caller) => {
      const path = `${pathOf(graphId)}/attendanceReports`;
      const list = await call(caller, { method: 'GET', path });
      const reports = readAnswer(list, (body) => Reports.parse(body)).value.map(toHeld);
      const [newest] = reports.filter(isMeant).sort((a, b) => b.start.toMillis() - a.start.toMillis());
      if (newest === undefined) return null;
      const whole = `${path}/${encodeURIComponent(newest.id)}?$expand=attendanceRecords`;
      const one = await call(caller, { method: 'GET', path: whole });
      return readAnswer(one, (body) => toAttendance(Expanded.parse(body)));
    },
  };

  async function find(joinUrl: string, caller: Caller): Promise<Meeting | null> {
    const path = `?$filter=${encodeURIComponent(`JoinWebUrl eq '${joinUrl.replaceAll("'", "''")}'`)}`;
    const answer = await orNull(call(caller, { method: 'GET', path }), 404);
    const [body] = Found.parse(answer?.body).value;
    return answer === null || body === undefined ? null : read({ ...answer, body });
  }

  /** False where a template or a policy prevents the lock: the meeting is deleted all the same. */
  async function lock(graphId: string, caller: Caller): Promise<boolean> {
    const locking = call(caller, { method: 'PATCH', path: pathOf(graphId), body: LOCK });
    return Locked.safeParse((await orNull(locking, 400, 403, 404))?.body).success;
  }

  async function remove(graphId: string, caller: Caller): Promise<void> {
    await orNull(call(caller, { method: 'DELETE', path: pathOf(graphId) }), 404);
  }
}

/** The meeting of a new event may take a moment to be found. */
const SPREADING_MS = [1_000, 2_000, 4_000];

const Found = z.object({ value: z.array(z.unknown()).catch([]) }).catch({ value: [] });

const LOCK = {
  lobbyBypassSettings: { scope: 'organizer', isDialInBypassEnabled: false },
  allowMeetingChat: 'disabled',
};

const Locked = z.object({
  lobbyBypassSettings: z.object({
    scope: z.literal('organizer'),
    isDialInBypassEnabled: z.literal(false).nullish(),
  }),
});

const pathOf = (graphId: string) => `/${encodeURIComponent(graphId)}`;

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
