import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld({ isCounting: true, env: { MESSAGE_PACE: 'on' } });

const burst = (count: number) =>
  Promise.all(Array.from({ length: count }, () => world.channel.say(ADA, world.chat(ADA).id, 'hello')));

test('a burst in one chat is spread: the channel refuses nothing, and everybody is answered once', async () => {
  await world.write(BEN, 'hi');
  const answers = burst(12);
  await world.write(BEN, 'hello');
  expect(world.lastText(BEN)).toContain(en['help.title']);
  expect((await answers).map(({ status }) => status)).toEqual(Array(12).fill(200));
  await until(() => world.said(ADA).length === 12);
});

const thank = async (count: number) => {
  const group = world.place('groupChat');
  const say = () => world.channel.say(ADA, group.id, '@Parley thanks', { mentions: ['bot'] });
  const said = await Promise.all(Array.from({ length: count }, say));
  await world.idle();
  return said.filter(({ message }) => message.reactions.size > 0).length;
};

test('reactions are spread, too; what would come too late is left out', async () => {
  const shown = await thank(8);
  expect(shown).toBeGreaterThan(0);
  expect(shown).toBeLessThan(8);
});

test('without a pace the same burst is refused', async () => {
  await world.begin({ MESSAGE_PACE: 'off' });
  await burst(12);
  expect(world.channel.state.refusals.splice(0)).not.toEqual([]);
  await thank(8);
  expect(world.channel.state.refusals.splice(0)).toContainEqual(expect.objectContaining({ status: 429 }));
});
