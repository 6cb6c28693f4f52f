import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { ADA } from '../../deploy/sandbox/people.ts';
import { type Incoming, serve } from '../../deploy/sandbox/serve.ts';
import { createTls } from '../../deploy/sandbox/tls.ts';
import { ownFolder, ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

const folder = await ownFolder();
// Most tests begin with an environment of their own.
const world = await ownWorld({ before: async () => undefined });

const KEY = '11111111-2222-4333-8444-555555555555';
const SENTENCE = 'meeting tomorrow 3pm about the zebra budget';

type Point = { name: string; value: number; count: number; properties: Record<string, string> };

/** Where Application Insights takes telemetry in; `accepts` says with what it answers. */
async function startIngestion(accepts = true) {
  const requests: Incoming[] = [];
  const tls = await createTls();
  const server = await serve({
    service: 'ingestion',
    tls,
    handle: (request) => {
      requests.push(request);
      const itemsReceived = request.body.trim().split('\n').length;
      return accepts
        ? { status: 200, body: { itemsReceived, itemsAccepted: itemsReceived, errors: [] } }
        : { status: 400, body: { itemsReceived, itemsAccepted: 0, errors: [] } };
    },
  });
  onTestFinished(() => server.close());
  return { ...server, caPem: tls.caPem, requests };
}

/** The bot sends its numbers there; both authorities are trusted. */
async function measureAt(
  { caPem, url }: Awaited<ReturnType<typeof startIngestion>>,
  more: Record<string, string> = {},
): Promise<void> {
  const both = join(folder, 'authorities.pem');
  const sandbox = await readFile(world.botEnv(0).NODE_EXTRA_CA_CERTS ?? '', 'utf8');
  await writeFile(both, `${sandbox}\n${caPem}`);
  await world.begin({
    NODE_EXTRA_CA_CERTS: both,
    APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${KEY};IngestionEndpoint=${url}/`,
    ...more,
  });
}

function pointsIn(requests: readonly Incoming[]): Point[] {
  const lines = requests.flatMap(({ body }) =>
    body.startsWith('[') ? JSON.parse(body) : [JSON.parse(body)],
  );
  return lines.flatMap(({ data }) =>
    data.baseData.metrics.map((metric: Omit<Point, 'properties'>) => ({
      ...metric,
      properties: data.baseData.properties,
    })),
  );
}

const graphLines = () =>
  world
    .log()
    .split('\n')
    .filter((line) => line.includes('"event":"graph"'))
    .map((line) => JSON.parse(line));

test('turns, calls and throttling arrive in Application Insights, and nothing that was typed', async () => {
  const ingestion = await startIngestion();
  await measureAt(ingestion);
  await world.signIn(ADA);
  const fault = { kind: 'status', status: 429, retryAfter: 1 } as const;
  world.faults.add({ service: 'graph', method: 'POST' }, fault, 1);
  await world.write(ADA, SENTENCE);
  expect(world.alive()).toHaveLength(1);
  await world.bot.stop();

  const points = pointsIn(ingestion.requests);
  const named = (name: string) => points.filter((point) => point.name === name);
  expect(named('parley.turn.duration').length).toBeGreaterThan(0);
  expect(named('parley.turn.duration')[0]?.properties).toMatchObject({ place: 'personal' });
  const created = named('parley.graph.duration').find(({ properties }) => properties.method === 'POST');
  expect(created).toMatchObject({ count: 1, properties: { status: '201' } });
  expect(named('parley.graph.throttled')).toMatchObject([{ value: 1 }]);

  const sent = ingestion.requests.map(({ body }) => body).join('\n');
  for (const secret of ['zebra', ADA.name, ADA.upn, ADA.oid, 'onlineMeetings'])
    expect(sent).not.toContain(secret);
});

test('where no key will do, numbers arrive with a token of the managed identity', async () => {
  const ingestion = await startIngestion();
  world.entra.state.app.federated = { clientId: KEY, subject: KEY };
  const identity = {
    BOT_CLIENT_SECRET: '',
    BOT_MANAGED_IDENTITY_CLIENT_ID: KEY,
    ...world.entra.managedIdentityEnv,
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `ClientId=${KEY};Authorization=AAD`,
  };
  await measureAt(ingestion, identity);
  await world.signIn(ADA);
  await world.bot.stop();
  expect(ingestion.requests.length).toBeGreaterThan(0);
  for (const { headers } of ingestion.requests)
    expect(decodeJwt(headers.authorization?.replace('Bearer ', '') ?? '')).toMatchObject({
      aud: 'https://monitor.azure.com',
      sub: KEY,
    });
});

test('without it they arrive by the connection string alone', async () => {
  const ingestion = await startIngestion();
  await measureAt(ingestion);
  await world.signIn(ADA);
  await world.bot.stop();
  expect(ingestion.requests.map(({ headers }) => headers.authorization)).toEqual(
    ingestion.requests.map(() => undefined),
  );
});

test('the log has each Graph call under the correlation id that Graph got', async () => {
  await world.reset();
  await world.signIn(ADA);
  await world.write(ADA, SENTENCE);
  const asked = world.graph.requests[0]?.headers['client-request-id'];
  const line = () => graphLines().find(({ reference }) => reference === asked);
  await until(() => line() !== undefined);
  expect(line()).toMatchObject({ method: 'POST', status: 201, retries: 0, throttled: 0 });
  // The turn is logged when its card has arrived.
  await until(() => world.turns().some(({ reference }) => reference === asked));
});

test('numbers that are not taken are a line in the log, and the bot goes on', async () => {
  const ingestion = await startIngestion(false);
  await measureAt(ingestion);
  await world.signIn(ADA);
  expect(await world.bot.stop()).toBe(0);
  expect(ingestion.requests.length).toBeGreaterThan(0);
  expect(world.log()).toContain('"where":"application insights"');
});

test('where nobody reads its log any more, it goes on, and ends when it should', async () => {
  const module = new URL('../../bot/telemetry.ts', import.meta.url).href;
  const script = `
    const { createTelemetry } = await import(${JSON.stringify(module)});
    const telemetry = createTelemetry({ level: 'info', applicationInsights: null, version: '1', output: process.stdout });
    process.stdin.on('data', () => {
      telemetry.stopped('one');
      telemetry.fault('two', null, new Error());
      setImmediate(() => setImmediate(() => process.stderr.write('it goes on', () => process.exit(7))));
    });
    telemetry.stopped('none');
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  child.stdout.destroy();
  child.stdin.write('go on');
  const [said] = await once(child.stderr, 'data');
  expect(String(said)).toBe('it goes on');
  await until(() => child.exitCode !== null);
  expect(child.exitCode).toBe(7);
});
