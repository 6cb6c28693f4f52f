import { chatOrChannel } from '../meeting/record.ts';
import type { StoreKey } from '../store/keys.ts';
import type { Capability, TurnBase } from '../teams/turn.ts';
import type { Services } from './services.ts';

/** How long what Teams has refused is not tried again. */
const DAY_MS = 24 * 3_600_000;

/**
 * The key of a refusal. It is kept for each person, because clients differ, in a chat or in a channel with all its threads.
 */
const refusedKey = ({ conversation, user, teamsId }: TurnBase, capability: Capability): StoreKey =>
  `refused:${capability}:${chatOrChannel(conversation)}:${user ?? teamsId}`;

/** Whether Teams has refused this within a day. */
export async function isRefused(
  turn: TurnBase,
  capability: Capability,
  { store }: Pick<Services, 'store'>,
): Promise<boolean> {
  return (await store.claimedUntil({ tenant: turn.tenant }, refusedKey(turn, capability))) !== null;
}

/** Remembers for a day that Teams has refused this. */
export async function noteRefusal(
  turn: TurnBase,
  capability: Capability,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<void> {
  const until = now().toMillis() + DAY_MS;
  await store.claim({ tenant: turn.tenant }, refusedKey(turn, capability), until);
}
