import { KEEP_MEETING_MS } from '../../meeting/record.ts';
import type { Reply } from '../../say/reply.ts';
import type { StoreKey } from '../../store/keys.ts';
import type { CardPlace, CardUpdate, Outcome } from '../../teams/outcome.ts';
import type { CardAction, Turn } from '../../teams/turn.ts';
import type { Outdated } from '../../teams/turn-handler.ts';
import type { Services, TurnScope } from '../services.ts';
import { endedReply, forEverybody } from './meeting-card.ts';

/**
 * The outcome as this turn can show it. The answer to a click is its response, and changes the card that was clicked on
 * every screen; the answer to everything else is a message. In a group nothing that is sent is for the asker alone.
 */
export async function present(outcome: Outcome, turn: Turn, scope: TurnScope): Promise<Outcome> {
  const isClick = turn.kind === 'action' && turn.action.via === 'invoke';
  const shown = isClick ? await onClickedCard(outcome, turn.action, scope) : asMessages(outcome, turn);
  return inPublic(shown, scope);
}

async function onClickedCard(outcome: Outcome, action: CardAction, scope: TurnScope): Promise<Outcome> {
  const { answer, update } = outcome;
  if (answer?.kind !== 'card') return outcome;
  const { reply, cards = [] } = answer;
  const clicked = await clickedCard(action, scope);
  const isClicked = ({ cardId }: CardPlace) => cardId === clicked?.cardId;
  // A question that becomes the meeting's card is its newest.
  const places = clicked === null || cards.some(isClicked) ? cards : [...cards, clicked];
  const changed = updatesOf(reply, places, null).map((card) => (isClicked(card) ? { ...card, reply } : card));
  return { ...outcome, update: [...update, ...changed] };
}

/** What would be the answer to a click, as new messages; a meeting's older cards change too. */
export function asMessages(outcome: Outcome, { conversation }: Pick<Turn, 'conversation'>): Outcome {
  const { answer, send, update } = outcome;
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

/** What is sent without the asker's own buttons; the answer to a click is theirs alone. */
export function inPublic(outcome: Outcome, scope: TurnScope): Outcome {
  const { afterwards } = outcome;
  return {
    ...outcome,
    send: outcome.send.map((reply) => forEverybody(reply, scope)),
    update: outcome.update.map((card) => ({
      ...card,
      reply: forEverybody(card.reply, scope, card.conversation),
    })),
    afterwards: afterwards && (async () => inPublic(await afterwards(), scope)),
  };
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
  const key = shownKey({ conversation, cardId }, String(data.id));
  const isKnown = (await services.store.claimedUntil(tenant, key)) !== null;
  return isKnown ? { conversation, cardId } : null;
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
  if (!('id' in reply)) return null;
  const isMeeting = reply.kind === 'meeting';
  const until = now().toMillis() + KEEP_MEETING_MS;
  const [revision] = await Promise.all([
    isMeeting ? stand(turn.tenant, reply.id, place, store) : null,
    // A meeting bears the id of its request, which waits until its card is there.
    isMeeting && turn.user !== null && store.unpark({ tenant: turn.tenant, user: turn.user }, reply.id),
    turn.place !== 'personal' && store.claim(turn.tenant, shownKey(place, reply.id), until),
  ]);
  return isMeeting && reply.revision !== revision ? { ...place, reply } : null;
}

/** Answers the revision that is stored; null where the meeting is gone. */
async function stand(
  tenant: string,
  id: string,
  { conversation, cardId, isOlder }: CardPlace,
  store: Services['store'],
): Promise<number | null> {
  if (isOlder) return (await store.meeting(tenant, id))?.revision ?? null;
  return store.setCard(tenant, id, conversation, cardId);
}
