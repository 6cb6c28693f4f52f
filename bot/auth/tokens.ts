import type { GetTokenOptions, TokenCredential } from '@azure/identity';
import { createCache } from '../base/cache.ts';
import { createSingleFlight } from '../base/single-flight.ts';
import { TokenError, toTokenError } from './token-error.ts';

type Owner = { tenant: string; user: string };

/** Graph tokens of people, in memory only, by tenant and user. */
export type GraphTokens = {
  /** The token at hand, if it is good for a few more minutes. */
  cached(owner: Owner): HeldToken | null;
  /**
   * Exchanges the verified token of this person; once for all who ask at the same time. `claims`: what another replica
   * heard is demanded of it, as JSON. Throws TokenError, at the latest after eight seconds.
   */
  exchange(owner: Owner, assertion: string, claims?: string | null): Promise<string>;
  /** Forgets the person's token, the one that may be on its way, and what was demanded of it. */
  drop(owner: Owner): void;
  /** Forgets the token because Graph or Entra demands these claims (JSON): the next one is asked for with them. */
  demand(owner: Owner, claims: string): void;
};

/** What tokens are for, and a clock in epoch milliseconds. */
type TokenOptions = { scope: string; now(): number };

type GraphTokenOptions = TokenOptions & {
  asPerson(tenant: string, assertion: string): TokenCredential;
};

/** Long enough for a person to show a second factor. */
const DEMAND_MS = 15 * 60_000;
/** People and tenants whose tokens are held. */
const MOST = 20_000;

/** Tokens with which the bot acts as the person who asks. */
export function createGraphTokens({ asPerson, scope, now }: GraphTokenOptions): GraphTokens {
  const cache = createTokenCache(now);
  const demands = createCache<string>(MOST, now);
  const keyOf = ({ tenant, user }: Owner) => `${tenant}/${user}`;
  return {
    cached: (owner) => cache.at(keyOf(owner)),
    exchange: (owner, assertion, claims) =>
      cache.fetch(keyOf(owner), (options) => {
        const demanded = claims ?? demands.get(keyOf(owner));
        const demand = demanded === undefined ? {} : { claims: demanded };
        return asPerson(owner.tenant, assertion).getToken(scope, { ...options, ...demand });
      }),
    drop: (owner) => {
      cache.drop(keyOf(owner));
      demands.delete(keyOf(owner));
    },
    demand: (owner, claims) => {
      const key = keyOf(owner);
      cache.drop(key);
      demands.set(key, claims, { ttl: DEMAND_MS });
    },
  };
}

/** Tokens of the app itself, one for each tenant, in memory only. Both throw TokenError, after eight seconds at the latest. */
export type AppTokens = {
  /** The token at hand, or a new one; asked for once for all who wait. */
  token(tenant: string): Promise<string>;
  /** A new one in place of this one, which Graph takes no more. */
  replace(tenant: string, refused: string): Promise<string>;
};

type AppTokenOptions = TokenOptions & {
  /** A credential without a cache of its own: a cache could answer with the token that was refused. */
  asApplication(tenant: string): TokenCredential;
};

/** Tokens with which the bot acts as itself. */
export function createAppTokens({ asApplication, scope, now }: AppTokenOptions): AppTokens {
  const cache = createTokenCache(now);
  const token = async (tenant: string) =>
    cache.at(tenant)?.token ??
    (await cache.fetch(tenant, (options) => asApplication(tenant).getToken(scope, options)));
  return {
    token,
    replace: (tenant, refused) => {
      // Of many that are refused at once, the first has replaced it for all.
      if (cache.at(tenant)?.token === refused) cache.drop(tenant);
      return token(tenant);
    },
  };
}

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
type Ask = (options: GetTokenOptions) => ReturnType<TokenCredential['getToken']>;

const MARGIN_MS = 5 * 60_000;
/** A person who waits for an answer in Teams waits little longer. */
const PATIENCE_MS = 8_000;

function createTokenCache(now: () => number): TokenCache {
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
function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(ms);
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new TokenError('unavailable', null, null)));
  });
  return Promise.race([work(signal), late]);
}
