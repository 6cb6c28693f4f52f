import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ADA } from '../../deploy/sandbox/people.ts';
import { meetingCards, textOf } from './messages.ts';
import { ownFolder, ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

/** A meeting was made, and then the bot forgot everybody's token, as it does after an hour. */
const world = await ownWorld({
  env: { STORE: `sqlite:${join(await ownFolder(), 'parley.db')}` },
  before: async (world) => {
    await signedIn(ADA)(world);
    await world.write(ADA, 'meeting tomorrow 3pm about Q3');
    await world.restart();
  },
});

test('a meeting that is moved is moved on its first card, too', async () => {
  await world.write(ADA, 'move Q3 to 4pm');
  await until(() => meetingCards(world.said(ADA)).length === 2);
  await world.idle();
  for (const card of meetingCards(world.said(ADA))) expect(textOf(card)).toContain('16:00');
});

test('a link that is dead stands on no card', async () => {
  await world.write(ADA, 'new link for Q3');
  await until(() => textOf(world.said(ADA).at(-1)).includes('Create a new link'));
  await world.write(ADA, 'yes');
  await until(() => meetingCards(world.said(ADA)).length === 2);
  await world.idle();
  const [meeting] = world.alive();
  for (const card of meetingCards(world.said(ADA)))
    expect(JSON.stringify(card.activity)).toContain(meeting?.joinWebUrl);
});
