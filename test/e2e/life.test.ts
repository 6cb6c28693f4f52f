import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { COMPILED, freePort, startBot } from '../../deploy/sandbox/bot-process.ts';
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { ownFolder, ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

const SENTENCE = 'meeting tomorrow 3pm about the budget';

const folder = await ownFolder();
const world = await ownWorld();

function statusOf(path: string, url = world.bot.url): Promise<number> {
  return fetch(`${url}${path}`).then(
    ({ status }) => status,
    () => 0,
  );
}
const lines = () => world.bot.output().trim().split('\n');

/** Runs the bot in an empty folder until it ends by itself. */
async function run(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-start-'));
  const child = spawn(process.execPath, [inject('bundle')], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: COMPILED, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  await rm(folder, { recursive: true });
  return { code, said };
}

test('without a configuration it names all that is missing, and the way to try it', async () => {
  const { code, said } = await run({});
  expect(code).toBe(1);
  for (const name of ['BOT_APP_ID', 'BOT_TENANT_ID', 'BOT_CLIENT_SECRET', 'PUBLIC_URL', 'npm run sandbox']) {
    expect(said).toContain(name);
  }
  expect(said).not.toMatch(/^\s+at /m);
});

test('where somebody else listens it says so', async () => {
  const { port } = new URL(world.bot.url);
  const { code, said } = await run(world.botEnv(Number(port)));
  expect(code).toBe(1);
  expect(said).toContain(`cannot listen on 127.0.0.1:${port}`);
  expect(said).not.toMatch(/^\s+at /m);
});

test('where there is no such address it says so', async () => {
  const { code, said } = await run({ ...world.botEnv(1), HOST: '192.0.2.1' });
  expect(code).toBe(1);
  expect(said).toContain('Set HOST to an address of this machine');
});

test('a store that is no database is told with what to do about it, and is left alone', async () => {
  const file = join(folder, 'letter');
  const text = 'a letter to somebody '.repeat(500);
  await writeFile(file, text);
  const { code, said } = await run({ ...world.botEnv(1), STORE: `sqlite:${file}` });
  expect(code).toBe(1);
  expect(said).toContain('Move it away');
  expect(said).not.toMatch(/^\s+at /m);
  expect(await readFile(file, 'utf8')).toBe(text);
});

test('it is alive at once, and ready when the channel’s keys are there', async () => {
  world.faults.add({ service: 'channel', method: 'GET' }, 503);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const starting = startBot(world.botEnv(port), { entry: inject('bundle') });
  let codes: [number, number] = [0, 0];
  await expect
    .poll(async () => {
      codes = [await statusOf('/healthz', url), await statusOf('/readyz', url)];
      return codes[0];
    })
    .toBe(200);
  expect(codes).toEqual([200, 503]);
  const authorization = `Bearer ${await world.channel.sign()}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const early = await fetch(`${url}/api/messages`, { method: 'POST', headers, body: '{}' });
  expect(early.status).toBeGreaterThanOrEqual(500);
  expect(await early.text()).toBe('');

  world.faults.clear();
  const late = await starting;
  expect(await statusOf('/readyz', url)).toBe(200);
  expect(await late.stop()).toBe(0);
});

test('asked to stop, it stops at once, although somebody keeps a connection', async () => {
  await world.begin();
  expect(await statusOf('/healthz')).toBe(200);
  expect(await world.bot.stop()).toBe(0);
  expect(lines().map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
    'started',
    'stopped',
  ]);
});

test('asked to stop, it says that it is not ready, and finishes what runs and what still comes', async () => {
  await world.signIn(ADA);
  world.entra.consent(BEN.oid);
  world.faults.add({ service: 'graph' }, { kind: 'slow', ms: 1_500 });
  const turn = world.channel.say(ADA, world.chat(ADA).id, SENTENCE);
  await until(() => world.chat(ADA).typing === 1);
  // Ben's sign-in is answered before his meeting is made.
  await world.channel.say(BEN, world.chat(BEN).id, SENTENCE);
  await until(() => world.turns().filter(({ turn: kind }) => kind === 'tokenExchange').length === 3);

  const stopping = world.bot.stop();
  await expect.poll(() => statusOf('/readyz')).toBe(503);
  expect(await statusOf('/healthz')).toBe(200);
  const straggler = world.channel.deliver(world.message(ADA, SENTENCE));
  for (const answer of [turn, straggler]) expect(await answer).toMatchObject({ status: 200 });
  expect(await stopping).toBe(0);
  expect([ADA, BEN].map((person) => world.cards(person).length)).toEqual([2, 1]);
  expect(world.alive()).toHaveLength(3);
});
