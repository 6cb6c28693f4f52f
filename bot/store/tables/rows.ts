import { createHash } from 'node:crypto';
import type { Owner } from '../../meeting/record.ts';
import type { Row } from './table.ts';

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

/** Whatever has expired is as good as gone. */
export const isAlive = ({ expires }: Row, now: number): boolean =>
  typeof expires === 'bigint' && expires > BigInt(now);
