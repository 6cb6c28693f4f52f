import { expect, test } from 'vitest';
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { confirm, pressAndConfirm } from './confirm.ts';
import { meetingCards } from './messages.ts';
import { ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

const LIMIT = 2;
const REACHED = /create more in (60|59) minutes/;

const world = await ownWorld({
  env: { CREATE_LIMIT: String(LIMIT) },
  // What counts outlives a sign-out; it goes with the bot.
  before: async ({ begin, signIn }) => {
    await begin();
    await signIn(ADA, BEN);
  },
});

const ask = (clock: number) => world.write(ADA, `meeting tomorrow ${clock}:00 about the budget`);
const posts = () =>
  world.graph.requests.filter(({ method, status }) => method === 'POST' && status === 201).length;
const newest = () => world.said(ADA).at(-1)?.id ?? '';
const cancel = async () => {
  await confirm(world, ADA, newest(), 'cancel');
  await world.idle();
};

test('the limit is said to whoever has reached it, with the time it lasts, and nothing more is made', async () => {
  for (const clock of [9, 10, 11]) await ask(clock);
  await until(() => REACHED.test(world.lastText(ADA)));
  expect(posts()).toBe(LIMIT);
  await world.write(BEN, 'meeting tomorrow 3pm about the budget');
  await until(() => posts() === LIMIT + 1);
});

test('many who ask at once make no more than the limit', async () => {
  await Promise.all([9, 10, 11, 12, 13, 14].map(ask));
  await until(() => world.said(ADA).length === 6);
  expect(posts()).toBe(LIMIT);
});

test('a new link is a meeting too', async () => {
  await ask(9);
  await until(() => meetingCards(world.said(ADA)).length === 1);
  for (const _ of [1, 2]) await pressAndConfirm(world, ADA, newest(), 'regenerate');
  await world.idle();
  expect(posts()).toBe(LIMIT);
  expect(world.alive()).toHaveLength(1);
  const [card] = meetingCards(world.said(ADA));
  expect(card?.notices.get(ADA.oid)).toMatch(REACHED);
});

test('a meeting that was cancelled was made', async () => {
  for (const clock of [9, 10]) {
    await ask(clock);
    await world.write(ADA, `cancel the ${clock}:00 meeting`);
    await cancel();
    await until(() => world.alive().length === 0);
  }
  await ask(11);
  await until(() => REACHED.test(world.lastText(ADA)));
});

test('signing out and in again does not begin anew', async () => {
  for (const clock of [9, 10]) await ask(clock);
  await world.signOut(ADA);
  await world.signIn(ADA);
  await ask(11);
  await until(() => REACHED.test(world.lastText(ADA)));
  expect(posts()).toBe(LIMIT);
});

test('what Graph refused to make is not counted', async () => {
  world.faults.add({
    match: { service: 'graph', method: 'POST' },
    times: LIMIT,
    fault: { kind: 'status', status: 400 },
  });
  for (const clock of [9, 10, 11, 12]) await ask(clock);
  await until(() => meetingCards(world.said(ADA)).length === LIMIT);
  expect(world.alive()).toHaveLength(LIMIT);
});

test('a room that Graph had closed and makes anew is counted', async () => {
  await world.write(ADA, 'our standup room');
  await until(() => world.alive().length === 1);
  for (const room of world.alive()) room.isDeleted = true;
  await world.write(ADA, 'our standup room');
  await until(() => world.alive().length === 1);
  await ask(9);
  await until(() => REACHED.test(world.lastText(ADA)));
});
