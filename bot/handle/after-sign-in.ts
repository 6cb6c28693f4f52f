import type { Pending } from '../store/store.ts';
import { answerNotice, joinOutcomes, type Outcome, sayNothing, sendReplies } from '../teams/outcome.ts';
import type { TokenExchangeTurn } from '../teams/turn.ts';
import { address, asMessages } from './cards/present.ts';
import { problemReply } from './cards/refusals.ts';
import { finishBegun, withFinished } from './existing/finish-work.ts';
import { PENDING_MS, park } from './park.ts';
import { releaseInTurn } from './parked/release.ts';
import { afresh, waitingFor } from './person.ts';
import type { TurnScope } from './services.ts';
import { reasonFor, signInReply } from './sign-in/ask-sign-in.ts';
import { type Progress, stillNeeding } from './sign-in/caller.ts';
import { draftCardOf, isSilentTry } from './sign-in/silent-sign-in.ts';

/** Whether this is the first of the person's devices to answer one sign-in card. */
export function isFirstDevice(turn: TokenExchangeTurn, { services, owner }: TurnScope): Promise<boolean> {
  const until = services.now().toMillis() + PENDING_MS;
  return services.store.claim(owner, `exchange:${turn.exchangeId}`, until);
}

/** Carries out what waited for the sign-in, each request once, and says what came of all of them. */
export async function finishParked(turn: TokenExchangeTurn, scope: TurnScope): Promise<Outcome> {
  // What was written while Entra was asked waits by now, too.
  const parked = await waitingFor('signin', afresh(scope));
  const finished = await finishBegun(scope);
  if (parked.length === 0) {
    const said =
      (await isFirstDevice(turn, scope)) && !isSilentTry(turn)
        ? asMessages(answerNotice('signedIn'), scope)
        : sayNothing('anotherDevice');
    return withFinished(said, finished);
  }
  const goOn = async (pending: Pending): Promise<Outcome | null> => {
    const progress = await releaseInTurn(pending, scope);
    if (progress === null) return null;
    const outcome = await saidAfterSignIn(progress, pending, scope);
    return { ...outcome, remove: [...outcome.remove, ...draftCardOf(pending)] };
  };
  // All are claimed at once, with one request to the store.
  const [all] = await Promise.all([Promise.all(parked.map(goOn)), isFirstDevice(turn, scope)]);
  const said = all.filter((outcome) => outcome !== null);
  const [name = 'anotherDevice', ...others] = new Set(said.map((outcome) => outcome.name));
  return withFinished(joinOutcomes(sayNothing(others.length > 0 ? 'finished' : name), ...said), finished);
}

/**
 * What is said about a request after the sign-in. If Graph refuses the new token for the same reason, that is the end, because
 * another sign-in would send the person round in circles.
 */
async function saidAfterSignIn(progress: Progress, pending: Pending, scope: TurnScope): Promise<Outcome> {
  if (!('needs' in progress)) return address(asMessages(progress, scope), scope);
  const { services, owner } = scope;
  const { claims } = progress;
  const isFurther = progress.scope !== undefined && pending.scope === undefined;
  if (!isFurther && (claims === null || claims === pending.claims)) {
    await services.store.unpark(owner, pending.id);
    return sendReplies('signInFailed', problemReply('signInFailed', scope, null));
  }
  const waiting = stillNeeding(progress, pending);
  await park(waiting, 'signin', services);
  return sendReplies('signIn', signInReply(scope, { reason: reasonFor(waiting) }));
}
