import type { Answer, Pending } from '../../store/store.ts';
import { answerNotice, type Outcome, replyOf } from '../../teams/outcome.ts';
import type { CardAction } from '../../teams/turn.ts';
import { LEASE_MS, type Lease, takeLease, waitForLease } from '../once/once.ts';
import { park, requestLease, sayGone } from '../request.ts';
import { reopenScope, type TurnScope } from '../services.ts';
import { type Progress, withNeeds } from '../sign-in/caller.ts';
import { proceed } from './proceed.ts';

/** How often a request is checked while another device's turn works on it. */
const LOOK_MS = 500;

/**
 * Continues a parked request as `continueRequest` does, but waits if another turn is working on it, and takes over if that turn dies.
 * Null if the request is done.
 */
export async function continueInTurn<T>(
  pending: Pending,
  scope: TurnScope,
  then: Then<T>,
): Promise<T | null> {
  let hasWaited = false;
  const look = async () => {
    hasWaited = true;
    return (await isStillParked(pending, scope)) ? null : 'done';
  };
  const patience = { everyMs: LOOK_MS, forMs: LEASE_MS + LOOK_MS };
  const lease = await waitForLease(requestLease(pending), scope, patience, look);
  if (lease === null || lease === 'done') return null;
  // The turn that gave the lease back may have changed the request.
  const isDone = hasWaited && !(await isStillParked(pending, scope));
  if (!isDone) return underLease(lease, pending, scope, then);
  await lease.giveBack();
  return null;
}

async function isStillParked(pending: Pending, { services, owner }: TurnScope): Promise<boolean> {
  const still = await services.store.parked(owner.tenant, pending.id);
  return still !== null && requestLease(still) === requestLease(pending);
}

/**
 * Continues a parked request under its lease, and does with what came of it what `then` says while the lease is held. Null if
 * another turn holds the lease.
 */
export async function continueRequest<T>(
  pending: Pending,
  scope: TurnScope,
  then: Then<T>,
): Promise<T | null> {
  const lease = await takeLease(requestLease(pending), scope);
  return lease && underLease(lease, pending, scope, then);
}

/** What is said where `continueRequest` found another turn at work on the request: nothing is there yet, or that turn has just ended. */
export const sayTaken = async (pending: Pending, scope: TurnScope): Promise<Outcome> =>
  answerNotice((await isStillParked(pending, scope)) ? 'working' : 'alreadyDone');

export type Then<T> = (progress: Progress, lease: Lease) => Promise<T>;

/** Returns the outcome as it is. */
export const asItIs: Then<Progress> = async (progress) => progress;

async function underLease<T>(taken: Lease, pending: Pending, scope: TurnScope, then: Then<T>): Promise<T> {
  await using lease = taken;
  // Another turn may have been at work on it until now.
  const anew = reopenScope(scope);
  const progress = await proceed(await findCorrected(pending, anew), anew);
  const isToBeRepeated = 'needs' in progress || replyOf(progress)?.kind === 'problem';
  // The outcome's card is still to be sent: if this process dies before that, the next delivery takes over.
  if (!isToBeRepeated) await lease.keep(LEASE_MS);
  return await then(progress, lease);
}

/** What waits for a sign-in, with what the person has said of it until now. */
export async function findCorrected(pending: Pending, { person }: TurnScope): Promise<Pending> {
  if (pending.waitsFor !== 'signin') return pending;
  const parked = (await person()).requests.find(({ id }) => id === pending.id);
  return parked !== undefined && parked.answers.length > pending.answers.length ? parked : pending;
}

/**
 * Takes a request on that a button names by its id: with an answer, or with a yes to what was read (`answer` is null).
 * `revision`: how many answers the request had when the button was drawn.
 */
export async function continueById(
  id: string,
  { answer, via, revision }: { answer: Answer | null; via: CardAction['via']; revision?: unknown },
  scope: TurnScope,
): Promise<Progress> {
  const { services, owner } = scope;
  const pending = await services.store.parked(owner.tenant, id);
  if (pending === null) return sayGone(id, scope);
  if (pending.owner.user !== owner.user) return answerNotice('notYourRequest');
  // The draft was corrected since, and the card shows another.
  if (typeof revision === 'number' && revision < pending.answers.length) return proceed(pending, scope);
  // *Create it* and *Try again* agree to what was read.
  const answered =
    answer === null
      ? { ...pending, isAgreed: true as const }
      : { ...pending, answers: [...pending.answers, answer] };
  const progress = (await continueRequest(answered, scope, asItIs)) ?? (await sayTaken(pending, scope));
  // An invoke is repeated with a token; a message is not, so its answer waits for the sign-in here.
  if ('needs' in progress && via === 'message') await park(withNeeds(progress, answered), 'signin', services);
  return progress;
}
