import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const Q3 = 'Q3 review on 4 March 2030 at 15:00';
const draftOf = async (text: string) => {
  await world.type(ADA, text);
  const draft = world.newest(ADA);
  expect(textOf(draft)).toContain(en['draft.title']);
  return draft;
};

test.each(['cancel it', 'cancel budget', 'never mind'])(
  '“%s” closes a draft of that name, and a “yes” after that makes nothing',
  async (text) => {
    await draftOf('tomorrow 3pm');
    await world.type(ADA, 'meeting about budget');
    expect(await world.answer(ADA, text)).toBe(en['notice.leftAsIs']);
    expect(await world.answer(ADA, 'yes')).toBe(en['notice.nothingAsked']);
    expect(world.alive()).toEqual([]);
  },
);

test('a “yes” after something else was said is not about the draft before it, whose button still works', async () => {
  const draft = await draftOf('tomorrow 3pm');
  await world.type(ADA, 'help');
  expect(await world.answer(ADA, 'yes')).toBe(en['notice.nothingAsked']);
  expect(world.alive()).toEqual([]);
  await world.press(ADA, draft, en['draft.create']);
  expect(world.alive()).toHaveLength(1);
});

test('“create it” is no yes to “Cancel this meeting?”', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'cancel the Q3 review');
  expect(await world.answer(ADA, 'create it')).toContain(en['confirm.yes']);
  expect(world.alive()).toHaveLength(1);
  await world.ask(ADA, 'yes, cancel it');
  expect(world.alive()).toEqual([]);
});

test.each(['ok', '👍', 'thanks', 'great', 'perfect', 'ok thanks'])(
  '“%s” where nothing was asked is answered with nothing',
  async (text) => {
    await world.ask(ADA, Q3);
    const before = world.said(ADA).length;
    await world.type(ADA, text);
    expect(world.said(ADA)).toHaveLength(before);
    expect(world.alive()).toHaveLength(1);
  },
);

test('a name that only stands in a title is no guest, and nobody is asked to cancel that meeting', async () => {
  await world.ask(ADA, 'meeting on 4 March 2030 at 15:00 about Sam’s move');
  expect(await world.answer(ADA, 'remove Sam')).toBe(en['notice.noSuchGuest']);
});

test('a card that is shown again has no stale news over it', async () => {
  await world.ask(ADA, Q3);
  expect(await world.answer(ADA, 'make it 4pm')).toContain(en['meeting.moved']);
  const shown = await world.answer(ADA, 'show me the card');
  expect(shown).toContain('Q3 review');
  expect(shown).not.toContain(en['meeting.moved']);
});
