import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { actionsIn } from '../../deploy/sandbox/channel/cards.ts';
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, type Person } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const make = async (count: number) => {
  for (let day = 1; day <= count; day += 1)
    await world.type(ADA, `meeting on ${day} March 2030 at 15:00 about topic ${day}`);
};
const topics = (text: string) => [...text.matchAll(/^topic (\d+)$/gm)].map(([, number]) => Number(number));
const row = (message: Message, title: string, at: number) =>
  actionsIn(world.channel.cardsFor(ADA, message.id)[0] ?? {}).filter((action) => action.title === title)[
    at
  ] ?? title;

test('the list is turned page by page, and no meeting is missing', async () => {
  await make(8);
  await world.type(ADA, 'my meetings');
  const list = world.newest(ADA);
  expect(topics(textOf(list))).toEqual([1, 2, 3, 4, 5, 6]);
  await world.press(ADA, list, en['meetings.later']);
  expect(topics(world.seen(ADA, list))).toEqual([7, 8]);
  await world.click(ADA, list, row(list, en['meetings.earlier'], 0));
  expect(topics(world.seen(ADA, list))).toEqual([1, 2, 3, 4, 5, 6]);
});

test('where more fit than a card can show, it says how many', async () => {
  await make(8);
  expect(await world.answer(ADA, 'cancel the topic meeting')).toContain('3 more match');
});

test.each([
  'what meetings do I have with Lena',
  'welche Besprechungen habe ich mit Lena?',
  'mes réunions avec Lena',
])('“%s” lists those with that person, on each page', async (text) => {
  for (let day = 1; day <= 8; day += 1)
    await world.type(
      ADA,
      `meeting on ${day} March 2030 at 15:00 about topic ${day} with ${day === 3 ? 'Kim' : 'Lena'}`,
    );
  const list = await world.ask(ADA, text);
  expect(topics(textOf(list))).toEqual([1, 2, 4, 5, 6, 7]);
  expect(textOf(list)).toContain('Lena');
  await world.press(ADA, list, en['meetings.later']);
  expect(topics(world.seen(ADA, list))).toEqual([8]);
});

test('of some days and with somebody; where there is none, that is said', async () => {
  await world.type(ADA, 'meeting on 2 March 2030 at 10:00 about topic 1 with Kim');
  await world.type(ADA, 'meeting on 2 March 2030 at 15:00 about topic 2 with Ben');
  const list = await world.ask(ADA, 'what do I have on 2 March 2030 with Ben?');
  expect(topics(textOf(list))).toEqual([2]);
  expect(await world.answer(ADA, 'my meetings with Chandra')).toBe(en['notice.noMeetingsWith']);
});

test('of some days only their meetings are listed, on each page', async () => {
  await make(9);
  const list = await world.ask(ADA, 'what do I have on 2 March 2030?');
  expect(topics(textOf(list))).toEqual([2]);
  const week = await world.ask(ADA, 'my meetings from 2 March 2030 to 8 March 2030');
  expect(topics(textOf(week))).toEqual([2, 3, 4, 5, 6, 7]);
  await world.press(ADA, week, en['meetings.later']);
  expect(topics(world.seen(ADA, week))).toEqual([8]);
  expect(await world.answer(ADA, 'any meetings on 20 March 2030?')).toBe(en['notice.noMeetingsThen']);
});

test('a row of the list is changed and cancelled as its card would be', async () => {
  await make(2);
  await world.type(ADA, 'my meetings');
  const list = world.newest(ADA);
  await world.click(ADA, list, row(list, en['meeting.change'], 1));
  expect(world.seen(ADA, list)).toContain(en['edit.title']);
  const time = { subject: 'topic 2', date: '2030-03-02', time: '16:00', minutes: '30' };
  await world.click(ADA, list, 'change', time);
  expect(world.alive().map(({ startDateTime }) => startDateTime.slice(0, 16))).toEqual([
    '2030-03-01T15:00',
    '2030-03-02T16:00',
  ]);
  await world.type(ADA, 'my meetings');
  const again = world.newest(ADA);
  await world.click(ADA, again, row(again, en['meeting.cancel'], 0));
  expect(world.seen(ADA, again)).toContain(en['confirm.title']);
  await world.confirm(ADA, again, 'cancel');
  expect(world.subjects()).toEqual(['topic 2']);
});

test('in a group the pages are turned for the one who clicks, and whose list it is', async () => {
  await make(7);
  const group = world.place('groupChat');
  const value = { action: { type: 'Action.Execute', verb: 'list', data: { page: 0 } } };
  await world.mention(ADA, 'groupChat', 'our standup room');
  const conversation = { id: group.id, conversationType: 'groupChat', isGroup: true, tenantId: ADA.tenantId };
  const turn = (person: Person) => world.invoke(person, 'adaptiveCard/action', value, { conversation });
  expect(JSON.stringify((await turn(ADA)).body)).toContain('topic 1');
  expect(JSON.stringify((await turn(BEN)).body)).not.toContain('topic');
});
