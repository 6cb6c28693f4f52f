import { readFileSync } from 'node:fs';
import { type Environment, readGuid } from './environment.ts';

/** How the bot proves to Entra that it is itself. */
export type BotCredential =
  | { kind: 'secret'; secret: string }
  | { kind: 'certificate'; path: string }
  | { kind: 'managedIdentity'; clientId: string };

const CREDENTIALS = ['BOT_CLIENT_SECRET', 'BOT_CERTIFICATE_PATH', 'BOT_MANAGED_IDENTITY_CLIENT_ID'] as const;
const PEM = [/^-----BEGIN CERTIFICATE-----/m, /^-----BEGIN (RSA )?PRIVATE KEY-----/m];

/** The one credential that is set. Looks whether what is named as certificate is one. */
export function readCredential(env: Environment): BotCredential {
  const given = CREDENTIALS.filter((name) => env.read(name) !== '');
  const [first, ...others] = given;
  if (first === undefined)
    env.failTogether(`One of ${CREDENTIALS.join(', ')} must be set: the bot’s credential.`);
  if (others.length === 1)
    env.failTogether(`${given.join(' and ')} are both set; keep exactly one credential.`);
  if (others.length > 1) env.failTogether(`${given.join(', ')} are all set; keep exactly one credential.`);
  switch (first) {
    case 'BOT_CERTIFICATE_PATH':
      return readCertificate(env);
    case 'BOT_MANAGED_IDENTITY_CLIENT_ID':
      return {
        kind: 'managedIdentity',
        clientId: readGuid(env, first, 'the client id of the managed identity'),
      };
    default:
      return { kind: 'secret', secret: env.read('BOT_CLIENT_SECRET') };
  }
}

function readCertificate({ read, fail }: Environment): BotCredential {
  const name = 'BOT_CERTIFICATE_PATH';
  const path = read(name);
  const text = textOf(path);
  if (text === null) fail(name, 'names no file that can be read.');
  else if (!PEM.every((part) => part.test(text)))
    fail(name, 'must be a PEM file with the certificate and its private key, unencrypted.');
  return { kind: 'certificate', path };
}

/** Null where it cannot be read: Node's error would repeat the path, where somebody may have put the key itself. */
function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
