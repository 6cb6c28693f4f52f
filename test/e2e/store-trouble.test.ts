import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { CALENDAR_PERMISSIONS } from './calendar-user.ts';
import { textOf } from './messages.ts';
import { inOwnWorld, ownWorld } from './own-world.ts';
import { until } from './waiting.ts';
import type { World } from './world.ts';

// These wait and start bots, which takes long on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const CALENDAR = { env: { CALENDAR: 'on' } };
const world = await ownWorld(CALENDAR);

/** Somebody else holds the file of the bot's store, until what is answered here is called. */
function hold(world: World): () => void {
  const other = new DatabaseSync(world.storeFile());
  other.exec('BEGIN EXCLUSIVE');
  return () => {
    other.exec('ROLLBACK');
    other.close();
  };
}

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
});

// Most of the time the tests below wait until the store is given up; each has a world of its own, so that they wait at once.

/** Somebody else holds the file from when Graph has made something until `ms` later. */
async function holdAfterGraph(world: World, ms: number): Promise<void> {
  const posts = () => world.sent('POST').length;
  const before = posts();
  world.faults.add({ service: 'graph', method: 'POST' }, { kind: 'slow', ms: 500, when: 'after' }, 1);
  await until(() => posts() > before);
  const letGo = hold(world);
  await wait(ms);
  letGo();
}

test.concurrent('a store that fails when Graph has made the meeting: it is stored as soon as that is possible', () =>
  inOwnWorld(async (world) => {
    await world.signIn(ADA);
    const held = holdAfterGraph(world, 3_000);
    await world.type(ADA, 'meeting tomorrow 5pm about the budget');
    await held;
    await until(() => world.cards(ADA).length === 1);
    expect(world.said(ADA)).toHaveLength(1);
    expect(world.graph.meetings).toHaveLength(1);
  }, CALENDAR));

test.concurrent('a store that fails for longer: the next delivery brings the card, of the one event that was made', () =>
  inOwnWorld(async (world) => {
    world.entra.consent(ADA.oid, CALENDAR_PERMISSIONS);
    await world.type(ADA, 'always invite');
    await world.type(ADA, 'meeting tomorrow 8am about breakfast, invite lee@contoso.example');
    const { events } = world.graph.calendar;
    expect(events).toHaveLength(1);
    world.chat(ADA).messages.length = 0;
    const activity = world.message(ADA, 'meeting tomorrow 6pm about the budget, invite lee@contoso.example');
    const held = holdAfterGraph(world, 14_000);
    expect(await world.channel.deliver(activity)).toMatchObject({ status: 500 });
    await held;
    expect(await world.channel.deliver(activity)).toMatchObject({ status: 200 });
    await until(() => world.cards(ADA).length === 1);
    expect(world.said(ADA)).toHaveLength(1);
    expect(events.map(({ subject }) => subject)).toEqual(['breakfast', 'budget']);
  }, CALENDAR));

/** The draft of a series, whose guest will be mailed. */
async function draftOfInvitation(world: World, subject: string) {
  world.entra.consent(ADA.oid, CALENDAR_PERMISSIONS);
  await world.signIn(ADA);
  await world.type(ADA, 'always invite');
  await world.type(ADA, `meeting every Monday at 6pm about ${subject}, invite lee@contoso.example`);
  return world.newest(ADA);
}

test.concurrent('a store that fails after a click: nobody brings the click again, so the person hears that it may have worked', () =>
  inOwnWorld(async (world) => {
    const draft = await draftOfInvitation(world, 'lunch');
    const held = holdAfterGraph(world, 14_000);
    await world.click(ADA, draft, 'create');
    await held;
    await world.idle();
    expect(world.seen(ADA, draft)).toContain(en['problem.mailed.what']);
    await world.click(ADA, draft, 'create');
    expect(world.cards(ADA)).toHaveLength(1);
    expect(world.graph.calendar.events.map(({ subject }) => subject)).toEqual(['lunch']);
  }, CALENDAR));

test.concurrent('a store that fails after a sign-in: the person hears that it may have worked, too', () =>
  inOwnWorld(async (world) => {
    await draftOfInvitation(world, 'supper');
    const held = holdAfterGraph(world, 14_000);
    // It needs the calendar, for which Teams signs in at once.
    await world.type(ADA, 'create it');
    await held;
    await world.idle();
    const told = world.newest(ADA);
    expect(world.seen(ADA, told)).toContain(en['problem.mailed.what']);
    await world.click(ADA, told, 'create');
    expect(world.cards(ADA)).toHaveLength(1);
    expect(world.graph.calendar.events.map(({ subject }) => subject)).toEqual(['supper']);
  }, CALENDAR));

test.concurrent('a store that fails after a yes, and cannot be told either that the draft is free: the next delivery brings the card', () =>
  inOwnWorld(async (world) => {
    await draftOfInvitation(world, 'dinner');
    await world.type(ADA, 'meeting tomorrow 8am about breakfast, invite lee@contoso.example');
    await world.type(ADA, 'meeting every Monday at 6pm about dinner, invite lee@contoso.example');
    world.chat(ADA).messages.length = 0;
    const yes = world.message(ADA, 'create it');
    const held = holdAfterGraph(world, 14_000);
    expect(await world.channel.deliver(yes)).toMatchObject({ status: 500 });
    await held;
    expect(await world.channel.deliver(yes)).toMatchObject({ status: 200 });
    await until(() => world.cards(ADA).length === 1);
    expect(world.graph.calendar.events.map(({ subject }) => subject)).toEqual(['breakfast', 'dinner']);
  }, CALENDAR));
