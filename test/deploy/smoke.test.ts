import { execFile } from 'node:child_process';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type BotProcess, freePort, startBot } from '../../deploy/sandbox/bot-process.ts';
import type { Tls } from '../../deploy/sandbox/serve.ts';
import { type Answer, serve } from '../../deploy/sandbox/serve.ts';
import { type StandIns, startStandIns } from '../../deploy/sandbox/standins.ts';
import { createTls } from '../../deploy/sandbox/tls.ts';
import { smoke } from '../../deploy/smoke/checks.ts';
import about from '../../package.json' with { type: 'json' };

function run(...args: string[]): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env.PATH } };
    execFile(process.execPath, ['deploy/smoke.ts', ...args], options, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), text: stdout + stderr }),
    );
  });
}

/** What is found wrong at a server that answers like this where a bot should be. */
async function wrongAt(answers: Record<string, Answer>, tls?: Tls): Promise<Record<string, string>> {
  const server = await serve({
    service: 'bot',
    handle: ({ path }) => answers[path] ?? { status: 404 },
    ...(tls ? { tls } : {}),
  });
  onTestFinished(() => server.close());
  const findings = await smoke({ url: server.url, version: '2.0.0', appId: 'app' }, () => undefined);
  return Object.fromEntries(
    findings.filter(({ kind }) => kind === 'wrong').map(({ check, sentence }) => [check, sentence]),
  );
}

describe('against the bot itself', () => {
  let standIns: StandIns;
  let bot: BotProcess;
  beforeAll(async () => {
    standIns = await startStandIns({ withPage: false });
    bot = await startBot(standIns.botEnv(await freePort()));
  });
  afterAll(async () => {
    await bot.stop();
    await standIns.close();
  });

  test('everything is well', async () => {
    const { code, text } = await run('--url', `${bot.url}/`, '--app-id', standIns.app.id);
    expect(
      text
        .trim()
        .split('\n')
        .filter((line) => line.startsWith('✓')),
    ).toHaveLength(7);
    expect(text).toContain(`alive, version ${about.version}`);
    expect(text).toContain(`and back to ${standIns.botEnv(0).PUBLIC_URL}`);
    expect(text).toContain(`${bot.url} is well.`);
    expect(code).toBe(0);
  });

  test('another version and another application are told', async () => {
    const { code, text } = await run('--url', bot.url, '--version', '9.9.9', '--app-id', 'other');
    expect(text).toContain(`✗ health: version ${about.version} runs there, not 9.9.9`);
    expect(text).toContain(`✗ sign-in page: sign-in names the application ${standIns.app.id}`);
    expect(text).toContain('2 of 7 checks failed');
    expect(code).toBe(1);
  });
});

test.each([
  [[], 'Which bot?'],
  [['--url', 'parley.contoso.com'], 'must be an origin'],
  [['--url', 'https://parley.contoso.com/api'], 'must be an origin'],
  [['--url', 'http://parley.contoso.com'], 'must begin with https://'],
  [['--nonsense'], '--nonsense'],
])('%j is answered with a sentence', async (args, sentence) => {
  expect(await run(...args)).toMatchObject({ code: 2, text: expect.stringContaining(sentence) });
});

test('nothing listens', async () => {
  const { code, text } = await run('--url', `http://127.0.0.1:${await freePort()}`);
  expect(text).toContain('✗ health: no answer: nothing listens there.');
  expect(code).toBe(1);
});

test('a port that fetch refuses, at an address without a name', async () => {
  const { text } = await run('--url', 'https://127.0.0.1:1');
  expect(text).toContain('✗ TLS: no answer: nothing listens there.');
  expect(text).toContain('✗ health: no answer: bad port.');
  expect(text).not.toContain('Warning');
});

test('a certificate that nobody trusts', async () => {
  const wrong = await wrongAt({}, await createTls());
  expect(wrong.TLS).toMatch(/Teams accepts only a trusted one|nobody trusts it/);
});

test('a certificate that soon runs out, and a sign-in that comes back elsewhere', async () => {
  const tls = await createTls();
  const trusted = getCACertificates('default');
  setDefaultCACertificates([...trusted, tls.caPem]);
  onTestFinished(() => setDefaultCACertificates(trusted));
  const location = 'https://login.example/authorize?client_id=app&redirect_uri=https://old.example/auth/end';
  const wrong = await wrongAt({ '/auth/start': { status: 302, headers: { location } } }, tls);
  expect(wrong.TLS).toMatch(/the certificate runs out in [67] days/);
  expect(wrong['sign-in page']).toMatch(
    /^sign-in would come back to https:\/\/old\.example: PUBLIC_URL should be https:\/\/localhost:/,
  );
});

test('something else than the bot', async () => {
  expect(await wrongAt({})).toMatchObject({
    health: expect.stringContaining('this is not Parley'),
    'unsigned activity': expect.stringContaining('something stands before the bot'),
    'sign-in page': expect.stringContaining('/auth/start answers 404'),
    pages: expect.stringContaining('/auth/end answers 404'),
  });
});

test('a bot without the pages that the Teams app names', async () => {
  const page = { status: 200, body: '' };
  const names = ['end', 'dialog', 'teams.js', 'end.js', 'dialog.js', 'page.css'];
  const signIn = names.map((name) => `/auth/${name}`);
  const wrong = await wrongAt(Object.fromEntries([...signIn, '/privacy'].map((path) => [path, page])));
  expect(wrong.pages).toContain('/terms answers 404');
});

test('a bot that is not ready, takes unsigned activities and lacks a file', async () => {
  const page = { status: 200, body: '' };
  const wrong = await wrongAt({
    '/healthz': { status: 200, body: { status: 'alive', version: '2.0.0' } },
    '/readyz': { status: 503 },
    '/api/messages': { status: 200 },
    '/auth/end': page,
    '/auth/dialog': page,
    '/auth/end.js': page,
    '/auth/page.css': page,
  });
  expect(wrong.health).toBeUndefined();
  expect(wrong.readiness).toContain('/readyz answers 503');
  expect(wrong['unsigned activity']).toContain('Stop this deployment');
  expect(wrong['forged activity']).toContain('Stop this deployment');
  expect(wrong.pages).toContain('/auth/teams.js answers 404');
});
