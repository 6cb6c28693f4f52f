import type { TokenCredential } from '@azure/identity';
import { createTokenCache } from './token-cache.ts';

type Owner = { tenant: string; user: string };

/** Graph tokens of people, in memory only, by tenant and user. */
export type GraphTokens = {
  /** The token at hand, if it is good for a few more minutes. */
  cached(owner: Owner): string | null;
  /**
   * Exchanges the verified token of this person; once for all who ask at the same time. Throws TokenError, at the
   * latest after eight seconds.
   */
  exchange(owner: Owner, assertion: string): Promise<string>;
  /** Forgets the person's token, and the one that may be on its way. */
  drop(owner: Owner): void;
};

export type GraphTokenOptions = {
  asPerson(tenant: string, assertion: string): TokenCredential;
  scope: string;
  /** Epoch milliseconds. */
  now(): number;
};

/** Tokens with which the bot acts as the person who asks. */
export function createGraphTokens({ asPerson, scope, now }: GraphTokenOptions): GraphTokens {
  const cache = createTokenCache({ now });
  const keyOf = ({ tenant, user }: Owner) => `${tenant}/${user}`;
  return {
    cached: (owner) => cache.at(keyOf(owner)),
    exchange: (owner, assertion) =>
      cache.fetch(keyOf(owner), (options) => asPerson(owner.tenant, assertion).getToken(scope, options)),
    drop: (owner) => cache.drop(keyOf(owner)),
  };
}
