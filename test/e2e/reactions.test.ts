import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

const DONE = '2705_whiteheavycheckmark';
const WORKING = '1f440_eyes';

const world = await ownWorld({ before: signedIn(ADA) });
const SENTENCE = 'meeting tomorrow 3pm about budget';

describe.each(['groupChat', 'channel'] as const)('in a %s', (type) => {
  const say = async (text: string, options: { slash?: boolean; thread?: string } = {}) => {
    const { message } = await (options.slash
      ? world.say(ADA, type, text, options)
      : world.say(ADA, type, `@Parley ${text}`, { mentions: ['bot'], ...options }));
    return message;
  };

  test('a message that made a meeting is marked as done, a private question is not', async () => {
    const made = await say(SENTENCE);
    expect([...made.reactions]).toEqual([DONE]);
    const asked = await say('meeting on friday about budget');
    expect([...asked.reactions]).toEqual([]);
  });

  test('one that failed is marked so, because nobody else sees the error', async () => {
    world.faults.add({ service: 'graph', method: 'POST' }, 403);
    expect([...(await say(SENTENCE)).reactions]).toEqual(['sad']);
  });

  test('while it takes long it is marked as being worked on', async () => {
    world.faults.add({ service: 'graph', method: 'POST' }, { kind: 'slow', ms: 1_500 });
    const saying = say(SENTENCE);
    const written = () => world.place(type).messages.find(({ author }) => author.kind === 'person');
    await until(() => written()?.reactions.has(WORKING) === true);
    expect([...(await saying).reactions]).toEqual([DONE]);
  });

  test('a bare acknowledgement is a reaction and no sentence', async () => {
    const first = await say('meeting on friday about budget');
    const before = world.said(type).length;
    const no = await say('never mind', first.thread === null ? {} : { thread: first.thread });
    expect([...no.reactions]).toEqual([DONE]);
    expect(world.said(type)).toHaveLength(before);
  });

  test('Teams takes none for what came by a slash command, and none is tried', async () => {
    const made = await say('/meeting tomorrow 3pm about budget', { slash: true });
    expect([...made.reactions]).toEqual([]);
  });
});

test('where reactions are refused the sentence is said, and none is tried again that day', async () => {
  await world.signIn(ADA);
  world.channel.state.takesReactions = false;
  const say = (text: string) => world.mention(ADA, 'groupChat', text);
  await say('meeting on friday about budget');
  await say('never mind');
  expect(world.lastText('groupChat')).toBe(en['notice.leftAsIs']);
  await say(SENTENCE);
  expect(world.channel.state.refusals).toMatchObject([{ method: 'PUT', status: 403 }]);
  expect(world.log()).toContain('"capability":"reactions","status":403,"place":"groupChat"');
  world.channel.state.refusals.length = 0;
});

test('in a chat with the bot the answer is enough', async () => {
  await world.type(ADA, SENTENCE);
  expect(world.chat(ADA).messages.flatMap(({ reactions }) => [...reactions])).toEqual([]);
});
