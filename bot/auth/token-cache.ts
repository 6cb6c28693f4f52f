import type { GetTokenOptions, TokenCredential } from '@azure/identity';
import { createCache } from '../base/cache.ts';
import { createSingleFlight } from '../base/single-flight.ts';
import { TokenError, toTokenError } from './token-error.ts';

/** `since`: when it was asked for, in epoch milliseconds. */
export type HeldToken = { token: string; since: number };

/** Tokens by key, in memory only; credentials share nothing between instances. */
type TokenCache = {
  /** The token at hand, if it is good for a few more minutes. */
  at(key: string): HeldToken | null;
  /**
   * Asks Entra, once for all who want the same key at the same time. Throws TokenError, at the latest after eight
   * seconds.
   */
  fetch(key: string, ask: Ask): Promise<string>;
  /** Forgets the token, and the one that may be on its way. */
  drop(key: string): void;
};

/** One request to Entra, which the signal gives up. */
export type Ask = (options: GetTokenOptions) => ReturnType<TokenCredential['getToken']>;

const MARGIN_MS = 5 * 60_000;
const MOST = 20_000;
/** A person who waits for an answer in Teams waits little longer. */
const PATIENCE_MS = 8_000;

/** `now` answers epoch milliseconds. */
export function createTokenCache({ now }: { now(): number }): TokenCache {
  const held = createCache<HeldToken>(MOST, now);
  const requests = createSingleFlight<string>();

  async function request(key: string, ask: Ask, isWanted: () => boolean): Promise<string> {
    const since = now();
    try {
      const answer = await within(PATIENCE_MS, (abortSignal) => ask({ abortSignal }));
      if (answer === null) throw new TokenError('unavailable', null, null);
      const { token, expiresOnTimestamp } = answer;
      const ttl = expiresOnTimestamp - MARGIN_MS - now();
      if (isWanted() && ttl > 0) held.set(key, { token, since }, { ttl });
      return token;
    } catch (error) {
      throw error instanceof TokenError ? error : toTokenError(error);
    }
  }

  return {
    at: (key) => held.get(key) ?? null,
    fetch: (key, ask) => requests.run(key, (isWanted) => request(key, ask, isWanted)),
    drop: (key) => {
      held.delete(key);
      requests.drop(key);
    },
  };
}

/** Rejects after `ms`, also where the credential ignores the signal to abort. */
async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    controller.abort();
    reject(new TokenError('unavailable', null, null));
  }, ms);
  try {
    return await Promise.race([work(controller.signal), promise]);
  } finally {
    clearTimeout(timer);
  }
}
