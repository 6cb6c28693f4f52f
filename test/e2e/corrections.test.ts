import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import type { Json } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { nodes } from '../cards/card.ts';
import { cardOf, textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

// What is said of a question or a draft that is open is taken into it, or the person is told that it was not.
const world = await ownWorld({ before: signedIn(ADA) });

const AMPM = 'meeting at 7 tomorrow with Tom';
const FRIDAY = DateTime.now().setZone(ADA.zone).plus({ weeks: 1 }).set({ weekday: 5 });
const DAY = FRIDAY.toFormat('d MMMM yyyy');
const NEXT = FRIDAY.plus({ weeks: 1 }).toFormat('d MMMM yyyy');
const starts = () => world.alive().map(({ startDateTime }) => startDateTime.slice(0, 16));

/** What is written one after the other, and what the bot says to the last of it. */
async function type(...texts: string[]): Promise<string[]> {
  for (const text of texts.slice(0, -1)) await world.type(ADA, text);
  const before = world.said(ADA).length;
  await world.type(ADA, texts.at(-1) ?? '');
  return world.said(ADA).slice(before).map(textOf);
}

const iso = (hour: number, day = FRIDAY) =>
  day.startOf('day').plus({ hours: hour }).toUTC().toFormat("yyyy-MM-dd'T'HH:mm");

test.each([`${DAY} actually`, `make that ${DAY}`, `no, ${DAY}`])(
  '“%s” under “Morning or evening?” is the day of both hours',
  async (text) => {
    const [asked] = await type(AMPM, text);
    expect(asked).toContain(FRIDAY.toFormat('EEEE d MMMM'));
    for (const hour of ['07:00', '19:00']) expect(asked).toContain(hour);
    await world.type(ADA, 'evening');
    expect(starts()).toEqual([iso(19)]);
  },
);

test('everything that is said of an open question is kept until its time is known', async () => {
  const [asked = ''] = await type(AMPM, 'an hour', 'with Anna too', 'call it roadmap', `${DAY} evening`);
  for (const said of ['roadmap', 'Tom and Anna', '19:00–20:00']) expect(asked).toContain(said);
  expect(starts()).toEqual([iso(19)]);
});

test('an answer about the time that names somebody as well invites them', async () => {
  const [made = ''] = await type(AMPM, '8pm, lee@contoso.com too');
  expect(made).toContain('lee@contoso.com');
  expect(world.alive()).toHaveLength(1);
});

test('a part of the day that is not among the hours that were offered is not taken, and that is said', async () => {
  const [said, asked] = await type(`book 45 min on ${DAY} afternoon for roadmap`, 'in the morning');
  expect(said).toBe(en['notice.notTaken']);
  expect(asked).toContain('14:00');
});

test.each([
  ['add lee@contoso.com', 'lee@contoso.com'],
  ['call it roadmap', 'roadmap'],
])('“%s” under a question without a time is about that meeting', async (text, shown) => {
  const [asked] = await type('call with Piotr on friday', text);
  expect(asked).toContain(en['ask.time']);
  expect(asked).toContain(shown);
});

test('somebody who was named in the request is taken off again while its time is asked', async () => {
  const [asked] = await type('call with Piotr on friday', 'remove Piotr');
  expect(asked).toContain(en['ask.time']);
  expect(asked).not.toContain('Piotr');
});

test.each(['make the roadmap longer to 16:30', 'an hour later'])(
  '“%s” that fits no meeting under an open question is said not to be taken, and the question follows',
  async (text) => {
    const [said, asked] = await type('call with Piotr on friday', text);
    expect(said).toBe(en['notice.notTaken']);
    expect(asked).toContain(en['ask.time']);
  },
);

test('of several times a day alone leaves those of that day, and another day their hours', async () => {
  await world.type(ADA, `meeting on ${DAY} or ${NEXT} at 10am or 2pm about budget`);
  const both = textOf(world.newest(ADA));
  for (const hour of ['10:00', '14:00']) expect(both).toContain(hour);
  await world.type(ADA, `${NEXT} please`);
  await world.type(ADA, 'afternoon');
  expect(starts()).toEqual([iso(14, FRIDAY.plus({ weeks: 1 }))]);
});

test('a length under “Move that meeting, or create another?” is not taken for an answer, and the hour is not lost', async () => {
  await world.type(ADA, `demo on ${DAY} at 4pm with Tom`);
  const [question] = await type('4:30pm');
  expect(question).toContain(en['choice.another']);
  expect(await type('an hour')).toEqual([en['notice.notTaken'], question]);
  await world.type(ADA, 'move it');
  expect(starts()).toEqual([iso(16.5)]);
});

test.each(['how long is it?', 'what is the link?'])(
  '“%s” of a meeting that is not made yet shows how far it is',
  async (text) => {
    const [said, asked] = await type('call with Piotr on friday', text);
    expect(said).toBe(en['notice.notMadeYet']);
    expect(asked).toContain('Piotr');
  },
);

test.each(['make it 11am', 'make it an hour later'])(
  '“%s” under two drafts changes neither without a word',
  async (text) => {
    const [drafts] = await type('meeting monday 10am and tuesday 2pm with Alex');
    const [said, shown] = await type(text);
    expect(said).toBe(en['notice.oneOfSeveral']);
    expect(shown).toBe(drafts);
    await world.type(ADA, 'yes');
    expect(world.times().map(([, start]) => start)).toEqual(expect.arrayContaining(['10:00', '14:00']));
  },
);

test('changes of one meeting that are said one after the other are made by one yes', async () => {
  await world.type(ADA, `demo on ${DAY} at 4pm with Tom and Kim`);
  const [first] = await type('actually not Tom');
  expect(first).toContain(en['choice.change']);
  const [both] = await type('and an hour earlier');
  expect(both).toContain('Tom');
  expect(both).toContain('15:00–15:30');
  expect(starts()).toEqual([iso(16)]);
  const [done] = await type('yes');
  expect(starts()).toEqual([iso(15)]);
  expect(done).not.toContain('Tom');
  expect(done).toContain('Kim');
});

test.each(['help', 'what’s the link?'])(
  '“%s” between two changes of one meeting does not lose the first',
  async (text) => {
    await world.type(ADA, `demo on ${DAY} at 4pm with Tom and Kim`);
    await type('actually not Tom', text, 'and an hour earlier');
    const [done] = await type('yes');
    expect(starts()).toEqual([iso(15)]);
    expect(done).not.toContain('Tom');
  },
);

test('a draft is still corrected after something else was said', async () => {
  await type('tomorrow 3pm', 'help', 'make it 4pm');
  await world.type(ADA, 'yes');
  expect(world.times()).toEqual([[null, '16:00', '16:30']]);
});

test('a change that makes no difference to the one that is shown is said not to be taken', async () => {
  await world.type(ADA, `demo on ${DAY} at 4pm with Tom and Kim`);
  const [shown] = await type('actually not Tom');
  expect(await type('actually not Sam')).toEqual([en['notice.notTaken'], shown]);
  const [done] = await type('yes');
  expect(done).toContain(en['meeting.changed']);
  expect(done).not.toContain('Tom');
});

test('a change that counts from the time of the one before it is not taken into it, and that is said', async () => {
  await world.type(ADA, `demo on ${DAY} at 4pm with Tom and Kim`);
  const [said, asked] = await type('actually not Tom', 'and an hour earlier', 'and one hour earlier');
  expect(said).toBe(en['notice.notTaken']);
  expect(asked).toContain('15:00–15:30');
});

test.each(['make it 4pm', 'call it demo', 'add Tom'])(
  '“%s” of a meeting that is so already changes nothing, and says so',
  async (text) => {
    await world.type(ADA, `demo on ${DAY} at 4pm with Tom`);
    const before = world.graph.requests.length;
    expect(await type(text)).toEqual([en['notice.alreadySo']]);
    const methods = world.graph.requests.slice(before).map(({ method }) => method);
    expect(methods.filter((method) => method !== 'GET')).toEqual([]);
  },
);

test('“leave it at 4pm” leaves it, whenever it is', async () => {
  await world.type(ADA, `demo on ${DAY} at 3pm`);
  const before = starts();
  expect(await type('leave it at 4pm')).toEqual([en['notice.leftAsIs']]);
  expect(starts()).toEqual(before);
});

test('a change that names nobody who is invited is no question without a change', async () => {
  await world.type(ADA, `demo on ${DAY} at 4pm with Kim`);
  expect(await type('actually not Tom')).toEqual([en['notice.noSuchGuest']]);
});

test('the form that comes instead of a change says why, and what was not accepted stays in sight', async () => {
  await world.type(ADA, `demo on ${DAY} at 4pm`);
  await world.type(ADA, 'make it 7 or 8');
  const form = world.newest(ADA);
  expect(textOf(form)).toContain(en['edit.unclear']);
  expect(hidden(cardOf(form))).toEqual(['options']);
});

const hidden = (card: Json) => nodes(card).flatMap(({ isVisible, id }) => (isVisible === false ? [id] : []));

test.each(['make it 4pm', 'cancel the meeting', 'what’s the link'])(
  '“%s” under somebody else’s card is told who can do that, and where the link is',
  async (text) => {
    await world.signIn(BEN);
    await world.ask(BEN, `meeting about budget on ${DAY} at 10am`);
    await world.mention(ADA, 'groupChat', `demo on ${DAY} at 3pm`);
    const before = starts();
    await world.mention(BEN, 'groupChat', text);
    expect(textOf(world.newest('groupChat'))).toBe(en['notice.noneOfYours']);
    expect(starts()).toEqual(before);
  },
);
