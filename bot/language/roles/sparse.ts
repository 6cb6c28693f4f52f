/**
 * A table of small integer weights, most of them zero: row `r` holds the pairs (column, weight) from `start[r]` up to
 * `start[r + 1]`. A feature is a row; a label or an act is a column.
 */
export type SparseTable = {
  start: Uint32Array;
  columns: Uint8Array;
  weights: Int8Array;
};

/** Adds the weights of one row to the scores of its columns. */
export function addRow(table: SparseTable, row: number, scores: Int32Array, offset: number): void {
  const { start, columns, weights } = table;
  const next = start[row + 1] ?? 0;
  for (let at = start[row] ?? 0; at < next; at += 1) {
    const column = offset + (columns[at] ?? 0);
    scores[column] = (scores[column] ?? 0) + (weights[at] ?? 0);
  }
}

/** The table as bytes: how many pairs each row has (one byte each), then the columns, then the weights. */
export function packTable({ start, columns, weights }: SparseTable): Uint8Array {
  const rows = start.length - 1;
  const bytes = new Uint8Array(rows + 2 * columns.length);
  for (let row = 0; row < rows; row += 1) bytes[row] = (start[row + 1] ?? 0) - (start[row] ?? 0);
  bytes.set(columns, rows);
  bytes.set(new Uint8Array(weights.buffer, weights.byteOffset, weights.length), rows + columns.length);
  return bytes;
}

/** A table out of its bytes. Throws where they are too few. */
export function unpackTable(bytes: Uint8Array, rows: number): SparseTable {
  const start = new Uint32Array(rows + 1);
  for (let row = 0; row < rows; row += 1) start[row + 1] = (start[row] ?? 0) + (bytes[row] ?? 0);
  const pairs = start[rows] ?? 0;
  if (bytes.length !== rows + 2 * pairs)
    throw new Error('A language model is damaged: make it again with `npm run learn`.');
  return {
    start,
    columns: bytes.slice(rows, rows + pairs),
    weights: new Int8Array(bytes.slice(rows + pairs).buffer),
  };
}
