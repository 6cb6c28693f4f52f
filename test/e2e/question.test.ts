import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { actionsIn } from '../../deploy/sandbox/channel/cards.ts';
import type { Json, Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, type Person } from '../../deploy/sandbox/people.ts';
import { cardOf, inputsIn, textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const inputsOf = (card: Json) => Object.keys(inputsIn(card));
const choicesOf = (card: Json) => actionsIn(card.body).filter(({ verb }) => verb === 'answer');
const starts = () => world.alive().map(({ startDateTime }) => DateTime.fromISO(startDateTime).toMillis());

/** Ada asks, and is asked back. */
async function asked(sentence: string, overrides: Json = {}): Promise<Message> {
  const question = await world.ask(ADA, sentence, { overrides });
  expect(inputsOf(cardOf(question)).length + choicesOf(cardOf(question)).length).toBeGreaterThan(0);
  expect(world.graph.requests).toEqual([]);
  return question;
}

const answer = (message: Message, inputs: Json, person: Person = ADA) => {
  const submit = actionsIn(cardOf(message).actions)[0] ?? choicesOf(cardOf(message))[0];
  return world.click(person, message, submit ?? 'answer', inputs);
};
const choose = (message: Message, index: number) => {
  const choice = choicesOf(cardOf(message))[index];
  if (!choice) throw new Error(`no choice ${index}`);
  return world.click(ADA, message, choice);
};

const here = (person: Person, days: number) => DateTime.now().setZone(person.zone).plus({ days });
const day = (days: number) => here(ADA, days).toISODate() ?? '';
const at = (days: number, hour: number, minute = 0) =>
  here(ADA, days).set({ hour, minute, second: 0, millisecond: 0 }).toMillis();

/** The next last Sunday of a month, when the clocks of London change. */
function lastSunday(month: number): DateTime {
  const now = here(ADA, 1);
  const ends = [now.year, now.year + 1].map((year) =>
    DateTime.fromObject({ year, month }, { zone: ADA.zone }).endOf('month'),
  );
  const sundays = ends.map((end) => end.minus({ days: end.weekday % 7 }));
  return sundays.find((sunday) => sunday > now) ?? now;
}

test.each<[string, string, unknown[], Json, () => number]>([
  ['the time', 'meeting tomorrow about budget', ['time'], { time: '15:00' }, () => at(1, 15)],
  ['both', 'meeting about budget', ['date', 'time'], { date: day(2), time: '09:30' }, () => at(2, 9, 30)],
  [
    'another day, for one that is past',
    'meeting yesterday 3pm about budget',
    ['date', 'time'],
    { date: day(2), time: '15:00' },
    () => at(2, 15),
  ],
])('asks for %s, and the answer makes the meeting', async (_name, sentence, inputs, given, start) => {
  const question = await asked(sentence);
  expect(inputsOf(cardOf(question))).toEqual(inputs);
  const { body } = await answer(question, given);
  expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
  expect(starts()).toEqual([start()]);
  expect(world.alive()[0]).toMatchObject({ subject: 'budget' });
  // The question turns into the meeting: nothing is left to click twice.
  expect(question.editedAt).not.toBeNull();
  expect(world.cards(ADA)).toHaveLength(1);
  expect(world.said(ADA)).toHaveLength(1);
});

test('*Now* is enough where nothing was said of the time, and who was named stays', async () => {
  const question = await asked('call with Lee');
  expect(textOf(question)).toContain('Lee');
  const [now] = choicesOf(cardOf(question));
  expect(now).toMatchObject({ title: en['ask.now'] });
  const before = Date.now();
  await choose(question, 0);
  const [start = 0] = starts();
  expect(Math.abs(start - before)).toBeLessThan(60_000);
  expect(textOf(world.cards(ADA)[0])).toContain('Lee');
});

test('“now” may be typed as well', async () => {
  await asked('meeting about pricing');
  const before = Date.now();
  await world.ask(ADA, 'now');
  expect(world.alive()).toMatchObject([{ subject: 'pricing' }]);
  expect(Math.abs((starts()[0] ?? 0) - before)).toBeLessThan(60_000);
});

test('of a part of the day three hours are offered, with the length that was said', async () => {
  const question = await asked('book 45 min tomorrow afternoon for roadmap');
  await choose(question, 1);
  expect(starts()).toEqual([at(1, 15)]);
  const [{ startDateTime = '', endDateTime = '' } = {}] = world.alive();
  expect(Date.parse(endDateTime) - Date.parse(startDateTime)).toBe(45 * 60_000);
});

test('a client whose fields send a time behind the date, and a clock of twelve hours, is understood', async () => {
  const question = await asked('meeting about budget');
  await answer(question, { date: `${day(2)}T00:00:00Z`, time: '9:30 AM' });
  expect(starts()).toEqual([at(2, 9, 30)]);
});

test('the end of a day is the beginning of the next', async () => {
  await answer(await asked('meeting tomorrow about budget'), { time: '24:00' });
  expect(starts()).toEqual([at(2, 0)]);
});

test.each<[string, string, Json, keyof typeof en]>([
  ['a time', 'meeting tomorrow about budget', { time: 'later' }, 'ask.unread.time'],
  ['a day', 'meeting about budget', { date: 'soon', time: '15:00' }, 'ask.unread.date'],
  [
    'a day for one that is past',
    'meeting today 00:00 about budget',
    { date: 'soon', time: '23:59' },
    'ask.unread.date',
  ],
])('%s that cannot be read is said, and nothing is made', async (_name, sentence, given, said) => {
  const question = await asked(sentence);
  const { body } = await answer(question, given);
  expect(textOf((body as { value: Json }).value)).toContain(en[said]);
  expect(world.graph.requests).toEqual([]);
  expect(question.editedAt).not.toBeNull();
  await answer(question, { date: day(2), time: '15:00' });
  expect(starts()).toEqual([at(2, 15)]);
});

test('asks for morning or evening with two buttons', async () => {
  const question = await asked('meeting tomorrow at 7 about budget');
  expect(choicesOf(cardOf(question)).map(({ title }) => title)).toEqual(['07:00', '19:00']);
  await choose(question, 1);
  expect(starts()).toEqual([at(1, 19)]);
});

test.each<[string, number, RegExp]>([
  ['go forward', 3, /clocks go forward/],
  ['go back', 10, /clocks go back/],
])('asks where the clocks %s', async (_name, month, says) => {
  const sunday = lastSunday(month);
  const question = await asked(`meeting on ${sunday.toFormat('d MMMM yyyy')} at 1:30am about budget`);
  expect(textOf(question)).toMatch(says);
  await choose(question, 0);
  expect(world.alive()).toHaveLength(1);
  const start = DateTime.fromMillis(starts()[0] ?? 0, { zone: ADA.zone });
  expect(start.toISODate()).toBe(sunday.toISODate());
});

test('asks for the zone of somebody of whom Teams does not tell it', async () => {
  const nowhere = { entities: [], localTimezone: undefined, localTimestamp: undefined };
  const question = await asked('meeting tomorrow 3pm about budget', nowhere);
  expect(inputsOf(cardOf(question))).toEqual(['zone']);
  await answer(question, { zone: 'Asia/Tokyo' });
  expect(DateTime.fromMillis(starts()[0] ?? 0, { zone: 'Asia/Tokyo' }).toFormat('HH:mm')).toBe('15:00');
});

test('the zone may be typed as well', async () => {
  const overrides = { entities: [], localTimezone: undefined, localTimestamp: undefined };
  await asked('meeting tomorrow 3pm about budget', overrides);
  await world.ask(ADA, 'London', { overrides });
  expect(starts()).toEqual([at(1, 15)]);
});

test('asks everything at once, not one thing after another', async () => {
  const nowhere = { entities: [], localTimezone: undefined, localTimestamp: undefined };
  const question = await asked('meeting about budget', nowhere);
  expect(inputsOf(cardOf(question)).sort()).toEqual(['date', 'time', 'zone']);
});

test('asks before it asks to sign in', async () => {
  const question = await world.ask(BEN, 'meeting tomorrow about budget');
  world.entra.consent(BEN.oid);
  const { shown } = await answer(question, { time: '15:00' }, BEN);
  expect(shown).toBe('card');
  expect(world.alive()).toMatchObject([{ organizer: BEN.oid }]);
});

test.each<[string, Json]>([
  ['nothing', {}],
  ['a day that does not exist', { date: '2027-02-31', time: '15:00' }],
  ['a day long past', { date: '1999-01-01', time: '15:00' }],
  ['a choice that was not offered', { choice: 9 }],
  ['a choice that is no number', { choice: 'constructor' }],
  ['a zone that is none', { zone: '../../etc/passwd' }],
  ['a zone that nobody has', { zone: 'Nope/Nope' }],
  ['a choice that is nothing', { choice: '' }],
])('%s for an answer leads to the question again', async (_name, inputs) => {
  const question = await asked('meeting tomorrow about budget');
  const { status, body } = await answer(question, inputs);
  expect(status).toBe(200);
  expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
  const again = (body as { value: Json }).value;
  // What could be read of it is not asked again.
  expect(inputsOf(again)).toContain(inputs.date === '2027-02-31' ? 'date' : 'time');
  expect(world.graph.requests).toEqual([]);

  expect(question.editedAt).not.toBeNull();
  await answer(question, { date: day(2), time: '15:00' });
  expect(starts()).toEqual([at(2, 15)]);
});

test('the right answer twice at once makes one meeting', async () => {
  const question = await asked('meeting tomorrow about budget');
  const answers = await Promise.all([1, 2, 3].map(() => answer(question, { time: '15:00' })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(answers.filter(({ shown }) => shown === 'card')).toHaveLength(1);
  expect(world.graph.meetings).toHaveLength(1);
});

test('a second answer while the first is worked on hears that, and not that it is done', async () => {
  const question = await asked('meeting tomorrow about budget');
  world.faults.add({ service: 'graph', method: 'POST' }, { kind: 'slow', ms: 1_500 }, 1);
  const first = answer(question, { time: '15:00' });
  await until(() => world.faults.list().length === 0);
  expect(world.graph.meetings).toEqual([]);
  expect((await answer(question, { time: '15:00' })).body).toMatchObject({ value: en['notice.working'] });
  await first;
  await world.idle();
  expect(world.graph.meetings).toHaveLength(1);
});

test('two different answers at once make one meeting', async () => {
  const question = await asked('meeting tomorrow about budget');
  await Promise.all(['15:00', '16:00'].map((time) => answer(question, { time })));
  expect(world.graph.meetings).toHaveLength(1);
});

test.each<[string, (question: Message) => Promise<unknown>, keyof typeof en]>([
  [
    'answered again later',
    async (question) => {
      const data = actionsIn(cardOf(question).actions)[0]?.data as Json;
      const action = { type: 'Action.Execute', verb: 'answer', data: { ...data, time: '16:00' } };
      await answer(question, { time: '15:00' });
      return (await world.invoke(ADA, 'adaptiveCard/action', { action })).body;
    },
    'notice.alreadyDone',
  ],
  [
    'of somebody else',
    async (question) => (await answer(question, { time: '15:00' }, BEN)).body,
    'notice.notYourRequest',
  ],
  [
    'that is unknown',
    async () => {
      const action = { type: 'Action.Execute', verb: 'answer', data: { id: 'unknown', time: '15:00' } };
      return (await world.invoke(ADA, 'adaptiveCard/action', { action })).body;
    },
    'notice.expired',
  ],
  [
    'of somebody who has signed out since',
    async (question) => {
      await world.signOut(ADA);
      return (await answer(question, { time: '15:00' })).body;
    },
    'notice.expired',
  ],
])('a question %s makes nothing, and says so', async (_name, act, notice) => {
  const question = await asked('meeting tomorrow about budget');
  const body = await act(question);
  expect(body).toMatchObject({
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value: en[notice],
  });
  expect(world.graph.meetings.length).toBeLessThan(2);
  await world.write(ADA, 'hello');
  expect(world.graph.meetings.filter(({ startDateTime }) => startDateTime.includes('16:00'))).toEqual([]);
});

test('older clients answer by message', async () => {
  const question = await asked('meeting tomorrow about budget');
  const fallback = actionsIn(cardOf(question).actions)[0]?.fallback as { type: string; data: Json };
  await world.channel.submit(ADA, question.id, fallback, { time: '15:00' });
  await world.idle();
  expect(world.cards(ADA)).toHaveLength(1);
  expect(starts()).toEqual([at(1, 15)]);
});

test('an older client’s answer waits for the sign-in too', async () => {
  const question = await asked('meeting tomorrow about budget');
  const fallback = actionsIn(cardOf(question).actions)[0]?.fallback as { type: string; data: Json };
  world.entra.withdrawConsent(ADA.oid);
  world.entra.revoke(ADA.oid);
  await world.channel.submit(ADA, question.id, { ...fallback, data: { ...fallback.data, time: '15:00' } });
  expect(starts()).toEqual([]);
  world.entra.consent(ADA.oid);
  await world.write(ADA, 'sign in');
  expect(starts()).toEqual([at(1, 15)]);
});
