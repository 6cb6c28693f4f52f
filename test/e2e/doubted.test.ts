import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

// What may have been read wrongly is shown first, and made or changed by one click or a typed yes.
const world = await ownWorld({ before: signedIn(ADA) });

/** What the bot answers; nothing is agreed to. */
async function show(text: string): Promise<Message> {
  await world.type(ADA, text);
  return world.newest(ADA);
}

const times = () => world.alive().map(({ subject, startDateTime }) => [subject, startDateTime.slice(0, 16)]);

/** The day alone is what is doubted of a time without anything else. */
const BARE = '4 March 2030 at 15:00';

test('a doubted meeting is shown with what made it unsure, and one click makes it, once', async () => {
  const draft = await show(BARE);
  expect(textOf(draft)).toContain(en['draft.title']);
  expect(textOf(draft)).toContain(en['draft.unsure']);
  expect(textOf(draft)).not.toContain(en['draft.who']);
  expect(world.alive()).toEqual([]);
  await world.press(ADA, draft, en['draft.create']);
  expect(times()).toEqual([[null, '2030-03-04T15:00']]);
});

test('a typed “yes” makes it, “no” lets it go', async () => {
  await show(BARE);
  expect(await world.answer(ADA, 'no')).toBe(en['notice.leftAsIs']);
  await world.ask(ADA, 'yes');
  expect(world.alive()).toEqual([]);
  await show(BARE);
  await world.write(ADA, 'yes');
  expect(times()).toEqual([[null, '2030-03-04T15:00']]);
});

test('“yes” where nothing was asked changes nothing', async () => {
  expect(await world.answer(ADA, 'yes')).toBe(en['notice.nothingAsked']);
});

test('what is read as a change because meetings are called so is read the same when it goes on', async () => {
  await world.ask(ADA, 'Budgetrunde on 4 March 2030 at 15:00');
  await world.ask(ADA, 'Budgetrunde on 11 March 2030 at 15:00');
  const which = await show('verschieb die Budgetrunde auf 18. März 2030');
  expect(textOf(which)).toContain(en['which.change']);
  await world.ask(ADA, 'the second one');
  await world.write(ADA, 'yes');
  expect(times()).toEqual([
    ['Budgetrunde', '2030-03-04T15:00'],
    ['Budgetrunde', '2030-03-18T15:00'],
  ]);
});

test('an end that may be the evening or the next morning is shown before it is taken', async () => {
  await world.write(ADA, 'meeting about Q3 on 4 March 2030 at 16:00');
  const draft = await show('until 11');
  expect(textOf(draft)).toContain('16:00–23:00');
  expect(world.alive()).toMatchObject([{ endDateTime: expect.stringContaining('16:30') }]);
  await world.write(ADA, 'yes');
  expect(world.alive()).toMatchObject([{ endDateTime: expect.stringContaining('23:00') }]);
});

test('an undo that may have been read wrongly names what it takes back', async () => {
  await world.ask(ADA, 'meeting about Q3 on 4 March 2030 at 15:00 with Lee');
  await world.ask(ADA, 'move it to 4pm and add Kim');
  const question = textOf(await show('nee, doch wie zuvor'));
  expect(question).toContain('15:00–15:30');
  expect(question).toContain('Kim');
  await world.press(ADA, await world.newest(ADA), en['choice.undoIt']);
  expect(times()).toEqual([['Q3', '2030-03-04T15:00']]);
});

test.each([
  ['add a passcode', 'Passcode needed'],
  ['make Ben co-organiser', 'Ben'],
])('“%s”, which may be about the question, is named in a question of its own', async (text, named) => {
  await world.ask(ADA, 'meeting about Q3 on 4 March 2030 at 15:00');
  await world.ask(ADA, 'cancel it');
  expect(textOf(await show(text))).toContain(named);
});
