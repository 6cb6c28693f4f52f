import type { TokenCredential } from '@azure/identity';
import { createTokenCache } from './token-cache.ts';

/** Graph tokens of the app itself, one for each tenant, in memory only. Both throw TokenError, after eight seconds at the latest. */
export type AppTokens = {
  /** The token at hand, or a new one; asked for once for all who wait. */
  token(tenant: string): Promise<string>;
  /** A new one in place of this one, which Graph takes no more. */
  replace(tenant: string, refused: string): Promise<string>;
};

type AppTokenOptions = {
  /** A credential without a cache of its own: it could answer what was refused. */
  asApplication(tenant: string): TokenCredential;
  scope: string;
  /** Epoch milliseconds. */
  now(): number;
};

/** Tokens with which the bot acts as itself. */
export function createAppTokens({ asApplication, scope, now }: AppTokenOptions): AppTokens {
  const cache = createTokenCache({ now });
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
