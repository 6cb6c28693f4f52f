import { openTables } from '../../bot/store/tables.ts';
import { startAzurite } from './azurite.ts';
import type { Backing } from './backing.ts';
import { startProxy } from './store-proxy.ts';
import { hits, status } from './trouble.ts';

/** Azurite behind a proxy: busy, slow, silent, with connections that break before and after the effect. */
export async function startTables(): Promise<Backing> {
  const azurite = await startAzurite();
  const { faults, port, close } = await startProxy(azurite.port);
  const place = { kind: 'azurite' as const, connectionString: azurite.connectionString() };
  const store = openTables(place, Date.now);
  return {
    env: { STORE: `tables:${azurite.connectionString(port)}` },
    hooks: [],
    troubles: [
      hits('store 503', { match: {}, fault: status(503), most: 8, weight: 1 }, faults),
      hits('store 429', { match: {}, fault: status(429, { retryAfter: 1 }), weight: 1 }, faults),
      hits('store 500', { match: {}, fault: status(500), weight: 1 }, faults),
      hits('store slow', { match: {}, fault: { kind: 'slow', ms: 700 }, most: 8, weight: 1 }, faults),
      hits('store hangs', { match: {}, fault: { kind: 'hang' }, weight: 1 }, faults),
      hits('store drops before', { match: {}, fault: { kind: 'drop', when: 'before' } }, faults),
      hits('store drops after', { match: {}, fault: { kind: 'drop', when: 'after' } }, faults),
    ],
    store,
    close: async () => {
      await store.close();
      await close();
      await azurite.close();
    },
  };
}
