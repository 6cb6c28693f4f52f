import { z } from 'zod';

/** A few short rules about one token; Entra's own are of this size. */
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

/** The claims in a `WWW-Authenticate` header, where they stand in base64. */
export function claimsInChallenge(header: string | null): string | null {
  const [, encoded] = /\bclaims="([\w+/=-]{1,2000})"/.exec(header ?? '') ?? [];
  return encoded === undefined ? null : readClaims(Buffer.from(encoded, 'base64').toString('utf8'));
}
