import { GraphError } from '../graph/client.ts';
import type { Meeting } from '../meeting/meeting.ts';
import { problemOf, problemReply } from './problem.ts';
import type { Setting } from './services.ts';
import { type Step, says } from './step.ts';

/** More would not fit on a card that can be read on a phone. */
const MOST = 10;

/** `my meetings`: the store knows which there are, Graph has their links. One that Graph no longer has is left out. */
export async function list(zone: string, setting: Setting): Promise<Step> {
  const { services, owner } = setting;
  const records = await services.store.meetingsOf(owner, services.now().toMillis());
  if (records.length === 0) return says('noMeetings');
  const token = services.tokens.cached(owner);
  if (token === null) return { kind: 'token' };
  const caller = { token, correlationId: setting.reference };
  try {
    const found = await Promise.all(
      records.slice(0, MOST).map((record) => services.meetings.get(record.graphId, caller).catch(nullIfGone)),
    );
    const meetings = found.filter((meeting): meeting is Meeting => meeting !== null);
    if (meetings.length === 0) return says('noMeetings');
    const more = Math.max(0, records.length - MOST);
    return { kind: 'say', name: 'listed', reply: { kind: 'meetings', zone, meetings, more } };
  } catch (error) {
    if (error instanceof GraphError && error.status === 401) {
      services.tokens.drop(owner);
      return { kind: 'token' };
    }
    const problem = problemOf(error);
    return { kind: 'say', name: problem, reply: problemReply(problem, setting, null) };
  }
}

function nullIfGone(error: unknown): null {
  if (error instanceof GraphError && error.status === 404) return null;
  throw error;
}
