import { isSharedPlace, KEEP_MEETING_MS } from '../../meeting/record.ts';
import type { Reply } from '../../say/render.ts';
import type { StoreKey } from '../../store/keys.ts';
import type { CardPlace, Outdated } from '../../teams/outcome.ts';
import type { CardAction, Turn } from '../../teams/turn.ts';
import type { Services, TurnScope } from '../services.ts';

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
    isMeeting ? stand(tenant, reply.id, place, store) : null,
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

/**
 * The card that was clicked, if it may be changed for everybody; otherwise null. In a group or channel it must have been shown
 * for this very id, because a forged click can name any message of the bot.
 */
export async function clickedCard(
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
