import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  comingUntil,
  type MeetingRecord,
  NO_SETTINGS,
  type Owner,
  type Pending,
  type Settings,
  type Store,
} from './store.ts';

// One row a thing: the columns are what is searched for, `body` is the thing. WAL survives kill -9. It is copied into
// the file every 16 MB, as everybody waits for the disk meanwhile; meetings have row ids, so that the long rows lie in a row.
const SCHEMA = `
  PRAGMA busy_timeout = 2000;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 4000;
  PRAGMA secure_delete = ON;
  CREATE TABLE IF NOT EXISTS claimed (tenant TEXT, key TEXT, expires INTEGER, PRIMARY KEY (tenant, key)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS counted (tenant TEXT, key TEXT, count INTEGER, expires INTEGER,
    PRIMARY KEY (tenant, key)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS pending (tenant TEXT, user TEXT, id TEXT, conversation TEXT, waits_for TEXT,
    asked_at INTEGER, expires INTEGER, body TEXT, PRIMARY KEY (tenant, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS meetings (tenant TEXT, id TEXT, user TEXT, revision INTEGER, start INTEGER, ends INTEGER,
    created_at INTEGER, expires INTEGER, body TEXT, PRIMARY KEY (tenant, id));
  CREATE INDEX IF NOT EXISTS pending_of ON pending (tenant, user, conversation);
  CREATE INDEX IF NOT EXISTS meetings_of ON meetings (tenant, user, start);
  CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS settings (tenant TEXT, user TEXT, body TEXT, PRIMARY KEY (tenant, user)) WITHOUT ROWID;
  PRAGMA user_version = 1;
`;
/** The newest `user_version` that this code can read and write. */
const VERSION = 1;

/**
 * A Store in one SQLite file (`:memory:` for none), through Node's own driver. The folder is made if it is missing, and
 * nobody else may read the file. Throws when the file cannot be opened. `now` answers epoch milliseconds.
 */
export function openSqlite(path: string, now: () => number): Store {
  if (path !== ':memory:') makeFile(path);
  const db = new DatabaseSync(path);
  refuseNewer(db);
  db.exec(SCHEMA);
  const sql = {
    claim: db.prepare(
      'INSERT INTO claimed VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET expires = excluded.expires WHERE claimed.expires <= ?',
    ),
    claimedUntil: db.prepare('SELECT expires FROM claimed WHERE tenant = ? AND key = ? AND expires > ?'),
    settle: db.prepare('UPDATE claimed SET expires = ? WHERE tenant = ? AND key = ?'),
    release: db.prepare('DELETE FROM claimed WHERE tenant = ? AND key = ?'),
    count: db.prepare(
      `INSERT INTO counted VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET
       count = CASE WHEN expires > ? THEN count ELSE 0 END + excluded.count,
       expires = CASE WHEN expires > ? THEN expires ELSE excluded.expires END RETURNING count, expires`,
    ),
    uncount: db.prepare(
      'UPDATE counted SET count = count - 1 WHERE tenant = ? AND key = ? AND expires > ? AND count > 0',
    ),
    park: db.prepare('INSERT OR REPLACE INTO pending VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    parked: db.prepare('SELECT body FROM pending WHERE tenant = ? AND id = ? AND expires > ?'),
    parkedForSignIn: db.prepare(
      `SELECT body FROM pending WHERE tenant = ? AND user = ? AND conversation = ? AND waits_for = 'signin'
       AND expires > ? ORDER BY asked_at`,
    ),
    unpark: db.prepare('DELETE FROM pending WHERE tenant = ? AND user = ? AND id = ?'),
    addMeeting: db.prepare('INSERT INTO meetings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    meeting: db.prepare('SELECT body FROM meetings WHERE tenant = ? AND id = ? AND expires > ?'),
    replaceMeeting: db.prepare(
      `UPDATE meetings SET revision = ?, start = ?, ends = ?, expires = ?,
       body = json_set(?, '$.conversation', body ->> '$.conversation', '$.cardId', body ->> '$.cardId')
       WHERE tenant = ? AND id = ? AND revision = ? RETURNING body`,
    ),
    setCard: db.prepare(
      `UPDATE meetings SET body = json_set(body, '$.conversation', ?, '$.cardId', ?)
       WHERE tenant = ? AND id = ? RETURNING revision`,
    ),
    removeMeeting: db.prepare('DELETE FROM meetings WHERE tenant = ? AND id = ? RETURNING body'),
    meetingsOf: db.prepare(
      'SELECT body FROM meetings WHERE tenant = ? AND user = ? AND ends > ? AND expires > ? ORDER BY start',
    ),
    checked: db.prepare(
      "INSERT INTO kept VALUES ('checked', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    ),
    keep: db.prepare('INSERT INTO kept VALUES (?, ?) ON CONFLICT DO NOTHING'),
    kept: db.prepare('SELECT value FROM kept WHERE name = ?'),
    settings: db.prepare('SELECT body FROM settings WHERE tenant = ? AND user = ?'),
    saveSettings: db.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?, ?)'),
  };

  return {
    claim: async (tenant, key, until) => sql.claim.run(tenant, key, until, now()).changes === 1,
    claimedUntil: async (tenant, key) => {
      const row = sql.claimedUntil.get(tenant, key, now());
      return row === undefined ? null : Number(row.expires);
    },
    settle: async (tenant, key, until) => void sql.settle.run(until, tenant, key),
    release: async (tenant, key) => void sql.release.run(tenant, key),

    count: async (tenant, key, until, by = 1) => {
      const row = sql.count.get(tenant, key, by, until, now(), now());
      return { count: Number(row?.count), until: Number(row?.expires) };
    },
    uncount: async (tenant, key) => void sql.uncount.run(tenant, key, now()),

    park: async (p) => {
      const { tenant, user } = p.owner;
      sql.park.run(tenant, user, p.id, p.conversation, p.waitsFor, p.askedAt, p.expires, JSON.stringify(p));
    },
    parked: async (tenant, id) => one<Pending>(sql.parked.get(tenant, id, now())),
    parkedForSignIn: async ({ tenant, user }, conversation) =>
      sql.parkedForSignIn.all(tenant, user, conversation, now()).map(body<Pending>),
    unpark: async ({ tenant, user }, id) => void sql.unpark.run(tenant, user, id),

    addMeeting: async (m) => {
      const { tenant, user } = m.owner;
      const text = JSON.stringify(m);
      sql.addMeeting.run(
        tenant,
        m.id,
        user,
        m.revision,
        m.start,
        comingUntil(m),
        m.createdAt,
        m.expires,
        text,
      );
    },
    meeting: async (tenant, id) => one<MeetingRecord>(sql.meeting.get(tenant, id, now())),
    replaceMeeting: async (m, revision) => {
      const values = [m.revision, m.start, comingUntil(m), m.expires, JSON.stringify(m)];
      return one<MeetingRecord>(sql.replaceMeeting.get(...values, m.owner.tenant, m.id, revision));
    },
    setCard: async (tenant, id, conversation, cardId) => {
      const row = sql.setCard.get(conversation, cardId, tenant, id);
      return row === undefined ? null : Number(row.revision);
    },
    removeMeeting: async (tenant, id) => one<MeetingRecord>(sql.removeMeeting.get(tenant, id)),
    meetingsOf: async ({ tenant, user }, endingAfter) =>
      sql.meetingsOf.all(tenant, user, endingAfter, now()).map(body<MeetingRecord>),

    settings: async ({ tenant, user }) => one<Settings>(sql.settings.get(tenant, user)) ?? NO_SETTINGS,
    saveSettings: async ({ tenant, user }, settings) =>
      void sql.saveSettings.run(tenant, user, JSON.stringify(settings)),

    keep: async (name, candidate) => {
      sql.keep.run(name, candidate);
      return String(sql.kept.get(name)?.value);
    },

    forget: async (owner: Owner) => {
      for (const table of ['pending', 'meetings', 'settings']) {
        db.prepare(`DELETE FROM ${table} WHERE tenant = ? AND user = ?`).run(owner.tenant, owner.user);
      }
    },
    sweep: async () => {
      for (const table of ['claimed', 'counted', 'pending', 'meetings']) {
        db.prepare(`DELETE FROM ${table} WHERE expires <= ?`).run(now());
      }
    },
    check: async () => {
      // A file that was deleted can still be written to, for nobody.
      if (path !== ':memory:') statSync(path);
      sql.checked.run(String(now()));
    },
    close: async () => db.close(),
  };
}

/** SQLite gives its other files the rights of this one. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, 'a', OWNER_ONLY));
  chmodSync(path, OWNER_ONLY);
}
const OWNER_ONLY = 0o600;

function refuseNewer(db: DatabaseSync): void {
  const version = Number(db.prepare('PRAGMA user_version').get()?.user_version);
  if (version <= VERSION) return;
  db.close();
  throw Object.assign(new Error(`the store is of version ${version}`), { code: 'ESTORENEWER' });
}

type Row = Record<string, unknown>;
// The rows are our own: what was written as T is read as T.
const body = <T>(row: Row): T => JSON.parse(String(row.body)) as T;
const one = <T>(row: Row | undefined): T | null => (row === undefined ? null : body<T>(row));
