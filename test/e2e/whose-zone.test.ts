import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

// “3pm his time”: nothing is made until it is known whose time that is.
const world = await ownWorld({ before: signedIn(ADA) });

const starts = () => world.alive().map(({ startDateTime }) => startDateTime.slice(0, 16));

const SAID = 'catch up with Ben on 4 March 2030 at 3pm his time';

test('whose zone is not known is asked, with a field to choose it', async () => {
  const question = await world.ask(ADA, SAID);
  expect(textOf(question)).toContain('Which time zone is Ben in?');
  expect(textOf(question)).not.toContain('London time');
  await world.press(ADA, question, en['ask.submit'], { zone: 'America/New_York' });
  expect(starts()).toEqual(['2030-03-04T20:00']);
});

test('nothing is made without a zone', async () => {
  const question = await world.ask(ADA, SAID);
  await world.press(ADA, question, en['ask.submit']);
  expect(world.alive()).toEqual([]);
  await world.ask(ADA, 'make it 45 min');
  expect(world.alive()).toEqual([]);
});

test.each(['New York', "he's in New York"])('“%s”, typed to that question, answers it', async (text) => {
  await world.ask(ADA, SAID);
  await world.ask(ADA, text);
  expect(starts()).toEqual(['2030-03-04T20:00']);
});
