import type { GetTokenOptions, TokenCredential } from '@azure/identity';
import { createCache, createSingleFlight } from '../base/cache.ts';
import type { Reach } from './scopes.ts';
import { TokenError, toTokenError } from './token-error.ts';

type Owner = { tenant: string; user: string };

/** `claims`: the claims challenge that another replica received, as JSON. */
type ExchangeOptions = { reach?: Reach; claims?: string | null };

/** Graph tokens of people, in memory only, by tenant and user. */
export type GraphTokens = {
  /** A cached token that reaches so far, if it is valid for at least five more minutes. */
  cached(owner: Owner, reach?: Reach): HeldToken | null;
  /**
   * Exchanges the verified token of this person; callers at the same time share one request. Throws TokenError, at the
   * latest after eight seconds.
   */
  exchange(owner: Owner, assertion: string, options?: ExchangeOptions): Promise<string>;
  /** Drops the person's tokens, requests for one that are still running, and the claims that were demanded. */
  drop(owner: Owner): void;
  /** Drops the tokens because Graph or Entra demands these claims (JSON). The next request for a token carries them. */
  demand(owner: Owner, claims: string): void;
};

/** What tokens are for, and a clock in epoch milliseconds. */
type TokenOptions = { scope: string; now(): number };

type GraphTokenOptions = Pick<TokenOptions, 'now'> & {
  scopes: Readonly<Record<Reach, string[]>>;
  asPerson(tenant: string, assertion: string): TokenCredential;
};

/** Long enough for a person to show a second factor. */
const DEMAND_MS = 15 * 60_000;
/** People and tenants whose tokens are held. */
const MOST = 20_000;

/** Tokens with which the bot acts as the person who asks. */
export function createGraphTokens({ asPerson, scopes, now }: GraphTokenOptions): GraphTokens {
  const cache = createTokenCache(now);
  const demands = createCache<string>(MOST, now);
  const personOf = ({ tenant, user }: Owner) => `${tenant}/${user}`;
  const keyOf = (owner: Owner, reach: Reach) => `${personOf(owner)}/${reach}`;
  const dropTokens = (owner: Owner) => {
    for (const reach of ['meetings', 'calendar'] as const) cache.drop(keyOf(owner, reach));
  };
  return {
    cached: (owner, reach = 'meetings') =>
      cache.get(keyOf(owner, reach)) ?? cache.get(keyOf(owner, 'calendar')),
    exchange: (owner, assertion, { reach = 'meetings', claims } = {}) =>
      cache.fetch(keyOf(owner, reach), (options) => {
        const demanded = claims ?? demands.get(personOf(owner));
        const demand = demanded === undefined ? {} : { claims: demanded };
        return asPerson(owner.tenant, assertion).getToken(scopes[reach], { ...options, ...demand });
      }),
    drop: (owner) => {
      dropTokens(owner);
      demands.delete(personOf(owner));
    },
    demand: (owner, claims) => {
      dropTokens(owner);
      demands.set(personOf(owner), claims, { ttl: DEMAND_MS });
    },
  };
}

/** Tokens of the app itself, one for each tenant, in memory only. Both functions throw TokenError, after eight seconds at the latest. */
export type AppTokens = {
  /** The cached token, or a new one; callers at the same time share one request. */
  token(tenant: string): Promise<string>;
  /** A new token in place of this one, which Graph has refused. */
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
    cache.get(tenant)?.token ??
    (await cache.fetch(tenant, (options) => asApplication(tenant).getToken(scope, options)));
  return {
    token,
    replace: (tenant, refused) => {
      // Of many that are refused at once, the first has replaced it for all.
      if (cache.get(tenant)?.token === refused) cache.drop(tenant);
      return token(tenant);
    },
  };
}

/** `since`: when it was requested, in epoch milliseconds. */
type HeldToken = { token: string; since: number };

/** Tokens by key, in memory only. Credentials of @azure/identity share no tokens between instances. */
type TokenCache = {
  /** The cached token, if it is valid for at least five more minutes. */
  get(key: string): HeldToken | null;
  /** Requests a token; callers with the same key share one request. Throws TokenError, at the latest after eight seconds. */
  fetch(key: string, ask: Ask): Promise<string>;
  /** Drops the token and ignores the result of a request that is still running. */
  drop(key: string): void;
};

/** One request to Entra, aborted by the signal in its options. */
type Ask = (options: GetTokenOptions) => ReturnType<TokenCredential['getToken']>;

const MARGIN_MS = 5 * 60_000;
/** Somebody who waits for an answer in Teams does not wait much longer. */
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
    get: (key) => held.get(key) ?? null,
    fetch: (key, ask) => requests.run(key, (isWanted) => request(key, ask, isWanted)),
    drop: (key) => {
      held.delete(key);
      requests.drop(key);
    },
  };
}

/** Rejects after `ms`, also where the credential ignores the signal to abort. Nothing of the work is held once it has ended. */
async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const aborting = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new TokenError('unavailable', null, null));
    aborting.abort();
  }, ms);
  try {
    return await Promise.race([work(aborting.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
