import type { Due } from '../meeting/due.ts';
import type { Store } from './store.ts';
import { claimsIn, countsIn } from './tables/claims.ts';
import { meetingsIn, peopleIn, requestsIn } from './tables/person.ts';
import { createSeen, fromColumns, inParallel, keyOf, toColumns } from './tables/rows.ts';
import {
  openTable,
  type RowKeys,
  type StoredRow,
  StoreError,
  type Table,
  type TablePlace,
} from './tables/table.ts';

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

/** So many rows are looked at to find some that nobody has claimed. */
const MOST_DUE = 128;
/** So many pages are read of one query: Azure may end a page before anything was found, and what is behind them waits. */
const MOST_PAGES = 64;

const MINUTE_MS = 60_000;
const DIGITS = 10;
/** The name of the partition of that minute; names sort like minutes. */
const minuteOf = (at: number) => String(Math.floor(at / MINUTE_MS)).padStart(DIGITS, '0');

const keysOf = ({ tenant, meeting, step, at }: Due): RowKeys => ({
  partitionKey: minuteOf(at),
  rowKey: keyOf(tenant, meeting, step, String(at)),
});

/** What is due later, in a partition for each minute: those of the minutes so far are one range, which is nearly always empty. */
function dueIn(table: Table, now: () => number) {
  const freeAt = (at: number) =>
    `PartitionKey le '${minuteOf(at)}' and at le ${at}L and claimedUntil le ${at}L`;
  /** Rows that are free at that instant, as many as one page can hold. */
  const findFree = async (at: number, columns: string[]): Promise<StoredRow[]> => {
    const found: StoredRow[] = [];
    let from: string | undefined;
    for (let pages = 0; pages < MOST_PAGES && found.length < MOST_DUE; pages += 1) {
      const { rows, next } = await table.page(freeAt(at), from, columns);
      found.push(...rows);
      if (next === undefined) break;
      from = next;
    }
    return found;
  };
  return {
    addDue: (dues) =>
      inParallel(dues, (due) =>
        table.insert({ ...keysOf(due), at: BigInt(due.at), claimedUntil: 0n, ...toColumns(due) }),
      ),
    claimDue: async (most, until) => {
      const rows = await findFree(now(), ['body0']);
      // Replicas look at the same time; where each begins elsewhere, they are less in each other's way.
      const first = Math.floor(Math.random() * rows.length);
      const mine = [...rows.slice(first), ...rows.slice(0, first)].slice(0, most);
      const claimed: Due[] = [];
      await inParallel(mine, async ({ partitionKey, rowKey, etag, ...columns }) => {
        const row = { partitionKey, rowKey, claimedUntil: BigInt(until) };
        if ((await table.amend(row, etag)) !== null) claimed.push(fromColumns<Due>(columns));
      });
      return claimed;
    },
    nextDue: async (until) => {
      const rows = await findFree(until - 1, ['at', 'claimedUntil']);
      const instants = rows.map(({ at, claimedUntil }) => Math.max(Number(at), Number(claimedUntil)));
      return rows.length === 0 ? null : Math.min(...instants);
    },
    keepDue: (due, until) => table.merge({ ...keysOf(due), claimedUntil: BigInt(until) }),
    removeDue: (dues) => inParallel(dues, (due) => table.remove(keysOf(due))),
  } satisfies Partial<Store>;
}
