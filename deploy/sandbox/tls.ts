import { randomUUID, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { Tls } from './serve.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Makes an authority and one certificate for `localhost`, `127.0.0.1` and `::1`, valid for a week or so many days.
 * The authority's key is thrown away: nothing else can be signed with it.
 */
export async function createTls(now: number = Date.now(), days = 7): Promise<Tls> {
  const authority = await generateKeys();
  const leaf = await generateKeys();
  const validity = { notBefore: new Date(now - 60_000), notAfter: new Date(now + days * DAY_MS) };
  const common = { ...validity, signingAlgorithm: ALGORITHM };

  const ca = await X509CertificateGenerator.createSelfSigned({
    ...common,
    // Its own name, so that two of them can be trusted at once.
    name: `CN=Parley sandbox authority ${randomUUID()}`,
    keys: authority,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  const certificate = await X509CertificateGenerator.create({
    ...common,
    subject: 'CN=localhost',
    issuer: ca.subject,
    publicKey: leaf.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    ],
  });
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', leaf.privateKey), 'PRIVATE KEY');
  return { caPem: ca.toString('pem'), key, cert: certificate.toString('pem') };
}

function generateKeys() {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}
