import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
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
