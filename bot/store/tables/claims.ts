import { randomUUID } from 'node:crypto';
import type { Count, Store } from '../store.ts';
import { isAlive, keyOf } from './rows.ts';
import type { Row, Table } from './table.ts';

type Claims = Pick<Store, 'claim' | 'claimedUntil' | 'settle' | 'release' | 'count' | 'uncount'>;

/** Claims and counts, each in a partition of its own: inserting a row that is not there yet is what tables do best. */
export function claimsIn(table: Table, now: () => number): Claims {
  const keysOf = (tenant: string, key: string) => ({ partitionKey: keyOf(tenant, key), rowKey: 'claim' });
  const countKeys = (tenant: string, key: string) => ({ partitionKey: keyOf(tenant, key), rowKey: 'count' });
  return {
    claim: async (tenant, key, until) => {
      // By its mark a claim is known as won even where the answer to the first try was lost on the way.
      const row = { ...keysOf(tenant, key), expires: BigInt(until), mark: randomUUID() };
      while (!(await table.insert(row))) {
        const found = await table.get(row);
        if (found === null) continue;
        if (found.mark === row.mark) return true;
        if (isAlive(found, now())) return false;
        if (await table.replace(row, found.etag)) return true;
      }
      return true;
    },
    claimedUntil: async (tenant, key) => {
      const found = await table.get(keysOf(tenant, key));
      return found !== null && isAlive(found, now()) ? Number(found.expires) : null;
    },
    settle: (tenant, key, until) => table.merge({ ...keysOf(tenant, key), expires: BigInt(until) }),
    release: async (tenant, key) => void (await table.remove(keysOf(tenant, key))),

    count: async (tenant, key, until) => {
      const begun = { ...countKeys(tenant, key), count: 1, expires: BigInt(until), mark: randomUUID() };
      for (;;) {
        const found = await table.get(begun);
        if (found === null) {
          if (await table.insert(begun)) return { count: 1, until };
          continue;
        }
        if (found.mark === begun.mark) return toCount(found);
        const { count, expires } = found;
        const row = isAlive(found, now()) ? { ...begun, count: Number(count) + 1, expires } : begun;
        if (await table.replace(row, found.etag)) return toCount(row);
      }
    },
    uncount: async (tenant, key) => {
      for (;;) {
        const found = await table.get(countKeys(tenant, key));
        if (found === null || !isAlive(found, now()) || Number(found.count) === 0) return;
        const { etag, expires } = found;
        const row = { ...countKeys(tenant, key), count: Number(found.count) - 1, expires };
        if (await table.replace(row, etag)) return;
      }
    },
  };
}

const toCount = (row: Row): Count => ({ count: Number(row.count), until: Number(row.expires) });
