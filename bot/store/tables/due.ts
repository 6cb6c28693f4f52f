import type { Due } from '../../meeting/due.ts';
import type { Store } from '../store.ts';
import { fromColumns, inParallel, keyOf, toColumns } from './rows.ts';
import type { RowKeys, Table } from './table.ts';

/** So many rows are looked at to find some that nobody has claimed. */
export const MOST_DUE = 128;

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
  return {
    addDue: (dues) =>
      inParallel(dues, (due) =>
        table.insert({ ...keysOf(due), at: BigInt(due.at), claimedUntil: 0n, ...toColumns(due) }),
      ),
    claimDue: async (most, until) => {
      const { rows } = await table.page(freeAt(now()), undefined, ['body0']);
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
      const { rows } = await table.page(freeAt(until - 1), undefined, ['at', 'claimedUntil']);
      const instants = rows.map(({ at, claimedUntil }) => Math.max(Number(at), Number(claimedUntil)));
      return rows.length === 0 ? null : Math.min(...instants);
    },
    keepDue: (due, until) => table.merge({ ...keysOf(due), claimedUntil: BigInt(until) }),
    removeDue: (dues) => inParallel(dues, (due) => table.remove(keysOf(due))),
  } satisfies Partial<Store>;
}
