import type { DateTime } from 'luxon';
import { isAnswered } from '../../graph/client.ts';
import type { Which } from '../../language/command.ts';
import { KEEP_MEETING_MS, type MeetingRecord } from '../../meeting/record.ts';
import { pastMeetings } from '../../meeting/which-meeting.ts';
import type { AnswerReply } from '../../say/cards/answer.ts';
import { answerWith, type Outcome } from '../../teams/outcome.ts';
import { headOf } from '../cards/meeting-card.ts';
import { askWhich, findChosen, whichContext } from '../cards/questions.ts';
import type { OpenRequest } from '../request.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';
import { asOrganiser } from './as-organiser.ts';

/** Tells the organizer of a meeting that has begun who came. Nobody else is told who stayed how long. */
export async function tellAttendance(
  which: Which,
  { pending, zone }: OpenRequest,
  scope: TurnScope,
): Promise<Progress> {
  const { services, owner } = scope;
  const now = services.now();
  const { meetings: all } = await services.store.person(owner, now.toMillis() - KEEP_MEETING_MS);
  // Teams writes reports of meetings that were made as events.
  const records = all.filter(({ event }) => event !== undefined && !event.isLink);
  const context = whichContext(now, zone, scope);
  const picked = findChosen(pending, records);
  const fits = picked === null || picked === 'none' ? pastMeetings(records, which, context) : [picked];
  const [only, ...others] = fits;
  if (only === undefined) return answerAttendance({});
  if (others.length > 0) return askWhich(fits, 'show', pending, zone, scope);
  const progress = await asOrganiser(only.id, scope, (record, scope) =>
    read(record, { day: which.day, zone }, scope),
  );
  if (!('needs' in progress)) await services.store.unpark(owner, pending.id);
  return progress;
}

async function read(
  record: MeetingRecord,
  { day, zone }: { day: string | null; zone: string },
  scope: GraphScope,
): Promise<Outcome> {
  // Of a series each day has a report of its own.
  const isMeant = ({ start }: { start: DateTime }) => day === null || start.setZone(zone).toISODate() === day;
  try {
    const attendance = await scope.services.meetings.attendance(record.graphId, isMeant, scope.caller);
    if (attendance === null) return answerAttendance({ lack: 'report' });
    const reply = { kind: 'attendance' as const, ...headOf(record), attendance };
    return answerWith('attendance', { kind: 'sentence', reply });
  } catch (error) {
    if (!isAnswered(error, 403)) throw error;
    return answerAttendance({ lack: 'permission' });
  }
}

const answerAttendance = (more: Pick<AnswerReply, 'lack'>): Outcome =>
  answerWith('answered', { kind: 'sentence', reply: { kind: 'answer', topic: 'attendance', ...more } });
