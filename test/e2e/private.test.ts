import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { actionsIn } from '../../deploy/sandbox/channel/cards.ts';
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, type Person } from '../../deploy/sandbox/people.ts';
import { cardOf, meetingCards, textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';

const world = await ownWorld();

type Type = 'groupChat' | 'channel';
const PLACES = ['groupChat', 'channel'] as const;

const { seenIn } = world;
/** `after`: in the thread of this message. */
const say = (type: Type, text: string, { slash = false, after }: { slash?: boolean; after?: Message } = {}) =>
  world.say(ADA, type, text, {
    mentions: slash ? [] : ['bot'],
    slash,
    ...(after?.thread && { thread: after.thread }),
  });
const textsIn = (type: Type, person: Person) => seenIn(type, person).map(textOf);

const OPEN = '@Parley meeting on friday about budget';

test('a meeting that was made privately is named to others by no later message', async () => {
  await world.signIn(ADA);
  await say('groupChat', '/meeting tomorrow 3pm about budget', { slash: true });
  await say('groupChat', '@Parley move it to 4pm');
  await say('groupChat', '@Parley show budget');
  expect(seenIn('groupChat', BEN)).toEqual([]);
  expect(textsIn('groupChat', ADA).at(-1)).toBe(en['notice.noneOfYours']);
  await say('groupChat', '/move it to 4pm', { slash: true });
  expect(world.alive()).toMatchObject([{ startDateTime: expect.stringContaining('T16:00') }]);
  expect(seenIn('groupChat', BEN)).toEqual([]);
});

describe.each(PLACES)('in a %s', (type) => {
  test('a question is for the one who asked, its answer makes the meeting for all, and the question is gone', async () => {
    await world.signIn(ADA);
    await say(type, OPEN);
    expect(seenIn(type, BEN)).toEqual([]);
    const [question] = seenIn(type, ADA);
    expect(question?.onlyFor).toBe(ADA.oid);
    await world.click(ADA, question, 'answer', { time: '15:00', date: '2030-03-01' });
    expect(world.alive()).toHaveLength(1);
    expect(textsIn(type, BEN)).toHaveLength(1);
    expect(textsIn(type, BEN)[0]).toContain(en['meeting.join']);
    expect(seenIn(type, ADA)).toEqual(seenIn(type, BEN));
    expect(question?.deleted).toBe(true);
    expect(world.channel.state.refusals).toEqual([]);
  });

  test('nobody else can answer it, not even by its id', async () => {
    await world.signIn(ADA, BEN);
    await say(type, OPEN);
    const { activity, id: replyToId } = world.newest(type);
    const data = { ...world.dataOf(ADA, world.newest(type), 'answer'), time: '15:00' };
    const action = { type: 'Action.Execute', verb: 'answer', data };
    const { conversation } = activity;
    const forged = await world.invoke(BEN, 'adaptiveCard/action', { action }, { replyToId, conversation });
    expect(forged.body).toMatchObject({ value: en['notice.notYourRequest'] });
    expect(world.alive()).toEqual([]);
  });

  test('it is answered by words, too', async () => {
    await world.signIn(ADA);
    const { message } = await say(type, OPEN);
    await say(type, '@Parley 3pm', { after: message });
    expect(world.alive()).toMatchObject([{ subject: 'budget' }]);
    expect(meetingCards(seenIn(type, BEN))).toHaveLength(1);
  });

  test.each([
    ['my meetings', 'budget'],
    ['settings', en['settings.title']],
    ['what is the passcode?', 'Passcode'],
    ['help', en['help.title']],
    ['cancel the offsite meeting', en['notice.noneOfYours']],
    ['sign in', en['notice.alreadySignedIn']],
  ])('“%s” is answered to the one who asks', async (words, expected) => {
    await world.signIn(ADA);
    const { message } = await say(type, '@Parley meeting tomorrow 3pm about budget');
    const before = textsIn(type, BEN);
    await say(type, `@Parley ${words}`, { after: message });
    expect(textsIn(type, BEN)).toEqual(before);
    expect(textsIn(type, ADA).at(-1)?.toLowerCase()).toContain(expected.toLowerCase());
    expect(world.said(ADA)).toEqual([]);
  });

  test('an error is told to the one whom it concerns', async () => {
    await world.signIn(ADA);
    world.faults.add({ service: 'graph', method: 'POST' }, 403);
    await say(type, '@Parley meeting tomorrow 3pm about budget');
    expect(seenIn(type, BEN)).toEqual([]);
    expect(textsIn(type, ADA)).toHaveLength(1);
  });

  test('a meeting is cancelled after a private question, and everybody sees that it is', async () => {
    await world.signIn(ADA);
    const { message } = await say(type, '@Parley meeting tomorrow 3pm about budget');
    const [card] = seenIn(type, BEN);
    await say(type, '@Parley cancel it', { after: message });
    const question = seenIn(type, ADA).at(-1);
    expect(seenIn(type, BEN)).toEqual([card]);
    await world.confirm(ADA, question, 'cancel');
    expect(world.alive()).toEqual([]);
    expect(textOf(card)).toContain(en['ended.cancelled'].slice(0, 12));
    expect(world.channel.state.refusals).toEqual([]);
  });

  test('a list is worked with privately: what is cancelled on it is posted nowhere, and its own card says so', async () => {
    await world.signIn(ADA);
    await world.write(ADA, 'meeting tomorrow 3pm about a secret');
    const [own] = world.cards(ADA);
    await say(type, '@Parley my meetings');
    const list = world.newest(type);
    const row = actionsIn(cardOf(list)).find(({ title }) => title === en['meeting.cancel']);
    await world.click(ADA, list, row ?? 'cancel');
    await world.confirm(ADA, list, 'cancel');
    expect(world.alive()).toEqual([]);
    expect(seenIn(type, BEN)).toEqual([]);
    expect(textOf(own)).toContain(en['ended.cancelled'].slice(0, 12));
    expect(world.channel.state.refusals).toEqual([]);
  });

  test('what comes by a slash command is answered privately, the meeting, too', async () => {
    await world.signIn(ADA);
    const { message } = await say(type, '/meeting tomorrow 3pm about budget', { slash: true });
    expect(world.alive()).toHaveLength(1);
    expect(seenIn(type, BEN)).toEqual([]);
    const [card] = meetingCards(seenIn(type, ADA));
    expect(card?.activity.entities).toContainEqual({ type: 'targetedMessageInfo', messageId: message.id });
    expect(textOf(card)).toContain(en['meeting.newLink']);
    await world.clickAndConfirm(ADA, card, 'cancel');
    expect(world.alive()).toEqual([]);
    expect(seenIn(type, BEN)).toEqual([]);
    expect(world.channel.state.refusals).toEqual([]);
  });
});

/** What Teams has refused so far, each path once: a card that is refused is tried in words, too. */
function refusedPaths(): string[] {
  const paths = world.channel.state.refusals.map(({ path }) => path);
  world.channel.state.refusals.length = 0;
  return [...new Set(paths)];
}

describe.each(['refused', 'old'] as const)('where private messages are %s', (targeted) => {
  const begin = async () => {
    await world.signIn(ADA);
    world.channel.state.targeted = targeted;
  };

  test.each(PLACES)(
    'the chat with the bot is asked instead, and the meeting is shown in the %s',
    async (type) => {
      await begin();
      await say(type, OPEN);
      expect(seenIn(type, ADA)).toEqual([]);
      const [pointer, question] = world.said(ADA);
      // Teams names no channel.
      const isNamed = type === 'groupChat';
      expect(textOf(pointer)).toContain(isNamed ? world.place(type).name : en['elsewhere.asked.what']);
      expect(JSON.stringify(pointer?.activity)).toContain('https://teams.microsoft.com/l/message/');
      await world.click(ADA, question, 'answer', { time: '15:00', date: '2030-03-01' });
      expect(world.alive()).toMatchObject([{ subject: 'budget' }]);
      expect(meetingCards(seenIn(type, BEN))).toHaveLength(1);
      expect(world.said(ADA)).toHaveLength(2);
      expect(world.seen(ADA, question as Message)).toContain(en['elsewhere.done.what']);
      expect(refusedPaths()).toHaveLength(1);
    },
  );

  test('an answer in words there ends in the group, too', async () => {
    await begin();
    await say('groupChat', OPEN);
    await world.type(ADA, '3pm');
    expect(world.alive()).toMatchObject([{ subject: 'budget' }]);
    expect(meetingCards(seenIn('groupChat', BEN))).toHaveLength(1);
    expect(world.lastText(ADA)).toContain(en['elsewhere.done.what']);
    expect(refusedPaths()).toHaveLength(1);
  });

  test('it is tried once a day, and counted', async () => {
    await begin();
    await say('groupChat', '@Parley help');
    expect(refusedPaths()).toHaveLength(1);
    for (const words of ['settings', 'my meetings']) await say('groupChat', `@Parley ${words}`);
    expect(refusedPaths()).toEqual([]);
    expect(world.log().split('"event":"refused"')).toHaveLength(2);
    expect(seenIn('groupChat', ADA)).toEqual([]);
    // Each answer comes with the way back to its question.
    expect(world.said(ADA)).toHaveLength(6);
  });

  test('where the chat cannot be had either, a list stays unsaid, and a question is asked in the thread', async () => {
    await begin();
    world.chat(ADA).installed = false;
    await say('groupChat', '@Parley settings');
    expect(textsIn('groupChat', BEN)).toEqual([en['notice.oneToOneOnly']]);
    await say('groupChat', OPEN);
    const question = world.newest('groupChat');
    expect(question.onlyFor).toBeNull();
    await world.click(ADA, question, 'answer', { time: '15:00', date: '2030-03-01' });
    expect(world.alive()).toHaveLength(1);
    expect(textOf(question)).toContain(en['meeting.join']);
    expect(refusedPaths()).toHaveLength(2);
  });
});
