import type { Owner } from '../meeting/record.ts';
import { NO_SETTINGS, type Settings, type Store } from './store.ts';
import { claimsIn, countsIn } from './tables/claims.ts';
import { dueIn, MOST_DUE } from './tables/due.ts';
import { meetingsIn } from './tables/meetings.ts';
import { requestsIn } from './tables/requests.ts';
import { fromColumns, inParallel, keyOf, removeAll, toColumns } from './tables/rows.ts';
import { openTable, StoreError, type Table, type TablePlace } from './tables/table.ts';

export type { TablePlace } from './tables/table.ts';

/** Azure answers no more rows at once. */
const MOST_ROWS = 1_000;

/**
 * A Store that many replicas share, in five Azure tables whose names begin with `prefix`. A partition is one person's,
 * one claim's or one id's, and begins with the tenant; what
 * is due later is in partitions by minute. Opening asks nothing of the network; the tables are made at the
 * first `check` or use. `now` answers epoch milliseconds.
 */
export function openTables(
  place: TablePlace,
  now: () => number,
  prefix = 'parley',
  pageSize = MOST_ROWS,
): Store {
  const open = (name: string, size = pageSize) => openTable(place, `${prefix}${name}`, size);
  const claims = open('claims');
  const pending = open('pending');
  const meetings = open('meetings');
  const settings = open('settings');
  const due = open('due', MOST_DUE);
  const sweep = createSweep([pending, claims, meetings]);
  return {
    ...claimsIn(claims, now),
    ...countsIn(claims, now),
    ...requestsIn(pending, now),
    ...meetingsIn(meetings, now),
    ...dueIn(due, now),
    ...settingsIn(settings),
    forget: async (owner) => {
      await Promise.all([
        removeAll(pending, owner),
        removeAll(meetings, owner),
        settings.remove(settingsKeys(owner)),
      ]);
    },
    sweep: () => sweep(now()),
    check: async () => {
      for (const table of [claims, pending, meetings, due]) await table.made();
      await settings.get(keptKeys('check'));
    },
    close: async () => undefined,
  };
}

/** Where a person's settings are. */
const settingsKeys = ({ tenant, user }: Owner) => ({
  partitionKey: keyOf(tenant, user),
  rowKey: 'settings',
});

/** What is nobody's has a partition whose name no tenant and user can have. */
const keptKeys = (name: string) => ({ partitionKey: 'kept', rowKey: keyOf(name) });

/** Settings of people, and the few values that are the same for everybody. */
function settingsIn(table: Table) {
  return {
    settings: async (owner) => {
      const row = await table.get(settingsKeys(owner));
      return row === null ? NO_SETTINGS : fromColumns<Settings>(row);
    },
    saveSettings: (owner, settings) => table.put({ ...settingsKeys(owner), ...toColumns(settings) }),
    keep: async (name, candidate) => {
      const keys = keptKeys(name);
      if (await table.insert({ ...keys, ...toColumns(candidate) })) return candidate;
      const row = await table.get(keys);
      if (row === null) throw new StoreError(404, null);
      return fromColumns<string>(row);
    },
  } satisfies Partial<Store>;
}

/** A sweep of a big store stops after this, and the next goes on there. */
const BUDGET_MS = 120_000;

/**
 * Drops expired rows of some tables, page by page. What was written again since it was read stays. Tables have no
 * index by time, so a sweep looks at every row.
 */
function createSweep(tables: readonly Table[]): (now: number) => Promise<void> {
  const cursors = new Map<Table, string>();
  return async (now) => {
    const deadline = performance.now() + BUDGET_MS;
    for (const table of tables) {
      do {
        const { rows, next } = await table.page(`expires le ${now}L`, cursors.get(table));
        if (next === undefined) cursors.delete(table);
        else cursors.set(table, next);
        await inParallel(rows, (row) => table.remove(row, row.etag));
      } while (cursors.has(table) && performance.now() < deadline);
    }
  };
}
