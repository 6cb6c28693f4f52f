import { GraphError } from '../../graph/client.ts';
import { kindOf } from '../../meeting/kind.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { Begun } from '../../store/store.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import { showMeeting } from '../cards/meeting-card.ts';
import { LEASE_MS, type Lease, waitForLease } from '../once/lease.ts';
import { findBegun, meetingLease } from '../once/once.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';
import { resume } from './finish-begun.ts';
import { asOrganiser, type Effect } from './organiser.ts';

/**
 * Changes a meeting in its organizer's name, once for each revision. A button of an older card only shows the meeting. A
 * second click waits while the first one is at work, and takes over if that process dies, unless it wants something
 * else.
 */
export function oncePerRevision(
  { id, revision, verb }: { id: string; revision: number; verb: Begun['verb'] },
  scope: TurnScope,
  effect: Effect,
): Promise<Progress> {
  const once: Effect = async (record, scope) => {
    if (record.revision !== revision) return showMeeting(record, scope);
    const standing = await leaseOf(record, verb, scope);
    if (standing === 'over') return showNow(id, scope);
    if (typeof standing === 'string') return answerNotice(standing);
    await using lease = standing;
    const left = await findBegun(record, scope);
    const work = () => (left === undefined ? effect(record, scope) : resume(left, scope));
    const outcome = await finishingRefused(work, record, left?.verb ?? verb, scope);
    if (outcome.answer?.kind !== 'card') return outcome;
    lease.leave();
    return { ...outcome, done: [{ kind: 'work', id: record.id, revision: record.revision }] };
  };
  return asOrganiser(id, scope, once, verb === 'enter' ? 'calendar' : undefined);
}

/** Does the work, and ends what was begun if it came to nothing: a form that is shown again, a sentence, or an error that will not pass. */
async function finishingRefused(
  work: () => Promise<Outcome>,
  record: MeetingRecord,
  verb: Begun['verb'],
  { services: { store } }: TurnScope,
): Promise<Outcome> {
  try {
    const outcome = await work();
    if (outcome.answer?.kind !== 'card') await store.finish(record.owner, record);
    return outcome;
  } catch (error) {
    if (!isHalfDone(error, verb, record)) await store.finish(record.owner, record);
    throw error;
  }
}

/** Whether the work must be completed when Graph can: the meeting is locked but not removed, or closed but not opened again. */
function isHalfDone(error: unknown, verb: Begun['verb'], record: MeetingRecord): boolean {
  const isPassing =
    error instanceof GraphError && (error.status === 0 || error.status === 429 || error.status >= 500);
  return isPassing && (verb === 'cancel' || (verb === 'renew' && kindOf(record).isClosedFirst));
}

const LOOK_MS = 250;

/** Waits for the lease of the meeting. `over`: the other turn has finished its work. */
async function leaseOf(
  record: MeetingRecord,
  verb: Begun['verb'],
  scope: TurnScope,
): Promise<Lease | 'over' | 'otherWork' | 'working'> {
  const look = async () => {
    const current = await scope.services.store.meeting(record.owner.tenant, record.id);
    if (current?.revision !== record.revision) return 'over';
    const begun = await findBegun(record, scope);
    return begun !== undefined && begun.verb !== verb ? 'otherWork' : null;
  };
  const patience = { everyMs: LOOK_MS, forMs: LEASE_MS + LOOK_MS };
  return (await waitForLease(meetingLease(record), scope, patience, look)) ?? 'working';
}

async function showNow(id: string, scope: GraphScope): Promise<Outcome> {
  const record = await scope.services.store.meeting(scope.owner.tenant, id);
  return record === null ? answerNotice('alreadyDone') : showMeeting(record, scope);
}
