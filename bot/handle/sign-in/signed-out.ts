import type { GraphTokens } from '../../auth/graph-tokens.ts';
import type { StoreKey } from '../../store/keys.ts';
import type { Setting } from '../services.ts';

/** Longer than any token of Graph's lives. */
const KEEP_MS = 30 * 3_600_000;

const keyOf = ({ owner }: Setting): StoreKey => `signedOut:${owner.user}`;

/** Makes every replica forget the person's token: each holds its own, and looks before it uses it. */
export async function signOutEverywhere(tokens: GraphTokens, setting: Setting): Promise<void> {
  const { owner, services } = setting;
  const until = services.now().toMillis() + KEEP_MS;
  const isFirst = await services.store.claim(owner.tenant, keyOf(setting), until);
  if (!isFirst) await services.store.settle(owner.tenant, keyOf(setting), until);
  tokens.drop(owner);
}

/** The token that this replica holds for the person, unless they have signed out since. */
export async function tokenAtHand(tokens: GraphTokens, setting: Setting): Promise<string | null> {
  const { owner, services } = setting;
  const held = tokens.cached(owner);
  if (held === null) return null;
  const until = await services.store.claimedUntil(owner.tenant, keyOf(setting));
  if (until === null || until - KEEP_MS <= held.since) return held.token;
  tokens.drop(owner);
  return null;
}
