import { createHash } from 'node:crypto';
import { createCache } from '../../base/cache.ts';
import { repeat } from '../../base/retry.ts';
import type { Owner } from '../../meeting/record.ts';
import { personKey } from '../keys.ts';
import { type Row, type RowKeys, type StoredRow, StoreError, type Table } from './table.ts';

/** Tables refuse some characters in keys, and 512 of any: what is not plain and short goes in as its hash. */
const PLAIN = /^[\w-]{1,64}$/;

/** A key out of parts; other parts make another key, whatever is in them. */
export function keyOf(...parts: readonly string[]): string {
  return parts.map((part) => (PLAIN.test(part) ? part : `~${hash(part)}`)).join('.');
}

/** JSON writes a lone surrogate as an escape, where UTF-8 would make all of them the same. */
const hash = (part: string) => createHash('sha256').update(JSON.stringify(part)).digest('base64url');

/** A column holds 64 KiB at two bytes a character. */
const PIECE = /.{1,32000}/g;
const NOT_ASCII = /[\u0080-\uffff]/g;

/** A value in as many columns as it needs; in ASCII, so that no cut on the way, ours or the network's, parts a character. */
export function toColumns(value: unknown): Record<string, string> {
  const text = JSON.stringify(value).replace(NOT_ASCII, escaped);
  return Object.fromEntries((text.match(PIECE) ?? []).map((piece, i) => [`body${i}`, piece]));
}

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The value that `toColumns` wrote: the rows are our own, so what was written as T is read as T. */
export function fromColumns<T>(row: Readonly<Record<string, unknown>>): T {
  let text = '';
  for (let i = 0; `body${i}` in row; i++) text += String(row[`body${i}`]);
  return JSON.parse(text) as T;
}

/** What a row in a person's partition is. */
type Kind = 'begun' | 'claim' | 'count' | 'meeting' | 'request' | 'settings';

/** The keys of a person's row: all of one person are in one partition, so that one request reads or writes several. */
export const personKeys = (owner: Owner, kind: Kind, key = ''): RowKeys => ({
  partitionKey: partitionOf(owner.tenant, personKey(owner)),
  rowKey: keyOf(kind, key),
});

/** The keys of a row that is looked up by its id alone, which begins with the key of its person. */
export function idKeys(tenant: string, kind: Kind, id: string): RowKeys {
  const parts = id.split('.');
  return { partitionKey: partitionOf(tenant, parts[0] ?? ''), rowKey: keyOf(kind, ...parts) };
}

const partitionOf = (tenant: string, person: string) => keyOf(tenant, 'person', person);

/** One person's rows, as a filter. */
export const ofPerson = (owner: Owner): string =>
  `PartitionKey eq '${partitionOf(owner.tenant, personKey(owner))}'`;

/** Those of this kind. */
export const ofKind = (owner: Owner, kind: Kind): string =>
  `${ofPerson(owner)} and RowKey ge '${kind}.' and RowKey lt '${kind}/'`;

/** Whether a row is of this kind. */
export const isOfKind = ({ rowKey }: RowKeys, kind: Kind): boolean => rowKey.startsWith(`${kind}.`);

/** False once the row has expired; it may still be there until a sweep. */
export const isAlive = ({ expires }: Row, now: number): boolean =>
  typeof expires === 'bigint' && expires > BigInt(now);

const AT_ONCE = 16;
/** Runs the work for every item, a few at a time. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** So many rows that this process has read or written last need not be read before they are written. */
const MOST_SEEN = 1_000;

/** Of so many who write a row at the same time each has its turn, because one of them succeeds each time. */
const MOST_OVERTAKEN = 32;
/** After each time the pause may be so much longer, so that not all come back at once. */
const PAUSE_MS = 10;

/**
 * What became of a try to write a row, and the row as it is now, or null where it was removed; without `row` where there was
 * nothing to write. Null where somebody else has written since it was read.
 */
type Attempt<T> = { value: T; row?: StoredRow | null } | null;

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
      // Of what may be old, only a write says that it was not.
      const first = last === undefined ? null : await attempt(last.row);
      const made =
        first?.row !== undefined
          ? first
          : await repeat(
              async () => attempt(await table.get(keys)),
              (tried, retries) =>
                tried === null && retries < MOST_OVERTAKEN ? Math.random() * retries * PAUSE_MS : null,
            );
      if (made === null) throw new StoreError(412, null);
      if (made.row !== undefined) rows.set(key, { row: made.row });
      return made.value;
    },
  };
}
