import { TokenError } from '../../auth/token-error.ts';
import type { Setting } from '../services.ts';

/** Verifies and exchanges a token that Teams handed over; afterwards the Graph token is at hand. Entra's silence is an answer. `claims`: what is demanded of it. */
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
