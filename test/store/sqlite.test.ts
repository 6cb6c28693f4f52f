import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { groupWrites } from '../../bot/store/sqlite/file.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { meeting } from '../../deploy/bench/sample-records.ts';
import { storeContract } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-store-'));
afterAll(() => rmSync(folder, { recursive: true }));
const freshFile = () => join(folder, 'made', 'by', 'itself', `${randomUUID()}.db`);

storeContract('memory', async (now) => [openSqlite(':memory:', now)]);
storeContract('SQLite', async (now) => {
  const file = freshFile();
  return [openSqlite(file, now), openSqlite(file, now)];
});

test('what was written survives kill -9', async () => {
  const file = freshFile();
  const module = new URL('../../bot/store/sqlite.ts', import.meta.url).href;
  const script = `
    const { openSqlite } = await import(${JSON.stringify(module)});
    const store = openSqlite(${JSON.stringify(file)}, () => 0);
    await store.claim({ tenant: 't' }, 'k', 10);
    await store.saveSettings({ tenant: 't', user: 'u' }, { zone: 'Europe/Berlin', minutes: null, language: null });
    process.stdout.write('written');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const store = openSqlite(file, () => 0);
  expect(await store.claim({ tenant: 't' }, 'k', 10)).toBe(false);
  expect((await store.settings({ tenant: 't', user: 'u' })).zone).toBe('Europe/Berlin');
  await store.close();
});

test('nobody else may read the file, nor what is written beside it', async () => {
  const file = freshFile();
  const store = openSqlite(file, () => 0);
  await store.claim({ tenant: 't' }, 'k', 1);
  for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(name).mode & 0o777).toBe(0o600);
  await store.close();
});

test('a file of a newer version is left alone', async () => {
  const file = freshFile();
  await openSqlite(file, () => 0).close();
  const db = new DatabaseSync(file);
  expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 });
  db.exec('PRAGMA user_version = 3');
  db.close();
  expect(() => openSqlite(file, () => 0)).toThrow(expect.objectContaining({ code: 'ESTORENEWER' }));
});

test('a file of version 1 is taken over, by two processes at once, with the claims in it', async () => {
  const file = join(folder, randomUUID());
  const claimed =
    'CREATE TABLE claimed (tenant TEXT, key TEXT, expires INTEGER, PRIMARY KEY (tenant, key)) WITHOUT ROWID';
  write(file, `${claimed}; INSERT INTO claimed VALUES ('t', 'old', 5); PRAGMA user_version = 1`);
  const [store, other] = [openSqlite(file, () => 0), openSqlite(file, () => 0)];
  expect(await store.claim({ tenant: 't' }, 'old', 9, 'mine')).toBe(false);
  expect(await other.claim({ tenant: 't' }, 'new', 9, 'mine')).toBe(true);
  await store.release({ tenant: 't' }, 'new', 'another');
  expect(await store.claimedUntil({ tenant: 't' }, 'new')).toBe(9);
  await Promise.all([store.close(), other.close()]);
});

test.each<[string, string, (file: string) => void]>([
  ['is no database', 'ESTOREDAMAGED', (file) => writeFileSync(file, 'a letter to somebody '.repeat(500))],
  ['is damaged', 'ESTOREDAMAGED', damage],
  ['is another program’s', 'ESTOREFOREIGN', (file) => write(file, 'CREATE TABLE letters (text TEXT)')],
  [
    'is another program’s that counts its versions, too',
    'ESTOREFOREIGN',
    (file) => write(file, 'CREATE TABLE letters (text TEXT); PRAGMA user_version = 1'),
  ],
])('a file that %s is left as it is', (_name, code, make) => {
  const file = join(folder, randomUUID());
  make(file);
  const before = readFileSync(file);
  expect(() => openSqlite(file, () => 0)).toThrow(expect.objectContaining({ code }));
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('a file at whose making the bot was killed is its own all the same', async () => {
  const file = join(folder, randomUUID());
  write(
    file,
    'CREATE TABLE claimed (tenant TEXT, key TEXT, expires INTEGER, PRIMARY KEY (tenant, key)) WITHOUT ROWID',
  );
  const store = openSqlite(file, () => 0);
  expect(await store.claim({ tenant: 't' }, 'k', 1)).toBe(true);
  await store.close();
});

function write(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}

/** A store that was one, with its list of tables overwritten. */
function damage(file: string): void {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA user_version = 1; CREATE TABLE claimed (tenant TEXT)');
  db.close();
  const bytes = readFileSync(file);
  writeFileSync(file, Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(bytes.length - 100, 0x5a)]));
}

test('what was forgotten cannot be read from the file either', async () => {
  const file = freshFile();
  const store = openSqlite(file, () => 0);
  const owner = { tenant: 't', user: 'u' };
  await store.saveSettings(owner, { zone: 'Antarctica/Troll', minutes: null, language: null });
  await store.forget(owner);
  await store.close();
  expect(readFileSync(file).includes('Antarctica')).toBe(false);
});

test.each<[string, (file: string) => void]>([
  ['was deleted', (file) => rmSync(file)],
  ['was replaced', (file) => replace(file)],
  ['somebody else holds', (file) => lock(file)],
])('a file that %s is no store that serves', async (_name, spoil) => {
  const file = freshFile();
  const store = openSqlite(file, () => 0);
  await store.check();
  spoil(file);
  await expect(store.check()).rejects.toThrow();
  await store.close();
});

// What nobody refers to any more is collected, and its lock with it.
const holders: DatabaseSync[] = [];
afterAll(() => holders.forEach((db) => void db.close()));

function replace(file: string): void {
  rmSync(file);
  writeFileSync(file, '');
}

function lock(file: string): void {
  const db = new DatabaseSync(file);
  db.exec('BEGIN IMMEDIATE');
  holders.push(db);
}

test('of what is written at once only what fails fails, and the rest is in the file', async () => {
  const file = freshFile();
  const [store, other] = [openSqlite(file, () => 0), openSqlite(file, () => 0)];
  await store.addMeeting(meeting());
  const written = await Promise.allSettled([
    store.claim({ tenant: 't' }, 'before', 1),
    store.addMeeting(meeting()),
    store.claim({ tenant: 't' }, 'after', 1),
  ]);
  expect(written.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await other.claimedUntil({ tenant: 't' }, 'before')).toBe(1);
  expect(await other.claimedUntil({ tenant: 't' }, 'after')).toBe(1);
  await Promise.all([store.close(), other.close()]);
});

test('while another process writes, everything else goes on, and what is to be written is written then', async () => {
  const file = freshFile();
  const store = openSqlite(file, () => 0);
  const other = new DatabaseSync(file);
  other.exec('BEGIN IMMEDIATE');
  const order: string[] = [];
  const claimed = store.claim({ tenant: 't' }, 'k', 1).then((isMine) => order.push(`claimed ${isMine}`));
  expect(await store.claimedUntil({ tenant: 't' }, 'k')).toBeNull();
  order.push('read');
  other.exec('COMMIT');
  await claimed;
  expect(order).toEqual(['read', 'claimed true']);
  other.close();
  await store.close();
});

test('a store that is closed has written what was begun', async () => {
  const file = freshFile();
  const store = openSqlite(file, () => 0);
  const begun = store.claim({ tenant: 't' }, 'k', 1);
  await store.close();
  expect(await begun).toBe(true);
  const again = openSqlite(file, () => 0);
  expect(await again.claimedUntil({ tenant: 't' }, 'k')).toBe(1);
  await again.close();
});

test('a file that cannot be opened says so at once', () => {
  expect(() => openSqlite('/dev/null/place.db', () => 0)).toThrow();
});

function table() {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)');
  const insert = db.prepare('INSERT INTO t VALUES (?, ?)');
  const ids = () =>
    db
      .prepare('SELECT id FROM t')
      .all()
      .map((row) => row.id);
  return { db, insert, ids, write: groupWrites(db) };
}

test('a disk that gets full in the middle takes nothing of what was written at once, and all is told', async () => {
  const { db, insert, ids, write } = table();
  const pages = Number(db.prepare('PRAGMA page_count').get()?.page_count);
  db.exec(`PRAGMA max_page_count = ${pages + 2}`);
  const written = await Promise.allSettled([
    write(() => insert.run(1, 'before')),
    write(() => insert.run(2, 'x'.repeat(1_000_000))),
    write(() => insert.run(3, 'after')),
  ]);
  expect(written.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(ids()).toEqual([]);
  await write(() => insert.run(4, 'when there is room'));
  expect(ids()).toEqual([4]);
});

test('what is still being written when the file is closed is told to whoever wanted it', async () => {
  const { db, insert, write } = table();
  const written = await Promise.allSettled([write(() => insert.run(1, 'late')), write(() => db.close())]);
  expect(written.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(write(() => insert.run(2, 'later'))).rejects.toThrow();
});
