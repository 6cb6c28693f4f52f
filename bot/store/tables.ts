import type { Store } from './store.ts';
import { claimsIn, countsIn } from './tables/claims.ts';
import { dueIn, MOST_DUE } from './tables/due.ts';
import { meetingsIn } from './tables/meetings.ts';
import { peopleIn, requestsIn } from './tables/person.ts';
import { fromColumns, inParallel, keyOf, toColumns } from './tables/rows.ts';
import { createSeen } from './tables/seen.ts';
import { openTable, StoreError, type Table, type TablePlace } from './tables/table.ts';

export type { TablePlace } from './tables/table.ts';

/** Azure answers no more rows at once. */
const MOST_ROWS = 1_000;

/**
 * A Store that many replicas share, in two Azure tables whose names begin with `prefix`. All rows of a person are in one
 * partition, a claim or count that is nobody's has one of its own, and each begins with the tenant; what is due later is
 * in partitions by minute. Opening asks nothing of the network; the tables are made at the first `check` or use. `now`
 * answers epoch milliseconds.
 */
export function openTables(
  place: TablePlace,
  now: () => number,
  prefix = 'parley',
  pageSize = MOST_ROWS,
): Store {
  const rows = openTable(place, `${prefix}rows`, pageSize);
  const due = openTable(place, `${prefix}due`, MOST_DUE);
  const seen = createSeen(rows);
  const dues = dueIn(due, now);
  const sweep = createSweep(rows);
  return {
    ...claimsIn(rows, createSeen(rows), now),
    ...countsIn(rows, seen, now),
    ...requestsIn(rows, now),
    ...meetingsIn({ table: rows, seen, addDue: dues.addDue }, now),
    ...dues,
    ...peopleIn(rows, seen, now),
    keep: async (name, candidate) => {
      const keys = keptKeys(name);
      if ((await rows.insert({ ...keys, ...toColumns(candidate) })) !== null) return candidate;
      const row = await rows.get(keys);
      if (row === null) throw new StoreError(404, null);
      return fromColumns<string>(row);
    },
    sweep: () => sweep(now()),
    check: async () => {
      for (const table of [rows, due]) await table.made();
      await rows.get(keptKeys('check'));
    },
    close: async () => undefined,
  };
}

/** What is nobody's has a partition whose name no tenant can have. */
const keptKeys = (name: string) => ({ partitionKey: 'kept', rowKey: keyOf(name) });

/** A sweep of a big store stops after this, and the next goes on there. */
const BUDGET_MS = 120_000;

/**
 * Drops expired rows of a table, page by page. What was written again since it was read stays. Tables have no index by
 * time, so a sweep looks at every row.
 */
function createSweep(table: Table): (now: number) => Promise<void> {
  let cursor: string | undefined;
  return async (now) => {
    const deadline = performance.now() + BUDGET_MS;
    do {
      const { rows, next } = await table.page(`expires le ${now}L`, cursor);
      cursor = next;
      await inParallel(rows, (row) => table.remove(row, row.etag));
    } while (cursor !== undefined && performance.now() < deadline);
  };
}
