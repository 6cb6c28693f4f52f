/** FNV-1a of a string, or of a stretch of it, as a signed 32-bit number, which the platform keeps without allocating; the same on every machine. */
export function hashText(text: string, from = 0, to = text.length): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

/** Two 32-bit numbers as one, well mixed. Signed as well. */
export function mix(one: number, other: number): number {
  let hash = Math.imul(one ^ (other + 0x9e3779b9 + (one << 6) + (one >>> 2)), 0x85ebca6b);
  hash ^= hash >>> 13;
  return Math.imul(hash, 0xc2b2ae35);
}

/**
 * A table of small integer weights, most of them zero: row `r` holds the pairs from `start[r]` up to `start[r + 1]`. A
 * feature is a row; a label or an act is a column. A pair has its column in the upper and its weight in the lower byte:
 * rows are read in no order, and what stands together is fetched together.
 */
export type SparseTable = { start: Uint32Array; pairs: Uint16Array };

/** A column from 0 to 255 and a weight from -128 to 127 as one number. */
export function pairOf(column: number, weight: number): number {
  return (column << 8) | (weight & 0xff);
}

/** The inverse of `pairOf`. */
export function columnOf(pair: number): { column: number; weight: number } {
  return { column: pair >>> 8, weight: (pair << 24) >> 24 };
}

/** Adds the weights of one row to the scores of its columns. */
export function addRow({ start, pairs }: SparseTable, row: number, scores: Int32Array): void {
  const next = start[row + 1] ?? 0;
  for (let at = start[row] ?? 0; at < next; at += 1) {
    const { column, weight } = columnOf(pairs[at] ?? 0);
    scores[column] = (scores[column] ?? 0) + weight;
  }
}

/** The table as bytes: how many pairs each row has (one byte each), then the columns, then the weights. */
export function packTable({ start, pairs }: SparseTable): Uint8Array {
  const rows = start.length - 1;
  const bytes = new Uint8Array(rows + 2 * pairs.length);
  for (let row = 0; row < rows; row += 1) bytes[row] = (start[row + 1] ?? 0) - (start[row] ?? 0);
  for (const [at, pair] of pairs.entries()) {
    bytes[rows + at] = pair >>> 8;
    bytes[rows + pairs.length + at] = pair & 0xff;
  }
  return bytes;
}

/** A table out of its bytes. Throws where they are too few. */
export function unpackTable(bytes: Uint8Array, rows: number): SparseTable {
  const start = new Uint32Array(rows + 1);
  for (let row = 0; row < rows; row += 1) start[row + 1] = (start[row] ?? 0) + (bytes[row] ?? 0);
  const count = start[rows] ?? 0;
  if (bytes.length !== rows + 2 * count)
    throw new Error('A language model is damaged: make it again with `npm run learn`.');
  const pairs = new Uint16Array(count);
  for (let at = 0; at < count; at += 1)
    pairs[at] = pairOf(bytes[rows + at] ?? 0, bytes[rows + count + at] ?? 0);
  return { start, pairs };
}
