import type { Due } from '../../meeting/due.ts';
import type { Store } from '../store.ts';
import { fromColumns, inParallel, keyOf, toColumns } from './rows.ts';
import type { RowKeys, StoredRow, Table } from './table.ts';

/** So many rows are looked at to find some that nobody has claimed. */
export const MOST_DUE = 128;
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
export function dueIn(table: Table, now: () => number) {
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
