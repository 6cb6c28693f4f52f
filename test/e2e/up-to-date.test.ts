import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import type { Match } from '../../deploy/sandbox/faults.ts';
import { ADA } from '../../deploy/sandbox/people.ts';
import { READ, textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld({
  before: async (world) => {
    await signedIn(ADA)(world);
    await world.write(ADA, 'meeting tomorrow 3pm about Q3');
  },
});

const link = () => world.alive()[0]?.joinWebUrl ?? 'no link';
const READING: Match = { service: 'graph', method: 'GET' };
const MAKING: Match = { service: 'graph', method: 'POST' };

/** Does it, and resolves when it has happened but its answer is not there yet; `done` when it is. */
async function slowly(match: Match, work: () => Promise<unknown>): Promise<{ done: Promise<unknown> }> {
  world.faults.add(match, { kind: 'slow', ms: 2_000, when: 'after' }, 1);
  const done = work();
  await until(() => world.faults.list().length === 0);
  return { done };
}

/** Presses a button of the first card and says yes, without waiting for what else is under way. */
async function pressAndConfirm(verb: string): Promise<void> {
  const [card] = world.said(ADA);
  for (const inputs of [{}, READ]) await world.channel.execute(ADA, card?.id ?? '', verb, inputs);
}
const renew = () => pressAndConfirm('regenerate');
const POINTER = en['ended.newer'];
const show = () => world.write(ADA, 'show me the Q3 meeting');
const contents = () => world.said(ADA).map(({ activity }) => JSON.stringify(activity));

test('a card that was drawn before the link changed, and arrives after it, shows the new link', async () => {
  const before = link();
  const shown = await slowly(READING, show);
  await renew();
  await until(() => link() !== before);
  await shown.done;
  await world.idle();
  expect(contents()).toEqual([expect.stringContaining(POINTER), expect.stringContaining(link())]);
  expect(contents().join()).not.toContain(before);
});

test('a card that arrives while the link is changing gets the new one too', async () => {
  const before = link();
  const renewed = await slowly(MAKING, renew);
  await show();
  await renewed.done;
  await world.idle();
  expect(contents()).toEqual([expect.stringContaining(link()), expect.stringContaining(link())]);
  expect(contents().join()).not.toContain(before);
});

test('a card that arrives after its meeting was cancelled says that it is gone', async () => {
  const shown = await slowly(READING, show);
  await pressAndConfirm('cancel');
  await until(() => world.alive().length === 0);
  await shown.done;
  await world.idle();
  const [older, newest] = world.said(ADA).map(textOf);
  expect(older).toBe(POINTER);
  expect(newest).toContain(en['ended.removed']);
});

test('a card that Graph says nothing about is tried again', async () => {
  const before = link();
  const shown = await slowly(READING, show);
  await renew();
  await until(() => link() !== before);
  world.faults.add(READING, 403, 1);
  await shown.done;
  await world.idle();
  expect(contents()).toEqual([expect.stringContaining(POINTER), expect.stringContaining(link())]);
});

test('a card that the channel would not change is changed a little later', async () => {
  const before = link();
  const changing: Match = { service: 'channel', method: 'PUT' };
  world.faults.add(changing, 500, 1);
  await world.write(ADA, 'new link for Q3');
  await world.confirm(ADA, world.newest(ADA), 'answer');
  expect(world.said(ADA)).toHaveLength(2);
  expect(contents().join()).not.toContain(before);
});

test('an older card that the channel would not fold is folded a little later', async () => {
  const changing: Match = { service: 'channel', method: 'PUT' };
  world.faults.add(changing, 500, 1);
  await world.write(ADA, 'move Q3 to 4pm');
  const [older, newest] = world.said(ADA).map(textOf);
  expect(older).toBe(POINTER);
  expect(newest).toContain('16:00');
});

/** Of all cards in the chat that are about a meeting the newest shows it, and the others point to it. */
async function expectOneCard(words: string): Promise<void> {
  await world.idle();
  const [older, ...others] = world.said(ADA).map(textOf);
  expect(older).toBe(en['ended.newer']);
  expect(others.filter((text) => text.includes(words))).toHaveLength(1);
}

test('a meeting that is moved after another sign-in is moved on its first card, too', async () => {
  await world.restart();
  await world.ask(ADA, 'move Q3 to 4pm');
  await expectOneCard('16:00');
});

test('a link that is dead stands on no card after another sign-in either', async () => {
  const before = link();
  await world.restart();
  await world.ask(ADA, 'new link for Q3');
  await world.ask(ADA, 'yes');
  await expectOneCard(en['meeting.renewed']);
  expect(JSON.stringify(world.said(ADA))).not.toContain(before);
});
