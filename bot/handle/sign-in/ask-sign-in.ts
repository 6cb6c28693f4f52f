import type { Reach } from '../../auth/scopes.ts';
import { lookFor } from '../../base/retry.ts';
import type { Reply } from '../../say/render.ts';
import type { SignInReply } from '../../say/texts.ts';
import type { Pending } from '../../store/store.ts';
import {
  answerNotice,
  answerWith,
  audienceOf,
  type CardPlace,
  type Outcome,
  sayNothing,
  sendReplies,
} from '../../teams/outcome.ts';
import type { Turn } from '../../teams/turn.ts';
import { isRefused, noteRefusal } from '../refused-capabilities.ts';
import { PENDING_MS, park, requestLease } from '../request.ts';
import { reopenScope, type TurnScope, waitingFor } from '../services.ts';
import { cachedToken } from './caller.ts';

/** The card that lets Teams sign the person in silently, or shows a button. */
export function signInReply(
  { services, owner }: TurnScope,
  { reason = 'first', isBack = false }: { reason?: SignInReply['reason']; isBack?: boolean } = {},
): SignInReply {
  const { signIn, newId } = services;
  const reach = reason === 'calendar' ? reason : 'meetings';
  return {
    kind: 'signin',
    reason,
    startUrl: signIn.startUrl(owner.tenant, { reach, claims: null }),
    exchange: { id: `${isBack ? BACK : ''}${newId()}`, uri: signIn.resource },
  };
}

/** Marks the exchange that follows the popup: Teams brings the id of the card. */
const BACK = 'back.';
/** Whether the person came back from the popup before Teams brought this token. */
export const isBackFromPopup = ({ exchangeId }: { exchangeId: string }): boolean =>
  exchangeId.startsWith(BACK);

/** Whether this is the first of the person's devices to answer one sign-in card. */
export function isFirstDevice(
  { exchangeId }: { exchangeId: string },
  { services, owner }: TurnScope,
): Promise<boolean> {
  const until = services.now().toMillis() + PENDING_MS;
  return services.store.claim(owner, `exchange:${exchangeId}`, until);
}

/** How many tokens are refused before the person is told that signing in does not help. A click's first token comes before its popup. */
const MOST_REFUSED = { popup: 2, click: 3 };
const ROUNDS_MS = 10 * 60_000;

/** Counts a token that Entra or Graph refused, and returns whether another sign-in through the popup may help. */
export async function isRoundLeft(
  way: keyof typeof MOST_REFUSED,
  { services, owner }: TurnScope,
): Promise<boolean> {
  const until = services.now().toMillis() + ROUNDS_MS;
  const { count } = await services.store.count(owner, `stepUp:${way}`, until);
  return count < MOST_REFUSED[way];
}

/**
 * The card for a claims challenge, such as a second factor or a managed device. Silent sign-in cannot meet it, so the card has
 * only the button, whose address carries the claims.
 */
export function checkReply(claims: string, { services, owner }: TurnScope, reach: Reach): SignInReply {
  const startUrl = services.signIn.startUrl(owner.tenant, { reach, claims });
  return { kind: 'signin', reason: 'stepUp', startUrl, exchange: null };
}

/** Handles the command `sign in`. */
export async function onSignIn(scope: TurnScope): Promise<Outcome> {
  const { access } = scope.services;
  if (access.mode === 'application') return answerNotice('noSignIn');
  return (await cachedToken(access.tokens, scope)) === null
    ? askToSignIn(null, scope)
    : answerNotice('alreadySignedIn');
}

/** How many requests wait for one sign-in, after which all of them are made. */
const MOST_WAITING = 5;

/**
 * Parks what was asked until Teams has signed the person in. What is said again meanwhile is one request; of more than
 * `MOST_WAITING` the oldest are dropped, and the person is told. `meeting`: what is made then.
 */
export async function askToSignIn(
  pending: Pending | null,
  scope: TurnScope,
  meeting?: SignInReply['meeting'],
): Promise<Outcome> {
  const older = pending === null ? [] : await parkAmong(pending, scope);
  const told = older.map(() => ({ kind: 'notice', notice: 'gaveWay' }) as const);
  const card = signInReply(scope, { reason: reasonFor(pending ?? {}) });
  const reply = { ...card, ...(meeting && { meeting }) };
  const { turn, services } = scope;
  // Without a draft the card goes to the chat with the bot where Teams signs nobody in silently.
  const isRefusedHere = turn.place === 'groupChat' && (await isRefused(turn, 'silentSignIn', services));
  const audience = isRefusedHere ? 'chat' : audienceOf(reply, turn);
  return { ...sendReplies('signIn', ...told), messages: [{ reply, audience }] };
}

/** Why somebody is asked to sign in: for something more, to show something more, or for the first time. */
export function reasonFor({
  claims,
  scope,
}: {
  claims?: string | null;
  scope?: 'calendar';
}): SignInReply['reason'] {
  return scope ?? (claims == null ? 'first' : 'stepUp');
}

/**
 * Parks a request for the sign-in, and returns the older ones that were dropped for it. The waiting requests are read after
 * this one is parked, so that requests that come at once all decide alike: no two of them are dropped for each other.
 */
async function parkAmong(pending: Pending, scope: TurnScope): Promise<readonly Pending[]> {
  const { services, owner } = scope;
  await park(pending, 'signin', services);
  const waiting = await waitingFor('signin', reopenScope(scope));
  const newest = (one: Pending) => waiting.findLast((other) => isSame(other, one));
  const distinct = waiting.filter((one) => newest(one) === one);
  const older = distinct.slice(0, -MOST_WAITING);
  const repeated = waiting.filter((one) => !distinct.includes(one));
  for (const { id } of [...repeated, ...older]) await services.store.unpark(owner, id);
  return older;
}

const isSame = (a: Pending, b: Pending) =>
  JSON.stringify([a.utterance, a.like]) === JSON.stringify([b.utterance, b.like]);

// Teams signs people in without asking in chats with the bot and in group chats, and not in channels.

/** Marks the exchange of a card in whose place a draft comes, if need be. */
const TRY = 'try.';

/** How long Teams is given to sign somebody in before they are asked, and how often is looked whether it has. */
const TRY_MS = 3_000;
const LOOK_MS = 200;
/** What is being worked on is waited for, but no longer than this. */
const WORK_MS = 60_000;

/**
 * Lets Teams sign the person in without asking where it does that, and shows the draft where it has not done so in time:
 * its button signs in as well.
 */
export async function signInSilently(pending: Pending, draft: Reply, scope: TurnScope): Promise<Outcome> {
  const { turn, services } = scope;
  const isHopeless = turn.place !== 'groupChat' || pending.claims !== undefined;
  const isTried = !isHopeless && !(await isRefused(turn, 'silentSignIn', services));
  await parkAmong({ ...pending, draft: isTried ? 'tried' : 'due' }, scope);
  const drafted = sendReplies('drafted', draft);
  if (!isTried) return drafted;
  const { exchange, ...card } = signInReply(scope, { reason: reasonFor(pending) });
  const reply = { ...card, exchange: exchange && { ...exchange, id: `${TRY}${exchange.id}` } };
  const shown: CardPlace[] = [];
  const onShown = (place: CardPlace) => void shown.push(place);
  return {
    ...sayNothing('tried'),
    messages: [{ reply, audience: 'person', isOptional: true, onShown }],
    afterwards: async () => {
      const isLeft = shown.length === 0 || (await isLeftAfterTry(pending, scope));
      if (!isLeft) return sayNothing('signedInSilently');
      await endTry(scope);
      return { ...drafted, remove: shown };
    },
  };
}

/** Whether the request still waits when Teams has failed, or has had its time. What is being worked on is waited for. */
async function isLeftAfterTry({ id }: Pending, { services, owner }: TurnScope): Promise<boolean> {
  const { store, now } = services;
  const deadline = now().toMillis() + TRY_MS;
  const look = async () => {
    const pending = await store.parked(owner.tenant, id);
    // A question, or an error after the sign-in: no draft is due any more.
    if (pending?.waitsFor !== 'signin') return 'done';
    if (pending.draft === 'due') return 'failed';
    const isWorkedOn = (await store.claimedUntil(owner, requestLease(pending))) !== null;
    return isWorkedOn || now().toMillis() < deadline ? null : 'failed';
  };
  const clock = { everyMs: LOOK_MS, forMs: WORK_MS, now: () => now().toMillis() };
  return (await lookFor(look, clock)) === 'failed';
}

/** Whether a draft comes in place of the sign-in card that Teams answers with this exchange. */
export const isSilentTry = ({ exchangeId }: { exchangeId: string }): boolean => exchangeId.startsWith(TRY);

/** Nobody was signed in without asking: the turn that waits for it shows the draft at once. */
export async function endTry(scope: TurnScope): Promise<Outcome> {
  const parked = await waitingFor('signin', reopenScope(scope));
  for (const pending of parked.filter(({ draft }) => draft === 'tried'))
    await scope.services.store.park({ ...pending, draft: 'due' });
  return answerWith('notSilent', { kind: 'ok' });
}

/**
 * Teams says that it signs nobody in silently here, which is not tried again for a day. Where no draft is there or due, the
 * person is asked in the chat with the bot.
 */
export async function onSilentRefusal(
  turn: Extract<Turn, { kind: 'signInFailure' }>,
  scope: TurnScope,
): Promise<Outcome> {
  const { conversation, cardId } = turn;
  await noteRefusal(turn, 'silentSignIn', scope.services);
  const parked = await waitingFor('signin', scope);
  if (parked.length > 0 && parked.every(({ draft }) => draft !== undefined)) return endTry(scope);
  return {
    ...answerWith('notSilent', { kind: 'ok' }),
    messages: [{ reply: signInReply(scope), audience: 'chat' }],
    // The button of that card would be a second one.
    remove: cardId === null ? [] : [{ conversation, cardId, isPrivate: true }],
  };
}

/** The card of a draft whose sign-in came by itself after all. */
export const draftCardOf = ({ draft }: Pending): CardPlace[] => (typeof draft === 'object' ? [draft] : []);
