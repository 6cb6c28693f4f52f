import type { StoreKey } from '../store/keys.ts';
import type { Pending } from '../store/store.ts';
import type { TurnBase } from '../teams/turn.ts';
import type { Capability } from '../teams/turn-handler.ts';
import type { Services } from './services.ts';

/** How long what Teams has refused is not tried again. */
const DAY_MS = 24 * 3_600_000;

/** Of this person, who may have an older client than others: in a chat, or in a channel with all its threads. */
const refusedKey = ({ conversation, user, teamsId }: TurnBase, capability: Capability): StoreKey =>
  `refused:${capability}:${conversation.split(';', 1)[0]}:${user ?? teamsId}`;

/** Whether Teams has refused this within a day. */
export async function isRefused(
  turn: TurnBase,
  capability: Capability,
  { store }: Pick<Services, 'store'>,
): Promise<boolean> {
  return (await store.claimedUntil(turn.tenant, refusedKey(turn, capability))) !== null;
}

/** Remembers for a day that Teams has refused this. */
export async function noteRefusal(
  turn: TurnBase,
  capability: Capability,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<void> {
  await store.claim(turn.tenant, refusedKey(turn, capability), now().toMillis() + DAY_MS);
}

const WAITS: readonly Pending['waitsFor'][] = ['answer', 'signin', 'retry'];

/** What waits for a turn's person in its conversation waits in that one from now on. */
export async function moveRequests(
  { tenant, user, conversation: from }: TurnBase,
  conversation: string,
  { store }: Pick<Services, 'store'>,
): Promise<void> {
  if (user === null) return;
  const waiting = await Promise.all(
    WAITS.map((waitsFor) => store.parkedIn({ tenant, user }, from, waitsFor)),
  );
  for (const pending of waiting.flat()) await store.park({ ...pending, conversation });
}
