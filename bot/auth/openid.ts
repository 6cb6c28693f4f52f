import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

const Metadata = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  authorization_endpoint: z.url().optional(),
});

/** What an OpenID provider says of itself, with its keys; keys are fetched again by themselves when they change. */
export type OpenId = {
  issuer: string;
  authorizationEndpoint: string | null;
  keys: JWTVerifyGetKey & {
    jwks(): { keys: Record<string, unknown>[] } | undefined;
    reload(): Promise<void>;
  };
};

const TIMEOUT_MS = 5_000;

/** Reads an OpenID configuration. Rejects when the address does not answer with one. */
export async function discover(metadataUrl: string): Promise<OpenId> {
  const response = await fetch(metadataUrl, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`OpenID metadata answered ${response.status}`);
  const metadata = Metadata.parse(await response.json());
  return {
    issuer: metadata.issuer,
    authorizationEndpoint: metadata.authorization_endpoint ?? null,
    keys: createRemoteJWKSet(new URL(metadata.jwks_uri), {
      timeoutDuration: TIMEOUT_MS,
    }) as unknown as OpenId['keys'],
  };
}

/** Entra's configuration of a tenant, fetched once for all who ask at the same time; a failure is not remembered. */
export function createTenants(loginHost: string): (tenant: string) => Promise<OpenId> {
  const known = new Map<string, Promise<OpenId>>();
  return (tenant) => {
    const found = known.get(tenant);
    if (found) return found;
    const asked = discover(`${loginHost}/${tenant}/v2.0/.well-known/openid-configuration`);
    known.set(tenant, asked);
    asked.catch(() => known.delete(tenant));
    return asked;
  };
}
