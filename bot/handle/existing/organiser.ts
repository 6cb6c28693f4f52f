import type { Reach } from '../../auth/scopes.ts';
import { repeat } from '../../base/retry.ts';
import { GraphError } from '../../graph/graph-error.ts';
import { kindOf } from '../../meeting/kind.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { Begun } from '../../store/store.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import { show } from '../cards/meeting-card.ts';
import { begunOn, meetingLease } from '../once/begun-work.ts';
import { LEASE_MS, type Lease, takeLease } from '../once/once.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import { inOrganisersName, type Progress } from '../sign-in/caller.ts';
import { sayUnknown } from '../sign-in/sign-out.ts';
import { goOn } from './finish-work.ts';

/** What is done with a meeting after its organizer was checked. */
export type Effect = (record: MeetingRecord, scope: GraphScope) => Promise<Outcome>;

/** Does something with a meeting in its organizer's name. Everybody else is refused. Refusals by Graph become sentences. */
export async function asOrganiser(
  id: string,
  scope: TurnScope,
  effect: Effect,
  reach?: Reach,
): Promise<Progress> {
  const { services, owner } = scope;
  const record = await services.store.meeting(owner.tenant, id);
  if (record === null) return sayUnknown(id, scope);
  if (record.owner.user !== owner.user) return answerNotice('notYours');
  return inOrganisersName(record, scope, effect, reach);
}

/**
 * The same for a change of the meeting, which is made once for each revision. A button of an older card only shows the
 * meeting. A second click waits while the first one is at work, and takes over if that process dies, unless it wants something
 * else.
 */
export function oncePerRevision(
  { id, revision, verb }: { id: string; revision: number; verb: Begun['verb'] },
  scope: TurnScope,
  effect: Effect,
): Promise<Progress> {
  const once: Effect = async (record, scope) => {
    if (record.revision !== revision) return show(record, scope);
    const standing = await leaseOf(record, verb, scope);
    if (standing === 'over') return showNow(id, scope);
    if (typeof standing === 'string') return answerNotice(standing);
    await using lease = standing;
    const left = await begunOn(record, scope);
    const work = () => (left === undefined ? effect(record, scope) : goOn(left, scope));
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
  const { store, now } = scope.services;
  const deadline = now().toMillis() + LEASE_MS + LOOK_MS;
  const look = async () => {
    const lease = await takeLease(meetingLease(record), scope);
    if (lease !== null) return lease;
    const current = await store.meeting(record.owner.tenant, record.id);
    if (current?.revision !== record.revision) return 'over';
    const begun = await begunOn(record, scope);
    return begun !== undefined && begun.verb !== verb ? 'otherWork' : 'working';
  };
  return repeat(look, (found) => (found === 'working' && now().toMillis() <= deadline ? LOOK_MS : null));
}

async function showNow(id: string, scope: GraphScope): Promise<Outcome> {
  const record = await scope.services.store.meeting(scope.owner.tenant, id);
  return record === null ? answerNotice('alreadyDone') : show(record, scope);
}
