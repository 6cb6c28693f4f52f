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

/** What may be done with a meeting once it is clear that this person may. */
export type Effect = (record: MeetingRecord, scope: GraphScope) => Promise<Outcome>;

/** Finds the meeting, and lets its organiser go on with their token at hand. Refusals of Graph become sentences. */
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
 * The same for what changes the meeting: once per revision. A button of an older card only shows how things are. A second
 * click waits while the first is at work, and takes over where that process dies, unless it wants something else.
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

/** What was begun is over where nothing came of it: a form that is shown again, a sentence, an error that will stay. */
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

/** Locked and not removed, or closed and not opened again: the person wanted all of it, and it is done when Graph can. */
function isHalfDone(error: unknown, verb: Begun['verb'], record: MeetingRecord): boolean {
  const isPassing =
    error instanceof GraphError && (error.status === 0 || error.status === 429 || error.status >= 500);
  return isPassing && (verb === 'cancel' || (verb === 'renew' && kindOf(record).isClosedFirst));
}

const LOOK_MS = 250;

/** `over`: the one who was at work is done. */
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
