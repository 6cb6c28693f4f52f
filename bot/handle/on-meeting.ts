import { GraphError } from '../graph/client.ts';
import type { Caller } from '../graph/online-meetings.ts';
import type { Meeting } from '../meeting/meeting.ts';
import type { Note, Reply } from '../reply.ts';
import type { MeetingRecord } from '../store/store.ts';
import { problemOf, problemReply } from './problem.ts';
import { type Setting, type Step, says } from './services.ts';

type Said = Pick<Extract<Reply, { kind: 'meeting' }>, 'assumed' | 'assumedMinutes' | 'notes'>;

const LEASE_MS = 60_000;

/** What a button may do with a meeting once everything about the click is in order. */
export type Effect = (record: MeetingRecord, caller: Caller) => Promise<Step>;

/**
 * Runs what a button on a meeting's card does: for the organiser only, with their token at hand, and once per
 * revision of the card. A button of an older card does nothing but show how things are.
 */
export async function onMeeting(
  id: string,
  revision: number,
  setting: Setting,
  effect: Effect,
): Promise<Step> {
  const { services, owner, reference } = setting;
  const record = await services.store.meeting(owner.tenant, id);
  if (record === null) return says('expired');
  if (record.owner.user !== owner.user) return says('notYours');
  const token = services.tokens.cached(owner);
  if (token === null) return { kind: 'token' };
  const caller = { token, correlationId: reference };
  try {
    if (record.revision !== revision) {
      return meetingCard('shown', await services.meetings.get(record.graphId, caller), record);
    }
    return await once(`meeting:${id}:${revision}`, setting, () => effect(record, caller));
  } catch (error) {
    return refused(error, setting);
  }
}

async function once(key: string, { services, owner }: Setting, work: () => Promise<Step>): Promise<Step> {
  const until = services.now().toMillis() + LEASE_MS;
  if (!(await services.store.claim(owner.tenant, key, until))) return says('working');
  try {
    return await work();
  } catch (error) {
    await services.store.release(owner.tenant, key);
    throw error;
  }
}

function refused(error: unknown, setting: Setting): Step {
  const { services, owner } = setting;
  if (error instanceof GraphError && error.status === 401) {
    services.tokens.drop(owner);
    return { kind: 'token' };
  }
  const problem = problemOf(error);
  // Beside the card, not in its place: the card still has the link.
  return { kind: 'aside', name: problem, reply: problemReply(problem, setting, null) };
}

/** The card of a meeting, as its organiser sees it. */
export function meetingCard(
  name: string,
  meeting: Meeting,
  record: MeetingRecord,
  said: Partial<Said> = {},
): Step {
  const { id, revision, zone, guests } = record;
  const shareLink: Note[] = guests.some((guest) => guest.kind !== 'member') ? ['shareLink'] : [];
  const { assumed = [], assumedMinutes = null, notes = [] } = said;
  const reply = {
    id,
    revision,
    zone,
    guests,
    meeting,
    assumed,
    assumedMinutes,
    notes: [...notes, ...shareLink],
  };
  return { kind: 'say', name, reply: { kind: 'meeting', ...reply } };
}
