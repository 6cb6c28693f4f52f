import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { storeContract } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-store-'));
afterAll(() => rmSync(folder, { recursive: true }));
const freshFile = () => join(folder, 'made', 'by', 'itself', `${randomUUID()}.db`);

storeContract('memory', async (now) => openSqlite(':memory:', now));
storeContract('SQLite', async (now) => openSqlite(freshFile(), now));

test('two processes’ worth of connections win one claim between them', async () => {
  const file = freshFile();
  const [a, b] = [openSqlite(file, () => 0), openSqlite(file, () => 0)];
  expect([await a.claim('t', 'k', 1), await b.claim('t', 'k', 1)]).toEqual([true, false]);
  await Promise.all([a.close(), b.close()]);
});

test('what was written survives kill -9', async () => {
  const file = freshFile();
  const module = new URL('../../bot/store/sqlite.ts', import.meta.url).href;
  const script = `
    const { openSqlite } = await import(${JSON.stringify(module)});
    const store = openSqlite(${JSON.stringify(file)}, () => 0);
    await store.claim('t', 'k', 10);
    await store.saveSettings({ tenant: 't', user: 'u' }, { zone: 'Europe/Berlin', minutes: null, language: null });
    process.stdout.write('written');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const store = openSqlite(file, () => 0);
  expect(await store.claim('t', 'k', 10)).toBe(false);
  expect((await store.settings({ tenant: 't', user: 'u' })).zone).toBe('Europe/Berlin');
  await store.close();
});

test('a file that cannot be opened says so at once', () => {
  expect(() => openSqlite('/dev/null/place.db', () => 0)).toThrow();
});
