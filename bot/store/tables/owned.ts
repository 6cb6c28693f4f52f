import type { Owner } from '../store.ts';
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

/** Writes the way to a row; before the row, because a way that leads nowhere harms nobody. */
export async function pointTo(
  table: Table,
  { tenant }: Owner,
  { partitionKey, rowKey, expires }: Row,
): Promise<void> {
  await table.put({ ...pointerKeys(tenant, rowKey), owner: partitionKey, expires });
}

/** Where the row with this id is. */
export async function find(table: Table, tenant: string, id: string): Promise<RowKeys | null> {
  const rowKey = keyOf(id);
  const pointer = await table.get(pointerKeys(tenant, rowKey));
  return pointer === null ? null : { partitionKey: String(pointer.owner), rowKey };
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

/** Removes the row and the way to it. */
export async function removeOwned(table: Table, tenant: string, keys: RowKeys): Promise<void> {
  if (await table.remove(keys)) await table.remove(pointerKeys(tenant, keys.rowKey));
}

/** Removes all that a person has in this table. */
export async function removeAll(table: Table, owner: Owner): Promise<void> {
  const rows = await table.find(ofPerson(owner), ['partitionKey', 'rowKey']);
  await inParallel(rows, (row) => removeOwned(table, owner.tenant, row));
}
