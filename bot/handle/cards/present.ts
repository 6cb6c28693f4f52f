import { isSharedPlace } from '../../meeting/place.ts';
import { KEEP_MEETING_MS } from '../../meeting/record.ts';
import type { Reply } from '../../say/reply.ts';
import type { StoreKey } from '../../store/keys.ts';
import { audienceOf } from '../../teams/audience.ts';
import { type CardPlace, type CardUpdate, type Outcome, replyOf } from '../../teams/outcome.ts';
import type { CardAction, SubmitDialogTurn, Turn } from '../../teams/turn.ts';
import type { Outdated } from '../../teams/turn-handler.ts';
import type { Services, TurnScope } from '../services.ts';
import { address, pointerTo } from './address-messages.ts';
import { byLink, endedReply, meetingForEverybody } from './meeting-card.ts';

/**
 * The outcome as this turn can show it. The answer to a click is its response, and changes the card that was clicked on
 * every screen; the answer to everything else is a message. What everybody may see goes to where it was asked.
 */
export async function present(outcome: Outcome, turn: Turn, scope: TurnScope): Promise<Outcome> {
  if (turn.kind === 'openDialog' || turn.kind === 'link') return outcome;
  if (turn.kind === 'submitDialog') return inDialog(outcome, turn, scope);
  const isClick = turn.kind === 'action' && turn.action.via === 'invoke';
  const shown = isClick ? await onClickedCard(outcome, turn.action, scope) : asMessages(outcome, scope);
  return address(shown, scope);
}

/** What a dialog leads to: the meeting's card, and for everything else an answer that the dialog itself shows. */
function inDialog(outcome: Outcome, { isInChat }: SubmitDialogTurn, scope: TurnScope): Outcome {
  const answered = replyOf(outcome);
  if (answered?.kind === 'problem')
    return { ...outcome, answer: { kind: 'form', reply: { ...answered, retryId: null } } };
  const replies = [answered, ...outcome.send];
  const meeting = replies.find((reply) => reply?.kind === 'meeting');
  if (meeting === undefined || meeting === null) return outcome;
  const seen = scope.turn.place === 'personal' ? meeting : meetingForEverybody(meeting, scope.turn);
  const post = isInChat ? seen : null;
  return { ...outcome, send: [], answer: { kind: 'insert', post, reply: byLink(meeting, scope) } };
}

async function onClickedCard(outcome: Outcome, action: CardAction, scope: TurnScope): Promise<Outcome> {
  const { answer, update } = outcome;
  if (answer?.kind !== 'card') return outcome;
  const { reply, cards = [] } = answer;
  const clicked = await clickedCard(action, scope);
  if (isForOthers(outcome, reply, clicked, scope)) return publish(outcome, clicked, scope);
  // Nobody else sees it, so the meeting is not found by it.
  if (clicked?.isPrivate)
    return { ...outcome, update: [...update, ...updatesOf(reply, cards, null), { ...clicked, reply }] };
  const isClicked = ({ cardId }: CardPlace) => cardId === clicked?.cardId;
  // A question that becomes the meeting's card is its newest.
  const places = clicked === null || cards.some(isClicked) ? cards : [...cards, clicked];
  const changed = updatesOf(reply, places, null).map((card) => (isClicked(card) ? { ...card, reply } : card));
  return { ...outcome, update: [...update, ...changed] };
}

/** Whether what has come of a question is for everybody where it was asked, and not everybody saw the question. */
function isForOthers({ origin }: Outcome, reply: Reply, clicked: CardPlace | null, { turn }: TurnScope) {
  if (origin === undefined || audienceOf(reply, origin) !== 'everybody') return false;
  const isShownToAll = clicked !== null && !clicked.isPrivate;
  return !isShownToAll || origin.conversation !== turn.conversation;
}

/** The answer as a message for everybody; of the question that one person saw nothing stays but a way to it. */
function publish(outcome: Outcome, clicked: CardPlace | null, scope: TurnScope): Outcome {
  const published = asMessages(outcome, scope);
  const asked = clicked === null ? [] : [clicked];
  if (outcome.origin?.conversation === scope.turn.conversation)
    return { ...published, answer: { kind: 'posted', notice: 'shownToAll' }, remove: asked };
  const reply = pointerTo(outcome.origin ?? scope.turn, scope);
  const update = asked.map((place) => ({ ...place, reply }));
  return { ...published, answer: { kind: 'card', reply }, update: [...published.update, ...update] };
}

/** What would be the answer to a click, as new messages; a meeting's older cards change too. */
export function asMessages(outcome: Outcome, { turn }: Pick<TurnScope, 'turn'>): Outcome {
  const { answer, send, update } = outcome;
  const { conversation } = outcome.origin ?? turn;
  switch (answer?.kind) {
    case 'card': {
      const { reply, cards = [] } = answer;
      const changed = [...update, ...updatesOf(reply, cards, conversation)];
      return { ...outcome, answer: null, send: [reply, ...send], update: changed };
    }
    case 'form':
    case 'sentence':
      return { ...outcome, answer: null, send: [answer.reply, ...send] };
    case 'posted':
      return { ...outcome, answer: null };
    default:
      return outcome;
  }
}

/**
 * The card that was clicked, if it may change for everybody. Where others see it too, it must be a card that was shown
 * for this very id: a forged click can name any of the bot's messages.
 */
async function clickedCard(
  { cardId, data }: CardAction,
  { services, turn }: TurnScope,
): Promise<CardPlace | null> {
  if (cardId === null) return null;
  const { conversation, tenant } = turn;
  if (turn.place === 'personal') return { conversation, cardId };
  const isClaimed = async (key: StoreKey) => (await services.store.claimedUntil(tenant, key)) !== null;
  const [isPrivate, isShown] = await Promise.all([
    isClaimed(privateKey({ conversation, cardId }, turn)),
    isClaimed(shownKey({ conversation, cardId }, String(data.id))),
  ]);
  if (isPrivate) return { conversation, cardId, isPrivate };
  return isShown ? { conversation, cardId } : null;
}

/**
 * What the cards of a meeting, oldest first, show from now on: in each conversation the newest the meeting, and the
 * older ones one line that points to it. `added`: the conversation to which a newer one comes. What is over is over on all.
 */
export function updatesOf(reply: Reply, places: readonly CardPlace[], added: string | null): CardUpdate[] {
  const outlived = reply.kind === 'meeting' ? endedReply('newer', reply) : reply;
  return places.map((place, i) => {
    const newer = [...places.slice(i + 1).map(({ conversation }) => conversation), added];
    const isOlder = newer.includes(place.conversation);
    return isOlder ? { ...place, reply: outlived, isOlder } : { ...place, reply };
  });
}

/** Says that a card was shown for an id. */
export const shownKey = ({ conversation, cardId }: CardPlace, id: string): StoreKey =>
  `shown:${conversation}:${cardId}:${id}`;

/** Says that a card was shown to one person alone. */
const privateKey = (
  { conversation, cardId }: CardPlace,
  { user }: Pick<TurnScope['turn'], 'user'>,
): StoreKey => `private:${conversation}:${cardId}:${user}`;

/** Teams drops a private message after a day. */
const KEEP_PRIVATE_MS = 24 * 3_600_000;

/**
 * Remembers where a card stands: a meeting's, so that it can change, and in a group whose it is. Answers the card if its
 * meeting has changed since it was drawn, or is gone: the turn that changed it may not have known of this card.
 */
export async function rememberShown(
  turn: Turn,
  reply: Reply,
  place: CardPlace,
  { store, now }: Services,
): Promise<Outdated | null> {
  const { tenant, user, conversation } = turn;
  if (reply.kind === 'draft' || reply.kind === 'drafts') await rememberDraft(tenant, reply.id, place, store);
  const after = (ms: number) => now().toMillis() + ms;
  if (place.isPrivate) await store.claim(tenant, privateKey(place, turn), after(KEEP_PRIVATE_MS));
  if (!('id' in reply)) return null;
  const isMeeting = reply.kind === 'meeting';
  const isShared =
    place.conversation === conversation ? turn.place !== 'personal' : isSharedPlace(place.conversation);
  const [revision] = await Promise.all([
    isMeeting ? stand(tenant, reply.id, place, store) : null,
    // A meeting bears the id of its request, which waits until its card is there.
    isMeeting && user !== null && store.unpark({ tenant, user }, reply.id),
    isShared && !place.isPrivate && store.claim(tenant, shownKey(place, reply.id), after(KEEP_MEETING_MS)),
  ]);
  return isMeeting && reply.revision !== revision ? { ...place, reply } : null;
}

/** The card of a draft that waits for a sign-in is taken away when the sign-in comes by itself. */
async function rememberDraft(
  tenant: string,
  id: string,
  { conversation, cardId, isPrivate }: CardPlace,
  store: Services['store'],
): Promise<void> {
  const pending = await store.parked(tenant, id);
  if (pending?.draft !== 'due') return;
  await store.park({ ...pending, draft: { conversation, cardId, ...(isPrivate && { isPrivate }) } });
}

/** Answers the revision that is stored; null where the meeting is gone. */
async function stand(
  tenant: string,
  id: string,
  { conversation, cardId, isOlder, isPrivate }: CardPlace,
  store: Services['store'],
): Promise<number | null> {
  // It is not found by a card that only one person sees.
  if (isOlder || isPrivate) return (await store.meeting(tenant, id))?.revision ?? null;
  return store.setCard(tenant, id, conversation, cardId);
}
