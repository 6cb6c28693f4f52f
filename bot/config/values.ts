import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { isLoopbackUrl } from '../base/http-client.ts';

// A message goes on after the variable's name, and never repeats its value, which may be a secret.

/** An id of Entra's; `what` names it in the sentence about a value that is none. */
export const guid = (what: string) =>
  z
    .string(`is not set: it is ${what}.`)
    .toLowerCase()
    .pipe(z.guid(`must be a GUID: it is ${what}.`));

/** A number from 0 to `most`. */
export function wholeNumber(most: number) {
  const message = `must be a whole number from 0 to ${most}.`;
  const digits = z.string().regex(/^\d{1,9}$/, message);
  return digits.transform(Number).pipe(z.number().max(most, message));
}

/** One of a few words, in capitals or not. */
export const word = <const Words extends readonly string[]>(words: Words) =>
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(words, `must be one of ${words.join(', ')}.`));

/** What stands between commas. */
export const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

const withoutSlash = z.string().transform((url) => url.replace(/\/+$/, ''));

/** An address that Teams' clients can reach: by https, but on this machine. */
export const Origin = withoutSlash
  .refine((url) => URL.canParse(url) && new URL(url).origin === url, {
    error: 'must be an origin such as https://parley.contoso.com, without a path.',
    abort: true,
  })
  .refine((url) => url.startsWith('https:') || isLoopbackUrl(url), 'must begin with https://.');

/** The address of a stand-in for one of Microsoft's hosts. */
export const Override = withoutSlash.refine(
  isLoopbackUrl,
  'must point to this machine (localhost); leave it out elsewhere.',
);

/** Whether a value is a GUID. */
export const isGuid = (value: string | undefined): boolean => z.guid().safeParse(value).success;

/** Named ids, as `Board=<id>,Training=<id>`. */
export const NamedIds = list
  .transform((items) => items.map((item) => item.split('=').map((part) => part.trim())))
  .refine(
    (pairs) => pairs.every(([name, id, ...rest]) => name && isGuid(id) && rest.length === 0),
    'must look like Board=<id>,Training=<id>; an id is a GUID.',
  )
  .refine(
    (pairs) => toMap(pairs).size === pairs.length,
    'has the same name twice; capitals make no other name of it.',
  )
  .transform(toMap);

function toMap(pairs: readonly string[][]): ReadonlyMap<string, string> {
  return new Map(pairs.map(([name = '', id = '']) => [name.toLowerCase(), id]));
}

/** A connection string of Application Insights. */
export const ConnectionString = z.string().refine(
  (text) => {
    const parts = new Map(text.split(';').map((part) => part.split('=', 2) as [string, string]));
    const isAddress = parts.get('IngestionEndpoint')?.startsWith('https://') ?? false;
    return isAddress && isGuid(parts.get('InstrumentationKey'));
  },
  { error: 'must be the whole connection string: InstrumentationKey=…;IngestionEndpoint=https://….' },
);

/** The name of a cloud that has online meetings. */
export const CloudName = z
  .string()
  .toLowerCase()
  .refine((name) => name !== 'china', {
    error:
      'is china, but Microsoft Graph has no online meetings in the China cloud, so Parley cannot work there.',
    abort: true,
  })
  .pipe(z.enum(['global', 'gcch', 'dod'], 'must be one of global (which is for GCC, too), gcch, dod.'));

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

/** Where the bot remembers. Azure's tables by the bot's own identity; by a key only in Azurite, on this machine. */
export type StoreConfig =
  | { kind: 'memory' }
  | { kind: 'sqlite'; path: string }
  | { kind: 'tables'; url: string }
  | { kind: 'azurite'; connectionString: string };

const STORAGE_KEY = /^(UseDevelopmentStorage|DefaultEndpointsProtocol|AccountName|TableEndpoint)=/i;
/** An account's address in the clouds that Graph has meetings in; the bot's token for storage goes there. */
const TABLES =
  /^https:\/\/[a-z\d-]{3,30}(\.z\d+)?\.table\.(core\.(windows|usgovcloudapi)\.net|storage\.azure\.net)$/;

const FORMS = 'must be sqlite:<file>, tables:https://<account>.table.core.windows.net or memory:.';
const TABLES_FORMS =
  'must name an account, as in tables:https://<account>.table.core.windows.net; a connection string is for Azurite on this machine only.';

/** What STORE says. */
export const StoreAddress = z.string().transform((value, context): StoreConfig => {
  const found = readStore(value);
  if (typeof found !== 'string') return found;
  context.addIssue(found);
  return z.NEVER;
});

/** The store, or what is wrong with its address. */
function readStore(value: string): StoreConfig | string {
  if (value === 'memory:') return { kind: 'memory' };
  if (/^sqlite:./.test(value)) return { kind: 'sqlite', path: value.slice('sqlite:'.length) };
  if (!value.startsWith('tables:') && !STORAGE_KEY.test(value)) return FORMS;
  const url = value.replace(/^tables:/, '').replace(/\/+$/, '');
  if (TABLES.test(url)) return { kind: 'tables', url };
  return isAzurite(url) ? { kind: 'azurite', connectionString: url } : TABLES_FORMS;
}

function isAzurite(connectionString: string): boolean {
  if (/^UseDevelopmentStorage=true;?$/i.test(connectionString)) return true;
  const part = (name: string) => new RegExp(`(?:^|;)${name}=([^;]+)`, 'i').exec(connectionString)?.[1] ?? '';
  return isLoopbackUrl(part('TableEndpoint')) && part('AccountName') !== '' && part('AccountKey') !== '';
}

/** How Application Insights is signed in to, in the words that Azure Functions has for it. */
export const AuthenticationString = z
  .string()
  .regex(/^(?:.*;)?Authorization=AAD(?:;.*)?$/, 'must be Authorization=AAD, or left out.');
