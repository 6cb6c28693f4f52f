import type { Caller } from '../../graph/call-as.ts';
import { GraphError } from '../../graph/graph-error.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import { MEETINGS_SHOWN } from '../../say/cards/meetings.ts';
import { answerNotice, answerWith, type Outcome } from '../../teams/outcome.ts';
import { problemReply } from '../cards/refusals.ts';
import type { TurnScope } from '../services.ts';
import { callerOf, type Progress, refusalOf } from '../sign-in/caller.ts';
import { sayNone } from '../sign-in/sign-out.ts';

/**
 * `my meetings`, one page of them: the store knows which there are, Graph has their links. One that Graph no longer has
 * is left out. Where there are fewer pages by now, it is the last.
 */
export async function list(zone: string, page: number, scope: TurnScope): Promise<Progress> {
  const { services, owner } = scope;
  const records = await services.store.meetingsOf(owner, services.now().toMillis());
  if (records.length === 0) return sayNone('noMeetings', scope);
  try {
    const caller = await callerOf(scope);
    return 'needs' in caller ? caller : await listWith(caller, { records, zone, page }, scope);
  } catch (error) {
    const refusal = refusalOf(error, scope);
    if ('needs' in refusal) return refusal;
    const { problem } = refusal;
    return answerWith(problem, { kind: 'card', reply: problemReply(problem, scope, null) });
  }
}

async function listWith(
  caller: Caller,
  { records, zone, page }: { records: readonly MeetingRecord[]; zone: string; page: number },
  { services }: TurnScope,
): Promise<Outcome> {
  const pages = Math.ceil(records.length / MEETINGS_SHOWN);
  const at = Math.min(Math.max(0, page), pages - 1);
  const found = await Promise.all(
    records
      .slice(at * MEETINGS_SHOWN, (at + 1) * MEETINGS_SHOWN)
      .map(async ({ id, revision, graphId, room, guests }) => {
        const meeting = await services.meetings.get(graphId, caller).catch(nullIfGone);
        return meeting && { ...meeting, id, revision, guests, isRoom: room !== undefined };
      }),
  );
  const meetings = found.filter((meeting) => meeting !== null);
  if (meetings.length === 0 && pages === 1) return answerNotice('noMeetings');
  const count = records.length - (found.length - meetings.length);
  const reply = { kind: 'meetings' as const, zone, page: at, pages, count, meetings };
  return answerWith('listed', { kind: 'form', reply });
}

function nullIfGone(error: unknown): null {
  if (error instanceof GraphError && error.status === 404) return null;
  throw error;
}
