import { randomUUID } from 'node:crypto';
import type { Count, Holder, Store } from '../store.ts';
import { isAlive, keyOf, personKeys, type Seen } from './rows.ts';
import type { Row, RowKeys, StoredRow, Table } from './table.ts';

/** A person's are in the person's partition; what is anybody's has a partition of its own, because many may want it at once. */
const keysOf = (kind: 'claim' | 'count', { tenant, user }: Holder, key: string): RowKeys =>
  user === undefined
    ? { partitionKey: keyOf(tenant, kind, key), rowKey: kind }
    : personKeys({ tenant, user }, kind, key);

/** So often a claim is tried whose row others remove and write at the same time; then somebody else has it. */
const MOST_TRIES = 16;

/** Claims: a table inserts a row only if it is not there yet. */
export function claimsIn(table: Table, seen: Seen, now: () => number) {
  const win = (row: Row, etag: string) => {
    seen.note(row, { ...row, etag });
    return true;
  };
  return {
    claim: async (holder, key, until, mark = randomUUID()) => {
      // By its mark a claim is known as won even where the answer to the first try was lost on the way.
      const row = { ...keysOf('claim', holder, key), expires: BigInt(until), mark };
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const inserted = await table.insert(row);
        if (inserted !== null) return win(row, inserted);
        const found = await table.get(row);
        if (found === null) continue;
        if (found.mark === mark) return win(row, found.etag);
        if (isAlive(found, now())) return false;
        const replaced = await table.replace(row, found.etag);
        if (replaced !== null) return win(row, replaced);
      }
      return false;
    },
    claimedUntil: async (holder, key) => {
      const found = await table.get(keysOf('claim', holder, key));
      return found !== null && isAlive(found, now()) ? Number(found.expires) : null;
    },
    settle: async (holder, key, until, mark) => {
      const row = { ...keysOf('claim', holder, key), expires: BigInt(until) };
      if (mark === undefined) return table.merge(row);
      await seen.change(row, async (found) => {
        if (found?.mark !== mark) return { value: undefined };
        const etag = await table.amend(row, found.etag);
        return etag === null ? null : { value: undefined, row: { ...found, ...row, etag } };
      });
    },
    release: async (holder, key, mark) => {
      const keys = keysOf('claim', holder, key);
      if (mark === undefined) return void (await table.remove(keys));
      await seen.change(keys, async (found) => {
        if (found?.mark !== mark) return { value: undefined };
        return (await table.remove(keys, found.etag)) ? { value: undefined, row: null } : null;
      });
    },
  } satisfies Partial<Store>;
}

/** So many writers a row remembers; who was lost sight of for longer counts twice. */
const MARKS = 8;
const NOTHING: Count = { count: 0, until: 0 };

/** Counts. */
export function countsIn(table: Table, seen: Seen, now: () => number) {
  /**
   * Changes a count as soon as nobody is faster, and answers what it made of it; what `next` leaves as it is is not
   * written. A change is known as made by its mark, even where the answer was lost on the way and others have written
   * since.
   */
  function change(keys: RowKeys, next: (before: Count) => Count): Promise<Count> {
    const mark = randomUUID();
    return seen.change(keys, async (found) => {
      const done = marksOf(found).find((one) => one.startsWith(mark));
      if (done !== undefined)
        return { value: { count: Number(done.split(':')[1]), until: Number(found?.expires) } };
      const before = found !== null && isAlive(found, now()) ? toCount(found) : NOTHING;
      const after = next(before);
      if (after === before) return { value: before };
      const marks = [`${mark}:${after.count}`, ...marksOf(found)].slice(0, MARKS).join(' ');
      const row = { ...keys, count: after.count, expires: BigInt(after.until), marks };
      const etag = await (found === null ? table.insert(row) : table.replace(row, found.etag));
      return etag === null ? null : { value: after, row: { ...row, etag } };
    });
  }

  return {
    count: (holder, key, until, by = 1) =>
      change(keysOf('count', holder, key), (before) => ({
        count: before.count + by,
        until: before.until || until,
      })),
    uncount: async (holder, key) => {
      await change(keysOf('count', holder, key), (before) =>
        before.count > 0 ? { ...before, count: before.count - 1 } : before,
      );
    },
  } satisfies Partial<Store>;
}

const marksOf = (row: StoredRow | null): string[] =>
  typeof row?.marks === 'string' ? row.marks.split(' ') : [];
const toCount = (row: StoredRow): Count => ({ count: Number(row.count), until: Number(row.expires) });
