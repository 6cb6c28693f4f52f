import { pauses, retry } from '../../base/retry.ts';
import type { Pending } from '../../store/store.ts';
import { answerNotice, joinOutcomes, type Outcome, sayNothing, sendReplies } from '../../teams/outcome.ts';
import type { TokenExchangeTurn } from '../../teams/turn.ts';
import { address, asMessages } from '../cards/present.ts';
import { problemReply } from '../cards/refusals.ts';
import { finishBegun, withFinished } from '../existing/as-organiser.ts';
import { type Lease, onceOnly } from '../once/once.ts';
import { park, requestIdOf } from '../request.ts';
import { reopenScope, type TurnScope, waitingFor } from '../services.ts';
import { draftCardOf, isFirstDevice, isSilentTry, reasonFor, signInReply } from '../sign-in/ask-sign-in.ts';
import { isSignedIn, type Progress, withNeeds } from '../sign-in/caller.ts';
import { asItIs, continueInTurn, continueRequest, findCorrected, type Then } from './proceed.ts';

/** Carries out what waited for the sign-in, each request once, and says what came of all of them. */
export async function finishWaiting(turn: TokenExchangeTurn, scope: TurnScope): Promise<Outcome> {
  // Requests that were written while Entra was asked wait by now as well.
  const waiting = await waitingFor('signin', reopenScope(scope));
  const begun = await finishBegun(scope);
  if (waiting.length === 0) {
    const isSaid = (await isFirstDevice(turn, scope)) && !isSilentTry(turn);
    const said = isSaid ? asMessages(answerNotice('signedIn'), scope) : sayNothing('anotherDevice');
    return withFinished(said, begun);
  }
  const leases: Lease[] = [];
  const keepLease: Then<Progress> = async (progress, lease) => {
    leases.push(lease);
    return progress;
  };
  // All are claimed at once, with one request to the store.
  const [all] = await Promise.all([
    Promise.all(waiting.map((pending) => finishOne(pending, scope, keepLease))),
    isFirstDevice(turn, scope),
  ]);
  const outcomes = all.filter((one) => one !== null);
  const [name = 'anotherDevice', ...others] = new Set(outcomes.map((outcome) => outcome.name));
  const joined = joinOutcomes(sayNothing(others.length > 0 ? 'finished' : name), ...outcomes);
  return {
    ...withFinished(joined, begun),
    finish: async (isDelivered) => {
      // The channel did not take the outcome of these requests: the next message can go on with them at once.
      if (!isDelivered) await Promise.all(leases.map((lease) => lease.giveBack()));
    },
  };
}

/** Null if another turn has carried the request out. */
async function finishOne(pending: Pending, scope: TurnScope, then: Then<Progress>): Promise<Outcome | null> {
  const progress = await onceOnly(() => continueInTurn(pending, scope, then)).catch((error) =>
    dropFailed(pending, error, scope),
  );
  if (progress === null) return null;
  const outcome = await sayAfterSignIn(progress, pending, scope);
  return { ...outcome, remove: [...outcome.remove, ...draftCardOf(pending)] };
}

/** Pauses between tries to note that a request no longer waits. */
const DROP_MS = [1_000, 3_000];

/** Ends the wait of a request about which the person is told that something went wrong: no later message goes on with it. */
async function dropFailed(pending: Pending, error: unknown, { services, owner }: TurnScope): Promise<never> {
  const drop = () => services.store.unpark(owner, pending.id);
  // If the store fails for longer, the request stays, and goes on with the next message.
  await retry(drop, pauses(DROP_MS)).catch(() => undefined);
  throw error;
}

/**
 * Says what came of a request after the sign-in. If Graph refuses the new token for the same reason, that is the end, because
 * another sign-in would send the person round in circles.
 */
async function sayAfterSignIn(progress: Progress, pending: Pending, scope: TurnScope): Promise<Outcome> {
  if (!('needs' in progress)) return toMessages(progress, scope);
  const { services, owner } = scope;
  const { claims } = progress;
  const isFurther = progress.scope !== undefined && pending.scope === undefined;
  if (!isFurther && (claims === null || claims === pending.claims)) {
    await services.store.unpark(owner, pending.id);
    return sendReplies('signInFailed', problemReply('signInFailed', scope, null));
  }
  const waiting = withNeeds(progress, await findCorrected(pending, reopenScope(scope)));
  await park(waiting, 'signin', services);
  return sendReplies('signIn', signInReply(scope, { reason: reasonFor(waiting) }));
}

const toMessages = (outcome: Outcome, scope: TurnScope): Outcome =>
  address(asMessages(outcome, scope), scope);

/**
 * The outcome of a message that is delivered again after its first delivery has asked for the sign-in: it waits for the turn
 * that carries the request out. Null if the message is new, or its request needs more than the token at hand.
 */
export async function finishOwnRequest(scope: TurnScope): Promise<Outcome | null> {
  const own = (await leftUndone(scope)).find(({ id }) => id === requestIdOf(scope));
  if (own === undefined || !(await isSignedIn(scope))) return null;
  const progress = await continueInTurn(own, scope, asItIs);
  if (progress === null) return sayNothing('again');
  return 'needs' in progress ? null : toMessages(progress, scope);
}

/**
 * Answers a message by `answer`, and carries out what waited before it for a sign-in although the person's token is at hand: the
 * process that was at work on it was killed, or the channel would not take its outcome. A meeting that is made already is told
 * first, so that the message can be about it; of the rest the message comes first, because it may drop or correct what waits.
 */
export async function answerAndFinish(
  scope: TurnScope,
  answer: (scope: TurnScope) => Promise<Outcome>,
): Promise<Outcome> {
  const left = await leftUndone(scope);
  if (left.length === 0 || !(await isSignedIn(scope))) return answer(scope);
  const { meetings } = await scope.person();
  const isMade = ({ id }: Pending) => meetings.some((meeting) => meeting.id === id);
  const [made, open] = [left.filter(isMade), left.filter((one) => !isMade(one))];
  const told = await finishAllOf(made, scope);
  const outcome = await answer(told.length === 0 ? scope : reopenScope(scope));
  return joinOutcomes(outcome, ...told, ...(await finishAllOf(open, reopenScope(scope))));
}

/** Carries out those of these requests that still wait. What another turn is at work on is left to that turn. */
async function finishAllOf(requests: readonly Pending[], scope: TurnScope): Promise<Outcome[]> {
  if (requests.length === 0) return [];
  const ids = new Set(requests.map(({ id }) => id));
  const outcomes: Outcome[] = [];
  for (const pending of (await leftUndone(scope)).filter(({ id }) => ids.has(id))) {
    const progress = await continueRequest(pending, scope, asItIs);
    // A request that needs more than this token has its own sign-in card.
    if (progress !== null && !('needs' in progress)) outcomes.push(toMessages(progress, scope));
  }
  return outcomes;
}

const leftUndone = async (scope: TurnScope): Promise<Pending[]> =>
  (await waitingFor('signin', scope)).filter(({ draft }) => draft === undefined);
