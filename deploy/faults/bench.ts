import { setTimeout as wait } from 'node:timers/promises';
import type { MeetingRecord } from '../../bot/meeting/record.ts';
import { NO_SETTINGS, type Settings } from '../../bot/store/store.ts';
import { untilIdle, within } from '../sandbox/idle.ts';
import { ADA, type Person } from '../sandbox/people.ts';
import { startStandIns } from '../sandbox/standins.ts';
import { audit } from './audit.ts';
import { auditCalendar } from './audit-calendar.ts';
import { auditReminders, isQuiet, REMIND_MINUTES } from './audit-reminders.ts';
import { watchHealth } from './health.ts';
import { latencyIn } from './latency.ts';
import { type Load, startLoad } from './load.ts';
import { startHeapWatch } from './memory.ts';
import { startObserver } from './observer.ts';
import { createPerson } from './person.ts';
import { watchProcessor } from './processor.ts';
import { createRandom } from './random.ts';
import { type Report, toTally, toWaits } from './report.ts';
import { startSchedule } from './schedule.ts';
import { watchSecrets } from './secrets.ts';
import { startSqlite } from './sqlite-backing.ts';
import { startSubject } from './subject.ts';
import { startTables } from './tables-backing.ts';

/** What the bot can remember things in, by the name that the command line has for it. */
const BACKINGS = { sqlite: startSqlite, tables: startTables } as const;

type BenchOptions = {
  seed: number;
  /** So many in all, unless the time is up before: then nothing begins any more, and nothing goes wrong. */
  commands: number;
  seconds: number;
  people: number;
  /** By default all write at the same time, one command each and then again, as fast as they are answered. */
  load?: Partial<Omit<Load, 'commands'>>;
  /** The heap is looked at after a collection so often; default never. */
  watchMs?: number;
  /** About so often a process is killed; 0 for never. */
  killEveryMs: number;
  /** After so many kills nothing begins any more; default any number. */
  kills?: number;
  store: keyof typeof BACKINGS;
  /** Processes that share the store, behind a round-robin. */
  replicas: number;
  /** Everybody wants to be reminded, and has one meeting that starts soon. */
  isReminded?: boolean;
  /** Everybody has guests, and wants them invited by mail. */
  isInviting?: boolean;
  /** Nothing goes wrong. */
  isCalm?: boolean;
};

/** As `npm start` has it. */
const NODE_OPTIONS = ['--max-semi-space-size=8', '--max-old-space-size=256'];
const LOOK_MS = 1_000;
/** What nobody waits for is tried again for so long. */
const QUIET_MS = 60_000;

/** Runs the bot among stand-ins while everything goes wrong, and says what came of it. */
export async function runBench(options: BenchOptions): Promise<Report> {
  const { seed, commands, killEveryMs, kills = Number.POSITIVE_INFINITY } = options;
  const started = performance.now();
  const random = createRandom(seed);
  const people = Array.from({ length: options.people }, (_, index) => somebody(index));
  const [standIns, backing] = await Promise.all([
    startStandIns({ withPage: false, people }),
    BACKINGS[options.store](),
  ]);
  const observer = startObserver(standIns);
  const heap = options.watchMs === undefined ? null : await startHeapWatch(options.watchMs);
  const hooks = [...backing.hooks, ...(heap?.hooks ?? [])].map((hook) => `--import=${hook}`);
  const env = {
    ...backing.env,
    ...heap?.env,
    CREATE_LIMIT: '0',
    TENANT_CREATE_LIMIT: '0',
    CALENDAR: options.isInviting ? 'on' : 'off',
    NODE_OPTIONS: [...NODE_OPTIONS, ...hooks].join(' '),
  };
  const subject = await startSubject(options.replicas, (port) => standIns.botEnv(port, env));
  standIns.connect(subject.url);
  try {
    const { isReminded = false, isInviting = false } = options;
    const settings: Settings = {
      ...NO_SETTINGS,
      ...(isReminded && { remind: REMIND_MINUTES }),
      ...(isInviting && { invites: 'always' }),
    };
    if (isReminded || isInviting)
      await Promise.all(people.map((person) => backing.store.saveSettings(ownerOf(person), settings)));
    const users = people.map((person) =>
      createPerson(standIns, person, random.fork(), { isReminded, isInviting }),
    );
    const schedule = startSchedule({ ...standIns, subject }, random.fork(), {
      killEveryMs,
      more: backing.troubles,
      isCalm: options.isCalm ?? false,
    });
    const load = startLoad(
      users,
      { commands, atOnce: users.length, each: 1, perSecond: null, ...options.load },
      () => subject.kills().length >= kills,
    );
    const processorTime = watchProcessor(
      () => subject.bots().map(({ pid }) => pid),
      () => users.reduce((sum, { told }) => sum + told.length, 0),
    );
    const health = watchHealth(() => subject.bots().map(({ url }) => url));
    await within(load.done, options.seconds * 1_000);
    load.stop();
    const processor = processorTime();
    const look = async () => {
      const records: MeetingRecord[] = [];
      // One after the other: a store that is busy with the bot has no time for hundreds at once.
      for (const person of people) records.push(...(await backing.store.person(ownerOf(person), 0)).meetings);
      return { standIns, observer, kills: subject.kills(), unsettled: [], records };
    };
    // What is due comes while things go wrong, too.
    while (isReminded && !isQuiet(await look(), people, Date.now())) await wait(LOOK_MS);
    const troubles = await schedule.stop();
    await load.done;
    // What was begun when a process was killed goes on with its person's next message.
    if (options.isInviting) await Promise.all(users.map((user) => user.ask()));
    await within(untilIdle(standIns.channel, subject.bots), QUIET_MS);
    const [memory, heaps] = [subject.memory(), heap?.heaps() ?? []];
    const latency = latencyIn(subject.output());
    const told = users.flatMap((user) => user.told);
    const secrets = watchSecrets({ ...standIns, output: subject.output });
    secrets.note();
    const scene = { ...(await look()), unsettled: unsettledIn(subject.output()) };
    const { broken, counts } = audit(scene, told);
    const reminded = isReminded ? auditReminders(scene, people, told, Date.now()) : null;
    const invited = isInviting ? auditCalendar(scene, told) : null;
    return {
      ...toTally(told),
      ...counts,
      broken: [...broken, ...(reminded?.broken ?? []), ...(invited?.broken ?? [])],
      reminders: reminded?.counts ?? null,
      calendar: invited?.counts ?? null,
      troubles,
      kills: subject.kills().length,
      deaths: subject.deaths(),
      unfinished: subject.unfinished(),
      leaked: secrets.leaked(),
      memory,
      heaps,
      latency,
      processor,
      health: health(),
      waits: toWaits(told),
      log: [subject.output(), ...observer.hits].join('\n'),
      seconds: Math.round((performance.now() - started) / 1_000),
    };
  } finally {
    await subject.stop();
    await Promise.all([standIns.close(), backing.close(), heap?.close()]);
  }
}

/** When a process gave up telling its store what it had done. */
function unsettledIn(output: string): number[] {
  const lines = output.split('\n').filter((line) => /"where":"(?:finish|due)"/.test(line));
  return lines.map((line) => Date.parse((JSON.parse(line) as { time: string }).time));
}

const ownerOf = ({ tenantId, oid }: Person) => ({ tenant: tenantId, user: oid });

function somebody(index: number): Person {
  const hex = index.toString(16).padStart(4, '0');
  const name = `Person ${String.fromCharCode(65 + (index % 26))}${index}`;
  const oid = `a1f0c3d2-6b5e-4c47-9d18-3e0a5b7c${hex}`;
  return { ...ADA, oid, name, upn: `p${index}@contoso.example`, teamsId: `29:1${hex}` };
}
