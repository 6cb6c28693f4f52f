import { createCache } from '../../base/cache.ts';
import { repeat } from '../../base/retry.ts';
import { type RowKeys, type StoredRow, StoreError, type Table } from './table.ts';

/** So many rows that this process has read or written last need not be read before they are written. */
const MOST_SEEN = 1_000;

/** Of so many who write a row at the same time each has its turn, because one of them succeeds each time. */
const MOST_OVERTAKEN = 32;
/** After each time the pause may be so much longer, so that not all come back at once. */
const PAUSE_MS = 10;

/**
 * What became of a try to write a row: `overtaken` where somebody else has written since it was read, `found` where there
 * was nothing to write.
 */
export type Attempt<T> = { kind: 'written' | 'found'; value: T } | { kind: 'overtaken' };

/** Rows as this process has seen them last. They may be old, so a row is only written with its etag. */
export type Seen = {
  /** Notes a row that was read or written; null where there is none. */
  note(keys: RowKeys, row: StoredRow | null): void;
  /**
   * Tries until it comes to something: once with the row as it was seen last, then with the row as it is. Rejects with
   * StoreError (412) where others were faster each time.
   */
  change<T>(keys: RowKeys, attempt: (row: StoredRow | null) => Promise<Attempt<T>>): Promise<T>;
};

/** The rows of a table that this process has seen. */
export function createSeen(table: Pick<Table, 'get'>): Seen {
  const rows = createCache<{ row: StoredRow | null }>(MOST_SEEN);
  const keyOf = ({ partitionKey, rowKey }: RowKeys) => `${partitionKey} ${rowKey}`;
  return {
    note: (keys, row) => void rows.set(keyOf(keys), { row }),
    change: async (keys, attempt) => {
      const key = keyOf(keys);
      const last = rows.get(key);
      rows.delete(key);
      if (last !== undefined) {
        const made = await attempt(last.row);
        // Of what may be old, only a write says that it was not.
        if (made.kind === 'written') return made.value;
      }
      const made = await repeat(
        async () => attempt(await table.get(keys)),
        ({ kind }, retries) =>
          kind === 'overtaken' && retries < MOST_OVERTAKEN ? Math.random() * retries * PAUSE_MS : null,
      );
      if (made.kind === 'overtaken') throw new StoreError(412, null);
      return made.value;
    },
  };
}
