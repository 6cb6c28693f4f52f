import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { oauthCard } from '../../deploy/sandbox/channel/cards.ts';
import { ADA } from '../../deploy/sandbox/people.ts';
import { signInCards } from './messages.ts';
import { ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld();

const write = (text: string) => world.type(ADA, text);
/** Ada agrees on the newest card; what waited is carried out. */
async function signIn() {
  world.entra.consent(ADA.oid);
  await world.finishSignIn(ADA, signInCards(world.said(ADA)).at(-1));
}

test.each<[string[], [string, string, string]]>([
  [['no wait, 4pm'], ['Q3', '16:00', '16:30']],
  [['4:15'], ['Q3', '16:15', '16:45']],
  [
    ['make it an hour', 'half an hour later'],
    ['Q3', '15:30', '16:30'],
  ],
  [
    ['call it roadmap', 'yes'],
    ['roadmap', '15:00', '15:30'],
  ],
])('a meeting that waits for a sign-in is corrected by %j, and made once', async (said, corrected) => {
  await write('meeting tomorrow 3pm about Q3');
  expect(world.lastText(ADA)).toContain('15:00–15:30');
  for (const text of said) await write(text);
  const [, from, to] = corrected;
  expect(world.lastText(ADA)).toContain(`${from}–${to}`);
  await signIn();
  await until(() => world.cards(ADA).length > 0);
  expect(world.times()).toEqual([corrected]);
});

test('a meeting that waits for a sign-in is dropped by a no, and a question does not touch it', async () => {
  await write('meeting tomorrow 3pm about Q3');
  await write('what can you do?');
  await write('never mind');
  expect(world.lastText(ADA)).toBe(en['notice.leftAsIs']);
  await signIn();
  expect(world.times()).toEqual([]);
});

test('another meeting beside one that waits for a sign-in is another meeting', async () => {
  await write('meeting tomorrow 3pm about Q3');
  await write('meeting friday 10am about the roof');
  await write('make it 11');
  await signIn();
  await until(() => world.cards(ADA).length > 1);
  expect(world.times().sort()).toEqual([
    ['Q3', '15:00', '15:30'],
    ['roof', '11:00', '11:30'],
  ]);
});

/** Teams waits for the answer to a sign-in no longer than this; what comes later is brought to nobody again. */
const HELD_MS = 3_000;

test('what the channel would not take after a sign-in comes with the next message, once', async () => {
  world.entra.consent(ADA.oid);
  world.faults.add({ service: 'graph', method: 'POST' }, { kind: 'slow', ms: HELD_MS + 1_000 }, 1);
  const written = world.channel.say(ADA, world.chat(ADA).id, 'meeting on 4 March 2030 at 15:00 about Q3');
  await until(() => world.said(ADA).some(({ activity }) => oauthCard(activity)));
  await written;
  const heal = world.faults.add({ service: 'channel', method: 'POST' }, 403);
  await until(() => world.bot.output().includes('"where":"tokenExchange"'));
  await world.idle();
  heal();
  expect(world.cards(ADA)).toEqual([]);

  await world.type(ADA, 'help');
  expect(world.cards(ADA)).toHaveLength(1);
  await world.type(ADA, 'help');
  expect(world.cards(ADA)).toHaveLength(1);
  expect(world.alive()).toHaveLength(1);
}, 40_000);

test.each<[string, (string | null)[]]>([
  ['never mind', ['standup']],
  ['help', ['standup', 'Q3']],
])('what waits for a sign-in that came in another chat: after “%s” there is %j', async (said, subjects) => {
  await world.type(ADA, 'meeting on 4 March 2030 at 15:00 about Q3');
  world.entra.consent(ADA.oid);
  await world.mention(ADA, 'groupChat', 'standup on 5 March 2030 at 16:00');
  expect(world.alive()).toHaveLength(1);
  await world.idle();

  await world.type(ADA, said);
  expect(world.subjects()).toEqual(subjects);
});
