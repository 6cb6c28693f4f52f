import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startAzurite } from '../faults/azurite.ts';
import { residentOf } from '../faults/memory.ts';
import { startProxy } from '../faults/store-proxy.ts';
import { freePort } from '../sandbox/bot-process.ts';
import { buildImage } from './image.ts';
import type { Job, Run } from './load.ts';
import { cpuOf, type Subject, startHelper, startSubject } from './places.ts';
import type { Tally, World } from './stand-ins.ts';
import { measureStore } from './store-operations.ts';
import { quantile } from './table.ts';

// What the sizing page takes as measured: each operation of the store, what a wish costs a replica that has been at work
// for a while, and whole turns of replicas that share a store.
const { values } = parseArgs({ options: { turns: { type: 'string' }, replicas: { type: 'string' } } });
const TURNS = Number(values.turns ?? 1_000);
const REPLICAS = Number(values.replicas ?? 3);
const SETTLED_MS = 1_000;

const folder = mkdtempSync(join(tmpdir(), 'parley-fleet-'));
const image = buildImage(folder);
const azurite = await startAzurite();
const proxy = await startProxy(azurite.port);
const standIns = await startHelper<World>(new URL('stand-ins.ts', import.meta.url).pathname, {
  core: 'others',
});
const loads = await Promise.all(
  Array.from({ length: REPLICAS }, () =>
    startHelper<string>(new URL('load.ts', import.meta.url).pathname, { core: 'others' }),
  ),
);
const world = standIns.ready;
const half = world.messages.length / 2;
const subjects: Subject[] = [];
try {
  await measureStore({ kind: 'azurite', connectionString: azurite.connectionString() });
  for (let i = 0; i < REPLICAS; i += 1) subjects.push(await begin(i));
  for (const i of subjects.keys()) await wishes(i);
  await turns(subjects.slice(0, 1), 1);
  await turns(subjects.slice(0, 1), 16);
  await turns(subjects, 16);
} finally {
  await Promise.all(
    [...subjects, ...loads.map(({ helper }) => helper), standIns.helper].map((process) => process.stop()),
  );
  await proxy.close();
  await azurite.close();
  rmSync(folder, { recursive: true, force: true });
}

async function begin(i: number): Promise<Subject> {
  const env = {
    ...world.env,
    ...image.env,
    PORT: String(await freePort()),
    STORE: `tables:${azurite.connectionString(proxy.port)}`,
    CREATE_LIMIT: '100000',
    TENANT_CREATE_LIMIT: '1000000',
  };
  return startSubject(image.program, env, join(folder, `${i}.log`));
}

/** Each replica has a load of its own. */
async function post(replica: number, bodies: string[], count: number, concurrency: number): Promise<Run> {
  const { authorization } = world;
  const url = subjects[replica]?.url ?? '';
  const job: Job = { url, authorization, bodies, turns: count, concurrency };
  const run = await loads[replica]?.helper.ask<Run>(job);
  if (run === undefined) throw new Error(`there is no replica ${replica}`);
  return run;
}

/** Half of the people have been at work with this replica; the others come now, one after the other, each for one wish. */
async function wishes(replica: number): Promise<void> {
  const [known, strangers] = [world.messages.slice(0, half), world.messages.slice(half)];
  await post(replica, world.signIns.slice(0, half), half, 4);
  await post(replica, known, TURNS, 4);
  await wait(SETTLED_MS);
  const signIns = world.signIns.slice(half);
  // Teams brings the token as soon as it has the card that asks for it.
  const commands = strangers.flatMap((message, i) => [message, signIns[i] ?? '']);
  await costOf(replica, 'command with its sign-in', commands, half);
  await costOf(replica, 'command with the token at hand', strangers, half);
  await costOf(replica, 'list of meetings', strangers.map(asList), half);
}

function asList(message: string): string {
  return JSON.stringify({ ...JSON.parse(message), text: 'my meetings' });
}

/** Prints what each of so many wishes costs, with all that follows its answer. */
async function costOf(replica: number, name: string, bodies: string[], count: number): Promise<void> {
  const pid = subjects[replica]?.pid ?? 0;
  await standIns.helper.ask<Tally>({});
  const [began, requests] = [cpuOf(pid), proxy.count()];
  await post(replica, bodies, bodies.length, 1);
  await wait(SETTLED_MS);
  const cpu = ((cpuOf(pid) - began) / count).toFixed(2);
  const asked = ((proxy.count() - requests) / count).toFixed(1);
  const tally = JSON.stringify(await standIns.helper.ask<Tally>({}));
  console.log(`replica ${replica}, ${name}: ${cpu} ms CPU, ${asked} store requests, ${tally}`);
}

async function turns(replicas: readonly Subject[], concurrency: number): Promise<void> {
  await standIns.helper.ask<Tally>({});
  const cpu = () => replicas.reduce((sum, { pid }) => sum + cpuOf(pid), 0);
  const [began, requests, started] = [cpu(), proxy.count(), performance.now()];
  const share = Math.round(TURNS / replicas.length);
  const runs = await Promise.all(replicas.map((_, i) => post(i, world.messages, share, concurrency)));
  const wall = performance.now() - started;
  const count = runs.reduce((sum, { latencies }) => sum + latencies.length, 0);
  const latencies = runs.flatMap((run) => run.latencies);
  const tally = await standIns.helper.ask<Tally>({});
  console.log(
    [
      `${replicas.length} replicas, ${concurrency} at once:`,
      `${((count / wall) * 1_000).toFixed(0)} turns/s,`,
      `p50 ${quantile(latencies, 0.5).toFixed(1)} ms, p99 ${quantile(latencies, 0.99).toFixed(1)} ms,`,
      `${((cpu() - began) / count).toFixed(2)} ms CPU a turn,`,
      `${((proxy.count() - requests) / count).toFixed(1)} store requests a turn,`,
      `${replicas.map(({ pid }) => residentOf(pid).toFixed(0)).join('/')} MB`,
      JSON.stringify(tally),
    ].join(' '),
  );
}
