import type { Environment } from './environment.ts';
import { isLoopbackUrl } from './hosts.ts';

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

/** A SQLite file where nothing else is said. */
export function readStore(env: Environment): StoreConfig {
  const value = env.read('STORE') || 'sqlite:./data/parley.db';
  if (value === 'memory:') return { kind: 'memory' };
  if (/^sqlite:./.test(value)) return { kind: 'sqlite', path: value.slice('sqlite:'.length) };
  if (value.startsWith('tables:')) return readTables(env, value.slice('tables:'.length));
  if (CONNECTION_STRING.test(value)) return readTables(env, value);
  env.fail('STORE', 'must be sqlite:<file>, tables:https://<account>.table.core.windows.net or memory:.');
  return { kind: 'memory' };
}

function readTables({ fail }: Environment, value: string): StoreConfig {
  const url = value.replace(/\/+$/, '');
  if (TABLES.test(url)) return { kind: 'tables', url };
  const part = (name: string) => new RegExp(`(?:^|;)${name}=([^;]+)`, 'i').exec(value)?.[1] ?? '';
  const isWhole = isLoopbackUrl(part('TableEndpoint')) && part('AccountName') && part('AccountKey');
  if (/^UseDevelopmentStorage=true;?$/i.test(value) || isWhole)
    return { kind: 'azurite', connectionString: value };
  const instead = 'a connection string is for Azurite on this machine only.';
  fail('STORE', `must name an account, as in tables:https://<account>.table.core.windows.net; ${instead}`);
  return { kind: 'memory' };
}
