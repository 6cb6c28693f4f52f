import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN, type Person } from '../../deploy/sandbox/people.ts';
import { cardOf, textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
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
  ['make it 4pm', '2030-03-04T16:00', '16:30', 'yes'],
  ['make that 4pm', '2030-03-04T16:00', '16:30', 'yes'],
  ['make it 5', '2030-03-04T17:00', '17:30'],
  ['make it 90', '2030-03-04T15:00', '16:30'],
  ['make it 5 March 2030', '2030-03-05T15:00', '15:30'],
  ['can we do 9:30 instead?', '2030-03-04T09:30', '10:00'],
  ["let's do 5 March 2030 instead", '2030-03-05T15:00', '15:30'],
])(
  '“%s” changes the meeting last shown, whatever else is at that time',
  async (text, start, end, answer = '') => {
    await world.ask(ADA, 'meeting on 4 March 2030 at 16:00 about budget');
    await world.ask(ADA, 'meeting on 5 March 2030 at 9:30 about roadmap');
    await world.ask(ADA, Q3);
    await world.ask(ADA, text);
    // That the hour is taken is said first.
    if (answer) await world.type(ADA, answer);
    expect(times()).toEqual([
      ['budget', '2030-03-04T16:00', '16:30'],
      ['roadmap', '2030-03-05T09:30', '10:00'],
      ['Q3 review', start, end],
    ]);
  },
);

test.each(['remove lee@contoso.com', 'remove Lee', 'take lee off', 'drop Lee'])(
  '“%s” takes a guest off the meeting at hand, and cancels nothing',
  async (text) => {
    const before = await world.ask(ADA, `${Q3} with lee@contoso.com and kim@contoso.com`);
    expect(textOf(before)).toContain('lee@contoso.com');
    const after = await world.answer(ADA, text);
    expect(after).toContain('kim@contoso.com');
    expect(after).not.toContain('lee@contoso.com');
    expect(after).not.toContain(en['confirm.yes']);
    expect(times()).toEqual([['Q3 review', '2030-03-04T15:00', '15:30']]);
  },
);

test.each<[string, ...Person[]]>([['remove Ben'], ['take Ben off'], ['take @Ben off', BEN]])(
  'in a channel, “%s” takes a guest off the meeting that Graph has',
  async (text, ...mentioned) => {
    await world.mention(ADA, 'channel', 'design review on 4 March 2030 at 15:00 with @Ben', BEN);
    expect(world.alive()[0]?.attendees).toMatchObject([{ id: BEN.oid }]);
    await world.mention(ADA, 'channel', text, ...mentioned);
    expect(world.alive()).toMatchObject([{ subject: 'design review', attendees: [] }]);
  },
);

test('“remove …” of nobody who is invited asks whether to cancel the meeting that is called so', async () => {
  await world.ask(ADA, 'meeting on 5 March 2030 at 15:00 about Kimchi');
  await world.ask(ADA, `${Q3} with lee@contoso.com`);
  expect(await world.answer(ADA, 'remove Kimchi')).toContain(en['confirm.yes']);
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
  expect(await world.answer(ADA, 'undo')).toBe(en['notice.nothingToUndo']);
  expect(times()).toEqual([['Q3 review', '2030-03-04T15:00', '15:30']]);
});

/** The times of a day that is so many days ahead, in London. */
const ahead = (days: number, time: string) => `${day(days)}T${time}`;
const day = (days: number) => DateTime.now().setZone(ADA.zone).plus({ days }).toISODate() ?? '';
const local = () =>
  world
    .alive()
    .map(({ subject, startDateTime }) => [
      subject,
      DateTime.fromISO(startDateTime, { zone: ADA.zone }).toFormat("yyyy-MM-dd'T'HH:mm"),
    ]);

test.each([
  ['actually 4pm', '16:00'],
  ['sorry, 4pm', '16:00'],
  ['4pm instead', '16:00'],
  ['start it at half 4', '16:30'],
])('“%s” right after a card corrects the time of that meeting', async (text, time) => {
  await world.ask(ADA, 'meeting tomorrow 3pm about budget');
  await world.ask(ADA, text);
  expect(local()).toEqual([['budget', ahead(1, time)]]);
});

test.each([
  ['16:00', '16:00'],
  ['4pm', '16:00'],
  ['at half past 4', '16:30'],
])('“%s” right after a card asks whether it moves that meeting or makes another', async (text, time) => {
  await world.ask(ADA, 'meeting tomorrow 3pm about budget');
  const question = await world.ask(ADA, text);
  expect(textOf(question)).toContain(en['choice.another']);
  expect(local()).toEqual([['budget', ahead(1, '15:00')]]);
  expect(textOf(question)).toContain('budget, tomorrow 15:00');
  await world.press(ADA, question, new RegExp(`^Move it to .*${time}$`));
  expect(local()).toEqual([['budget', ahead(1, time)]]);
});

test('“tomorrow instead” keeps the time of day', async () => {
  await world.ask(ADA, `meeting on ${day(4)} 3pm about budget`);
  await world.ask(ADA, 'tomorrow instead');
  expect(local()).toEqual([['budget', ahead(1, '15:00')]]);
});

test('a day without a clock is in the form, where the clock is asked for', async () => {
  await world.ask(ADA, `meeting on ${day(4)} 3pm about budget`);
  const form = await world.ask(ADA, 'tomorrow morning instead');
  expect(JSON.stringify(cardOf(form))).toContain(JSON.stringify(day(1)));
  expect(local()).toEqual([['budget', ahead(4, '15:00')]]);
});

test('“Create another” makes it, without the meeting of before being touched', async () => {
  await world.ask(ADA, 'meeting tomorrow 3pm about budget');
  await world.press(ADA, await world.ask(ADA, 'tomorrow 4pm'), en['choice.another']);
  expect(local()).toEqual([
    ['budget', ahead(1, '15:00')],
    [null, ahead(1, '16:00')],
  ]);
});

test.each([
  ['move it', [['budget', '16:00']]],
  [
    'create it',
    [
      ['budget', '15:00'],
      [null, '16:00'],
    ],
  ],
])('“%s” says which of the two, “yes” does not, “no” leaves everything as it is', async (text, expected) => {
  await world.ask(ADA, 'meeting tomorrow 3pm about budget');
  await world.ask(ADA, 'tomorrow 5pm');
  expect(await world.answer(ADA, 'no')).toBe(en['notice.leftAsIs']);
  const question = await world.answer(ADA, 'tomorrow 4pm');
  expect(await world.answer(ADA, 'yes')).toBe(question);
  expect(local()).toEqual([['budget', ahead(1, '15:00')]]);
  await world.ask(ADA, text);
  expect(local()).toEqual(expected.map(([subject, time]) => [subject, ahead(1, String(time))]));
});

test('a time alone where nothing was shown is offered as a meeting; a message that says more makes one', async () => {
  await world.type(ADA, 'tomorrow 3pm');
  expect(world.alive()).toEqual([]);
  await world.press(ADA, world.newest(ADA), en['draft.create']);
  await world.ask(ADA, 'meeting tomorrow 4pm about roadmap');
  expect(local()).toEqual([
    [null, ahead(1, '15:00')],
    ['roadmap', ahead(1, '16:00')],
  ]);
});

const NOWHERE = { overrides: { entities: [], localTimezone: undefined, localTimestamp: undefined } };

// What is typed instead of a click fills the question, and makes one meeting.
test.each<[string, string, string, [string, string], Said?]>([
  ['the time', 'meeting tomorrow about pricing', '2pm', ['pricing', ahead(1, '14:00')]],
  ['a bare hour', 'meeting tomorrow about pricing', 'at 3', ['pricing', ahead(1, '15:00')]],
  ['day and time', 'meeting about pricing', 'tomorrow at 2pm', ['pricing', ahead(1, '14:00')]],
  ['the half of the day', '7 tomorrow, budget', 'pm', ['budget', ahead(1, '19:00')]],
  ['the evening', '7 tomorrow, budget', 'evening', ['budget', ahead(1, '19:00')]],
  ['the zone', 'tomorrow 10am about z', 'London', ['z', ahead(1, '10:00')], NOWHERE],
])('%s, typed: “%s” and then “%s”', async (_name, sentence, typed, expected, options) => {
  await world.ask(ADA, sentence, options);
  expect(world.alive()).toEqual([]);
  await world.ask(ADA, typed, options);
  expect(local()).toEqual([expected]);
  // The question is not open any more.
  await world.ask(ADA, 'pm');
  expect(world.alive()).toHaveLength(1);
});

test('from and until, typed', async () => {
  await world.ask(ADA, 'meeting on 4 March 2030 about pricing');
  await world.ask(ADA, '2pm to 3pm');
  expect(times()).toEqual([['pricing', '2030-03-04T14:00', '15:00']]);
});

test('which of two dates, typed', async () => {
  await world.ask(ADA, '03/04/2030 11am review');
  await world.ask(ADA, '3 April 2030');
  expect(times()).toEqual([['review', '2030-04-03T10:00', '10:30']]);
});

test('a day alone leaves the time open, which can be typed then', async () => {
  await world.ask(ADA, 'meeting about pricing');
  await world.ask(ADA, '4 March 2030');
  expect(world.alive()).toEqual([]);
  await world.ask(ADA, '2pm');
  expect(times()).toEqual([['pricing', '2030-03-04T14:00', '14:30']]);
});

test('what cannot be read as an answer leaves the question open, and it is said again', async () => {
  const question = await world.ask(ADA, 'meeting tomorrow about pricing');
  const again = await world.ask(ADA, 'the usual thingy');
  expect(textOf(again)).toBe(textOf(question));
  await world.ask(ADA, '2pm');
  expect(local()).toEqual([['pricing', ahead(1, '14:00')]]);
});

test('what is not to be cancelled is no question about a meeting that is still to be made', async () => {
  await world.ask(ADA, 'meeting tomorrow about pricing');
  expect(await world.answer(ADA, "don't cancel it")).toBe(en['notice.leftAsIs']);
  await world.ask(ADA, '2pm');
  expect(local()).toEqual([['pricing', ahead(1, '14:00')]]);
});

test('the week, the part of the day and the day that were said stay with the question', async () => {
  const tuesdayNextWeek = DateTime.now().setZone(ADA.zone).startOf('week').plus({ weeks: 1, days: 1 });
  await world.ask(ADA, 'call about hiring next week');
  await world.ask(ADA, 'tuesday');
  await world.ask(ADA, '2pm');
  await world.ask(ADA, 'meeting tomorrow evening about the budget');
  await world.ask(ADA, 'at 7');
  await world.ask(ADA, 'meeting at 7 tomorrow about the rota');
  await world.ask(ADA, 'the day after tomorrow actually');
  await world.ask(ADA, 'morning');
  expect(local()).toEqual([
    ['hiring', `${tuesdayNextWeek.toISODate()}T14:00`],
    ['budget', ahead(1, '19:00')],
    ['rota', ahead(2, '07:00')],
  ]);
});

test('“annule ça” takes back the question that was asked last, and no older change', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'add Zoe');
  const before = world.graph.requests.length;
  await world.ask(ADA, 'call with Marc tomorrow');
  await world.write(ADA, 'undo');
  await world.write(ADA, '2pm');
  expect(world.graph.requests.slice(before).filter(({ method }) => method === 'PATCH')).toEqual([]);
});

test('an undo that names a meeting is about that one, whatever question is open', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'move Q3 to 4pm');
  await world.ask(ADA, 'call with Marc tomorrow');
  await world.ask(ADA, 'undo the Q3 change');
  expect(times()).toEqual([['Q3 review', '2030-03-04T15:00', '15:30']]);
});

test.each(['actually no', 'never mind'])(
  '“%s” after a change does not sound as if it were undone',
  async (text) => {
    await world.ask(ADA, Q3);
    await world.ask(ADA, 'move Q3 to 4pm');
    expect(await world.answer(ADA, text)).toBe(en['notice.nothingOpen']);
    await world.ask(ADA, 'undo');
    expect(times()).toEqual([['Q3 review', '2030-03-04T15:00', '15:30']]);
  },
);

test('“no, the other one” asks the same of the other meeting, and each button is about the meeting on its card', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'pricing on 5 March 2030 at 15:00');
  const first = await world.ask(ADA, 'cancel the pricing meeting');
  const other = await world.ask(ADA, 'no, the other one');
  expect(textOf(other)).toContain('Q3 review');
  await world.confirm(ADA, first, 'cancel');
  expect(world.alive()).toMatchObject([{ subject: 'Q3 review' }]);
});

test('a meeting that was asked about and kept is the one that is spoken of', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'pricing on 5 March 2030 at 15:00');
  await world.ask(ADA, 'cancel the Q3 review');
  await world.ask(ADA, 'no wait keep it');
  await world.ask(ADA, 'move it to 4:30pm instead');
  expect(times()).toEqual([
    ['Q3 review', '2030-03-04T16:30', '17:00'],
    ['pricing', '2030-03-05T15:00', '15:30'],
  ]);
});

test('“ok thanks” cancels nothing', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'cancel the Q3 meeting');
  await world.write(ADA, 'ok thanks');
  expect(world.alive()).toHaveLength(1);
});

test('“same again next week” after a cancellation is a week later', async () => {
  await world.ask(ADA, `meeting on ${day(3)} at 10am about pricing`);
  await world.ask(ADA, 'cancel it');
  await world.write(ADA, 'yes');
  await world.write(ADA, 'same again next week');
  expect(local()).toEqual([['pricing', ahead(10, '10:00')]]);
});

test('“never mind” closes the question', async () => {
  await world.ask(ADA, 'meeting tomorrow about pricing');
  expect(await world.answer(ADA, 'never mind')).toBe(en['notice.leftAsIs']);
  await world.ask(ADA, 'pm');
  expect(world.alive()).toEqual([]);
});

test.each(['yes', 'yes please', 'ok', 'yep, cancel it'])(
  '“%s” under “Cancel this meeting?” cancels it',
  async (text) => {
    await world.ask(ADA, Q3);
    await world.ask(ADA, 'cancel the Q3 meeting');
    expect(world.alive()).toHaveLength(1);
    await world.write(ADA, text);
    expect(world.alive()).toEqual([]);
  },
);

test.each(['no', 'no wait, keep it', 'never mind', 'keep it', 'stop'])(
  '“%s” keeps it, and a “yes” after that is about nothing',
  async (text) => {
    await world.ask(ADA, Q3);
    await world.ask(ADA, 'cancel the Q3 meeting');
    expect(await world.answer(ADA, text)).toBe(en['notice.leftAsIs']);
    await world.ask(ADA, 'yes');
    expect(world.alive()).toHaveLength(1);
  },
);

test('“yes” is about the last thing only: not about a cancellation before another meeting, or one that was kept', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'cancel the Q3 meeting');
  await world.ask(ADA, 'meeting on 5 March 2030 at 9:30 about roadmap');
  await world.ask(ADA, 'yes');
  expect(world.alive()).toHaveLength(2);
  await world.press(ADA, await world.ask(ADA, 'cancel the Q3 meeting'), en['confirm.keep']);
  await world.ask(ADA, 'yes');
  expect(world.alive()).toHaveLength(2);
});

test('“yes” gives the new link that was asked about', async () => {
  world.graph.setUncertain('kept');
  await world.ask(ADA, Q3);
  const link = world.alive()[0]?.joinWebUrl;
  expect(await world.answer(ADA, 'encrypt it')).toContain(en['confirm.renewYes']);
  await world.ask(ADA, 'yes');
  expect(world.alive()).toHaveLength(1);
  expect(world.alive()[0]?.joinWebUrl).not.toBe(link);
});

test('“sign out” asks once and says what is lost; afterwards the truth is told', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'meeting on 5 March 2030 at 9:30 about roadmap');
  const question = await world.ask(ADA, 'sign out');
  expect(textOf(question)).toContain('your 2 upcoming meetings');
  expect(await world.answer(ADA, 'no')).toBe(en['notice.leftAsIs']);
  const card = await world.ask(ADA, 'move Q3 to 4pm');
  expect(times()[0]).toEqual(['Q3 review', '2030-03-04T16:00', '16:30']);

  await world.press(ADA, await world.ask(ADA, 'sign out'), en['choice.signoutYes']);
  expect(world.alive()).toHaveLength(2);
  await world.click(ADA, card, 'cancel');
  expect(card.notices.get(ADA.oid)).toBe(en['notice.forgotMeetings']);
  for (const text of ['my meetings', 'cancel the Q3 meeting'])
    expect(await world.answer(ADA, text)).toBe(en['notice.forgotMeetings']);
  expect(world.alive()).toHaveLength(2);
});

test('“sign out” with nothing to lose signs out at once', async () => {
  expect(await world.answer(ADA, 'sign out')).toBe(en['notice.signedOut']);
});

test.each(['cancela la reunión de mañana', 'przenieś spotkanie Q3 na 16:00', '会議を16時に変更して'])(
  '“%s” does nothing, and the person is told which language is read',
  async (text) => {
    await world.ask(ADA, Q3);
    expect(await world.answer(ADA, text)).toBe(en['notice.language']);
    expect(times()).toEqual([['Q3 review', '2030-03-04T15:00', '15:30']]);
  },
);
