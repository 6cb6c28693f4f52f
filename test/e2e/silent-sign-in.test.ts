import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { signInCards, textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';

const world = await ownWorld();

const group = () => world.place('groupChat');
const say = (text: string, type: 'groupChat' | 'channel' = 'groupChat') => world.mention(ADA, type, text);
const SENTENCE = 'meeting tomorrow 3pm about budget';

/** What is left in the group, by who sees it. */
const left = () => world.said('groupChat').map(({ onlyFor }) => onlyFor);
/** Buttons of sign-in cards that somebody in the group can see. */
const buttons = () =>
  signInCards(world.said('groupChat')).filter(({ signIns }) => signIns.get(ADA.oid)?.state === 'button');

test('who agreed once is signed in without a click, and only the meeting stays', async () => {
  world.entra.consent(ADA.oid);
  await say(SENTENCE);
  expect(world.alive()).toHaveLength(1);
  const cards = world.cards('groupChat');
  expect(cards.map(({ onlyFor }) => onlyFor)).toEqual([null]);
  expect(world.said('groupChat').filter((message) => !cards.includes(message))).toEqual(
    signInCards(world.said('groupChat')),
  );
  expect(buttons()).toEqual([]);
});

test('three devices answer: one meeting', async () => {
  world.entra.consent(ADA.oid);
  world.channel.state.devices = 3;
  await say(SENTENCE);
  expect(world.graph.meetings).toHaveLength(1);
  expect(world.cards('groupChat')).toHaveLength(1);
});

describe('where it does not work, the draft is the one question', () => {
  test('where Teams says that it fails: it is not tried again that day', async () => {
    world.entra.consent(ADA.oid);
    world.channel.state.groupSignIn = 'failure';
    await say(SENTENCE);
    expect(world.said('groupChat').map(textOf)).toEqual([expect.stringContaining(en['draft.create'])]);
    expect(world.turns().filter(({ turn }) => turn === 'signInFailure')).toMatchObject([
      { outcome: 'notSilent' },
    ]);
    await say('meeting friday 3pm about hiring');
    expect(world.turns().filter(({ turn }) => turn === 'signInFailure')).toHaveLength(1);
    for (const draft of world.said('groupChat')) await world.click(ADA, draft, 'create');
    expect(world.subjects()).toEqual(['budget', 'hiring']);
    expect(left()).toEqual([null, null]);
  });

  test('where the sign-in comes late, while the draft is clicked: one meeting, and no draft stays', async () => {
    world.entra.consent(ADA.oid);
    world.channel.state.groupSignIn = 'nothing';
    await say(SENTENCE);
    const [draft] = world.said('groupChat');
    const { conversation } = draft?.activity ?? {};
    const exchange = { id: 'try.late', connectionName: '', token: await world.entra.ssoToken(ADA) };
    await Promise.all([
      world.click(ADA, draft, 'create'),
      world.invoke(ADA, 'signin/tokenExchange', exchange, conversation ? { conversation } : {}),
    ]);
    await world.idle();
    expect(world.graph.meetings).toHaveLength(1);
    expect(left()).toEqual([null]);
  });

  test('in a channel, where it is not tried', async () => {
    world.entra.consent(ADA.oid);
    await say(SENTENCE, 'channel');
    expect(world.said('channel')).toHaveLength(1);
    expect(world.turns().filter(({ turn }) => turn === 'tokenExchange')).toEqual([]);
  });
});

describe('what has no draft', () => {
  test('is answered after a silent sign-in in the group', async () => {
    await world.signIn(ADA);
    await world.write(ADA, SENTENCE);
    await world.restart();
    await say('my meetings');
    expect(world.lastText('groupChat')).toContain('budget');
  });

  test.each(['groupChat', 'channel'] as const)(
    'is asked in the chat with the bot where %s cannot',
    async (type) => {
      world.entra.consent(ADA.oid);
      world.channel.state.groupSignIn = 'failure';
      world.chat(ADA).installed = true;
      await say('sign in', type);
      expect(signInCards(world.said(ADA))).toHaveLength(1);
      expect(world.lastText(ADA)).toBe(en['notice.signedIn']);
      expect(world.said(type)).toEqual([]);
      await say(SENTENCE, type);
      expect(world.alive()).toHaveLength(1);
    },
  );
});

test('nobody else is signed in by it', async () => {
  world.entra.consent(ADA.oid);
  await say(SENTENCE);
  for (const { signIns } of group().messages) expect(signIns.has(BEN.oid)).toBe(false);
});
