import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Due } from '../meeting/due.ts';
import { comingUntil, type MeetingRecord, withCardAt, withCardsOf } from '../meeting/record.ts';
import { SIGNED_OUT } from './keys.ts';
import { eraseIn, groupWrites, makeFile, openDatabase, type Write } from './sqlite/file.ts';
import {
  type Begun,
  type Holder,
  NO_SETTINGS,
  type Pending,
  type Settings,
  type Stage,
  type Store,
} from './store.ts';

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

/**
 * A Store in one SQLite file (`:memory:` for none), through Node's own driver. The folder is made if it is missing, and
 * nobody else may read the file. Throws when the file cannot be opened. `now` answers epoch milliseconds.
 */
export function openSqlite(path: string, now: () => number): Store {
  const inode = path === ':memory:' ? null : makeFile(path);
  const db = openDatabase(path);
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
  const coming = db.prepare(
    'SELECT body FROM meetings WHERE tenant = ? AND user = ? AND ends > ? AND expires > ? ORDER BY start',
  );
  const settings: Store['settings'] = async ({ tenant, user }) =>
    fromFound<Settings>(get.get(tenant, user)) ?? NO_SETTINGS;
  return {
    person: async (owner, endingAfter) => {
      const { tenant, user } = owner;
      const rows = waiting.all(tenant, user, now());
      const isBegun = (row: (typeof rows)[number]) => row.waits_for === BEGUN;
      return {
        settings: await settings(owner),
        requests: rows.filter((row) => !isBegun(row)).map(fromRow<Pending>),
        begun: rows.filter(isBegun).map(fromRow<Begun>),
        meetings: coming.all(tenant, user, endingAfter, now()).map(fromRow<MeetingRecord>),
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

/** Claims. One statement inserts or renews the row, so only one caller changes it. */
function claimsIn(db: DatabaseSync, write: Write, now: () => number) {
  const claim = db.prepare(
    `INSERT INTO claimed VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE
     SET expires = excluded.expires, mark = excluded.mark WHERE claimed.expires <= ?`,
  );
  const until = db.prepare('SELECT expires FROM claimed WHERE tenant = ? AND key = ? AND expires > ?');
  const own = 'tenant = ?1 AND key = ?2 AND (?3 IS NULL OR mark = ?3)';
  const settle = db.prepare(`UPDATE claimed SET expires = ?4 WHERE ${own}`);
  const release = db.prepare(`DELETE FROM claimed WHERE ${own}`);
  return {
    claim: async (holder, key, expires, mark) => {
      const row = [...keysOf(holder, key), expires, mark ?? null] as const;
      const { changes } = await write(() => claim.run(...row, now()));
      return changes === 1;
    },
    claimedUntil: async (holder, key) => {
      const row = until.get(...keysOf(holder, key), now());
      return row === undefined ? null : Number(row.expires);
    },
    settle: async (holder, key, expires, mark) =>
      void (await write(() => settle.run(...keysOf(holder, key), mark ?? null, expires))),
    release: async (holder, key, mark) =>
      void (await write(() => release.run(...keysOf(holder, key), mark ?? null))),
  } satisfies Partial<Store>;
}

/** The columns `tenant` and `key`: what is a person's has the person behind the key. */
const keysOf = ({ tenant, user }: Holder, key: string): [tenant: string, key: string] => [
  tenant,
  user === undefined ? key : `${key}\n${user}`,
];

/** Counts, each until it expires. */
function countsIn(db: DatabaseSync, write: Write, now: () => number) {
  const count = db.prepare(
    `INSERT INTO counted VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET
     count = CASE WHEN expires > ? THEN count ELSE 0 END + excluded.count,
     expires = CASE WHEN expires > ? THEN expires ELSE excluded.expires END RETURNING count, expires`,
  );
  const uncount = db.prepare(
    'UPDATE counted SET count = count - 1 WHERE tenant = ? AND key = ? AND expires > ? AND count > 0',
  );
  return {
    count: async (holder, key, until, by = 1) => {
      const row = await write(() => count.get(...keysOf(holder, key), by, until, now(), now()));
      return { count: Number(row?.count), until: Number(row?.expires) };
    },
    uncount: async (holder, key) => void (await write(() => uncount.run(...keysOf(holder, key), now()))),
  } satisfies Partial<Store>;
}

/**
 * Requests that wait, and work that has begun. Both are rows of one table, so they expire and are forgotten together;
 * what has begun counts as waiting for `begun`.
 */
function requestsIn(db: DatabaseSync, write: Write, now: () => number) {
  const put = db.prepare('INSERT OR REPLACE INTO pending VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const parked = db.prepare('SELECT body FROM pending WHERE tenant = ? AND id = ? AND expires > ?');
  const drop = db.prepare('DELETE FROM pending WHERE tenant = ? AND user = ? AND id = ?');
  const unpark: Store['unpark'] = async ({ tenant, user }, id) =>
    void (await write(() => drop.run(tenant, user, id)));
  return {
    park: async (p) => {
      const { tenant, user } = p.owner;
      const values = [p.id, p.conversation, p.waitsFor, p.askedAt, p.expires, JSON.stringify(p)];
      await write(() => put.run(tenant, user, ...values));
    },
    parked: async (tenant, id) => fromFound<Pending>(parked.get(tenant, id, now())),
    unpark,
    begin: async (begun) => {
      const { tenant, user } = begun.owner;
      const { conversation } = begun.wanted;
      const values = [idOf(begun.wanted), conversation, BEGUN, begun.at, begun.expires];
      await write(() => put.run(tenant, user, ...values, JSON.stringify(begun)));
    },
    finish: (owner, stage) => unpark(owner, idOf(stage)),
  } satisfies Partial<Store>;
}

/** What work that has begun waits for. */
const BEGUN = 'begun';

/** A meeting has the id of its request, and the request may still wait in the same table. */
const idOf = ({ id, revision }: Stage) => `begun:${id}:${revision}`;

/** Records of meetings. Where its cards stand is written by `setCard` alone, so another write keeps what the row has. */
function meetingsIn(db: DatabaseSync, write: Write, now: () => number) {
  const note = noteDue(db);
  const add = db.prepare('INSERT INTO meetings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const get = db.prepare('SELECT body FROM meetings WHERE tenant = ? AND id = ? AND expires > ?');
  const stored = db.prepare('SELECT revision, body FROM meetings WHERE tenant = ? AND id = ?');
  const replace = db.prepare(
    'UPDATE meetings SET revision = ?, start = ?, ends = ?, expires = ?, body = ? WHERE tenant = ? AND id = ?',
  );
  const rewrite = db.prepare('UPDATE meetings SET body = ? WHERE tenant = ? AND id = ?');
  const remove = db.prepare('DELETE FROM meetings WHERE tenant = ? AND id = ? RETURNING body');
  return {
    addMeeting: async (m, dues = []) => {
      const { tenant, user } = m.owner;
      const times = [m.start, comingUntil(m), m.createdAt, m.expires];
      await write(() => {
        add.run(tenant, m.id, user, m.revision, ...times, JSON.stringify(m));
        note(dues);
      });
    },
    meeting: async (tenant, id) => fromFound<MeetingRecord>(get.get(tenant, id, now())),
    replaceMeeting: async (m, revision, dues = []) =>
      write(() => {
        note(dues);
        const { tenant } = m.owner;
        const row = stored.get(tenant, m.id);
        if (row?.revision !== revision) return null;
        const next = withCardsOf(m, fromRow<MeetingRecord>(row));
        const values = [next.revision, next.start, comingUntil(next), next.expires, JSON.stringify(next)];
        replace.run(...values, tenant, m.id);
        return next;
      }),
    setCard: async (tenant, id, conversation, cardId) =>
      write(() => {
        const row = stored.get(tenant, id);
        if (row === undefined) return null;
        const record = fromRow<MeetingRecord>(row);
        const moved = withCardsOf(record, withCardAt(record, { conversation, cardId }));
        rewrite.run(JSON.stringify(moved), tenant, id);
        return Number(row.revision);
      }),
    removeMeeting: async (tenant, id) => fromFound<MeetingRecord>(await write(() => remove.get(tenant, id))),
  } satisfies Partial<Store>;
}

type Row = Readonly<Record<string, unknown>>;

/** The value of a row's `body`: the rows are our own, so what was written as T is read as T. */
const fromRow = <T>(row: Row): T => JSON.parse(String(row.body)) as T;

/** The same; null where there is no row. */
const fromFound = <T>(row: Row | undefined): T | null => (row === undefined ? null : fromRow<T>(row));

const KEY = 'at = ? AND tenant = ? AND meeting = ? AND step = ?';

const keyOf = ({ at, tenant, meeting, step }: Due) => [at, tenant, meeting, step];

/** Notes what is due, as a part of a transaction. */
function noteDue(db: DatabaseSync): (dues: readonly Due[]) => void {
  const add = db.prepare('INSERT INTO due VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING');
  return (dues) => dues.forEach((due) => void add.run(...keyOf(due)));
}

/** What is due later, ordered by when. One statement claims, so each row goes to one caller. */
function dueIn(db: DatabaseSync, write: Write, now: () => number) {
  const note = noteDue(db);
  const claim = db.prepare(
    `UPDATE due SET claimed_until = ? WHERE (at, tenant, meeting, step) IN
     (SELECT at, tenant, meeting, step FROM due WHERE at <= ? AND claimed_until <= ? ORDER BY at LIMIT ?)
     RETURNING at, tenant, meeting, step`,
  );
  const next = db.prepare(
    'SELECT MIN(MAX(at, claimed_until)) AS at FROM due WHERE at < ?1 AND claimed_until < ?1',
  );
  const keep = db.prepare(`UPDATE due SET claimed_until = ? WHERE ${KEY}`);
  const remove = db.prepare(`DELETE FROM due WHERE ${KEY}`);
  return {
    addDue: async (dues) => {
      await write(() => note(dues));
    },
    claimDue: async (most, until) => {
      // Most of the time nothing is due, and a look costs less than a write.
      if ((next.get(now() + 1)?.at ?? null) === null) return [];
      return write(() => claim.all(until, now(), now(), most) as Due[]);
    },
    nextDue: async (until) => {
      const at = next.get(until)?.at ?? null;
      return at === null ? null : Number(at);
    },
    keepDue: async (due, until) => void (await write(() => keep.run(until, ...keyOf(due)))),
    removeDue: async (dues) => {
      await write(() => dues.forEach((due) => void remove.run(...keyOf(due))));
    },
  } satisfies Partial<Store>;
}
