import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { createSingleFlight } from './cache.ts';
import { readJson, send } from './http-client.ts';

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

/** Entra's own challenges are a few short rules about one token. */
const MOST_CHARACTERS = 1_000;
const Value = z.string().max(200);
const Rule = z.strictObject({
  essential: z.boolean().optional(),
  value: Value.optional(),
  values: z.array(Value).max(10).optional(),
});
const Claims = z.strictObject({
  access_token: z.record(z.string().regex(/^\w{1,40}$/), Rule.nullable()),
});

/**
 * What Entra or Graph demands of the next token, as JSON to hand to Entra's sign-in page; null for anything else, as
 * it also arrives in addresses that anybody can write.
 */
export function readClaims(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > MOST_CHARACTERS) return null;
  try {
    const claims = Claims.safeParse(JSON.parse(text));
    return claims.success ? JSON.stringify(claims.data) : null;
  } catch {
    return null;
  }
}

/** The claims in a `WWW-Authenticate` header, which has them in base64; null where it has none. */
export function readClaimsChallenge(header: string | null): string | null {
  const [, encoded] = /\bclaims="([\w+/=-]{1,2000})"/.exec(header ?? '') ?? [];
  return encoded === undefined ? null : readClaims(Buffer.from(encoded, 'base64').toString('utf8'));
}
