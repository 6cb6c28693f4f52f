import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import fr from '../../bot/say/messages/fr.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

// What people say beside a yes, a no or a value, while a question is open.
const world = await ownWorld({ before: signedIn(ADA) });

const Q3 = 'Q3 review on 4 March 2030 at 15:00';
const times = () => world.alive().map(({ subject, startDateTime }) => [subject, startDateTime.slice(5, 16)]);

/** What the bot says to these words, message by message. */
async function said(text: string): Promise<string[]> {
  const before = world.said(ADA).length;
  await world.type(ADA, text);
  return world.said(ADA).slice(before).map(textOf);
}

test.each(['ok perfect thx', 'perfect'])(
  '“%s” is no yes, and it is said that nothing is done yet',
  async (text) => {
    await world.ask(ADA, Q3);
    const asked = await world.answer(ADA, 'cancel it');
    expect(await said(text)).toEqual([en['notice.notDoneYet'], asked]);
    expect(world.alive()).toHaveLength(1);
    await world.write(ADA, 'yes');
    expect(world.alive()).toEqual([]);
  },
);

test('a yes beside another wish is asked for once more, and the wish is carried out', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'lunch on 5 March 2030 at 13:00');
  const asked = await world.answer(ADA, 'cancel the lunch');
  expect((await said('yes, and move the Q3 review to 16:00')).slice(1)).toEqual([
    en['notice.notDoneYet'],
    asked,
  ]);
  expect(times()).toEqual([
    ['Q3 review', '03-04T16:00'],
    ['lunch', '03-05T13:00'],
  ]);
});

test.each(['oops no, dont', 'no dont'])('“%s” to “Cancel this meeting?” is heard', async (text) => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'cancel it');
  expect(await world.answer(ADA, text)).toBe(en['notice.leftAsIs']);
});

test('an hour beside a guest answers the question that is open, and makes no other meeting', async () => {
  await world.ask(ADA, 'budget on 4 March 2030');
  await world.write(ADA, '11, with Zoe');
  expect(times()).toEqual([['budget', '03-04T11:00']]);
  expect(await world.answer(ADA, 'who is invited?')).toContain('Zoe');
});

test('an hour after a newer meeting is not taken for the answer to an older question', async () => {
  await world.ask(ADA, 'meeting about budget');
  await world.ask(ADA, Q3);
  expect(await world.answer(ADA, '16:00')).toContain('Q3 review');
  expect(times()).toEqual([['Q3 review', '03-04T15:00']]);
});

test('what can only answer the older question does, though a newer meeting was shown since', async () => {
  await world.ask(ADA, 'budget on 5 March 2030 at 7');
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'pm');
  expect(times()).toEqual([
    ['Q3 review', '03-04T15:00'],
    ['budget', '03-05T19:00'],
  ]);
});

test('a yes in words is not for the question of before once a button has asked something else', async () => {
  const card = await world.ask(ADA, Q3);
  await world.type(ADA, 'until 1');
  await world.press(ADA, card, en['meeting.newLink']);
  expect((await said('yes'))[0]).toBe(en['notice.stillOpen']);
  expect(world.alive()).toMatchObject([{ endDateTime: expect.stringContaining('15:30') }]);
});

test('“make a new one on Monday” is another meeting and no new link', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'and make a new one on 11 March 2030');
  expect(times()).toEqual([
    ['Q3 review', '03-04T15:00'],
    ['Q3 review', '03-11T15:00'],
  ]);
});

test.each([
  ['Create another', 'pressed'],
  ['create another', 'typed'],
])('“%s” (%s) works for a time that was corrected', async (text, how) => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, '10:00');
  const question = await world.ask(ADA, 'or rather 9:30, and for an hour');
  if (how === 'typed') await world.write(ADA, text);
  else await world.press(ADA, question, text);
  expect(world.alive()).toHaveLength(2);
  expect(world.said(ADA).map(textOf).join()).not.toContain(fr['problem.unexpected.title']);
});
