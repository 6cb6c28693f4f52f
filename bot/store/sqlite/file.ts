import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { isBusy, type Write } from './transaction.ts';

const OWNER_ONLY = 0o600;
/** SQLite's result codes for a file that it cannot read. */
const DAMAGED: ReadonlySet<number> = new Set([11, 26]);

/** Creates the file if it is missing, for its owner only, and returns its inode. SQLite gives its other files the same rights. */
export function makeFile(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, 'a', OWNER_ONLY));
  chmodSync(path, OWNER_ONLY);
  return statSync(path).ino;
}

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

/** Adds a column (`name TYPE`) to a table that does not have it yet. */
export function addColumn(db: DatabaseSync, table: string, column: string): void {
  const [name = ''] = column.split(' ');
  db.exec('BEGIN IMMEDIATE');
  const found = db.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?').get(table, name);
  if (found === undefined) db.exec(`ALTER TABLE ${table} ADD COLUMN ${column}`);
  db.exec('COMMIT');
}

/** The error of opening a file, with a code of its own where the file is damaged. */
export function toOpeningError(error: unknown): unknown {
  const number = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return DAMAGED.has(number) ? refusal('ESTOREDAMAGED', 'the store cannot be read', error) : error;
}

const refusal = (code: string, message: string, cause?: unknown) =>
  Object.assign(new Error(message, { cause }), { code });

/** Runs a statement that deletes (true when it deleted something) and erases what it deleted; a file of more than `mostPages` is left to a later erasure. */
type Erase = (statement: () => boolean, mostPages: number) => Promise<void>;

/**
 * Erases from the bytes of the files what is deleted from the tables. `secure_delete` alone does not: a row that SQLite
 * moved to another page leaves a copy in the old page, which VACUUM drops, and the write-ahead log has older pages until
 * it is emptied. What another process prevents meanwhile is done by the next erasure.
 */
export function eraseIn(db: DatabaseSync, write: Write): Erase {
  const emptyLog = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
  const size = db.prepare('PRAGMA page_count');
  // Where an earlier process was killed, nobody knows what is left.
  let isLeft = true;
  emptyLog.get();
  const clean = (mostPages: number) => {
    if (isLeft && Number(size.get()?.page_count) <= mostPages) isLeft = !vacuum(db);
    emptyLog.get();
  };
  return async (statement, mostPages) => {
    const cleaned = Promise.withResolvers<void>();
    const deleteRows = () => {
      if (statement()) isLeft = true;
    };
    await write(deleteRows, () => cleaned.resolve(Promise.try(clean, mostPages)));
    await cleaned.promise;
  };
}

/** False where another process writes. */
function vacuum(db: DatabaseSync): boolean {
  try {
    db.exec('VACUUM');
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}
