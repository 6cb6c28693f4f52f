import { GraphError } from '../../graph/graph-error.ts';
import type { Caller } from '../../graph/online-meetings.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import { answers, type Outcome, says } from '../../teams/outcome.ts';
import { problemReply } from '../cards/problem.ts';
import type { Setting } from '../services.ts';
import { callerOf, type Progress, refusalOf } from '../sign-in/caller.ts';
import { sayNone } from '../sign-in/sign-out.ts';

/** More would not fit on a card that can be read on a phone. */
const MOST = 10;

/** `my meetings`: the store knows which there are, Graph has their links. One that Graph no longer has is left out. */
export async function list(zone: string, setting: Setting): Promise<Progress> {
  const { services, owner } = setting;
  const records = await services.store.meetingsOf(owner, services.now().toMillis());
  if (records.length === 0) return sayNone('noMeetings', setting);
  try {
    const caller = await callerOf(setting);
    return 'needs' in caller ? caller : await listWith(caller, { records, zone }, setting);
  } catch (error) {
    const refusal = refusalOf(error, setting);
    if ('needs' in refusal) return refusal;
    const { problem } = refusal;
    return answers(problem, { kind: 'card', reply: problemReply(problem, setting, null) });
  }
}

async function listWith(
  caller: Caller,
  { records, zone }: { records: readonly MeetingRecord[]; zone: string },
  { services }: Setting,
): Promise<Outcome> {
  const found = await Promise.all(
    records.slice(0, MOST).map(async ({ graphId, room, guests }) => {
      const meeting = await services.meetings.get(graphId, caller).catch(nullIfGone);
      return meeting && { ...meeting, guests, isRoom: room !== undefined };
    }),
  );
  const meetings = found.filter((meeting) => meeting !== null);
  if (meetings.length === 0) return says('noMeetings');
  const more = Math.max(0, records.length - MOST);
  return answers('listed', { kind: 'card', reply: { kind: 'meetings', zone, meetings, more } });
}

function nullIfGone(error: unknown): null {
  if (error instanceof GraphError && error.status === 404) return null;
  throw error;
}
