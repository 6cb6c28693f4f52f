import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openTables } from '../../bot/store/tables.ts';
import { freePort } from '../../deploy/sandbox/bot-process.ts';
import { startAzurite } from '../store/azurite.ts';
import { ADA, meeting, pending } from '../store/contract.ts';
import { startProxy } from '../store/proxy.ts';
import type { Job, Run } from './load.ts';
import { cpuOf, memoryOf, type Subject, startHelper, startSubject } from './places.ts';
import type { Tally, World } from './stand-ins.ts';
import { quantile } from './table.ts';

// What the sizing page takes as measured: each operation of the store, and whole turns of replicas that share one.
const { values } = parseArgs({ options: { turns: { type: 'string' }, replicas: { type: 'string' } } });
const TURNS = Number(values.turns ?? 1_000);
const REPLICAS = Number(values.replicas ?? 3);
const OPERATIONS = 300;
const MINUTE_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'parley-fleet-'));
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
const subjects: Subject[] = [];
try {
  await operations();
  for (let i = 0; i < REPLICAS; i += 1) subjects.push(await begin(i));
  for (const i of subjects.keys()) await post(i, world.signIns, world.signIns.length, 4);
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

/** Milliseconds of each operation of the store against Azurite, one after the other. */
async function operations(): Promise<void> {
  const now = () => Date.now();
  const place = { kind: 'azurite' as const, connectionString: azurite.connectionString() };
  const store = openTables(place, now, 'bench');
  await store.check();
  const later = now() + MINUTE_MS;
  const at = (i: number) => ({ tenant: 'contoso', user: `person${i % 50}` });
  const held = (i: number) => meeting({ id: `m${i}`, owner: at(i), createdAt: now(), expires: later });
  const waiting = (i: number) => pending({ id: `p${i}`, owner: at(i), expires: later });
  const work: Record<string, (i: number) => Promise<unknown>> = {
    claim: (i) => store.claim('contoso', `k${i}`, later),
    'claim that is held': (i) => store.claim('contoso', `k${i}`, later),
    claimedUntil: (i) => store.claimedUntil('contoso', `k${i}`),
    settle: (i) => store.settle('contoso', `k${i}`, later),
    release: (i) => store.release('contoso', `k${i}`),
    count: (i) => store.count('contoso', `c${i % 50}`, later),
    park: (i) => store.park(waiting(i)),
    parked: (i) => store.parked('contoso', `p${i}`),
    parkedForSignIn: (i) => store.parkedForSignIn(at(i), 'a:1'),
    unpark: (i) => store.unpark(at(i), `p${i}`),
    addMeeting: (i) => store.addMeeting(held(i)),
    meeting: (i) => store.meeting('contoso', `m${i}`),
    replaceMeeting: (i) => store.replaceMeeting({ ...held(i), revision: 2 }, 1),
    setCard: (i) => store.setCard('contoso', `m${i}`, 'a:1', 'card'),
    meetingsOf: (i) => store.meetingsOf(at(i), 0),
    settings: () => store.settings(ADA),
    removeMeeting: (i) => store.removeMeeting('contoso', `m${i}`),
  };
  for (const [name, run] of Object.entries(work)) {
    const taken: number[] = [];
    for (let i = 0; i < OPERATIONS; i += 1) {
      const started = performance.now();
      await run(i);
      taken.push(performance.now() - started);
    }
    const [p50, p99] = [quantile(taken, 0.5).toFixed(1), quantile(taken, 0.99).toFixed(1)];
    console.log(`${name.padEnd(20)} p50 ${p50.padStart(5)} ms   p99 ${p99.padStart(6)} ms`);
  }
}

async function begin(i: number): Promise<Subject> {
  const STORE = `tables:${azurite.connectionString(proxy.port)}`;
  const env = {
    ...world.env,
    PORT: String(await freePort()),
    STORE,
    CREATE_LIMIT: '100000',
    TENANT_CREATE_LIMIT: '1000000',
  };
  const file = new URL('../../bot/main.ts', import.meta.url).pathname;
  return startSubject({ file, flags: [] }, env, join(folder, `${i}.log`));
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
      `${replicas.map(({ pid }) => memoryOf(pid).toFixed(0)).join('/')} MB`,
      JSON.stringify(tally),
    ].join(' '),
  );
}
