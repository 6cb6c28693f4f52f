import type { DatabaseSync } from 'node:sqlite';

/** SQLite's own numbers for a file that it cannot read. */
const DAMAGED: ReadonlySet<number> = new Set([11, 26]);

/** Throws, with a code that main.ts has a sentence for, where a newer Parley wrote the file or it is not Parley's. */
export function refuseOthers(
  db: DatabaseSync,
  { version, tables }: { version: number; tables: readonly string[] },
): void {
  const written = Number(db.prepare('PRAGMA user_version').get()?.user_version);
  const names = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  if (names.some(({ name }) => !tables.includes(String(name))))
    throw refusal('ESTOREFOREIGN', 'the store is another program’s');
  if (written > version) throw refusal('ESTORENEWER', `the store is of version ${written}`);
}

/** The error of opening a file, with a code of its own where the file is damaged. */
export function toOpeningError(error: unknown): unknown {
  const number = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return DAMAGED.has(number) ? refusal('ESTOREDAMAGED', 'the store cannot be read', error) : error;
}

const refusal = (code: string, message: string, cause?: unknown) =>
  Object.assign(new Error(message, { cause }), { code });
