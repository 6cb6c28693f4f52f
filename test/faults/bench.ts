import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../deploy/sandbox/bot-process.ts';
import { ADA, type Person } from '../../deploy/sandbox/people.ts';
import { startStandIns } from '../../deploy/sandbox/standins.ts';
import { watchSecrets } from '../e2e/secrets.ts';
import { audit, type Broken, type Counts } from './audit.ts';
import { createPerson, type Told } from './person.ts';
import { createRandom } from './random.ts';
import { startSubject } from './subject.ts';
import { startWeather } from './weather.ts';

type BenchOptions = {
  seed: number;
  commands: number;
  /** How many people write at the same time, each one command after the other. */
  people: number;
  /** About so often the process is killed; 0 for never. */
  killEveryMs: number;
};

/** What a run came to; `broken` is empty where all promises held. */
export type Report = Counts & {
  broken: readonly Broken[];
  ends: Readonly<Record<string, number>>;
  troubles: ReadonlyMap<string, number>;
  deliveries: number;
  clicks: number;
  /** Times that the process ended by itself. */
  deaths: number;
  leaked: readonly string[];
  /** Of the process that ran last: seconds it ran, MB at its end, and MB by which it grew in an hour at that rate. */
  memory: { seconds: number; megabytes: number; perHour: number };
  seconds: number;
};

const STORE_TROUBLE = new URL('store-trouble.ts', import.meta.url).href;
const QUIET_MS = 3_000;

/** Runs the bot among stand-ins while everything goes wrong, and says what came of it. */
export async function runBench({
  seed,
  commands,
  people: count,
  killEveryMs,
}: BenchOptions): Promise<Report> {
  const started = performance.now();
  const random = createRandom(seed);
  const folder = await mkdtemp(join(tmpdir(), 'parley-faults-'));
  const storeFile = join(folder, 'parley.db');
  const troubleFile = join(folder, 'trouble');
  await writeFile(troubleFile, '');
  const people = Array.from({ length: count }, (_, index) => somebody(index));
  const standIns = await startStandIns({ withPage: false, people });
  const causes = new Map<string, string>();
  standIns.channel.state.watch((change) => {
    if (change.kind !== 'message' || causes.has(change.message.id)) return;
    causes.set(change.message.id, change.message.activity.replyToId ?? '');
  });
  const port = await freePort();
  const env = {
    STORE: `sqlite:${storeFile}`,
    STORE_TROUBLE: troubleFile,
    CREATE_LIMIT: '0',
    TENANT_CREATE_LIMIT: '0',
  };
  const hook = { NODE_OPTIONS: `--import=${STORE_TROUBLE} --disable-warning=ExperimentalWarning` };
  const subject = await startSubject(standIns.botEnv(port, { ...env, ...hook }));
  standIns.connect(`http://127.0.0.1:${port}`);
  try {
    const users = people.map((person) => createPerson(standIns, person, random.fork()));
    const weather = startWeather({ ...standIns, subject, storeFile, troubleFile }, random.fork(), {
      killEveryMs,
    });
    let left = commands;
    const live = async (user: (typeof users)[number]) => {
      while (left > 0) {
        left -= 1;
        await user.command();
      }
    };
    await Promise.all(users.map(live));
    const troubles = await weather.stop();
    await standIns.channel.idle();
    await wait(QUIET_MS);
    const told = users.flatMap((user) => user.told);
    const secrets = watchSecrets({ ...standIns, output: subject.output });
    secrets.note();
    return {
      ...toTally(told),
      ...audited(audit(standIns, { causes, storeFile, deaths: subject.kills() }, told)),
      troubles,
      deaths: subject.deaths(),
      leaked: secrets.leaked(),
      memory: growth(subject.memory()),
      seconds: Math.round((performance.now() - started) / 1_000),
    };
  } finally {
    await subject.stop();
    await standIns.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const audited = ({ broken, counts }: ReturnType<typeof audit>) => ({ broken, ...counts });

function somebody(index: number): Person {
  const hex = index.toString(16).padStart(4, '0');
  const name = `Person ${String.fromCharCode(65 + (index % 26))}${index}`;
  const oid = `a1f0c3d2-6b5e-4c47-9d18-3e0a5b7c${hex}`;
  return { ...ADA, oid, name, upn: `p${index}@contoso.example`, teamsId: `29:1${hex}` };
}

function toTally(told: readonly Told[]) {
  const ends: Record<string, number> = {};
  for (const { kind, end } of told) ends[`${kind}: ${end}`] = (ends[`${kind}: ${end}`] ?? 0) + 1;
  const sum = (of: (one: Told) => number) => told.reduce((total, one) => total + of(one), 0);
  return {
    ends,
    deliveries: sum(({ deliveries }) => deliveries.length),
    clicks: sum(({ clicks }) => clicks),
  };
}

/** The straight line through the second half of the samples: the first is spent on growing up. */
function growth(samples: readonly (readonly [number, number])[]): Report['memory'] {
  const half = samples.slice(Math.floor(samples.length / 2));
  const mean = (values: readonly number[]) =>
    values.reduce((sum, one) => sum + one, 0) / (values.length || 1);
  const [at, size] = [mean(half.map(([ms]) => ms)), mean(half.map(([, mb]) => mb))];
  const over = half.reduce((sum, [ms, mb]) => sum + (ms - at) * (mb - size), 0);
  const under = half.reduce((sum, [ms]) => sum + (ms - at) ** 2, 0);
  const last = samples.at(-1) ?? [0, 0];
  return {
    seconds: Math.round(last[0] / 1_000),
    megabytes: Math.round(last[1]),
    perHour: under === 0 ? 0 : Math.round((over / under) * 3_600_000),
  };
}
