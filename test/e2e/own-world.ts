import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import type { Person } from '../../deploy/sandbox/people.ts';
import { startWorld, type World, type WorldOptions } from './world.ts';

/**
 * A world of one test file's own, until its last test has ended. `before` makes what each test finds; without it
 * nothing has been said, and nobody is signed in. After each test the channel has refused nothing.
 */
export async function ownWorld({
  before = (world) => world.reset(),
  ...options
}: WorldOptions & { before?: Before } = {}): Promise<World> {
  const world = await startWorld(options);
  beforeEach(() => before(world));
  afterEach(() => expect(world.channel.state.refusals).toEqual([]));
  afterAll(() => world.close());
  return world;
}

type Before = (world: World) => Promise<void>;

/** Before each test: nothing has been said yet, and these people have signed in. */
export const signedIn =
  (...people: Person[]): Before =>
  async (world) => {
    await world.reset();
    await world.signIn(...people);
  };

/** A folder of one test file's own, gone after its last test. */
export async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
