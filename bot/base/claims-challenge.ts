import * as z from 'zod';

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
