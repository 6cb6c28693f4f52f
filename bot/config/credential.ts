import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** How the bot proves to Entra that it is itself. */
export type BotCredential =
  | { kind: 'secret'; secret: string }
  | { kind: 'certificate'; path: string }
  | { kind: 'managedIdentity'; clientId: string };

const PEM = [/^-----BEGIN CERTIFICATE-----/m, /^-----BEGIN (RSA )?PRIVATE KEY-----/m];

/** The path of a file with a certificate and its key, which is looked at. */
export const CertificatePath = z
  .string()
  .refine((path) => contentOf(path) !== null, { error: 'names no file that can be read.', abort: true })
  .refine(
    (path) => PEM.every((part) => part.test(contentOf(path) ?? '')),
    'must be a PEM file with the certificate and its private key, unencrypted.',
  );

/** Null where it cannot be read: Node's error would repeat the path, where somebody may have put the key itself. */
function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
