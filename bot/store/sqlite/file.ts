import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { retry } from '../../base/retry.ts';

// The columns are what is searched for, `body` is the whole value as JSON. WAL survives kill -9. It is copied into the
// file every 64 MB, because every caller waits for the disk meanwhile. Meetings have row ids, which keep long rows together.
const SCHEMA = `
  PRAGMA busy_timeout = 2000;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 16000;
  PRAGMA secure_delete = ON;
  PRAGMA temp_store = MEMORY;
  CREATE TABLE IF NOT EXISTS claimed (tenant TEXT, key TEXT, expires INTEGER, mark TEXT,
    PRIMARY KEY (tenant, key)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS counted (tenant TEXT, key TEXT, count INTEGER, expires INTEGER,
    PRIMARY KEY (tenant, key)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS pending (tenant TEXT, user TEXT, id TEXT, conversation TEXT, waits_for TEXT,
    asked_at INTEGER, expires INTEGER, body TEXT, PRIMARY KEY (tenant, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS meetings (tenant TEXT, id TEXT, user TEXT, revision INTEGER, start INTEGER, ends INTEGER,
    created_at INTEGER, expires INTEGER, body TEXT, PRIMARY KEY (tenant, id));
  CREATE INDEX IF NOT EXISTS pending_of ON pending (tenant, user, conversation);
  CREATE INDEX IF NOT EXISTS meetings_of ON meetings (tenant, user, start);
  CREATE INDEX IF NOT EXISTS claimed_until ON claimed (expires);
  CREATE INDEX IF NOT EXISTS counted_until ON counted (expires);
  CREATE INDEX IF NOT EXISTS pending_until ON pending (expires);
  CREATE INDEX IF NOT EXISTS meetings_until ON meetings (expires);
  CREATE TABLE IF NOT EXISTS due (at INTEGER, tenant TEXT, meeting TEXT, step TEXT, claimed_until INTEGER,
    PRIMARY KEY (at, tenant, meeting, step)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS settings (tenant TEXT, user TEXT, body TEXT, PRIMARY KEY (tenant, user)) WITHOUT ROWID;
  PRAGMA user_version = 2;
`;
const TABLES = [...SCHEMA.matchAll(/CREATE TABLE IF NOT EXISTS (\w+)/g)].map(([, name = '']) => name);
/** The newest `user_version` that this code can read and write. */
const VERSION = 2;

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

/** The database in this file. Throws, with a code that main.ts has a sentence for, where a newer Parley wrote it or it is not Parley's. */
export function openDatabase(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  try {
    refuseOthers(db);
    db.exec(SCHEMA);
    addMark(db);
    return db;
  } catch (error) {
    db.close();
    throw toOpeningError(error);
  }
}

function refuseOthers(db: DatabaseSync): void {
  const written = Number(db.prepare('PRAGMA user_version').get()?.user_version);
  const names = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  if (names.some(({ name }) => !TABLES.includes(String(name))))
    throw refusal('ESTOREFOREIGN', 'the store is another program’s');
  if (written > VERSION) throw refusal('ESTORENEWER', `the store is of version ${written}`);
}

/** Files of version 1 lack this column. */
function addMark(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE');
  const found = db.prepare("SELECT 1 FROM pragma_table_info('claimed') WHERE name = 'mark'").get();
  if (found === undefined) db.exec('ALTER TABLE claimed ADD COLUMN mark TEXT');
  db.exec('COMMIT');
}

/** The error of opening a file, with a code of its own where the file is damaged. */
function toOpeningError(error: unknown): unknown {
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

/**
 * Runs a statement and resolves with its result once the commit is in the file; rejects when it is not. `afterCommit`
 * runs after the commit, while no transaction is open; it must not throw.
 */
export type Write = <T>(statement: () => T, afterCommit?: () => void) => Promise<T>;

/** The statements of one transaction. */
type Group = { isDone: Promise<void>; afterCommit: Set<() => void> };

const PATIENCE_MS = 2_000;
const LOOK_MS = 10;
const BUSY = 5;

/**
 * Statements of one turn of the event loop share a transaction, because a commit costs more than a write. A statement
 * that fails rejects alone; a commit that fails rejects all of them. While another process writes, this one waits.
 */
export function groupWrites(db: DatabaseSync): Write {
  // Waiting inside SQLite would keep everybody waiting.
  db.exec('PRAGMA busy_timeout = 20');
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  let open: Promise<Group> | null = null;

  const start = async (): Promise<Group> => {
    await whenFree(() => begin.run());
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // Nobody may be left to hear of it: whose statement failed has heard already.
    promise.catch(() => undefined);
    const afterCommit = new Set<() => void>();
    setImmediate(() => {
      open = null;
      try {
        commit.run();
      } catch (error) {
        reject(error);
        // A disk that is full has rolled back by itself, and so has a file that was closed.
        if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
        return;
      }
      resolve();
      for (const work of afterCommit) work();
    });
    return { isDone: promise, afterCommit };
  };

  return async (statement, afterCommit) => {
    open ??= start().catch((error: unknown) => {
      open = null;
      throw error;
    });
    const group = await open;
    // What was rolled back is over for everybody: by itself a statement would be written, and its writer hear that it is not.
    if (!db.isTransaction) await group.isDone;
    const given = statement();
    if (afterCommit) group.afterCommit.add(afterCommit);
    await group.isDone;
    return given;
  };
}

/** Whether SQLite refused because another process has the file. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === BUSY;

/** Repeats the work while another process writes. */
function whenFree(work: () => void): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  const isWaiting = (error: unknown) => isBusy(error) && performance.now() <= deadline;
  return retry(
    async () => work(),
    (error) => (isWaiting(error) ? LOOK_MS : null),
  );
}
