import type { Owner } from '../../meeting/record.ts';
import { isAlive, keyOf, ofPerson } from './rows.ts';
import { inParallel } from './sweep.ts';
import type { Row, RowKeys, StoredRow, Table } from './table.ts';

/**
 * Rows that belong to a person and are also asked for by their id alone: they stand in the person's partition, and a
 * pointer with the id leads there. Whose an id is never changes, so the two cannot disagree.
 */
export const ownedKeys = ({ tenant, user }: Owner, id: string): RowKeys => ({
  partitionKey: keyOf(tenant, user),
  rowKey: keyOf(id),
});

const pointerKeys = (tenant: string, rowKey: string): RowKeys => ({
  partitionKey: `${keyOf(tenant)}.of.${rowKey}`,
  rowKey: 'owner',
});

/** Whose an id is never changes, so it may be remembered; where the row is gone meanwhile, it is not found there. */
const known = new WeakMap<Table, Map<string, string>>();
const MOST_KNOWN = 10_000;

function remember(table: Table, pointer: RowKeys, partitionKey: string): void {
  const ways = known.get(table) ?? new Map<string, string>();
  known.set(table, ways);
  if (ways.size >= MOST_KNOWN) ways.clear();
  ways.set(pointer.partitionKey, partitionKey);
}

/** Writes the way to a row; before the row, because a way that leads nowhere harms nobody. */
export async function pointTo(
  table: Table,
  { tenant }: Owner,
  { partitionKey, rowKey, expires }: Row,
): Promise<void> {
  const pointer = pointerKeys(tenant, rowKey);
  await table.put({ ...pointer, owner: partitionKey, expires });
  remember(table, pointer, partitionKey);
}

/** Where the row with this id is. */
export async function find(table: Table, tenant: string, id: string): Promise<RowKeys | null> {
  const rowKey = keyOf(id);
  const keys = pointerKeys(tenant, rowKey);
  const partitionKey = known.get(table)?.get(keys.partitionKey) ?? (await table.get(keys))?.owner;
  return typeof partitionKey === 'string' ? { partitionKey, rowKey } : null;
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

/** Removes the row and the way to it; false where it was gone, or somebody wrote since `etag` was read. */
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
