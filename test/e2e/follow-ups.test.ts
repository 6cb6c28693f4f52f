import { expect, test } from 'vitest';
import { en } from '../../bot/say/en.ts';
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { botMessages, textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';
import type { World } from './world.ts';

const world = await ownWorld({ before: signedIn(ADA) });

type Said = Parameters<World['channel']['say']>[3];

const Q3 = 'Q3 review on 4 March 2030 at 15:00';
const times = () =>
  world
    .alive()
    .map(({ subject, startDateTime, endDateTime }) => [
      subject,
      startDateTime.slice(0, 16),
      endDateTime.slice(11, 16),
    ]);
test.each([
  ['delay it by 10', '15:10', '15:40'],
  ['push it by 15', '15:15', '15:45'],
  ['postpone by 20', '15:20', '15:50'],
  ['delay by 15', '15:15', '15:45'],
  ['delay Q3 by 10', '15:10', '15:40'],
  ['delay it by ten', '15:10', '15:40'],
  ['shift it 15 earlier', '14:45', '15:15'],
  ['extend by 30 minutes', '15:00', '16:00'],
  ['shorten to 20 min', '15:00', '15:20'],
])('“%s” moves by minutes, never to a time of day', async (text, start, end) => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, text);
  expect(times()).toEqual([['Q3 review', `2030-03-04T${start}`, end]]);
});

test.each([
  ['make it 4pm', '2030-03-04T16:00', '16:30'],
  ['make that 4pm', '2030-03-04T16:00', '16:30'],
  ['make it 5', '2030-03-04T17:00', '17:30'],
  ['make it 90', '2030-03-04T15:00', '16:30'],
  ['make it 5 March 2030', '2030-03-05T15:00', '15:30'],
  ['can we do 9:30 instead?', '2030-03-04T09:30', '10:00'],
  ["let's do 5 March 2030 instead", '2030-03-05T15:00', '15:30'],
])('“%s” changes the meeting last shown, whatever else is at that time', async (text, start, end) => {
  await world.ask(ADA, 'budget on 4 March 2030 at 16:00');
  await world.ask(ADA, 'roadmap on 5 March 2030 at 9:30');
  await world.ask(ADA, Q3);
  await world.ask(ADA, text);
  expect(times()).toEqual([
    ['budget', '2030-03-04T16:00', '16:30'],
    ['roadmap', '2030-03-05T09:30', '10:00'],
    ['Q3 review', start, end],
  ]);
});

test.each(['remove lee@contoso.com', 'remove Lee', 'take lee off', 'drop Lee'])(
  '“%s” takes a guest off the meeting at hand, and cancels nothing',
  async (text) => {
    const before = await world.ask(ADA, `${Q3} with lee@contoso.com and kim@contoso.com`);
    expect(textOf(before)).toContain('lee@contoso.com');
    const after = textOf(await world.ask(ADA, text));
    expect(after).toContain('kim@contoso.com');
    expect(after).not.toContain('lee@contoso.com');
    expect(after).not.toContain(en['confirm.yes']);
    expect(times()).toEqual([['Q3 review', '2030-03-04T15:00', '15:30']]);
  },
);

test.each<[string, Said]>([
  ['remove Ben', { mentions: ['bot'] }],
  ['take Ben off', { mentions: ['bot'] }],
  ['take @Ben off', { mentions: ['bot', BEN] }],
])('in a channel, “%s” takes a guest off the meeting that Graph has', async (text, mentions) => {
  const channel = world.place('channel');
  const say = async (words: string, options: Said) => {
    const before = botMessages(channel).length;
    await world.channel.say(ADA, channel.id, `@Parley ${words}`, options);
    await until(() => botMessages(channel).length > before);
  };
  await say('design review on 4 March 2030 at 15:00 with @Ben', { mentions: ['bot', BEN] });
  expect(world.alive()[0]?.attendees).toMatchObject([{ id: BEN.oid }]);
  await say(text, mentions);
  expect(world.alive()).toMatchObject([{ subject: 'design review', attendees: [] }]);
});

test('“remove …” of nobody who is invited asks whether to cancel the meeting of that name', async () => {
  await world.ask(ADA, 'Kim on 5 March 2030 at 15:00');
  await world.ask(ADA, `${Q3} with lee@contoso.com`);
  expect(textOf(await world.ask(ADA, 'remove Kim'))).toContain(en['confirm.yes']);
  expect(world.alive()).toHaveLength(2);
});

test.each(['undo', 'undo that', 'change it back'])('“%s” takes the last move back', async (text) => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'move Q3 to 4pm');
  await world.ask(ADA, text);
  expect(times()).toEqual([['Q3 review', '2030-03-04T15:00', '15:30']]);
});

test('“undo” where nothing was moved says so, and cancels nothing', async () => {
  await world.ask(ADA, Q3);
  expect(textOf(await world.ask(ADA, 'undo'))).toBe(en['notice.nothingToUndo']);
  expect(times()).toEqual([['Q3 review', '2030-03-04T15:00', '15:30']]);
});
