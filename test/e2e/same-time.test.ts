import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA, BEN) });

const Q3 = 'meeting on 4 March 2030 at 15:00 about Q3';
const clash = en['draft.clash'].replace('{subject}', 'Q3').replace('{time}', '15:00');

test.each([
  ['the same sentence twice', Q3, 'Q3'],
  ['another meeting at that time', 'meeting on 4 March 2030 at 15:00 about budget', 'budget'],
])('%s is said first, and made by one click', async (_name, text, subject) => {
  await world.type(ADA, Q3);
  await world.type(ADA, text);
  const draft = world.newest(ADA);
  expect(textOf(draft)).toContain(clash);
  expect(world.subjects()).toEqual(['Q3']);
  await world.press(ADA, draft, en['draft.createAnyway']);
  expect(world.subjects()).toEqual(['Q3', subject]);
});

test('“no” to that makes none, “yes” makes it', async () => {
  await world.type(ADA, Q3);
  for (const [answer, count] of [
    ['no', 1],
    ['yes', 2],
  ] as const) {
    await world.type(ADA, Q3);
    await world.type(ADA, answer);
    expect(world.subjects()).toHaveLength(count);
  }
});

test('a time that was typed to a question is said, too', async () => {
  await world.type(ADA, Q3);
  await world.type(ADA, 'meeting about budget');
  await world.type(ADA, '4 March 2030 at 3pm');
  expect(world.lastText(ADA)).toContain(clash);
  expect(world.subjects()).toEqual(['Q3']);
});

test('in a group nobody reads what else the asker has at that time', async () => {
  // Its name must not be able to stand in a passcode by chance.
  await world.type(ADA, Q3.replace('Q3', 'redundancies'));
  const text = 'meeting on 4 March 2030 at 15:00 about budget';
  await world.mention(ADA, 'groupChat', text);
  expect(world.lastText('groupChat')).not.toContain('redundancies');
  expect(world.subjects()).toEqual(['redundancies', 'budget']);
  await world.mention(BEN, 'groupChat', text);
  expect(world.said('groupChat')).toHaveLength(2);
  expect(world.subjects()).toEqual(['redundancies', 'budget', 'budget']);
});

test('a meeting is moved to a time that is taken only after a click', async () => {
  await world.type(ADA, Q3);
  await world.type(ADA, Q3.replace('15:00', '10:00').replace('Q3', 'budget'));
  const start = () => world.alive().at(-1)?.startDateTime;
  const before = start();
  await world.type(ADA, 'move budget to 3pm');
  const question = world.newest(ADA);
  expect(textOf(question)).toContain(clash);
  expect(textOf(question)).toContain(en['choice.changeAnyway']);
  expect(start()).toBe(before);
  await world.press(ADA, question, en['choice.changeIt']);
  expect(start()).not.toBe(before);
});

test('a length alone, and a time that is free, need no click', async () => {
  await world.type(ADA, Q3);
  await world.type(ADA, Q3.replace('Q3', 'budget'));
  await world.type(ADA, 'yes');
  await world.type(ADA, 'make it 45 minutes');
  await world.type(ADA, 'move it to 5pm');
  expect(world.lastText(ADA)).toContain('17:00');
  expect(world.alive().at(-1)?.startDateTime).toContain('T17:00');
});
