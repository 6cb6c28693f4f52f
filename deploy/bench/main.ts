import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { residentOf } from '../faults/memory.ts';
import { freePort } from '../sandbox/bot-process.ts';
import { buildImage } from './image.ts';
import type { Job, Run } from './load.ts';
import {
  cpuOf,
  type Helper,
  IS_PINNED,
  type Program,
  type Subject,
  startHelper,
  startSubject,
} from './places.ts';
import type { Tally, World } from './stand-ins.ts';
import { type Figures, figuresOf, print, type Slice } from './table.ts';

// Parley beside a bare echo bot, by turns in one run, so that what disturbs one disturbs the other.
const { values } = parseArgs({
  options: { turns: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const TURNS = Number(values.turns ?? (values.quick ? 1_000 : 10_000));
const ROUNDS = values.quick ? 2 : 5;
const STARTS = values.quick ? 2 : 5;
const WARM_UP = 0.1;
const ALONE = 0.3;
if (!Number.isInteger(TURNS) || TURNS < 100) throw new Error('--turns must be a whole number from 100 on.');

const file = (name: string) => new URL(name, import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const image = buildImage(folder);
const PROGRAMS = {
  echo: { file: file('echo.ts'), flags: [] },
  sources: { file: file('../../bot/main.ts'), flags: image.program.flags },
  bundle: image.program,
} satisfies Record<string, Program>;
type Name = keyof typeof PROGRAMS;

const standIns = await startHelper<World>(file('stand-ins.ts'), { core: 'others' });
const load = await startHelper<string>(file('load.ts'), { core: 'others' });
const world = standIns.ready;
const subjects: Subject[] = [];
try {
  const starts = await coldStarts();
  const [echo, parley] = [await begin('echo', 'echo'), await begin('bundle', 'parley')];
  const signIn = { bodies: world.signIns, turns: world.signIns.length, concurrency: 4 };
  await load.helper.ask<Run>({ url: parley.url, authorization: world.authorization, ...signIn });
  await turns(echo, TURNS * WARM_UP, 16);
  await turns(parley, TURNS * WARM_UP, 16);
  const slices: Record<'echo' | 'parley', Slice[]> = { echo: [], parley: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [concurrency, share] of [
      [1, ALONE],
      [16, 1 - ALONE - WARM_UP],
    ] as const) {
      const count = (TURNS * share) / ROUNDS;
      slices.echo.push(await measure(echo, count, concurrency));
      slices.parley.push(await measure(parley, count, concurrency));
    }
  }
  const figures: Record<'echo' | 'parley', Figures> = {
    echo: figuresOf(slices.echo, residentOf(echo.pid), starts.echo),
    parley: figuresOf(slices.parley, residentOf(parley.pid), starts.bundle),
  };
  print(figures, { turns: TURNS, isPinned: IS_PINNED, sourceStarts: starts.sources });
} catch (error) {
  for (const log of globSync(join(folder, '*.log'))) {
    const faults = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => !/"event":"(turn|started|stopped)"/.test(line));
    console.error(faults.slice(0, 4).join('\n'));
  }
  throw error;
} finally {
  await Promise.all([...subjects, load.helper, standIns.helper].map((process) => process.stop()));
  rmSync(folder, { recursive: true, force: true });
}

async function begin(name: Name, run: string): Promise<Subject> {
  const env = {
    ...world.env,
    // The bundle is started as its container starts it, with what was kept of a first start; the sources only start.
    ...(name === 'bundle' && image.env),
    PORT: String(await freePort()),
    STORE: `sqlite:${join(folder, `${run}.db`)}`,
    // Counted, but out of reach.
    CREATE_LIMIT: '100000',
    TENANT_CREATE_LIMIT: '1000000',
  };
  const subject = await startSubject(PROGRAMS[name], env, join(folder, `${run}.log`));
  subjects.push(subject);
  return subject;
}

/** Milliseconds from the start of the process until it can serve, several times, by turns. */
async function coldStarts(): Promise<Record<Name, number[]>> {
  const found: Record<Name, number[]> = { echo: [], sources: [], bundle: [] };
  for (let round = 0; round < STARTS; round += 1) {
    for (const name of ['echo', 'sources', 'bundle'] as const) {
      const subject = await begin(name, `start-${name}-${round}`);
      found[name].push(subject.readyAfter);
      await subject.stop();
    }
  }
  return found;
}

async function turns({ url }: Subject, count: number, concurrency: number): Promise<Run> {
  const { authorization, messages: bodies } = world;
  const job: Job = { url, authorization, bodies, turns: Math.round(count), concurrency };
  await standIns.helper.ask<Tally>({});
  const run = await load.helper.ask<Run>(job);
  const tally = await standIns.helper.ask<Tally>({});
  const isWhole = tally.messages === job.turns && [0, job.turns].includes(tally.meetings);
  if (tally.refused > 0 || !isWhole) {
    throw new Error(`${job.turns} turns came to ${JSON.stringify(tally)}`);
  }
  return run;
}

async function measure(subject: Subject, count: number, concurrency: number): Promise<Slice> {
  const helpers: Helper[] = [standIns.helper, load.helper];
  const cpu = () => [cpuOf(subject.pid), ...helpers.map(({ pid }) => cpuOf(pid))];
  const before = cpu();
  const run = await turns(subject, count, concurrency);
  const [bot = 0, ...others] = cpu().map((now, index) => now - (before[index] ?? 0));
  return { ...run, concurrency, cpu: bot, othersCpu: others.reduce((sum, one) => sum + one, 0) };
}
