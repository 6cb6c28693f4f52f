import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { afterAll, test as base, beforeAll, expect, onTestFinished } from 'vitest';
import { emptyAzure } from '../../deploy/sandbox/az/state.ts';
import { type BotProcess, freePort, startBot } from '../../deploy/sandbox/bot-process.ts';
import { relay } from '../../deploy/sandbox/page/http.ts';
import { CONTOSO } from '../../deploy/sandbox/people.ts';
import type { Tls } from '../../deploy/sandbox/serve.ts';
import { type StandIns, startStandIns } from '../../deploy/sandbox/standins.ts';
import { createTls } from '../../deploy/sandbox/tls.ts';
import { listen } from '../listen.ts';
import { createAzTool } from './az-tool.ts';

// An administrator who has nothing but the documents: every command on a page is run, in its order, against the
// stand-ins for the Azure CLI, Entra, Teams and Graph, and a bot behind TLS.

// They are for bash.
const test = base.skipIf(process.platform === 'win32');

/** What no stand-in can do; the README says so. */
const NOT_HERE = [/^npm ci$/, /^docker /, /^(New|Grant)-Cs/, /^az bicep /];

const read = (page: string) => readFileSync(join('deploy', page), 'utf8');

/** The lines of every block that has no language but the shell's. */
const commandsOn = (page: string): string[] =>
  [...read(page).matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm)]
    .flatMap(([, language, block = '']) => (language === '' ? block.split('\n') : []))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[A-Z]\w+ \|/.test(line));

/** Those in the middle of a sentence that can be run as they stand. */
const inlineCommandsOn = (page: string): string[] =>
  [...read(page).matchAll(/`((?:az |npm run [\w:-]+ -- |(?:deploy\/azure\/)?[\w-]+\.sh --)[^`\n…]+)`/g)].map(
    ([, line = '']) => line.replace(/^(register-app|deploy)\.sh/, 'deploy/azure/$1.sh'),
  );

const PAGES = [
  'README.md',
  'without-azure.md',
  'application-mode.md',
  'operations.md',
  'troubleshooting.md',
  'privacy.md',
];

test('what is not run here is told to be untried', () => {
  const untried = read('README.md').split('## What could not be tried')[1] ?? '';
  // Installing is how CI begins.
  const skipped = PAGES.flatMap((page) => [...commandsOn(page), ...inlineCommandsOn(page)]).filter((line) =>
    NOT_HERE.slice(1).some((pattern) => pattern.test(line)),
  );
  const words = skipped.map((line) =>
    /^[A-Z]/.test(line) ? 'Teams PowerShell' : line.split(' ').slice(0, 2).join(' '),
  );
  expect(NOT_HERE.slice(1).filter((pattern) => !skipped.some((line) => pattern.test(line)))).toEqual([]);
  for (const word of new Set(words)) expect(untried).toContain(word);
});

let standIns: StandIns;
let front: HttpsFront;
const tool = await createAzTool();
const authority = join(tool.folder, 'authority.pem');
let running: Promise<BotProcess> | null = null;
/** Where the front passes on to. */
let target: () => Promise<string | null> = async () => null;

beforeAll(async () => {
  const tls = await createTls(Date.now(), 90);
  writeFileSync(authority, tls.caPem);
  standIns = await startStandIns({ withPage: false });
  front = await openHttpsFront(tls, () => target());
});
afterAll(async () => {
  await (await running)?.stop();
  await front.close();
  await standIns.close();
  tool.remove();
});

/** The addresses of the stand-ins, which a tenant's bot does not have. */
const OVERRIDES = ['AUTHORITY_HOST', 'CHANNEL_OPENID_METADATA', 'GRAPH_BASE_URL', 'NODE_EXTRA_CA_CERTS'];
const overrides = () =>
  Object.fromEntries(Object.entries(standIns.botEnv(0)).filter(([name]) => OVERRIDES.includes(name)));

/** As Container Apps does: runs what the app's template says, once there is one. */
function startApp(): Promise<BotProcess> | null {
  const app = tool.read().resources.find(({ type }) => type === 'Microsoft.App/containerApps');
  if (app === undefined) return null;
  const { containers } = app.properties.template as {
    containers: [{ env: { name: string; value: string }[] }];
  };
  const env = Object.fromEntries(containers[0].env.map(({ name, value }) => [name, value]));
  return freePort().then((port) =>
    startBot({
      ...standIns.botEnv(port),
      ...without(env),
      ...overrides(),
      PORT: String(port),
      STORE: 'memory:',
    }),
  );
}
/** The stand-in for Entra's secret would be a second credential. */
const without = ({ BOT_MANAGED_IDENTITY_CLIENT_ID: _identity, ...env }: Record<string, string>) => env;

/** Runs a page's commands in order; `known` has what earlier ones said, by the name in angle brackets. */
async function follow(lines: readonly string[], cwd: string, known: Record<string, string>) {
  const said: string[] = [];
  for (const line of lines) {
    if (NOT_HERE.some((pattern) => pattern.test(line))) continue;
    const command = line
      .replaceAll('https://parley.contoso.com', front.url)
      .replace(/<([^<>]+)>/g, (placeholder, name) => known[name] ?? placeholder);
    expect(command).not.toMatch(/<[^<>]+>/);
    const { code, text } = await tool.run(command, { cwd, env: { NODE_EXTRA_CA_CERTS: authority } });
    if (code !== 0) throw new Error(`${command}\nended with ${code}:\n${text}`);
    said.push(text);
    for (const [, name = '', value = ''] of text.matchAll(/^([A-Z]+_[A-Z_]+)=(\S+)$/gm)) known[name] = value;
    const outputs = tool.read().deployments['meetings/parley'] ?? {};
    for (const [name, { value }] of Object.entries(outputs)) known[name] = value;
    if (/show-tags/.test(line)) known.tag = (JSON.parse(text) as string[])[0] ?? '';
  }
  return said;
}

test('a Microsoft administrator: from a clone to a bot that is well, to roll back, to nothing left', async () => {
  tool.write(emptyAzure(CONTOSO.id, front.url));
  target = async () => {
    running ??= startApp();
    return (await running)?.url ?? null;
  };
  const lines = commandsOn('README.md');
  const removal = lines.findIndex((line) => line.startsWith('az group delete'));
  const clone = tool.clone();
  const known: Record<string, string> = {};
  const said = await follow(lines.slice(0, removal), clone, known);
  expect(said.filter((text) => text.includes(`${front.url} is well.`))).toHaveLength(3);
  expect(said.join('\n')).not.toContain('✗');
  // Where it stopped, it goes on: nothing is there twice.
  const { applications, resources } = tool.read();
  expect(applications).toHaveLength(1);
  expect(new Set(resources.map(({ id }) => id)).size).toBe(resources.length);
  // What stands in the middle of a sentence is for this or that occasion, so each finds the same Azure and package.
  const there = tool.read();
  const packed = readFileSync(join(clone, 'parley.zip'));
  const occasional = [...PAGES.flatMap(inlineCommandsOn), ...commandsOn('application-mode.md')];
  expect(occasional.length).toBeGreaterThan(10);
  for (const line of new Set(occasional)) {
    tool.write(there);
    writeFileSync(join(clone, 'parley.zip'), packed);
    await follow([line], clone, known);
  }
  tool.write(there);
  await follow(lines.slice(removal), clone, known);
  expect(tool.read()).toMatchObject({ applications: [], resources: [], roleAssignments: [], groups: [] });
  await (await running)?.stop();
  running = null;
}, 300_000);

/** What deploy.sh does one after the other, as an account may be kept from it. */
const STEPS = [
  ...[
    'provider register',
    'group create',
    'deployment group create',
    'ad app create',
    'rest',
    'ad sp create',
  ],
  ...['ad app federated-credential create', 'acr build'],
];

test('where deploy.sh stops, at whatever step, it goes on when it is run again', async () => {
  tool.write(emptyAzure(CONTOSO.id, front.url));
  const folder = mkdtempSync(join(tool.folder, 'npm-'));
  // What is made and looked at in the end is the test above.
  writeFileSync(join(folder, 'npm'), '#!/bin/sh\n', { mode: 0o755 });
  const env = { PATH: `${folder}:${tool.env.PATH}` };
  const deploy = () => tool.run('deploy/azure/deploy.sh --group meetings --location westeurope', { env });
  for (const step of STEPS) {
    tool.write({ ...tool.read(), refused: [step] });
    const { code, text } = await deploy();
    expect({ step, text }).toMatchObject({ text: expect.stringContaining('Insufficient privileges') });
    expect(code).not.toBe(0);
  }
  tool.write({ ...tool.read(), refused: [] });
  expect(await deploy()).toMatchObject({ code: 0 });
  const { applications, principals, federatedCredentials, resources, images, roleAssignments } = tool.read();
  expect(
    [applications, principals, Object.values(federatedCredentials).flat(), images].map(
      ({ length }) => length,
    ),
  ).toEqual([1, 1, 1, 1]);
  expect(new Set(resources.map(({ id }) => id)).size).toBe(resources.length);
  expect(roleAssignments).toHaveLength(3);
}, 300_000);

test('without Azure: from a clone to a bot that is well', async () => {
  tool.write(emptyAzure(CONTOSO.id, 'https://nowhere.example'));
  const clone = tool.clone();
  const lines = commandsOn('without-azure.md');
  const start = lines.findIndex((line) => line.includes('dist/parley.js'));
  const known: Record<string, string> = {};
  const said = await follow(lines.slice(0, start), clone, known);
  const secret = said[lines.findIndex((line) => line.includes('--query password'))]?.trim();
  const port = await freePort();
  const dotenv = /^```ini\n([\s\S]*?)^```$/m.exec(read('without-azure.md'))?.[1] ?? '';
  const filled = dotenv
    .replace(/^BOT_CERTIFICATE_PATH=.*$/m, `BOT_CLIENT_SECRET=${secret}`)
    .replaceAll('https://parley.contoso.com', front.url)
    .replace(/<([^<>]+)>/g, (_placeholder, name) => known[name] ?? '');
  writeFileSync(join(clone, '.env'), filled);
  const env = { ...tool.env, ...overrides(), PORT: String(port) };
  const bot = spawn('bash', ['-c', `exec env ${lines[start]}`], { cwd: clone, env, stdio: 'ignore' });
  onTestFinished(() => void bot.kill('SIGKILL'));
  target = async () => `http://127.0.0.1:${port}`;
  const readiness = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status;
  await expect.poll(readiness, { timeout: 20_000 }).toBe(200);
  const [packed, found] = (await follow(lines.slice(start + 1), clone, known)).slice(-2);
  expect(packed).toContain('parley.zip');
  expect(found).toContain(`${front.url} is well.`);
  expect(found).toMatch(/✓ credential: a certificate is good for 36\d days/);
  expect(found).toMatch(/✓ Teams channel: on/);
  expect(tool.read().resources.map(({ type }) => type)).toEqual([
    'Microsoft.BotService/botServices',
    'Microsoft.BotService/botServices/channels',
  ]);
}, 300_000);

/** What ends TLS before a bot, by its number: Teams takes no address without a dot. */
type HttpsFront = { url: string; close(): Promise<void> };

/** Passes requests on to the origin that `target` names; 502 where it names none. */
async function openHttpsFront(tls: Tls, target: () => Promise<string | null>): Promise<HttpsFront> {
  const server = createServer({ key: tls.key, cert: tls.cert }, async (incoming, outgoing) => {
    relay(incoming, outgoing, await target().catch(() => null));
  });
  const { port, close } = await listen(server);
  return { url: `https://127.0.0.1:${port}`, close };
}
