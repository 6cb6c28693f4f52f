import { expect, test } from 'vitest';
import type { Person } from '../../deploy/sandbox/people.ts';
import { crowd } from './fleet.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

const LIMIT = 2;
const REACHED = /create more in (60|59) minutes/;

// What counts outlives a sign-out, so each test has people of its own.
const people = crowd(16);
let ada: Person;
let ben: Person;

const world = await ownWorld({
  people,
  env: { CREATE_LIMIT: String(LIMIT) },
  before: async (world) => {
    [ada, ben] = people.splice(0, 2) as [Person, Person];
    await signedIn(ada, ben)(world);
  },
});

const ask = (clock: number) => world.write(ada, `meeting tomorrow ${clock}:00 about the budget`);
const posts = () =>
  world.graph.requests.filter(({ method, status }) => method === 'POST' && status === 201).length;

test('the limit is said to whoever has reached it, with the time it lasts, and nothing more is made', async () => {
  for (const clock of [9, 10, 11]) await ask(clock);
  expect(world.lastText(ada)).toMatch(REACHED);
  expect(posts()).toBe(LIMIT);
  await world.write(ben, 'meeting tomorrow 3pm about the budget');
  expect(posts()).toBe(LIMIT + 1);
});

test('of several meetings in one message those below the limit are made and shown', async () => {
  await world.type(ada, 'meeting monday 9am and tuesday 9am and wednesday 9am');
  await world.type(ada, 'yes');
  expect(posts()).toBe(LIMIT);
  expect(world.cards(ada)).toHaveLength(2);
  expect(world.lastText(ada)).toMatch(REACHED);
});

test('many who ask at once make no more than the limit', async () => {
  await Promise.all([9, 10, 11, 12, 13, 14].map(ask));
  await until(() => world.said(ada).length === 6);
  expect(posts()).toBe(LIMIT);
});

test('a new link is a meeting too', async () => {
  await ask(9);
  expect(world.cards(ada)).toHaveLength(1);
  for (const _ of [1, 2]) await world.clickAndConfirm(ada, world.newest(ada), 'regenerate');
  expect(posts()).toBe(LIMIT);
  expect(world.alive()).toHaveLength(1);
  const [card] = world.cards(ada);
  expect(card?.notices.get(ada.oid)).toMatch(REACHED);
});

test('a meeting that was cancelled was made', async () => {
  for (const clock of [9, 10]) {
    await ask(clock);
    await world.write(ada, `cancel the ${clock}:00 meeting`);
    await world.confirm(ada, world.newest(ada), 'cancel');
    expect(world.alive()).toHaveLength(0);
  }
  await ask(11);
  expect(world.lastText(ada)).toMatch(REACHED);
});

test('signing out and in again does not begin anew', async () => {
  for (const clock of [9, 10]) await ask(clock);
  await world.signOut(ada);
  await world.signIn(ada);
  await ask(11);
  expect(world.lastText(ada)).toMatch(REACHED);
  expect(posts()).toBe(LIMIT);
});

test('what Graph refused to make is not counted', async () => {
  world.faults.add({ service: 'graph', method: 'POST' }, 400, LIMIT);
  for (const clock of [9, 10, 11, 12]) await ask(clock);
  expect(world.cards(ada)).toHaveLength(LIMIT);
  expect(world.alive()).toHaveLength(LIMIT);
});

test('a room that Graph had closed and makes anew is counted', async () => {
  await world.write(ada, 'our standup room');
  for (const room of world.alive()) room.isDeleted = true;
  await world.write(ada, 'our standup room');
  expect(world.alive()).toHaveLength(1);
  await ask(9);
  expect(world.lastText(ada)).toMatch(REACHED);
});
