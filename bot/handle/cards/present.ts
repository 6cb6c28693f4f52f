import { withoutOffers } from '../../meeting/notes.ts';
import { isSharedPlace, KEEP_MEETING_MS, type Origin } from '../../meeting/record.ts';
import type { ElsewhereReply } from '../../say/cards/elsewhere.ts';
import type { EndedReply } from '../../say/cards/ended.ts';
import type { MeetingReply } from '../../say/cards/meeting.ts';
import type { Reply } from '../../say/render.ts';
import type { Notice } from '../../say/texts.ts';
import type { StoreKey } from '../../store/keys.ts';
import { messageLink } from '../../teams/message-link.ts';
import type { Outdated } from '../../teams/outcome.ts';
import {
  audienceOf,
  type CardPlace,
  type CardUpdate,
  type Message,
  type Outcome,
  replyOf,
  sayNothing,
} from '../../teams/outcome.ts';
import type { CardAction, SubmitDialogTurn, Turn } from '../../teams/turn.ts';
import type { Services, TurnScope } from '../services.ts';

/**
 * Turns an outcome into what this kind of turn can show. The answer to a click is its response, and it changes the card that
 * was clicked on every screen; every other answer is a message. What everybody may see is sent where it was asked.
 */
export async function present(outcome: Outcome, turn: Turn, scope: TurnScope): Promise<Outcome> {
  if (turn.kind === 'openDialog' || turn.kind === 'link') return outcome;
  if (turn.kind === 'submitDialog') return inDialog(outcome, turn, scope);
  const isClick = turn.kind === 'action' && turn.action.via === 'invoke';
  const shown = isClick
    ? await onClickedCard(holdAnswer(outcome), turn.action, scope)
    : asMessages(outcome, scope);
  return address(shown, scope);
}

/** Shows the meeting's card if a dialog led to one. Every other answer is shown in the dialog itself. */
function inDialog(outcome: Outcome, { isInChat }: SubmitDialogTurn, scope: TurnScope): Outcome {
  const answered = replyOf(outcome);
  if (answered?.kind === 'problem')
    return { ...outcome, answer: { kind: 'form', reply: { ...answered, retryId: null } } };
  const replies = [answered, ...outcome.send];
  const meeting = replies.find((reply) => reply?.kind === 'meeting');
  if (meeting === undefined || meeting === null) return outcome;
  const seen = scope.turn.place === 'personal' ? meeting : meetingForEverybody(meeting, scope.turn);
  const post = isInChat ? seen : null;
  // The card for a message that a person sends is never changed, so it has links only.
  const { mentions: _, ...plain } = withoutButtons(meeting, scope.turn);
  return { ...outcome, send: [], answer: { kind: 'insert', post, reply: { ...plain, isByLink: true } } };
}

/**
 * A click is answered once the messages beside the card are there: if the process dies before, the card that was clicked still
 * has its button, because nobody brings a click again.
 */
const holdAnswer = (outcome: Outcome): Outcome =>
  outcome.answer?.kind === 'card' && outcome.send.length > 0 && outcome.afterwards === null
    ? { ...outcome, afterwards: async () => sayNothing('answered') }
    : outcome;

async function onClickedCard(outcome: Outcome, action: CardAction, scope: TurnScope): Promise<Outcome> {
  const { answer, update } = outcome;
  if (answer?.kind !== 'card') return outcome;
  const { reply, cards = [] } = answer;
  const clicked = await clickedCard(action, scope);
  if (isForOthers(outcome, reply, clicked, scope)) return publish(outcome, clicked, scope);
  // A private card is not stored as the meeting's card, because nobody else sees it.
  if (clicked?.isPrivate)
    return { ...outcome, update: [...update, ...updatesOf(reply, cards, null), { ...clicked, reply }] };
  const isClicked = ({ cardId }: CardPlace) => cardId === clicked?.cardId;
  // A question card that becomes the meeting's card is the newest one.
  const places = clicked === null || cards.some(isClicked) ? cards : [...cards, clicked];
  const changed = updatesOf(reply, places, null).map((card) => (isClicked(card) ? { ...card, reply } : card));
  return { ...outcome, update: [...update, ...changed] };
}

/** Whether the answer to a question is for everybody where it was asked, although not everybody saw the question. */
function isForOthers({ origin }: Outcome, reply: Reply, clicked: CardPlace | null, { turn }: TurnScope) {
  if (origin === undefined || audienceOf(reply, origin) !== 'everybody') return false;
  const isShownToAll = clicked !== null && !clicked.isPrivate;
  return !isShownToAll || origin.conversation !== turn.conversation;
}

/** Posts the answer for everybody. The question, which only one person saw, is removed, or replaced by a link to the answer. */
function publish(outcome: Outcome, clicked: CardPlace | null, scope: TurnScope): Outcome {
  const published = asMessages(outcome, scope);
  const asked = clicked === null ? [] : [clicked];
  if (outcome.origin?.conversation === scope.turn.conversation)
    return { ...published, answer: { kind: 'posted', notice: 'shownToAll' }, remove: asked };
  const reply = pointerTo(outcome.origin ?? scope.turn, scope);
  const update = asked.map((place) => ({ ...place, reply }));
  return { ...published, answer: { kind: 'card', reply }, update: [...published.update, ...update] };
}

/** What is asked, with a sentence before it. */
export function explained(asked: Outcome, why: Notice, scope: Pick<TurnScope, 'turn'>): Outcome {
  const { send, ...outcome } = asMessages(asked, scope);
  return { ...outcome, send: [{ kind: 'notice', notice: why }, ...send] };
}

/** The outcome with its answer as new messages. A meeting's older cards change, too. */
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
 * What the cards of a meeting, oldest first, show from now on. In each conversation the newest card shows the meeting, and
 * each older one has a line that points to it. `added`: the conversation to which a newer card comes. That a meeting has ended
 * is said on all of its cards, and how on the newest.
 */
function updatesOf(reply: Reply, places: readonly CardPlace[], added: string | null): CardUpdate[] {
  const ended = reply.kind === 'ended' ? { ...reply, isOlder: true as const } : reply;
  const outlived = reply.kind === 'meeting' ? endedReply('newer', reply) : ended;
  return places.map((place, i) => {
    const newer = [...places.slice(i + 1).map(({ conversation }) => conversation), added];
    const isOlder = newer.includes(place.conversation);
    return isOlder ? { ...place, reply: outlived, isOlder } : { ...place, reply };
  });
}

/** What the cards of the meeting that an outcome answers with show from now on. Empty if it answers with no card. */
export const meetingCardsIn = ({ answer }: Outcome): CardUpdate[] =>
  answer?.kind === 'card' ? updatesOf(answer.reply, answer.cards ?? [], null) : [];

/**
 * Decides who reads each message of an outcome. What everybody may read goes to where it was asked, without the buttons
 * of the one who asked; everything else goes to the person, where they act.
 */
export function address(outcome: Outcome, scope: TurnScope): Outcome {
  const { send, answer, afterwards, origin = scope.turn } = outcome;
  const messages = send.map((reply) => toMessage(reply, origin, scope));
  const isElsewhere = messages.some(({ conversation }) => conversation !== undefined);
  const pointers = isElsewhere && answer === null ? [toMessage(pointerTo(origin, scope), origin, scope)] : [];
  return {
    ...outcome,
    send: [],
    messages: [...messages, ...outcome.messages, ...pointers],
    update: outcome.update.map((card) => ({
      ...card,
      reply: card.isPrivate ? card.reply : forEverybody(card.reply, scope, card.conversation),
    })),
    afterwards: afterwards && (async () => address(await afterwards(), scope)),
  };
}

function toMessage(reply: Reply, { conversation, ...origin }: Origin, scope: TurnScope): Message {
  const { turn } = scope;
  const audience = audienceOf(reply, origin);
  if (audience === 'everybody') {
    const isHere = conversation === turn.conversation;
    return { reply: forEverybody(reply, scope, conversation), audience, ...(!isHere && { conversation }) };
  }
  const { isPrivate } = origin;
  return {
    reply,
    audience: turn.place === 'personal' ? 'everybody' : audience,
    ...(isPrivate && { isPrivate }),
  };
}

/** The card in the chat with the bot that leads to where something was asked, and is answered now. */
function pointerTo(origin: Origin, { services, owner }: TurnScope): ElsewhereReply {
  const url = messageLink({ ...origin, tenant: owner.tenant }, services.teamsHost);
  return { kind: 'elsewhere', why: 'done', url };
}

/** The card of a meeting that no longer exists, made from a card that was shown before. */
export function endedReply(
  why: EndedReply['why'],
  { meeting, zone, guests, isRoom = false }: MeetingReply,
): EndedReply {
  const { subject, start, end } = meeting;
  return { kind: 'ended', why, subject, start, end, zone, guests, isRoom };
}

/**
 * A reply as everybody sees it in a group or channel: without the organizer's buttons. `conversation`: where the card stands.
 */
export function forEverybody(reply: Reply, { turn }: TurnScope, conversation: string): Reply {
  const isPublic =
    conversation === turn.conversation ? turn.place !== 'personal' : isSharedPlace(conversation);
  if (!isPublic) return reply;
  if (reply.kind === 'invitation') return { ...reply, isOwn: false };
  return reply.kind === 'meeting' ? meetingForEverybody(reply, turn) : reply;
}

/** The meeting's card without the organizer's buttons. Teams asks for the organizer's own view when they look at it. */
export function meetingForEverybody(
  { enter: _, ...reply }: MeetingReply,
  turn: Pick<TurnScope['turn'], 'name' | 'teamsId'>,
): MeetingReply {
  return { ...withoutButtons(reply, turn), viewers: [turn.teamsId] };
}

const withoutButtons = (
  reply: MeetingReply,
  { name: organiser }: Pick<TurnScope['turn'], 'name'>,
): MeetingReply => ({ ...reply, assumed: withoutOffers(reply.assumed), organiser });

/** The key of the claim that a card was shown for an id. */
export const shownKey = ({ conversation, cardId }: CardPlace, id: string): StoreKey =>
  `shown:${conversation}:${cardId}:${id}`;

/** The key of the claim that a card was shown to one person only. */
const privateKey = (
  { conversation, cardId }: CardPlace,
  { user }: Pick<TurnScope['turn'], 'user'>,
): StoreKey => `private:${conversation}:${cardId}:${user}`;

/** Teams drops a private message after a day. */
const KEEP_PRIVATE_MS = 24 * 3_600_000;

/**
 * Remembers where a card stands: a meeting's card, so that it can be changed later, and in a group whose card it is. Returns
 * the card if its meeting has changed since it was drawn, or is gone, because the turn that changed the meeting may not have
 * known about this card.
 */
export async function rememberShown(
  turn: Turn,
  reply: Reply,
  place: CardPlace,
  { store, now }: Services,
): Promise<Outdated | null> {
  const { tenant, conversation } = turn;
  if (reply.kind === 'draft' || reply.kind === 'drafts') await rememberDraft(tenant, reply.id, place, store);
  const after = (ms: number) => now().toMillis() + ms;
  if (place.isPrivate) await store.claim({ tenant }, privateKey(place, turn), after(KEEP_PRIVATE_MS));
  if (!('id' in reply)) return null;
  const isMeeting = reply.kind === 'meeting';
  const isShared =
    place.conversation === conversation ? turn.place !== 'personal' : isSharedPlace(place.conversation);
  const [revision] = await Promise.all([
    isMeeting ? keepStand(tenant, reply.id, place, store) : null,
    isShared &&
      !place.isPrivate &&
      store.claim({ tenant }, shownKey(place, reply.id), after(KEEP_MEETING_MS)),
  ]);
  return isMeeting && reply.revision !== revision ? { ...place, reply } : null;
}

/** Remembers the card of a draft that waits for a sign-in. The card is removed if the sign-in succeeds without the person. */
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

/** Stores where a meeting's card stands. Returns the stored revision, or null if the meeting is gone. */
async function keepStand(
  tenant: string,
  id: string,
  { conversation, cardId, isOlder, isPrivate }: CardPlace,
  store: Services['store'],
): Promise<number | null> {
  // It is not found by a card that only one person sees.
  if (isOlder || isPrivate) return (await store.meeting(tenant, id))?.revision ?? null;
  return store.setCard(tenant, id, conversation, cardId);
}

/**
 * The card that was clicked, if it may be changed for everybody; otherwise null. In a group or channel it must have been shown
 * for this very id, because a forged click can name any message of the bot.
 */
async function clickedCard(
  { cardId, data }: CardAction,
  { services, turn }: TurnScope,
): Promise<CardPlace | null> {
  if (cardId === null) return null;
  const { conversation, tenant } = turn;
  if (turn.place === 'personal') return { conversation, cardId };
  const isClaimed = async (key: StoreKey) => (await services.store.claimedUntil({ tenant }, key)) !== null;
  const [isPrivate, isShown] = await Promise.all([
    isClaimed(privateKey({ conversation, cardId }, turn)),
    isClaimed(shownKey({ conversation, cardId }, String(data.id))),
  ]);
  if (isPrivate) return { conversation, cardId, isPrivate };
  return isShown ? { conversation, cardId } : null;
}
