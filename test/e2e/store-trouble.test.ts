import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../bot/say/en.ts';
import { ADA } from '../../deploy/sandbox/people.ts';
import { meetingCards, startWorld, textOf, until, type World } from './world.ts';

let world: World;
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-locked-'));
  file = join(folder, 'parley.db');
  world = await startWorld({ env: { STORE: `sqlite:${file}` } });
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

test('a store that somebody else holds is one sentence with a reference, and the next try works', async () => {
  await world.signIn(ADA);
  const other = new DatabaseSync(file);
  other.exec('BEGIN EXCLUSIVE');
  await world.write(ADA, 'meeting tomorrow 3pm about the budget');
  await until(() => world.said(ADA).length === 1);
  expect(world.lastText(ADA)).toContain(en['problem.unexpected.title']);
  expect(world.lastText(ADA)).toMatch(/Reference: [\da-f]{8}/);
  expect(world.graph.requests).toEqual([]);
  other.exec('ROLLBACK');
  other.close();

  await world.write(ADA, 'meeting tomorrow 3pm about the budget');
  await until(() => meetingCards(world.said(ADA)).length === 1);
  expect(textOf(world.said(ADA).at(-1))).toContain('budget');
});
