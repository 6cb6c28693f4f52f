import type { Reach } from '../../auth/scopes.ts';
import type { SignInReply } from '../../say/texts.ts';
import type { Pending } from '../../store/store.ts';
import { answerNotice, audienceOf, type Message, type Outcome, sendReplies } from '../../teams/outcome.ts';
import { isRefused } from '../refused-capabilities.ts';
import { PENDING_MS, park } from '../request.ts';
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
  return { ...sendReplies('signIn', ...told), messages: [await signInMessage(reply, scope)] };
}

/** A sign-in card without a draft: it goes to the chat with the bot where Teams signs nobody in silently. */
async function signInMessage(reply: SignInReply, { turn, services }: TurnScope): Promise<Message> {
  const isRefusedHere = turn.place === 'groupChat' && (await isRefused(turn, 'silentSignIn', services));
  return { reply, audience: isRefusedHere ? 'chat' : audienceOf(reply, turn) };
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
export async function parkAmong(pending: Pending, scope: TurnScope): Promise<readonly Pending[]> {
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
