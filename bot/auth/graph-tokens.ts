import type { TokenCredential } from '@azure/identity';
import { createCache } from '../base/cache.ts';
import { createTokenCache, type HeldToken } from './token-cache.ts';

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

type GraphTokenOptions = {
  asPerson(tenant: string, assertion: string): TokenCredential;
  scope: string;
  /** Epoch milliseconds. */
  now(): number;
};

/** Long enough for a person to show a second factor. */
const DEMAND_MS = 15 * 60_000;
const MOST = 20_000;

/** Tokens with which the bot acts as the person who asks. */
export function createGraphTokens({ asPerson, scope, now }: GraphTokenOptions): GraphTokens {
  const cache = createTokenCache({ now });
  const demands = createCache<string>(MOST, now);
  const keyOf = ({ tenant, user }: Owner) => `${tenant}/${user}`;
  const claimsFor = (key: string) => {
    const claims = demands.get(key);
    return claims === undefined ? {} : { claims };
  };
  return {
    cached: (owner) => cache.at(keyOf(owner)),
    exchange: (owner, assertion, claims = null) =>
      cache.fetch(keyOf(owner), (options) => {
        const demand = claims === null ? claimsFor(keyOf(owner)) : { claims };
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
