import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { freePort, startBot } from '../../deploy/sandbox/bot-process.ts';
import { tellLog } from '../../deploy/sandbox/log.ts';
import { ownFolder } from '../e2e/own-world.ts';

const MAIN = new URL('../../deploy/sandbox/main.ts', import.meta.url).pathname;
/** A machine that does much else takes long to start the sandbox and its bot. */
const PATIENT = { timeout: 60_000 };
vi.setConfig({ testTimeout: 90_000 });
const running: ChildProcess[] = [];
const folder = await ownFolder();

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function sandbox(...options: string[]) {
  const child = spawn(process.execPath, [MAIN, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return { child, exited, output: () => output };
}

test('the sandbox says where to look, and goes quietly', async () => {
  const port = await freePort();
  const { child, exited, output } = sandbox('--page-port', String(port));
  await expect.poll(output, PATIENT).toContain(`Open  http://localhost:${port}`);
  expect(output()).toContain('meeting tomorrow 3pm about Q3');
  const page = await fetch(`http://127.0.0.1:${port}/`);
  expect(await page.text()).toContain('<title>Parley sandbox</title>');
  child.kill('SIGINT');
  expect(await exited).toBe(0);
});

test('in application mode nobody is told of a consent', async () => {
  const { child, exited, output } = sandbox(
    '--page-port',
    String(await freePort()),
    '--graph-mode',
    'application',
  );
  await expect.poll(output, PATIENT).toContain('Ctrl+C');
  expect(output()).not.toContain('consent');
  child.kill('SIGINT');
  expect(await exited).toBe(0);
});

test('a page port that is taken is named in one sentence', async () => {
  const other = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  const { exited, output } = sandbox('--page-port', String(port));
  expect(await exited).toBe(1);
  expect(output()).toBe(
    `The sandbox could not start: port ${port} is taken; choose another with --page-port.\n`,
  );
  other.close();
});

test.each([
  [['--help'], 0, 'npm run sandbox'],
  [['--page-port', 'x'], 2, 'from 1 to 65535'],
  [['--nonsense'], 2, '--nonsense'],
] as const)('%j ends with %i', async (options, code, words) => {
  const { exited, output } = sandbox(...options);
  expect(await exited).toBe(code);
  expect(output()).toContain(words);
});

test('a bot that takes its time is waited for, and what it answers is told', async () => {
  const entry = join(folder, 'slow.mjs');
  // It is asked every 25 ms, and what it answers is told every 100 ms.
  const answer = '(_, response) => response.writeHead(++asked < 20 ? 503 : 200).end()';
  await writeFile(
    entry,
    `import { createServer } from 'node:http';
let asked = 0;
createServer(${answer}).listen(process.env.PORT);`,
  );
  const told: string[] = [];
  const bot = await startBot(
    { PORT: String(await freePort()) },
    { entry, waitMs: 100, onWait: (_seconds, readiness) => told.push(readiness) },
  );
  expect(await bot.isReady()).toBe(true);
  expect(told).toContain('status 503');
  await bot.kill();
});

test('the log is told a line an event, without what is always the same', () => {
  const lines: string[] = [];
  const tell = tellLog(false, (line) => lines.push(line));
  tell('{"level":30,"time":"x","event":"turn","out');
  tell('come":"made","tenant":"t"}\n{"level":50,"event":"fault"}\nplain words\n');
  expect(lines).toEqual(['  bot  event=turn  outcome=made', '! bot  event=fault', '  bot  plain words']);
});
