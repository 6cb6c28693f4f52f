import { createHash } from 'node:crypto';
import type { Owner } from '../../meeting/record.ts';
import type { Row, RowKeys, StoredRow, Table } from './table.ts';

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

/** One person's rows of a table, as a filter. */
export const ofPerson = ({ tenant, user }: Owner): string => `PartitionKey eq '${keyOf(tenant, user)}'`;

/** False once the row has expired; it may still be there until a sweep. */
export const isAlive = ({ expires }: Row, now: number): boolean =>
  typeof expires === 'bigint' && expires > BigInt(now);

/**
 * The keys of a row that belongs to a person and is also looked up by its id alone: it is in the person's partition, and a
 * pointer with the id leads there. The owner of an id never changes, so the two cannot disagree.
 */
export const ownedKeys = ({ tenant, user }: Owner, id: string): RowKeys => ({
  partitionKey: keyOf(tenant, user),
  rowKey: keyOf(id),
});

const pointerKeys = (tenant: string, rowKey: string): RowKeys => ({
  partitionKey: `${keyOf(tenant)}.of.${rowKey}`,
  rowKey: 'owner',
});

/** Writes the pointer to a row. It is written before the row, because a pointer without a row does no harm. */
export async function pointTo(
  table: Table,
  { tenant }: Owner,
  { partitionKey, rowKey, expires }: Row,
): Promise<void> {
  const pointer = pointerKeys(tenant, rowKey);
  await table.put({ ...pointer, owner: partitionKey, expires });
  table.owners.set(pointer.partitionKey, partitionKey);
}

/** The keys of the row with this id. The owner of an id never changes, so a cached partition is right as long as the row exists. */
export async function find(table: Table, tenant: string, id: string): Promise<RowKeys | null> {
  const rowKey = keyOf(id);
  const keys = pointerKeys(tenant, rowKey);
  const partitionKey = table.owners.get(keys.partitionKey) ?? (await table.get(keys))?.owner;
  if (typeof partitionKey !== 'string') return null;
  table.owners.set(keys.partitionKey, partitionKey);
  return { partitionKey, rowKey };
}

/** The row with this id, if it has not expired. */
export async function follow(
  table: Table,
  { tenant, id, now }: { tenant: string; id: string; now: number },
): Promise<StoredRow | null> {
  const keys = await find(table, tenant, id);
  const row = keys && (await table.get(keys));
  return row && isAlive(row, now) ? row : null;
}

/** Removes the row and its pointer; false when the row was gone, or was written since `etag` was read. */
export async function removeOwned(
  table: Table,
  tenant: string,
  keys: RowKeys,
  etag?: string,
): Promise<boolean> {
  const isRemoved = await table.remove(keys, etag);
  if (isRemoved) await table.remove(pointerKeys(tenant, keys.rowKey));
  return isRemoved;
}

/** Removes all that a person has in this table. */
export async function removeAll(table: Table, owner: Owner): Promise<void> {
  const rows = await table.find(ofPerson(owner), ['partitionKey', 'rowKey']);
  await inParallel(rows, (row) => removeOwned(table, owner.tenant, row));
}

const AT_ONCE = 16;
/** Runs the work for every item, a few at a time. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
