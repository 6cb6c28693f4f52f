import { KEEP_MEETING_MS } from '../../meeting/record.ts';
import type { Reply } from '../../say/reply.ts';
import type { StoreKey } from '../../store/keys.ts';
import type { CardPlace } from '../../teams/outcome.ts';
import type { Turn } from '../../teams/turn.ts';
import type { Outdated } from '../../teams/turn-handler.ts';
import type { Services } from '../services.ts';

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
