import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

/** A meeting was made, and then the bot forgot everybody's token, as it does after an hour. */
const world = await ownWorld({
  before: async (world) => {
    await signedIn(ADA)(world);
    await world.write(ADA, 'meeting tomorrow 3pm about Q3');
    await world.restart();
  },
});

/** Of all cards in the chat that are about a meeting the newest shows it, and the others point to it. */
async function expectOneCard(words: string): Promise<void> {
  await world.idle();
  const [older, ...others] = world.said(ADA).map(textOf);
  expect(older).toBe(en['ended.newer']);
  expect(others.filter((text) => text.includes(words))).toHaveLength(1);
}

test('a meeting that is moved is moved on its first card, too', async () => {
  await world.ask(ADA, 'move Q3 to 4pm');
  await expectOneCard('16:00');
});

test('a link that is dead stands on no card', async () => {
  const before = world.alive()[0]?.joinWebUrl ?? '';
  await world.ask(ADA, 'new link for Q3');
  await world.ask(ADA, 'yes');
  await expectOneCard(en['meeting.renewed']);
  expect(JSON.stringify(world.said(ADA))).not.toContain(before);
});
