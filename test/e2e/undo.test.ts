import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { buttonOn, textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA, BEN), env: { CREATE_LIMIT: '0' } });

const Q3 = 'Q3 review on 4 March 2030 at 15:00 with lee@contoso.com';
const there = () => world.alive().map(({ subject, startDateTime }) => [subject, startDateTime.slice(0, 16)]);
const scope = () => (world.alive()[0]?.options.lobbyBypassSettings as { scope: string } | undefined)?.scope;
const CANCELLED: [string, string][] = [];

test.each([
  ['a length', 'make it an hour', () => world.alive()[0]?.endDateTime.slice(11, 16), '15:30'],
  ['a name', 'call it roadmap', () => world.alive()[0]?.subject, 'Q3 review'],
  ['an option', 'no lobby', () => scope(), 'organization'],
  ['encryption', 'make it encrypted', () => world.alive()[0]?.options.isEndToEndEncryptionEnabled, false],
])('“undo” takes back %s, and a second one does it again', async (_name, text, read, before) => {
  await world.ask(ADA, Q3);
  expect(read()).toBe(before);
  await world.ask(ADA, text);
  const after = read();
  expect(after).not.toBe(before);
  await world.ask(ADA, 'undo');
  expect(read()).toBe(before);
  await world.ask(ADA, 'undo');
  expect(read()).toBe(after);
});

test('“undo” of an option that was not set before says that it cannot be taken back, and changes nothing', async () => {
  await world.ask(ADA, Q3);
  const language = () => world.alive()[0]?.options.meetingSpokenLanguageTag;
  expect(language()).toBeNull();
  await world.ask(ADA, 'spoken language French');
  expect(language()).toMatch(/^fr/);
  expect(await world.answer(ADA, 'undo')).toBe(en['notice.noUndoOfOption']);
  await world.ask(ADA, 'spoken language German');
  await world.ask(ADA, 'undo');
  expect(language()).toMatch(/^fr/);
});

test('“undo” to a time that has passed says so', async () => {
  await world.ask(ADA, 'call now about Q3');
  await world.ask(ADA, 'move Q3 to 4 March 2030 at 16:00');
  expect(await world.answer(ADA, 'undo')).toBe(en['notice.timePassed']);
  expect(there()).toEqual([['Q3', '2030-03-04T16:00']]);
});

test('“undo” brings a guest back who was taken off', async () => {
  await world.ask(ADA, Q3);
  expect(await world.answer(ADA, 'remove Lee')).not.toContain('lee@contoso.com');
  expect(await world.answer(ADA, 'undo')).toContain('lee@contoso.com');
});

test('“undo” takes back the last change only, and nothing once there is a new link', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'make it 4pm');
  await world.ask(ADA, 'call it roadmap');
  await world.ask(ADA, 'undo');
  expect(there()).toEqual([['Q3 review', '2030-03-04T16:00']]);
  await world.ask(ADA, 'new link for Q3');
  await world.ask(ADA, 'yes');
  expect(await world.answer(ADA, 'undo')).toBe(en['notice.nothingToUndo']);
});

const cancelQ3 = async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'cancel it');
  const card = await world.ask(ADA, 'yes');
  expect(there()).toEqual(CANCELLED);
  return card;
};

test.each(['undo', 'bring it back', 'make it again'])(
  '“%s” after a cancellation makes the same meeting once more, with its guests and a new link',
  async (text) => {
    await cancelQ3();
    const old = world.graph.meetings[0]?.joinWebUrl;
    const card = await world.answer(ADA, text);
    expect(card).toContain('lee@contoso.com');
    expect(there()).toEqual([['Q3 review', '2030-03-04T15:00']]);
    expect(world.alive()[0]?.joinWebUrl).not.toBe(old);
    // Whoever has the old link must get the new one.
    expect(card).toContain(en['meeting.renewed']);
    expect(card).toContain(en['note.oldLinkLocked']);
  },
);

test('the card of a cancelled meeting makes it once more, by a click, and once only', async () => {
  const card = await cancelQ3();
  const button = buttonOn(card, en['ended.again']);
  for (const _ of [1, 2]) await world.click(ADA, card, button);
  expect(there()).toEqual([['Q3 review', '2030-03-04T15:00']]);
});

test.each(['pressed', 'typed'])(
  'what was cancelled comes back though its hour is taken by now (%s)',
  async (how) => {
    await world.ask(ADA, 'fitting on 4 March 2030 at 15:00 with Zoe');
    await world.ask(ADA, 'banquet on 4 March 2030 at 16:00');
    await world.ask(ADA, 'move the banquet to 15:00');
    await world.type(ADA, 'yes');
    await world.ask(ADA, 'cancel the fitting');
    await world.write(ADA, 'yes');
    await world.type(ADA, 'undo');
    const draft = world.newest(ADA);
    expect(textOf(draft)).toContain('fitting');
    if (how === 'pressed') await world.press(ADA, draft, en['draft.createAnyway']);
    else await world.type(ADA, 'yes');
    expect(world.subjects()).toEqual(['banquet', 'fitting']);
  },
);

test('“again on another day” after a cancellation is about that meeting', async () => {
  await cancelQ3();
  await world.ask(ADA, 'again on 6 March 2030');
  expect(there()).toEqual([['Q3 review', '2030-03-06T15:00']]);
});

test('“undo” after a cancellation and another change is about that change', async () => {
  await world.ask(ADA, 'budget on 5 March 2030 at 10:00');
  await cancelQ3Beside();
  await world.ask(ADA, 'move budget to 11am');
  await world.ask(ADA, 'undo');
  expect(there()).toEqual([['budget', '2030-03-05T10:00']]);
});

const cancelQ3Beside = async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'cancel the Q3 review');
  await world.ask(ADA, 'yes');
};

test('in a group nobody else undoes what the organizer did', async () => {
  const say = async (person: typeof ADA, words: string) => {
    await world.mention(person, 'groupChat', words);
    return world.said('groupChat').at(-1);
  };
  await say(ADA, 'design review on 4 March 2030 at 15:00');
  await say(ADA, 'make it 4pm');
  await say(BEN, 'undo');
  expect(there()).toEqual([['design review', '2030-03-04T16:00']]);
  await say(ADA, 'cancel it');
  await say(BEN, 'yes');
  expect(there()).toHaveLength(1);
  await say(ADA, 'yes');
  const card = await say(BEN, 'undo');
  expect(there()).toEqual([]);
  await say(ADA, 'undo');
  expect(there()).toEqual([['design review', '2030-03-04T16:00']]);
  expect(textOf(card)).toBe(en['notice.noneOfYours']);
});

test.each(['same time next week', 'the same next week', 'same again next week'])(
  '“%s” makes another a week after it, with its name, its hour and its guests',
  async (text) => {
    await world.ask(ADA, Q3);
    expect(await world.answer(ADA, text)).toContain('lee@contoso.com');
    expect(there()).toEqual([
      ['Q3 review', '2030-03-04T15:00'],
      ['Q3 review', '2030-03-11T15:00'],
    ]);
  },
);
