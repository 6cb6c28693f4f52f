import { createHash } from 'node:crypto';
import type { Owner } from '../../meeting/record.ts';
import { personKey } from '../../store/keys.ts';
import type { Row, RowKeys } from './table.ts';

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
