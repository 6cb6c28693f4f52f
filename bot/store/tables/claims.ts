import { randomUUID } from 'node:crypto';
import type { Count, Store } from '../store.ts';
import { isAlive, keyOf } from './rows.ts';
import type { StoredRow, Table } from './table.ts';

/** Claims, each in a partition of its own: a table inserts a row only if it is not there yet. */
export function claimsIn(table: Table, now: () => number) {
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
  } satisfies Partial<Store>;
}

/** So many writers a row remembers; who was lost sight of for longer counts twice. */
const MARKS = 8;
const NOTHING: Count = { count: 0, until: 0 };

/** Counts, each in a partition of its own. */
export function countsIn(table: Table, now: () => number) {
  /**
   * Changes a count as soon as nobody is faster, and answers what it made of it; what `next` leaves as it is is not
   * written. A change is known as made by its mark, even where the answer was lost on the way and others have written
   * since.
   */
  async function change(tenant: string, key: string, next: (before: Count) => Count): Promise<Count> {
    const keys = { partitionKey: keyOf(tenant, key), rowKey: 'count' };
    const mark = randomUUID();
    for (;;) {
      const found = await table.get(keys);
      const done = marksOf(found).find((one) => one.startsWith(mark));
      if (done !== undefined) return { count: Number(done.split(':')[1]), until: Number(found?.expires) };
      const before = found !== null && isAlive(found, now()) ? toCount(found) : NOTHING;
      const after = next(before);
      if (after === before) return before;
      const marks = [`${mark}:${after.count}`, ...marksOf(found)].slice(0, MARKS).join(' ');
      const row = { ...keys, count: after.count, expires: BigInt(after.until), marks };
      if (await (found === null ? table.insert(row) : table.replace(row, found.etag))) return after;
    }
  }

  return {
    count: (tenant, key, until, by = 1) =>
      change(tenant, key, (before) => ({ count: before.count + by, until: before.until || until })),
    uncount: async (tenant, key) => {
      await change(tenant, key, (before) =>
        before.count > 0 ? { ...before, count: before.count - 1 } : before,
      );
    },
  } satisfies Partial<Store>;
}

const marksOf = (row: StoredRow | null): string[] =>
  typeof row?.marks === 'string' ? row.marks.split(' ') : [];
const toCount = (row: StoredRow): Count => ({ count: Number(row.count), until: Number(row.expires) });
