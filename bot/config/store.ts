import { z } from 'zod';
import { isLoopbackUrl } from './cloud.ts';

/** Where the bot remembers. Azure's tables by the bot's own identity; by a key only in Azurite, on this machine. */
export type StoreConfig =
  | { kind: 'memory' }
  | { kind: 'sqlite'; path: string }
  | { kind: 'tables'; url: string }
  | { kind: 'azurite'; connectionString: string };

const CONNECTION_STRING = /^(UseDevelopmentStorage|DefaultEndpointsProtocol|AccountName|TableEndpoint)=/i;
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
  if (!value.startsWith('tables:') && !CONNECTION_STRING.test(value)) return FORMS;
  const url = value.replace(/^tables:/, '').replace(/\/+$/, '');
  if (TABLES.test(url)) return { kind: 'tables', url };
  return isAzurite(url) ? { kind: 'azurite', connectionString: url } : TABLES_FORMS;
}

function isAzurite(connectionString: string): boolean {
  if (/^UseDevelopmentStorage=true;?$/i.test(connectionString)) return true;
  const part = (name: string) => new RegExp(`(?:^|;)${name}=([^;]+)`, 'i').exec(connectionString)?.[1] ?? '';
  return isLoopbackUrl(part('TableEndpoint')) && part('AccountName') !== '' && part('AccountKey') !== '';
}
