import type { TokenCredential } from '@azure/identity';
import type { StoreConfig } from '../config/values.ts';
import type { Store } from './store.ts';

/**
 * The store of this configuration; each kind is loaded only where it is used. `credential` is for Azure's tables, `now`
 * answers epoch milliseconds. Rejects where a file cannot be opened; a remote is not asked yet.
 */
export async function openStore(
  config: StoreConfig,
  credential: TokenCredential,
  now: () => number,
): Promise<Store> {
  switch (config.kind) {
    case 'memory':
    case 'sqlite': {
      const { openSqlite } = await import('./sqlite.ts');
      return openSqlite(config.kind === 'memory' ? ':memory:' : config.path, now);
    }
    case 'tables':
    case 'azurite': {
      const { openTables } = await import('./tables.ts');
      return openTables(config.kind === 'tables' ? { ...config, credential } : config, now);
    }
    default:
      return config satisfies never;
  }
}
