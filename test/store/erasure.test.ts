import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type { Owner } from '../../bot/meeting/record.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import type { Store } from '../../bot/store/store.ts';
import { ADA, meeting, NOW, pending } from '../../deploy/bench/sample-records.ts';
import { createRandom, type Random } from '../../deploy/faults/random.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-erasure-'));
afterAll(() => rmSync(folder, { recursive: true }));
const freshFile = () => join(folder, `${randomUUID()}.db`);

const SECRET = 'zebra-crossing';
const BEN = { tenant: 'contoso', user: 'ben' };

/** The files of a store in which this still stands. */
const filesWith = (file: string, text: string): string[] =>
  ['', '-wal', '-shm'].filter(
    (end) => existsSync(`${file}${end}`) && readFileSync(`${file}${end}`).includes(text),
  );

/** A request that waits, a meeting that was changed, and settings: all that is kept of what a person typed. */
async function type(store: Store, owner = ADA, secret = SECRET, id: string = randomUUID()): Promise<void> {
  const utterance = { text: `meeting about ${secret}`, people: [] };
  const record = meeting({ id, owner, subject: secret, guests: [{ kind: 'name', name: secret }] });
  await store.park(pending({ id: `p${id}`, owner, utterance }));
  await store.addMeeting(record);
  await store.replaceMeeting({ ...record, revision: 2, subject: `${secret} again, and longer` }, 1);
  await store.saveSettings(owner, { zone: secret, minutes: null, language: null });
}

test('what a person typed stands in no file of the store after they were forgotten', async () => {
  const file = freshFile();
  const store = openSqlite(file, () => NOW);
  await type(store);
  expect(filesWith(file, SECRET)).not.toEqual([]);
  await store.forget(ADA);
  expect(filesWith(file, SECRET)).toEqual([]);
  await store.close();
});

// With these seeds `secure_delete` alone leaves copies.
test.each([9, 13, 14, 17])('nor where pages were split and rows were moved: seed %i', async (seed) => {
  const file = freshFile();
  const store = openSqlite(file, () => NOW);
  await comeAndGo(store, createRandom(seed));
  expect(filesWith(file, SECRET)).not.toEqual([]);
  await Promise.all([type(store, BEN, 'at the same time'), store.forget(ADA)]);
  expect(filesWith(file, SECRET)).toEqual([]);
  await store.close();
});

/** Ada's and other people's requests and meetings are written, changed and removed. */
async function comeAndGo(store: Store, { whole }: Random): Promise<void> {
  const below = (limit: number) => whole(0, limit - 1);
  const known: { id: string; owner: Owner }[] = [];
  const textOf = ({ user }: Owner) => `${user === 'ada' ? SECRET : 'other'} `.repeat(1 + below(120));
  for (let i = 0; i < 600; i += 1) {
    const owner = below(4) === 0 ? ADA : { tenant: 'contoso', user: `user-${below(40)}` };
    const { id, owner: whose } = known[below(known.length)] ?? { id: '', owner };
    const fresh = String(below(1e9));
    const act = below(6);
    if (act === 0 || act === 1) await store.park(pending({ id: fresh, owner, utterance: written(owner) }));
    if (act === 2) await store.addMeeting(meeting({ id: fresh, owner, subject: textOf(owner) }));
    if (act < 3) known.push({ id: fresh, owner });
    if (act === 3) await store.unpark(whose, id);
    if (act === 4) await store.removeMeeting(whose.tenant, id);
    const record = act === 5 ? await store.meeting(whose.tenant, id) : null;
    if (record) await store.replaceMeeting({ ...record, subject: textOf(whose) }, record.revision);
  }
  function written(owner: Owner) {
    return { text: textOf(owner), people: [] };
  }
}

test('nor after it has expired and was swept', async () => {
  const file = freshFile();
  let now = NOW;
  const store = openSqlite(file, () => now);
  await store.park(pending({ utterance: { text: SECRET, people: [] } }));
  await store.addMeeting(meeting({ subject: SECRET }));
  now += 2 * 86_400_000;
  await store.sweep();
  expect(filesWith(file, SECRET)).toEqual([]);
  await store.close();
});

test('while another process reads, it waits for the next sweep, and nobody for it', async () => {
  const file = freshFile();
  const store = openSqlite(file, () => NOW);
  await type(store);
  const reader = read(file);
  const begun = performance.now();
  await store.forget(ADA);
  expect(performance.now() - begun).toBeLessThan(1_000);
  expect(filesWith(file, SECRET)).toContain('-wal');
  expect((await store.settings(ADA)).zone).toBeNull();
  reader.close();
  await store.sweep();
  expect(filesWith(file, SECRET)).toEqual([]);
  await store.close();
});

/** A connection in the middle of reading. */
function read(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  db.exec('BEGIN');
  db.prepare('SELECT count(*) FROM pending').get();
  return db;
}

/** Another process with this store, which has written what Ada typed and goes on with `then`. */
function startWriter(file: string, then: string) {
  const at = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const script = `
    const { openSqlite } = await import(${at('../../bot/store/sqlite.ts')});
    const store = openSqlite(${JSON.stringify(file)}, () => ${NOW});
    const ada = ${JSON.stringify(ADA)};
    for (let i = 0; i < 40; i++) {
      await store.saveSettings({ ...ada, user: 'other' + i }, { zone: 'x'.repeat(2000), minutes: null, language: null });
      await store.park(${JSON.stringify(pending({ utterance: { text: SECRET, people: [] } }))});
    }
    process.stdout.write('typed');
    ${then}
    setInterval(() => {}, 1000);
  `;
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

test('killed right after it: nothing is left for anybody who only reads the files', async () => {
  const file = freshFile();
  const child = startWriter(file, `await store.forget(ada); process.stdout.write('forgotten');`);
  for await (const said of child.stdout) if (String(said).includes('forgotten')) break;
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(filesWith(file, SECRET)).toEqual([]);
});

test('killed while another process kept the log busy: the next sweep erases it', async () => {
  const file = freshFile();
  await openSqlite(file, () => NOW).close();
  const reader = read(file);
  const child = startWriter(file, `await store.forget(ada); process.stdout.write('forgotten');`);
  for await (const said of child.stdout) if (String(said).includes('forgotten')) break;
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(filesWith(file, SECRET)).toContain('-wal');
  reader.close();
  const store = openSqlite(file, () => NOW);
  await store.sweep();
  expect(filesWith(file, SECRET)).toEqual([]);
  await store.close();
});

test('killed at any point of it: the next sweep leaves all of it, or nothing in any file', async () => {
  let erased = 0;
  for (let i = 0; i < 12; i += 1) {
    const file = freshFile();
    const child = startWriter(file, 'process.stdin.once("data", () => store.forget(ada));');
    await once(child.stdout, 'data');
    child.stdin.write('now');
    await wait(i * 2);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = openSqlite(file, () => NOW);
    await store.sweep();
    const isThere = (await store.parked(ADA.tenant, pending().id)) !== null;
    if (!isThere) {
      erased += 1;
      expect(filesWith(file, SECRET)).toEqual([]);
    }
    await store.close();
  }
  expect(erased).toBeGreaterThan(0);
});
