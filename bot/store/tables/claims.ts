import { randomUUID } from 'node:crypto';
import type { Store } from '../store.ts';
import { isAlive, keyOf } from './rows.ts';
import type { Table } from './table.ts';

type Claims = Pick<Store, 'claim' | 'claimedUntil' | 'settle' | 'release'>;

/** Claims, each in a partition of its own: inserting a row that is not there yet is what tables do best. */
export function claimsIn(table: Table, now: () => number): Claims {
  const keysOf = (tenant: string, key: string) => ({ partitionKey: keyOf(tenant, key), rowKey: 'claim' });
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
  };
}
