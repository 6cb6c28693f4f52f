type Row = Readonly<Record<string, unknown>>;

/** The value of a row's `body`: the rows are our own, so what was written as T is read as T. */
export const fromRow = <T>(row: Row): T => JSON.parse(String(row.body)) as T;

/** The same; null where there is no row. */
export const fromFound = <T>(row: Row | undefined): T | null => (row === undefined ? null : fromRow<T>(row));
