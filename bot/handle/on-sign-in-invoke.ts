import type { Reach } from '../auth/scopes.ts';
import { isInPersonsHands, TokenError } from '../auth/token-error.ts';
import type { Problem } from '../say/cards/problem.ts';
import type { Reply } from '../say/render.ts';
import type { SignInReply } from '../say/texts.ts';
import type { StoreKey } from '../store/keys.ts';
import type { Pending } from '../store/store.ts';
import { answerWith, type Outcome, refuseExchange, sayNothing, sendReplies } from '../teams/outcome.ts';
import type { TokenExchangeTurn, Turn } from '../teams/turn.ts';
import { isRetryable, problemOf, problemReply } from './cards/refusals.ts';
import { finishWaiting } from './parked/after-sign-in.ts';
import { park } from './request.ts';
import { reopenScope, type TurnScope, waitingFor } from './services.ts';
import {
  checkReply,
  endTry,
  isBackFromPopup,
  isFirstDevice,
  isRoundLeft,
  isSilentTry,
  onSilentRefusal,
  reasonFor,
  signInReply,
} from './sign-in/ask-sign-in.ts';
import { takeToken } from './sign-in/caller.ts';

type SignInTurn = Extract<Turn, { kind: 'tokenExchange' | 'verifyState' | 'signInFailure' }>;

/** Handles what Teams sends about a sign-in that is under way. */
export async function onSignInInvoke(turn: SignInTurn, scope: TurnScope): Promise<Outcome> {
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
  const token = await takeToken(turn.token, scope, { reach: reachFor(parked), claims });
  // The draft is there, whose button leads further; another button would be a second question.
  if (isSilentTry(turn) && token !== 'taken') return endTry(scope);
  if (token === 'notTheirs') return failed('The token is not for this person or this bot.');
  if (token instanceof TokenError) {
    if (isInPersonsHands(token)) return onRefused(turn, token, scope);
    return {
      ...failed('Sign-in did not work.'),
      name: token.failure,
      afterwards: async () => {
        if (!(await isFirstDevice(turn, scope))) return sayNothing('anotherDevice');
        const problem = problemOf(token, services.access.mode);
        return sendReplies(token.failure, ...(await giveUp(problem, scope)));
      },
    };
  }
  return { ...answerWith('signedIn', { kind: 'ok' }), afterwards: () => finishWaiting(turn, scope) };
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
  const parked = await waitingFor('signin', reopenScope(scope));
  for (const pending of parked) await park({ ...pending, claims }, 'signin', services);
  return sendReplies('stepUp', checkReply(claims, scope, reachFor(parked)));
}

/** How far the token must reach for everything that waits. */
const reachFor = (parked: readonly Pending[]): Reach =>
  parked.some((pending) => pending.scope === 'calendar') ? 'calendar' : 'meetings';

/**
 * Ends the wait for a sign-in that will not happen. The cards say so, and each *Try again* releases one request, if trying
 * again may help.
 */
async function giveUp(problem: Problem, scope: TurnScope): Promise<Reply[]> {
  const { services, owner } = scope;
  const parked = await waitingFor('signin', reopenScope(scope));
  const isWorthIt = isRetryable(problem) && parked.length > 0;
  for (const pending of parked) {
    if (isWorthIt) await park(pending, 'retry', services);
    else await services.store.unpark(owner, pending.id);
  }
  return isWorthIt
    ? parked.map(({ id }) => problemReply(problem, scope, id))
    : [problemReply(problem, scope, null)];
}

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
  const parked = await waitingFor('signin', reopenScope(scope));
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
