import { expect, test } from 'vitest';
import de from '../../bot/say/messages/de.json' with { type: 'json' };
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

/** What the bot says to a “yes” that may be about something that was asked before. */
async function yes(): Promise<string[]> {
  const before = world.said(ADA).length;
  await world.type(ADA, 'yes');
  return world.said(ADA).slice(before).map(textOf);
}

test.each(['cancel it', 'cancel budget', 'never mind'])(
  '“%s” closes what was asked last, and a “yes” after that makes nothing',
  async (text) => {
    const draft = await draftOf('tomorrow 3pm');
    await world.type(ADA, 'meeting about budget');
    expect(await world.answer(ADA, text)).toBe(en['notice.leftAsIs']);
    // The draft before it is still open.
    expect(await yes()).toEqual([en['notice.stillOpen'], textOf(draft)]);
    expect(world.alive()).toEqual([]);
  },
);

test('a “yes” after something else was said makes no draft, but shows it again; the next one makes it', async () => {
  const draft = await draftOf('tomorrow 3pm');
  await world.type(ADA, 'help');
  expect(await yes()).toEqual([en['notice.stillOpen'], textOf(draft)]);
  expect(world.alive()).toEqual([]);
  await world.type(ADA, 'yes');
  expect(world.alive()).toHaveLength(1);
});

test('the button of a draft after which something else was said still works', async () => {
  const draft = await draftOf('tomorrow 3pm');
  await world.type(ADA, 'help');
  await world.press(ADA, draft, en['draft.create']);
  expect(world.alive()).toHaveLength(1);
});

test.each(['what’s the link?', 'my meetings', 'zxcv qwer asdf', 'help'])(
  '“%s” after “Cancel this meeting?” leaves it open: a “yes” asks once more, and the next one cancels',
  async (text) => {
    await world.ask(ADA, Q3);
    const asked = await world.answer(ADA, 'cancel it');
    await world.type(ADA, text);
    expect(await yes()).toEqual([en['notice.stillOpen'], asked]);
    expect(world.alive()).toHaveLength(1);
    await world.type(ADA, 'yes');
    expect(world.alive()).toEqual([]);
  },
);

test('a “yes” after “Sign out?” and something else asks that once more', async () => {
  await world.ask(ADA, Q3);
  await world.type(ADA, 'sign out');
  const asked = textOf(world.newest(ADA));
  await world.type(ADA, 'my meetings');
  expect(await yes()).toEqual([en['notice.stillOpen'], asked]);
});

test('a “yes” that names what was asked is clearly about it', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'cancel it');
  await world.ask(ADA, 'my meetings');
  await world.ask(ADA, 'yes please cancel');
  expect(world.alive()).toEqual([]);
});

test('a cancellation that another meeting came after is asked once more, and of the meeting that it was about', async () => {
  await world.ask(ADA, Q3);
  const asked = await world.answer(ADA, 'cancel it');
  await world.ask(ADA, 'budget on 5 March 2030 at 14:00');
  expect(await world.answer(ADA, 'yes please cancel')).toBe(asked);
  expect(world.alive()).toHaveLength(2);
  await world.type(ADA, 'yes');
  expect(world.alive().map(({ subject }) => subject)).toEqual(['budget']);
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

test('a German “ja” after something else asks once more, too', async () => {
  const german = { ...ADA, locale: 'de-DE' };
  await world.ask(german, Q3);
  await world.type(german, 'sag es ab');
  await world.type(german, 'wie ist der Link?');
  await world.type(german, 'ja');
  expect(textOf(world.newest(ADA))).toContain(de['confirm.yes']);
  expect(world.alive()).toHaveLength(1);
});
