import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { meetingCards, textOf } from './messages.ts';
import { ownFolder, ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

const file = join(await ownFolder(), 'parley.db');
const world = await ownWorld({ env: { STORE: `sqlite:${file}` } });

test('a store that somebody else holds: the channel is told to come again, then one sentence has a reference', async () => {
  await world.signIn(ADA);
  const other = new DatabaseSync(file);
  other.exec('BEGIN EXCLUSIVE');
  const activity = world.message(ADA, 'meeting tomorrow 3pm about the budget');
  expect(await world.channel.deliver(activity)).toMatchObject({ status: 500, body: '' });
  expect(world.said(ADA)).toEqual([]);
  expect(await world.channel.deliver(activity)).toMatchObject({ status: 200 });
  expect(world.lastText(ADA)).toContain(en['problem.unexpected.title']);
  expect(world.lastText(ADA)).toMatch(/Reference: [\da-f]{8}/);
  expect(world.graph.requests).toEqual([]);
  other.exec('ROLLBACK');
  other.close();

  // Whoever was told that it went wrong is not surprised by a third delivery.
  expect(await world.channel.deliver(activity)).toMatchObject({ status: 200 });
  expect(world.said(ADA)).toHaveLength(1);
  await world.write(ADA, 'meeting tomorrow 3pm about the budget');
  await until(() => meetingCards(world.said(ADA)).length === 1);
  expect(textOf(world.said(ADA).at(-1))).toContain('budget');
});

test('a store that is busy for a moment: the next delivery makes the meeting, and nothing else is said', async () => {
  await world.signIn(ADA);
  const other = new DatabaseSync(file);
  other.exec('BEGIN EXCLUSIVE');
  const activity = world.message(ADA, 'meeting tomorrow 3pm about the budget');
  expect(await world.channel.deliver(activity)).toMatchObject({ status: 500 });
  other.exec('ROLLBACK');
  other.close();
  expect(await world.channel.deliver(activity)).toMatchObject({ status: 200 });
  await until(() => meetingCards(world.said(ADA)).length === 1);
  expect(world.said(ADA)).toHaveLength(1);
});
