import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { readJson, send } from './http-client.ts';
import { createSingleFlight } from './single-flight.ts';

const Metadata = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  authorization_endpoint: z.url().optional(),
});

/** What an OpenID provider says of itself, with its keys; keys are fetched again by themselves when they change. */
export type OpenId = {
  issuer: string;
  authorizationEndpoint: string | null;
  /** Throws KeysUnavailable where they cannot be had: that says nothing about the token. */
  keys: JWTVerifyGetKey & {
    jwks(): { keys: Record<string, unknown>[] } | undefined;
    reload(): Promise<void>;
  };
};

/** The provider's keys cannot be fetched now: the caller should try again later. */
export class KeysUnavailable extends Error {
  constructor(cause: unknown) {
    super('no keys of the OpenID provider', { cause });
    this.name = 'KeysUnavailable';
  }
}

const TIMEOUT_MS = 5_000;
/** Microsoft wants keys to be renewed once a day; until then old ones are better than none. */
const KEPT_MS = 24 * 3_600_000;

/** Reads an OpenID configuration. Rejects when the address does not answer with one. */
export async function discover(metadataUrl: string): Promise<OpenId> {
  const metadata = Metadata.parse(readJson(await get(metadataUrl)));
  return {
    issuer: metadata.issuer,
    authorizationEndpoint: metadata.authorization_endpoint ?? null,
    keys: createRemoteJWKSet(new URL(metadata.jwks_uri), {
      timeoutDuration: TIMEOUT_MS,
      [customFetch]: keepingFetch(),
    }) as unknown as OpenId['keys'],
  };
}

/** Rejects unless a whole answer with status 200 comes in time. */
async function get(url: string): Promise<string> {
  const headers = { Accept: 'application/json' };
  const { status, text } = await send({ method: 'GET', url, headers, patience: TIMEOUT_MS });
  if (status !== 200) throw new Error(`the OpenID provider answered ${status}`);
  return text;
}

/** A fetch that falls back to the last keys where the provider fails, and throws KeysUnavailable where there are none. */
function keepingFetch(): (url: string) => Promise<Response> {
  let last: { text: string; until: number } | null = null;
  const ask = async (url: string) => {
    const text = await get(url);
    if (readJson(text) === undefined) throw new Error('the OpenID provider answered with no keys');
    last = { text, until: performance.now() + KEPT_MS };
    return new Response(text);
  };
  return (url) =>
    ask(url).catch((error: unknown) => {
      if (last === null || last.until < performance.now()) throw new KeysUnavailable(error);
      return new Response(last.text);
    });
}

/** Entra's configuration of a tenant, fetched once for all who ask at the same time; a failure is not remembered. */
export function createTenants(loginHost: string): (tenant: string) => Promise<OpenId> {
  const flights = createSingleFlight<OpenId>({ keepsSuccess: true });
  const address = (tenant: string) => `${loginHost}/${tenant}/v2.0/.well-known/openid-configuration`;
  return (tenant) => flights.run(tenant, () => discover(address(tenant)));
}
