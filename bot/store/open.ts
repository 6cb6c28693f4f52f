import type { TokenCredential } from '@azure/identity';
import type { StoreConfig } from '../config/values.ts';
import type { StoreKey } from './keys.ts';
import type { Store } from './store.ts';

/**
 * Opens the store of this configuration; the code of a kind is loaded only where that kind is used. `credential` is for
 * Azure's tables, `now` returns epoch milliseconds. Rejects when a file cannot be opened; a remote store is not contacted.
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

const SWEEP_MS = 10 * 60_000;

/** Removes expired rows every ten minutes, in one replica for all. Returns a function that stops it. */
export function startSweeping(store: Store<StoreKey>, onFault: (error: unknown) => void): () => void {
  async function sweep(): Promise<void> {
    const isMine = await store.claim({ tenant: '' }, 'sweep', Date.now() + SWEEP_MS / 2);
    if (isMine) await store.sweep();
  }
  const sweeping = setInterval(() => void sweep().catch(onFault), SWEEP_MS);
  sweeping.unref();
  return () => clearInterval(sweeping);
}
