import { isInPersonsHands, TokenError } from '../auth/token-error.ts';
import type { Problem } from '../say/cards/problem.ts';
import type { Reply } from '../say/reply.ts';
import type { StoreKey } from '../store/keys.ts';
import type { Pending } from '../store/store.ts';
import { answers, exchangeFailed, type Outcome, says, sends, silent } from '../teams/outcome.ts';
import type { TokenExchangeTurn, Turn } from '../teams/turn.ts';
import { asMessages } from './cards/present.ts';
import { isRetryable, problemOf, problemReply } from './cards/problem.ts';
import { finishBegun, withFinished } from './existing/finish.ts';
import { PENDING_MS, park } from './park.ts';
import { releaseInTurn } from './parked/release.ts';
import type { Setting } from './services.ts';
import { type Progress, takeToken } from './sign-in/caller.ts';
import { checkReply, isBackFromPopup, isRoundLeft, signInReply } from './sign-in/sign-in.ts';

type SigningIn = Extract<Turn, { kind: 'tokenExchange' | 'verifyState' | 'signInFailure' }>;

/** What Teams tells of a sign-in that is under way. */
export async function onSigningIn(turn: SigningIn, setting: Setting): Promise<Outcome> {
  switch (turn.kind) {
    case 'tokenExchange':
      return onTokenExchange(turn, setting);
    case 'verifyState':
      return turn.isCancelled ? answers('declined', { kind: 'ok' }) : onVerifyState(setting);
    case 'signInFailure':
      return onSignInFailure(setting);
    default:
      return turn satisfies never;
  }
}

/**
 * Teams hands over a token, once for each of the person's devices. All are answered; what was parked happens once,
 * after the answer, because Teams waits only a few seconds.
 */
async function onTokenExchange(turn: TokenExchangeTurn, setting: Setting): Promise<Outcome> {
  const failed = (detail: string) => answers('exchangeFailed', exchangeFailed(turn, detail));
  const { services } = setting;
  const parked = await services.store.parkedIn(setting.owner, turn.conversation, 'signin');
  const claims = parked.findLast((pending) => pending.claims !== undefined)?.claims ?? null;
  const token = await takeToken(turn.token, setting, claims);
  if (token === 'notTheirs') return failed('The token is not for this person or this bot.');
  if (token instanceof TokenError) {
    if (isInPersonsHands(token)) return onRefused(turn, token, setting);
    return {
      ...failed('Sign-in did not work.'),
      name: token.failure,
      afterwards: onFirstDevice(turn, setting, async () => {
        const problem = problemOf(token, services.access.mode);
        return sends(token.failure, ...(await giveUp(problem, setting)));
      }),
    };
  }
  return { ...answers('signedIn', { kind: 'ok' }), afterwards: () => finishParked(turn, setting) };
}

/**
 * The person can meet this on Entra's page. Teams shows the button of the card that was just tried; where Entra named
 * what it wants to see, that button knows nothing of it, so that card goes, and another comes. Who comes back from the
 * page and is refused again and again is told that it does not help.
 */
async function onRefused(turn: TokenExchangeTurn, token: TokenError, setting: Setting): Promise<Outcome> {
  const { claims } = token;
  const isBack = isBackFromPopup(turn);
  const isFirst = (isBack || claims !== null) && (await isFirstDevice(turn, setting));
  const isOver = isFirst && isBack && !(await isRoundLeft('popup', setting));
  const done = answers('stepUp', { kind: 'ok' });
  if (isOver) {
    const problem = problemOf(token, setting.services.access.mode);
    return { ...done, afterwards: async () => sends(problem, ...(await giveUp(problem, setting))) };
  }
  if (claims === null)
    return answers('exchangeFailed', exchangeFailed(turn, 'The person has to agree first.'));
  return isFirst ? { ...done, afterwards: () => demand(claims, setting) } : done;
}

async function demand(claims: string, setting: Setting): Promise<Outcome> {
  const { services, owner, turn } = setting;
  const parked = await services.store.parkedIn(owner, turn.conversation, 'signin');
  for (const pending of parked) await park({ ...pending, claims }, 'signin', services);
  return sends('stepUp', checkReply(claims, setting));
}

/**
 * What was asked stops waiting for a sign-in that will not come, as the card says that it was not made: each *Try again*
 * releases one of them, or the person asks anew.
 */
async function giveUp(problem: Problem, setting: Setting): Promise<Reply[]> {
  const { services, owner, turn } = setting;
  const parked = await services.store.parkedIn(owner, turn.conversation, 'signin');
  const isWorthIt = isRetryable(problem) && parked.length > 0;
  for (const pending of parked) {
    if (isWorthIt) await park(pending, 'retry', services);
    else await services.store.unpark(owner, pending.id);
  }
  return isWorthIt
    ? parked.map(({ id }) => problemReply(problem, setting, id))
    : [problemReply(problem, setting, null)];
}

/** Whether this is the first of the person's devices to answer one sign-in card. */
function isFirstDevice(turn: TokenExchangeTurn, { services, owner }: Setting): Promise<boolean> {
  const until = services.now().toMillis() + PENDING_MS;
  return services.store.claim(owner.tenant, `exchange:${owner.user}:${turn.exchangeId}`, until);
}

/** What is said on one of the person's devices only. */
const onFirstDevice = (turn: TokenExchangeTurn, setting: Setting, say: () => Promise<Outcome>) => async () =>
  (await isFirstDevice(turn, setting)) ? say() : silent('anotherDevice');

async function finishParked(turn: TokenExchangeTurn, setting: Setting): Promise<Outcome> {
  const { services, owner } = setting;
  const isFirst = await isFirstDevice(turn, setting);
  const parked = await services.store.parkedIn(owner, turn.conversation, 'signin');
  const finished = await finishBegun(setting);
  if (parked.length === 0) {
    const said = isFirst ? asMessages(says('signedIn'), turn) : silent('anotherDevice');
    return withFinished(said, finished);
  }
  const all = await Promise.all(
    parked.map(async (pending) => {
      const progress = await releaseInTurn(pending, setting);
      return progress === null ? null : saidAfterSignIn(progress, pending, setting);
    }),
  );
  const said = all.filter((outcome) => outcome !== null);
  const [name = 'anotherDevice', ...others] = new Set(said.map((outcome) => outcome.name));
  const replies = said.flatMap(({ send }) => send);
  const update = said.flatMap((outcome) => outcome.update);
  const done = said.flatMap((outcome) => outcome.done);
  return withFinished(
    { ...sends(others.length > 0 ? 'finished' : name, ...replies), update, done },
    finished,
  );
}

/** A token that Graph refuses although it is new, and as demanded, would send the person round in circles. */
async function saidAfterSignIn(progress: Progress, pending: Pending, setting: Setting): Promise<Outcome> {
  if (!('needs' in progress)) return asMessages(progress, setting.turn);
  const { services, owner } = setting;
  const { claims } = progress;
  if (claims === null || claims === pending.claims) {
    await services.store.unpark(owner, pending.id);
    return sends('signInFailed', problemReply('signInFailed', setting, null));
  }
  await park({ ...pending, claims }, 'signin', services);
  return sends('signIn', signInReply(setting, { reason: 'stepUp' }));
}

/** The person agreed in the popup: ask Teams again, it answers silently now. */
async function onVerifyState(setting: Setting): Promise<Outcome> {
  return {
    ...answers('agreed', { kind: 'ok' }),
    afterwards: async () => {
      const { services, owner, turn } = setting;
      const parked = await services.store.parkedIn(owner, turn.conversation, 'signin');
      const reason = parked.some(({ claims }) => claims !== undefined) ? 'stepUp' : 'first';
      return sends('signIn', signInReply(setting, { reason, isBack: true }));
    },
  };
}

const FAILURE_MS = 10 * 60_000;

/**
 * Silent sign-in cannot work here (the app's registration, mostly). The first time the button is offered; a second
 * failure soon after says so instead of going round in circles.
 */
async function onSignInFailure(setting: Setting): Promise<Outcome> {
  const { services, owner, turn } = setting;
  const until = services.now().toMillis() + FAILURE_MS;
  const key: StoreKey = `signInFailure:${owner.user}:${turn.conversation}`;
  const isFirst = await services.store.claim(owner.tenant, key, until);
  return {
    ...answers('signInFailure', { kind: 'ok' }),
    afterwards: async () =>
      isFirst
        ? sends('signInFailure', { ...signInReply(setting), exchange: null })
        : sends('signInFailure', ...(await giveUp('signInFailed', setting))),
  };
}
