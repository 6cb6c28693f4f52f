import { setTimeout as sleep } from 'node:timers/promises';
import { TokenError } from '../auth/token-error.ts';
import type { Utterance } from '../command/command.ts';
import type { Problem, Reply } from '../reply.ts';
import type { Pending } from '../store/store.ts';
import type { Turn } from '../turn.ts';
import { proceed } from './create.ts';
import { LEASE_MS, takeLease } from './lease.ts';
import { answers, type Outcome, type SignInReply, sends, silent } from './outcome.ts';
import { PENDING_MS, park } from './park.ts';
import { isRetryable, problemOf, problemReply } from './problem.ts';
import type { Setting } from './services.ts';
import { signOutEverywhere, tokenAtHand } from './signed-out.ts';
import { repliesOf, type Step, sayNotice } from './step.ts';
import { askForMore } from './step-up.ts';

/** The card that lets Teams sign the person in without a word, or shows a button. */
export function signInReply({ services, owner }: Setting): SignInReply {
  const { signIn, newId } = services;
  return {
    kind: 'signin',
    startUrl: signIn.startUrl(owner.tenant, null),
    exchange: { id: newId(), uri: signIn.resource },
  };
}

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

/** `sign in`, before anything needs it. */
export async function onSignIn(setting: Setting): Promise<Outcome> {
  const { access } = setting.services;
  if (access.mode === 'application') return sayNotice('noSignIn');
  if (setting.turn.place !== 'personal') return sayNotice('oneToOneOnly');
  return (await tokenAtHand(access.tokens, setting)) === null
    ? askToSignIn(null, setting)
    : sayNotice('alreadySignedIn');
}

/** `sign out`: everything that is held for the person goes. */
export async function onSignOut(setting: Setting): Promise<Outcome> {
  const { services, owner } = setting;
  await services.store.forget(owner);
  if (services.access.mode === 'application') return sayNotice('forgotten');
  await signOutEverywhere(services.access.tokens, setting);
  return sayNotice('signedOut');
}

/** Parks what was asked until Teams has signed the person in. Who says it again meanwhile means the same. */
export async function askToSignIn(pending: Pending | null, setting: Setting): Promise<Outcome> {
  if (pending !== null) {
    const { services, owner } = setting;
    const parked = await services.store.parkedForSignIn(owner, pending.conversation);
    const same = parked.filter(
      ({ id, utterance }) => id !== pending.id && isSame(utterance, pending.utterance),
    );
    for (const { id } of same) await services.store.unpark(owner, id);
    await park(pending, 'signin', services);
  }
  return sends('signIn', signInReply(setting));
}

const isSame = (a: Utterance, b: Utterance) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Teams hands over a token, once for each of the person's devices. All are answered; what was parked happens once,
 * after the answer, because Teams waits only a few seconds.
 */
async function onTokenExchange(
  turn: Extract<Turn, { kind: 'tokenExchange' }>,
  setting: Setting,
): Promise<Outcome> {
  const failed = (detail: string): Outcome =>
    answers('exchangeFailed', {
      kind: 'exchangeFailed',
      exchangeId: turn.exchangeId,
      connectionName: turn.connectionName,
      detail,
    });
  const { services } = setting;
  const token = await takeToken(turn.token, setting);
  if (token === 'notTheirs') return failed('The token is not for this person or this bot.');
  if (token instanceof TokenError) {
    if (token.claims !== null) return onDemand(turn, token.claims, setting);
    if (token.failure === 'interaction') return failed('The person has to agree first.');
    return {
      ...failed('Sign-in did not work.'),
      name: token.failure,
      afterwards: async () => {
        if (!(await isFirstDevice(turn, setting))) return silent('anotherDevice');
        const problem = problemOf(token, services.access.mode);
        return sends(token.failure, ...(await giveUp(problem, setting)));
      },
    };
  }
  return { ...answers('signedIn', { kind: 'ok' }), afterwards: () => finishParked(turn, setting) };
}

/** The button under the card that was just tried knows nothing of the demand, so that card goes, and another comes. */
function onDemand(turn: Extract<Turn, { kind: 'tokenExchange' }>, claims: string, setting: Setting): Outcome {
  return {
    ...answers('stepUp', { kind: 'ok' }),
    afterwards: async () => {
      if (!(await isFirstDevice(turn, setting))) return silent('anotherDevice');
      return sends(
        'stepUp',
        (await askForMore(claims, setting)) ?? problemReply('signInFailed', setting, null),
      );
    },
  };
}

/**
 * What was asked stops waiting for a sign-in that will not come: each *Try again* releases one of them, or the person
 * asks anew. Left waiting, it would be made a second time at their next sign-in. Only where the card says to sign in
 * does it stay.
 */
async function giveUp(problem: Problem, setting: Setting): Promise<Reply[]> {
  const { services, owner, turn } = setting;
  if (problem === 'signInFailed') return [problemReply(problem, setting, null)];
  const parked = await services.store.parkedForSignIn(owner, turn.conversation);
  const isWorthIt = isRetryable(problem) && parked.length > 0;
  for (const pending of parked) {
    if (isWorthIt) await park(pending, 'retry', services);
    else await services.store.unpark(owner, pending.id);
  }
  return isWorthIt
    ? parked.map(({ id }) => problemReply(problem, setting, id))
    : [problemReply(problem, setting, null)];
}

/** Verifies and exchanges a token that Teams handed over; afterwards the Graph token is at hand. Entra's silence is an answer. */
export async function takeToken(
  token: string,
  setting: Setting,
): Promise<'taken' | 'notTheirs' | TokenError> {
  const { services, owner } = setting;
  const { access } = services;
  if (access.mode === 'application') return 'taken';
  const isTheirs = await services
    .isTokenOf(token, owner)
    .catch((error: unknown) => new TokenError('unavailable', null, error));
  if (isTheirs instanceof TokenError) return isTheirs;
  if (!isTheirs) return 'notTheirs';
  try {
    await access.tokens.exchange(owner, token);
    return 'taken';
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    if (error.claims !== null) access.tokens.demand(owner, error.claims);
    return error;
  }
}

/** Whether this is the first of the person's devices to answer one sign-in card. */
function isFirstDevice(
  turn: Extract<Turn, { kind: 'tokenExchange' }>,
  { services, owner }: Setting,
): Promise<boolean> {
  const until = services.now().toMillis() + PENDING_MS;
  return services.store.claim(owner.tenant, `exchange:${owner.user}:${turn.exchangeId}`, until);
}

async function finishParked(
  turn: Extract<Turn, { kind: 'tokenExchange' }>,
  setting: Setting,
): Promise<Outcome> {
  const { services, owner } = setting;
  const isFirst = await isFirstDevice(turn, setting);
  const parked = await services.store.parkedForSignIn(owner, turn.conversation);
  if (parked.length === 0) {
    return isFirst ? sends('signedIn', { kind: 'notice', notice: 'signedIn' }) : silent('anotherDevice');
  }
  const steps = await Promise.all(parked.map((pending) => releaseInTurn(pending, setting)));
  const replies = steps.flatMap((step) => (step === null ? [] : saidAfterSignIn(step, setting)));
  return replies.length > 0 ? sends('finished', ...replies) : silent('anotherDevice');
}

/** A token that Graph refuses although it is new would send the person round in circles. */
function saidAfterSignIn(step: Step, setting: Setting): readonly Reply[] {
  return step.kind === 'token' ? [problemReply('signInFailed', setting, null)] : repliesOf(step);
}

/** A request that another device's turn is at work on is looked after so often, and for no longer than its lease. */
const LOOK_MS = 500;

/** The same, but whoever comes second waits, and takes over where the first dies at work; null when it is done. */
async function releaseInTurn(pending: Pending, setting: Setting): Promise<Step | null> {
  const { services, owner } = setting;
  const deadline = services.now().toMillis() + LEASE_MS + LOOK_MS;
  for (;;) {
    const step = await release(pending, setting);
    if (step !== null || services.now().toMillis() > deadline) return step;
    await sleep(LOOK_MS);
    const still = await services.store.parked(owner.tenant, pending.id);
    if (still === null || releaseKey(still) !== releaseKey(pending)) return null;
  }
}

const releaseKey = ({ id, waitsFor, answers }: Pending) => `pending:${id}:${waitsFor}:${answers.length}`;

/** Lets a parked request go on, for the first who asks; null for the others. */
export async function release(pending: Pending, setting: Setting): Promise<Step | null> {
  const lease = await takeLease(releaseKey(pending), setting);
  if (lease === null) return null;
  try {
    const step = await proceed(pending, setting);
    if (step.kind === 'token' || step.reply.kind === 'problem') await lease.giveBack();
    // Its card is still to come; whoever dies on the way to it is followed by the next.
    else await lease.keep(LEASE_MS);
    return step;
  } catch (error) {
    await lease.giveBack();
    throw error;
  }
}

/** The person agreed in the popup: ask Teams again, it answers silently now. */
async function onVerifyState(setting: Setting): Promise<Outcome> {
  return {
    ...answers('agreed', { kind: 'ok' }),
    afterwards: async () => sends('signIn', signInReply(setting)),
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
  const key = `signInFailure:${owner.user}:${turn.conversation}`;
  const isFirst = await services.store.claim(owner.tenant, key, until);
  const reply = isFirst
    ? { ...signInReply(setting), exchange: null }
    : problemReply('signInFailed', setting, null);
  return {
    ...answers('signInFailure', { kind: 'ok' }),
    afterwards: async () => sends('signInFailure', reply),
  };
}
