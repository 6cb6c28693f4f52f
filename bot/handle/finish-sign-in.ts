import type { Reach } from '../auth/scopes.ts';
import { isInPersonsHands, TokenError } from '../auth/token-error.ts';
import { pauses, retry } from '../base/retry.ts';
import type { Problem } from '../say/cards/problem.ts';
import type { SignInReply } from '../say/cards/sign-in.ts';
import type { Reply } from '../say/render.ts';
import type { StoreKey } from '../store/keys.ts';
import type { Pending } from '../store/store.ts';
import {
  answerNotice,
  answerWith,
  joinOutcomes,
  type Outcome,
  refuseExchange,
  sayNothing,
  sendReplies,
} from '../teams/outcome.ts';
import type { TokenExchangeTurn, Turn } from '../teams/turn.ts';
import { address, asMessages } from './cards/present.ts';
import { isRetryable, problemOf, problemReply } from './cards/refusals.ts';
import { finishBegun, withFinished } from './existing/organiser.ts';
import { onceOnly } from './once/once.ts';
import { PENDING_MS, park, releaseKey } from './park.ts';
import { asCorrected, releaseInTurn } from './parked/release.ts';
import { afresh, type TurnScope, waitingFor } from './services.ts';
import { checkReply, isBackFromPopup, isRoundLeft, reasonFor, signInReply } from './sign-in/ask-sign-in.ts';
import { type Progress, stillNeeding, takeToken } from './sign-in/caller.ts';
import { draftCardOf, endTry, isSilentTry, onSilentRefusal } from './sign-in/silent-sign-in.ts';

type SigningIn = Extract<Turn, { kind: 'tokenExchange' | 'verifyState' | 'signInFailure' }>;

/** Handles what Teams sends about a sign-in that is under way. */
export async function onSigningIn(turn: SigningIn, scope: TurnScope): Promise<Outcome> {
  switch (turn.kind) {
    case 'tokenExchange':
      return onTokenExchange(turn, scope);
    case 'verifyState':
      return turn.isCancelled ? answerWith('declined', { kind: 'ok' }) : onVerifyState(scope);
    case 'signInFailure':
      return turn.place === 'personal' ? onSignInFailure(scope) : onSilentRefusal(turn, scope);
    default:
      return turn satisfies never;
  }
}

/**
 * Handles a token, which Teams hands over once for each of the person's devices. Each device is answered. What was parked is
 * carried out once, and after the answer, because Teams waits only a few seconds.
 */
async function onTokenExchange(turn: TokenExchangeTurn, scope: TurnScope): Promise<Outcome> {
  const failed = (detail: string) => answerWith('exchangeFailed', refuseExchange(turn, detail));
  const { services } = scope;
  const parked = await waitingFor('signin', scope);
  const claims = parked.findLast((pending) => pending.claims !== undefined)?.claims ?? null;
  const token = await takeToken(turn.token, scope, { reach: reachOf(parked), claims });
  // The draft is there, whose button leads further; another button would be a second question.
  if (isSilentTry(turn) && token !== 'taken') return endTry(scope);
  if (token === 'notTheirs') return failed('The token is not for this person or this bot.');
  if (token instanceof TokenError) {
    if (isInPersonsHands(token)) return onRefused(turn, token, scope);
    return {
      ...failed('Sign-in did not work.'),
      name: token.failure,
      afterwards: onFirstDevice(turn, scope, async () => {
        const problem = problemOf(token, services.access.mode);
        return sendReplies(token.failure, ...(await giveUp(problem, scope)));
      }),
    };
  }
  return { ...answerWith('signedIn', { kind: 'ok' }), afterwards: () => finishParked(turn, scope) };
}

/**
 * Handles a token that Entra refuses until the person has done something on Entra's page. Teams shows the button of the card
 * that was just tried. If Entra has said what it demands, that button does not know of it, so the card is replaced. A person
 * who returns from the page and is refused several times is told that signing in does not help.
 */
async function onRefused(turn: TokenExchangeTurn, token: TokenError, scope: TurnScope): Promise<Outcome> {
  const { claims } = token;
  const isBack = isBackFromPopup(turn);
  const isFirst = (isBack || claims !== null) && (await isFirstDevice(turn, scope));
  const isOver = isFirst && isBack && !(await isRoundLeft('popup', scope));
  const done = answerWith('stepUp', { kind: 'ok' });
  if (isOver) {
    const problem = problemOf(token, scope.services.access.mode);
    return { ...done, afterwards: async () => sendReplies(problem, ...(await giveUp(problem, scope))) };
  }
  if (claims === null)
    return answerWith('exchangeFailed', refuseExchange(turn, 'The person has to agree first.'));
  return isFirst ? { ...done, afterwards: () => demand(claims, scope) } : done;
}

async function demand(claims: string, scope: TurnScope): Promise<Outcome> {
  const { services } = scope;
  const parked = await waitingFor('signin', afresh(scope));
  for (const pending of parked) await park({ ...pending, claims }, 'signin', services);
  return sendReplies('stepUp', checkReply(claims, scope, reachOf(parked)));
}

/** How far the token must reach for everything that waits. */
const reachOf = (parked: readonly Pending[]): Reach =>
  parked.some((pending) => pending.scope === 'calendar') ? 'calendar' : 'meetings';

/**
 * Ends the wait for a sign-in that will not happen. The cards say so, and each *Try again* releases one request, if trying
 * again may help.
 */
async function giveUp(problem: Problem, scope: TurnScope): Promise<Reply[]> {
  const { services, owner } = scope;
  const parked = await waitingFor('signin', afresh(scope));
  const isWorthIt = isRetryable(problem) && parked.length > 0;
  for (const pending of parked) {
    if (isWorthIt) await park(pending, 'retry', services);
    else await services.store.unpark(owner, pending.id);
  }
  return isWorthIt
    ? parked.map(({ id }) => problemReply(problem, scope, id))
    : [problemReply(problem, scope, null)];
}

/** Says something on one of the person's devices only. */
const onFirstDevice = (turn: TokenExchangeTurn, scope: TurnScope, say: () => Promise<Outcome>) => async () =>
  (await isFirstDevice(turn, scope)) ? say() : sayNothing('anotherDevice');

/** Handles the person's consent in the popup: Teams is asked again, and now answers silently. */
async function onVerifyState(scope: TurnScope): Promise<Outcome> {
  return {
    ...answerWith('agreed', { kind: 'ok' }),
    afterwards: async () =>
      sendReplies('signIn', signInReply(scope, { reason: await reasonOfParked(scope), isBack: true })),
  };
}

/** Why the person is asked to sign in: the strongest reason of all requests that wait. */
async function reasonOfParked(scope: TurnScope): Promise<SignInReply['reason']> {
  const parked = await waitingFor('signin', afresh(scope));
  const reasons = new Set(parked.map(reasonFor));
  return (['calendar', 'stepUp'] as const).find((reason) => reasons.has(reason)) ?? 'first';
}

const FAILURE_MS = 10 * 60_000;

/**
 * Handles a failure of silent sign-in, mostly because of how the app is registered. The first time the button is offered; a
 * second failure soon after is said instead of going round in circles.
 */
async function onSignInFailure(scope: TurnScope): Promise<Outcome> {
  const { services, owner, turn } = scope;
  const until = services.now().toMillis() + FAILURE_MS;
  const key: StoreKey = `signInFailure:${turn.conversation}`;
  const isFirst = await services.store.claim(owner, key, until);
  return {
    ...answerWith('signInFailure', { kind: 'ok' }),
    afterwards: async () =>
      isFirst
        ? sendReplies('signInFailure', {
            ...signInReply(scope, { reason: await reasonOfParked(scope) }),
            exchange: null,
          })
        : sendReplies('signInFailure', ...(await giveUp('signInFailed', scope))),
  };
}

/** Whether this is the first of the person's devices to answer one sign-in card. */
function isFirstDevice(turn: TokenExchangeTurn, { services, owner }: TurnScope): Promise<boolean> {
  const until = services.now().toMillis() + PENDING_MS;
  return services.store.claim(owner, `exchange:${turn.exchangeId}`, until);
}

/** Carries out what waited for the sign-in, each request once, and says what came of all of them. */
async function finishParked(turn: TokenExchangeTurn, scope: TurnScope): Promise<Outcome> {
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
  const released: Pending[] = [];
  const goOn = async (pending: Pending): Promise<Outcome | null> => {
    const progress = await onceOnly(() => releaseInTurn(pending, scope)).catch((error) =>
      dropFailed(pending, error, scope),
    );
    if (progress === null) return null;
    released.push(pending);
    const outcome = await saidAfterSignIn(progress, pending, scope);
    return { ...outcome, remove: [...outcome.remove, ...draftCardOf(pending)] };
  };
  // All are claimed at once, with one request to the store.
  const [all] = await Promise.all([Promise.all(parked.map(goOn)), isFirstDevice(turn, scope)]);
  const said = all.filter((outcome) => outcome !== null);
  const [name = 'anotherDevice', ...others] = new Set(said.map((outcome) => outcome.name));
  const outcome = joinOutcomes(sayNothing(others.length > 0 ? 'finished' : name), ...said);
  return {
    ...withFinished(outcome, finished),
    finish: (isDelivered) => settle(released, isDelivered, scope),
  };
}

/** Pauses between tries to note that a request waits no more. */
const DROP_MS = [1_000, 3_000];

/** Ends the wait of a request about which the person is told that something went wrong: no later message goes on with it. */
async function dropFailed(pending: Pending, error: unknown, { services, owner }: TurnScope): Promise<never> {
  const drop = () => services.store.unpark(owner, pending.id);
  // A store that fails for longer keeps it, and the next message brings what comes of it.
  await retry(drop, pauses(DROP_MS)).catch(() => undefined);
  throw error;
}

/** What was released is still parked where the channel took nothing of it: the next message may go on with it at once. */
async function settle(released: readonly Pending[], isDelivered: boolean, scope: TurnScope): Promise<void> {
  const { services, owner } = scope;
  if (isDelivered) return;
  await Promise.all(released.map((pending) => services.store.release(owner, releaseKey(pending))));
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
  const waiting = stillNeeding(progress, await asCorrected(pending, afresh(scope)));
  await park(waiting, 'signin', services);
  return sendReplies('signIn', signInReply(scope, { reason: reasonFor(waiting) }));
}
