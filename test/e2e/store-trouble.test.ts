import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { hold } from './hold-store.ts';
import { textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld({ env: { CALENDAR: 'on' } });

test('a store that somebody else holds: the channel is told to come again, then one sentence has a reference', async () => {
  await world.signIn(ADA);
  const letGo = hold(world);
  const activity = world.message(ADA, 'meeting tomorrow 3pm about the budget');
  expect(await world.channel.deliver(activity)).toMatchObject({ status: 500, body: '' });
  expect(world.said(ADA)).toEqual([]);
  expect(await world.channel.deliver(activity)).toMatchObject({ status: 200 });
  expect(world.lastText(ADA)).toContain(en['problem.unexpected.title']);
  expect(world.lastText(ADA)).toMatch(/Reference: [\da-f]{8}/);
  expect(world.graph.requests).toEqual([]);
  letGo();

  // Whoever was told that it went wrong is not surprised by a third delivery.
  expect(await world.channel.deliver(activity)).toMatchObject({ status: 200 });
  expect(world.said(ADA)).toHaveLength(1);
  await world.write(ADA, 'meeting tomorrow 3pm about the budget');
  expect(textOf(world.said(ADA).at(-1))).toContain('budget');
});

test('a store that is busy for a moment: the next delivery makes the meeting, and nothing else is said', async () => {
  await world.signIn(ADA);
  const letGo = hold(world);
  const activity = world.message(ADA, 'meeting tomorrow 3pm about the budget');
  expect(await world.channel.deliver(activity)).toMatchObject({ status: 500 });
  letGo();
  expect(await world.channel.deliver(activity)).toMatchObject({ status: 200 });
  await until(() => world.cards(ADA).length === 1);
  expect(world.said(ADA)).toHaveLength(1);
});

/** Longer than the bot waits for a file that is held. */
const GIVEN_UP_MS = 2_500;

test('a request that failed after its sign-in, which was said, does not come back with the next message', async () => {
  world.entra.consent(ADA.oid);
  world.faults.add({ service: 'entra', path: /oauth2\/v2\.0\/token$/ }, { kind: 'slow', ms: 1_000 }, 1);
  const written = world.type(ADA, 'meeting tomorrow 7pm about the budget');
  await until(() => world.turns().some(({ outcome }) => outcome === 'signIn'));
  await until(() => world.faults.list().length === 0);
  const letGo = hold(world);
  await wait(1_000 + GIVEN_UP_MS);
  letGo();
  await written;
  expect(world.lastText(ADA)).toContain(en['problem.unexpected.title']);
  await world.type(ADA, 'help');
  expect(world.cards(ADA)).toEqual([]);
}, 60_000);
