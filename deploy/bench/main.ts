import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { residentOf } from '../faults/memory.ts';
import { freePort } from '../sandbox/bot-process.ts';
import { buildImage, sourcesOf } from './image.ts';
import type { Job, Run } from './load.ts';
import {
  cpuOf,
  type Helper,
  IS_PINNED,
  type Program,
  type Start,
  type Subject,
  startHelper,
  startSubject,
} from './places.ts';
import type { Tally, World } from './stand-ins.ts';
import { print, type Round, type Slice } from './table.ts';

// Parley beside a bare echo bot, or beside the Parley of another checkout: in one run, in many short slices by turns, so
// that what disturbs one disturbs the other.
const { values } = parseArgs({
  options: {
    turns: { type: 'string' },
    quick: { type: 'boolean', default: false },
    beside: { type: 'string' },
  },
});
const TURNS = Number(values.turns ?? (values.quick ? 1_000 : 10_000));
const ROUNDS = values.quick ? 4 : 20;
const STARTS = values.quick ? 2 : 5;
const WARM_UP = 0.1;
const ALONE = 0.3;
if (!Number.isInteger(TURNS) || TURNS < 100) throw new Error('--turns must be a whole number from 100 on.');

const file = (name: string) => new URL(name, import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const image = buildImage(join(folder, 'bundle'));
const other = values.beside === undefined ? null : buildImage(join(folder, 'other'), resolve(values.beside));
const PROGRAMS = {
  other: other?.program ?? { file: file('echo.ts'), flags: [] },
  sources: sourcesOf(),
  bundle: image.program,
} satisfies Record<string, Program>;
type Name = keyof typeof PROGRAMS;
/** A bundle is started as its container starts it, with what was kept of a first start; `npm start` keeps that by itself. */
const SETTINGS: Record<Name, object> = { other: other?.env ?? {}, sources: {}, bundle: image.env };

const standIns = await startHelper<World>(file('stand-ins.ts'), { core: 'others' });
const load = await startHelper<string>(file('load.ts'), { core: 'others' });
const world = standIns.ready;
const subjects: Subject[] = [];
try {
  const starts = await coldStarts();
  const subjectsBySide = { other: await begin('other', 'other'), parley: await begin('bundle', 'parley') };
  for (const [side, { url }] of Object.entries(subjectsBySide)) {
    // An echo bot signs nobody in.
    if (side === 'other' && other === null) continue;
    const signIn = { bodies: world.signIns, turns: world.signIns.length, concurrency: 4 };
    await load.helper.ask<Run>({ url, authorization: world.authorization, ...signIn });
  }
  for (const subject of Object.values(subjectsBySide)) await turns(subject, TURNS * WARM_UP, 16);
  const rounds: Round[] = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    for (const [concurrency, share] of [
      [1, ALONE],
      [16, 1 - ALONE - WARM_UP],
    ] as const)
      rounds.push(await takeRound(subjectsBySide, (TURNS * share) / ROUNDS, concurrency, i % 2 === 0));
  }
  const { other: left, parley } = subjectsBySide;
  print(rounds, {
    turns: TURNS,
    beside: values.beside === undefined ? 'echo' : 'other',
    memory: { other: residentOf(left.pid), parley: residentOf(parley.pid) },
    starts,
    isPinned: IS_PINNED,
  });
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
    ...SETTINGS[name],
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

/** What it takes each to be ready, several times, by turns. The first start of the sources, after a change, is none of them. */
async function coldStarts(): Promise<Record<Name, Start[]>> {
  await (await begin('sources', 'start-first')).stop();
  const found: Record<Name, Start[]> = { other: [], sources: [], bundle: [] };
  for (let round = 0; round < STARTS; round += 1) {
    for (const name of ['other', 'sources', 'bundle'] as const) {
      const subject = await begin(name, `start-${name}-${round}`);
      found[name].push(subject.start);
      await subject.stop();
    }
  }
  return found;
}

/** One slice of each, one right after the other; which is first changes from round to round. */
async function takeRound(
  { other: left, parley }: Record<'other' | 'parley', Subject>,
  count: number,
  concurrency: number,
  isOtherFirst: boolean,
): Promise<Round> {
  const measure = (subject: Subject) => measureSlice(subject, count, concurrency);
  const early = isOtherFirst ? await measure(left) : null;
  const own = await measure(parley);
  return { concurrency, other: early ?? (await measure(left)), parley: own };
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

async function measureSlice(subject: Subject, count: number, concurrency: number): Promise<Slice> {
  const helpers: Helper[] = [standIns.helper, load.helper];
  const cpu = () => [cpuOf(subject.pid), ...helpers.map(({ pid }) => cpuOf(pid))];
  const before = cpu();
  const run = await turns(subject, count, concurrency);
  const [bot = 0, ...others] = cpu().map((now, index) => now - (before[index] ?? 0));
  return { ...run, cpu: bot, othersCpu: others.reduce((sum, one) => sum + one, 0) };
}
