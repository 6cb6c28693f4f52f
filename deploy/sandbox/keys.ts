import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from 'jose';

/** The public half, as a `jwks_uri` publishes it. */
type PublicKeys = { keys: Record<string, unknown>[] };

/** Signs tokens with one RSA key and recognises them again. */
export type Signer = {
  keyId: string;
  publicKeys: PublicKeys;
  /** Signs the claims as they are (RS256); nothing is added but the header. */
  sign(claims: JWTPayload, header?: Record<string, unknown>): Promise<string>;
  /** The claims of a token of this key, valid at `now` (milliseconds); rejects with jose's errors. */
  verify(token: string, now: number): Promise<JWTPayload>;
};

/** A fresh key; nothing of it survives the process. */
export async function createSigner(): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keyId = randomUUID().replaceAll('-', '');
  const jwk = await exportJWK(publicKey);
  return {
    keyId,
    publicKeys: { keys: [{ ...jwk, kid: keyId, use: 'sig' }] },
    sign: (claims, header = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: keyId, ...header })
        .sign(privateKey),
    verify: async (token, now) => {
      const options = { algorithms: ['RS256'], currentDate: new Date(now), requiredClaims: ['exp', 'aud'] };
      return (await jwtVerify(token, publicKey, options)).payload;
    },
  };
}
