import type { GetTokenOptions, TokenCredential } from '@azure/identity';
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
/** Whoever waits for an answer in Teams waits little longer. */
const PATIENCE_MS = 8_000;

/** `now` answers epoch milliseconds. */
export function createTokenCache({ now }: { now(): number }): TokenCache {
  const held = new Map<string, HeldToken & { until: number }>();
  const underway = new Map<string, Promise<string>>();

  async function request(key: string, ask: Ask, isWanted: () => boolean): Promise<string> {
    const since = now();
    try {
      const answer = await within(PATIENCE_MS, (abortSignal) => ask({ abortSignal }));
      if (answer === null) throw new TokenError('unavailable', null, null);
      const until = answer.expiresOnTimestamp - MARGIN_MS;
      if (isWanted()) hold(key, { token: answer.token, since, until });
      return answer.token;
    } catch (error) {
      throw error instanceof TokenError ? error : toTokenError(error);
    }
  }

  function hold(key: string, entry: HeldToken & { until: number }): void {
    held.delete(key);
    held.set(key, entry);
    for (const [oldest, { until }] of held) {
      if (held.size <= MOST && until > now()) break;
      held.delete(oldest);
    }
  }

  return {
    at: (key) => {
      const entry = held.get(key);
      return entry !== undefined && entry.until > now() ? entry : null;
    },
    fetch: (key, ask) => {
      const found = underway.get(key);
      if (found) return found;
      const isMine = () => underway.get(key) === asked;
      const asked: Promise<string> = request(key, ask, isMine).finally(
        () => void (isMine() && underway.delete(key)),
      );
      underway.set(key, asked);
      return asked;
    },
    drop: (key) => {
      held.delete(key);
      underway.delete(key);
    },
  };
}

/** The credential need not heed the signal; nobody waits for it any longer. */
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
