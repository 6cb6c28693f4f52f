import { expect, test } from 'vitest';
import { oauthCard } from '../../deploy/sandbox/channel/cards.ts';
import { ADA } from '../../deploy/sandbox/people.ts';
import { ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld();
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
