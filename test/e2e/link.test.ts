import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { actionsIn } from '../../deploy/sandbox/channel/cards.ts';
import { ADA, BEN, FELIX } from '../../deploy/sandbox/people.ts';
import { cardOf, textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA) });
const { channel } = world;
const group = () => world.place('groupChat').id;

/** Ada's meeting, and the address of its calendar file. */
async function calendarLink(): Promise<string> {
  await world.write(ADA, 'meeting tomorrow 3pm about Q3');
  const file = actionsIn(cardOf(world.newest(ADA))).find(({ title }) => title === en['meeting.calendarFile']);
  return String(file?.url);
}

test('the address of a calendar file is shown as a card with the link, for anybody, without a sign-in', async () => {
  const url = await calendarLink();
  await channel.pasteLink(BEN, group(), url);
  const sent = channel.sendComposed(BEN);
  expect(textOf(sent)).toContain('Q3');
  expect(actionsIn(cardOf(sent))).toMatchObject([
    { type: 'Action.OpenUrl', title: en['meeting.join'], url: world.alive()[0]?.joinWebUrl },
  ]);
});

test('one that is not of the newest state of its meeting, or of no meeting any more, stays an address', async () => {
  const url = await calendarLink();
  await world.write(ADA, 'move Q3 to tomorrow 5pm');
  await channel.pasteLink(BEN, group(), url);
  expect(channel.state.composed.size).toBe(0);
  const newer = await calendarLink();
  await world.write(ADA, 'sign out');
  await world.write(ADA, 'yes');
  await channel.pasteLink(BEN, group(), newer);
  expect(channel.state.composed.size).toBe(0);
});

test.each(['/calendar/nonsense', '/', '/calendar/'])('%s stays an address', async (path) => {
  const { origin } = new URL(await calendarLink());
  expect(await channel.pasteLink(BEN, group(), `${origin}${path}`)).toMatchObject({ status: 200 });
  expect(channel.state.composed.size).toBe(0);
});

test('another company is shown nothing', async () => {
  const url = await calendarLink();
  await channel.pasteLink(FELIX, world.chat(FELIX).id, url);
  expect(channel.state.composed.size).toBe(0);
});
