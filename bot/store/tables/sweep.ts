import type { Table } from './table.ts';

/** A sweep of a big store stops after this, and the next goes on there. */
const BUDGET_MS = 120_000;
const AT_ONCE = 16;

/**
 * Drops expired rows of some tables, page by page. What was written again since it was read stays. Tables have no
 * index by time, so a sweep looks at every row.
 */
export function createSweep(tables: readonly Table[]): (now: number) => Promise<void> {
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

/** Runs the work for every item, a few at a time. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
