import { lookFor } from '../../base/retry.ts';
import type { Reply } from '../../say/render.ts';
import type { Pending } from '../../store/store.ts';
import { answerWith, type CardPlace, type Outcome, sayNothing, sendReplies } from '../../teams/outcome.ts';
import type { Turn } from '../../teams/turn.ts';
import { isRefused, noteRefusal } from '../refused-capabilities.ts';
import { requestLease } from '../request.ts';
import { reopenScope, type TurnScope, waitingFor } from '../services.ts';
import { parkAmong, reasonFor, signInReply } from './ask-sign-in.ts';

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
