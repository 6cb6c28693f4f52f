import type { GraphTokens } from '../../auth/graph-tokens.ts';
import { TokenError } from '../../auth/token-error.ts';
import type { StoreKey } from '../../store/keys.ts';
import type { Setting } from '../services.ts';

/** Longer than any token of Graph's lives. */
const KEEP_MS = 30 * 3_600_000;

const signedOutKey = ({ owner }: Setting): StoreKey => `signedOut:${owner.user}`;

/** Makes every replica forget the person's token: each holds its own, and looks before it uses it. */
export async function signOutEverywhere(tokens: GraphTokens, setting: Setting): Promise<void> {
  const { owner, services } = setting;
  const until = services.now().toMillis() + KEEP_MS;
  const isFirst = await services.store.claim(owner.tenant, signedOutKey(setting), until);
  if (!isFirst) await services.store.settle(owner.tenant, signedOutKey(setting), until);
  tokens.drop(owner);
}

/** The token that this replica holds for the person, unless they have signed out since. */
export async function tokenAtHand(tokens: GraphTokens, setting: Setting): Promise<string | null> {
  const { owner, services } = setting;
  const held = tokens.cached(owner);
  if (held === null) return null;
  const until = await services.store.claimedUntil(owner.tenant, signedOutKey(setting));
  if (until === null || until - KEEP_MS <= held.since) return held.token;
  tokens.drop(owner);
  return null;
}

/**
 * Verifies and exchanges a token that Teams handed over; afterwards the Graph token is at hand. An Entra that does not
 * answer is a TokenError, too. `claims`: what is demanded of the token.
 */
export async function takeToken(
  token: string,
  setting: Setting,
  claims: string | null = null,
): Promise<'taken' | 'notTheirs' | TokenError> {
  const { services, owner } = setting;
  const { access } = services;
  if (access.mode === 'application') return 'taken';
  const isTheirs = await services
    .isTokenOf(token, owner)
    .catch((error: unknown) => new TokenError('unavailable', null, error));
  if (isTheirs instanceof TokenError) return isTheirs;
  if (!isTheirs) return 'notTheirs';
  try {
    await access.tokens.exchange(owner, token, claims);
    return 'taken';
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    if (error.claims !== null) access.tokens.demand(owner, error.claims);
    return error;
  }
}
