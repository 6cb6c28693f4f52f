import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { SIGNED_OUT } from './keys.ts';
import { addColumn, eraseIn, makeFile, refuseOthers, toOpeningError } from './sqlite/file.ts';
import {
  BEGUN,
  claimsIn,
  countsIn,
  dueIn,
  fromFound,
  fromRow,
  meetingsIn,
  requestsIn,
} from './sqlite/rows.ts';
import { groupWrites, type Write } from './sqlite/transaction.ts';
import { type Begun, NO_SETTINGS, type Pending, type Settings, type Store } from './store.ts';

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
/** VACUUM takes about 5 ms a megabyte, while nobody is served: at 8 MB when a person signs out, at 64 MB in a sweep. */
const MOST_PAGES = { forget: 2_000, sweep: 16_000 };
/** The tables whose rows expire, and what a row is known by. */
const EXPIRING = [
  ['claimed', 'tenant, key'],
  ['counted', 'tenant, key'],
  ['pending', 'tenant, id'],
  ['meetings', 'tenant, id'],
] as const;
/** So many rows are deleted in a transaction: nobody is served meanwhile. */
const PORTION = 200;
const TABLES = [...SCHEMA.matchAll(/CREATE TABLE IF NOT EXISTS (\w+)/g)].map(([, name = '']) => name);
/** The newest `user_version` that this code can read and write. */
const VERSION = 2;

/**
 * A Store in one SQLite file (`:memory:` for none), through Node's own driver. The folder is made if it is missing, and
 * nobody else may read the file. Throws when the file cannot be opened. `now` answers epoch milliseconds.
 */
export function openSqlite(path: string, now: () => number): Store {
  const inode = path === ':memory:' ? null : makeFile(path);
  const db = openOwn(path);
  const checked = db.prepare(
    "INSERT INTO kept VALUES ('checked', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  );
  const write = groupWrites(db);
  const erase = eraseIn(db, write);
  return {
    ...claimsIn(db, write, now),
    ...countsIn(db, write, now),
    ...requestsIn(db, write, now),
    ...meetingsIn(db, write, now),
    ...dueIn(db, write, now),
    ...peopleIn(db, write, now),
    forget: ({ tenant, user }) =>
      erase(() => {
        const changes = ['pending', 'meetings', 'settings'].map(
          (table) =>
            db.prepare(`DELETE FROM ${table} WHERE tenant = ? AND user = ?`).run(tenant, user).changes,
        );
        return changes.some((count) => count !== 0);
      }, MOST_PAGES.forget),
    sweep: async () => {
      let isDeleted = false;
      for (const [table, key] of EXPIRING) {
        const expired = `SELECT ${key} FROM ${table} WHERE expires <= ? LIMIT ${PORTION}`;
        const drop = db.prepare(`DELETE FROM ${table} WHERE (${key}) IN (${expired})`);
        for (let changes = PORTION; changes === PORTION; ) {
          changes = Number((await write(() => drop.run(now()))).changes);
          isDeleted ||= changes > 0;
        }
      }
      await erase(() => isDeleted, MOST_PAGES.sweep);
    },
    check: async () => {
      // A file that was deleted or replaced can still be written to, for nobody.
      if (inode !== null && statSync(path).ino !== inode)
        throw new Error('the file of the store was replaced');
      await write(() => checked.run(String(now())));
    },
    close: async () => {
      // After every write that was begun. A write that failed has rejected for its own caller.
      await write(() => undefined).catch(() => undefined);
      db.close();
    },
  };
}

function openOwn(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  try {
    refuseOthers(db, { version: VERSION, tables: TABLES });
    db.exec(SCHEMA);
    // Files of version 1 lack it.
    addColumn(db, 'claimed', 'mark TEXT');
    return db;
  } catch (error) {
    db.close();
    throw toOpeningError(error);
  }
}

/** What is kept of a person, and the few values that are the same for everybody. */
function peopleIn(db: DatabaseSync, write: Write, now: () => number) {
  const get = db.prepare('SELECT body FROM settings WHERE tenant = ? AND user = ?');
  const save = db.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?, ?)');
  const waiting = db.prepare(
    'SELECT waits_for, body FROM pending WHERE tenant = ? AND user = ? AND expires > ? ORDER BY asked_at',
  );
  const keep = db.prepare('INSERT INTO kept VALUES (?, ?) ON CONFLICT DO NOTHING');
  const kept = db.prepare('SELECT value FROM kept WHERE name = ?');
  const { claimedUntil } = claimsIn(db, write, now);
  const { meetingsOf } = meetingsIn(db, write, now);
  const settings: Store['settings'] = async ({ tenant, user }) =>
    fromFound<Settings>(get.get(tenant, user)) ?? NO_SETTINGS;
  return {
    person: async (owner, endingAfter) => {
      const rows = waiting.all(owner.tenant, owner.user, now());
      const isBegun = (row: (typeof rows)[number]) => row.waits_for === BEGUN;
      return {
        settings: await settings(owner),
        requests: rows.filter((row) => !isBegun(row)).map(fromRow<Pending>),
        begun: rows.filter(isBegun).map(fromRow<Begun>),
        meetings: await meetingsOf(owner, endingAfter),
        signedOutUntil: await claimedUntil(owner, SIGNED_OUT),
      };
    },
    settings,
    saveSettings: async ({ tenant, user }, chosen) =>
      void (await write(() => save.run(tenant, user, JSON.stringify(chosen)))),
    keep: async (name, candidate) => {
      await write(() => keep.run(name, candidate));
      return String(kept.get(name)?.value);
    },
  } satisfies Partial<Store>;
}
