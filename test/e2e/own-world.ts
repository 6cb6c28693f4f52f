import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, onTestFinished } from 'vitest';
import { BEN, CHANDRA, type Person } from '../../deploy/sandbox/people.ts';
import { startWorld, type World, type WorldOptions } from './world.ts';

const MORE_THAN_ALL_FILES_MAKE = '100000';

/**
 * A world for one test file, until its last test has ended. `before` makes what each test finds; without it nothing has
 * been said, and nobody is signed in. After each test the channel has refused nothing. Files that ask for nothing, or for
 * calendars only, get the same processes, one file after the other.
 */
export async function ownWorld({
  before = (world) => world.reset(),
  ...options
}: WorldOptions & { before?: Before } = {}): Promise<World> {
  const key = JSON.stringify(options);
  const isCommon = COMMON.has(key);
  const world = await (isCommon ? commonWorld(key, options) : startWorld(options));
  beforeEach(() => before(world));
  afterEach(() => expect(world.channel.state.refusals).toEqual([]));
  afterAll(() => (isCommon ? world.checkLog() : world.close()));
  return world;
}

const COMMON = new Set(['{}', JSON.stringify({ env: { CALENDAR: 'on' } })]);
const worlds = new Map<string, Promise<World>>();

/** The one that the files of this process share. It ends with the process, which vitest ends by a signal. */
function commonWorld(key: string, { env }: WorldOptions): Promise<World> {
  const shared =
    worlds.get(key) ??
    startWorld({ env: { ...env, CREATE_LIMIT: MORE_THAN_ALL_FILES_MAKE } }).then((world) => {
      process.once('SIGTERM', () => {
        void world.bot.kill();
        const { NODE_EXTRA_CA_CERTS: authority } = world.botEnv(0);
        for (const file of [world.storeFile(), authority])
          if (file !== undefined) rmSync(dirname(file), { recursive: true, force: true });
        process.kill(process.pid, 'SIGTERM');
      });
      return world;
    });
  worlds.set(key, shared);
  return shared;
}

type Before = (world: World) => Promise<void>;

/** Before each test: nothing has been said yet, and these people have signed in. */
export const signedIn =
  (...people: Person[]): Before =>
  async (world) => {
    await world.reset();
    await world.signIn(...people);
  };

/** Ben and Chandra have one first name, until the end of the test. */
export function callBothRobin({ people }: World): void {
  for (const { oid, name } of [BEN, CHANDRA]) {
    const twin = people.find((person) => person.oid === oid);
    if (twin === undefined) throw new Error(`there is no ${name}`);
    twin.name = `Robin ${name.split(' ')[1]}`;
    onTestFinished(() => void Object.assign(twin, { name }));
  }
}

/** Does this in a world of its own. For tests that wait most of the time, so that several can wait at once. */
export async function inOwnWorld(
  work: (world: World) => Promise<void>,
  options: WorldOptions = {},
): Promise<void> {
  const world = await startWorld(options);
  try {
    await work(world);
    expect(world.channel.state.refusals).toEqual([]);
  } finally {
    await world.close();
  }
}

/** A folder of one test file's own, gone after its last test. */
export async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
