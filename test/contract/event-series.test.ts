import { DateTime } from 'luxon';
import { beforeEach, expect, test } from 'vitest';
import type { Caller } from '../../bot/graph/client.ts';
import type { Recurrence } from '../../bot/meeting/event.ts';
import { ADA } from '../../deploy/sandbox/people.ts';
import { event, ownCalendarWorld, span, TO_BEN } from './calendar-world.ts';

const world = await ownCalendarWorld();
let ada: Caller;
beforeEach(async () => {
  ada = await world.as(ADA);
});

const mails = () => world.graph.calendar.mails;
const posts = () =>
  world.graph.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/events'));

const series = async (start: string, recurrence: Recurrence) => {
  const made = await world.calendar.create(event(start, { recurrence }), ada);
  const before = DateTime.fromISO(start).minus({ days: 1 });
  const year = { start: before, end: before.plus({ years: 3 }) };
  const all = await world.calendar.instances(made.id, year, ada);
  return { made, local: all.map((one) => one.start.setZone(ADA.zone).toFormat('yyyy-MM-dd HH:mm')), all };
};
const weekly = (days: number[], interval = 1, times = 3): Recurrence => ({
  pattern: { kind: 'weekly', interval, days },
  end: { times },
});

test.each<[string, string, Recurrence, string[]]>([
  [
    'the wall clock across both changes of clocks',
    '2027-03-22T09:00',
    weekly([1], 1, 2),
    ['2027-03-22 09:00', '2027-03-29 09:00'],
  ],
  [
    'every other Tuesday',
    '2027-03-02T10:00',
    weekly([2], 2),
    ['2027-03-02 10:00', '2027-03-16 10:00', '2027-03-30 10:00'],
  ],
  [
    'every other week from Sunday on, whose week began on Monday',
    '2027-03-07T10:00',
    weekly([1, 7], 2, 3),
    ['2027-03-07 10:00', '2027-03-15 10:00', '2027-03-21 10:00'],
  ],
  [
    'the 31st, which some months have not',
    '2027-01-31T10:00',
    { pattern: { kind: 'absoluteMonthly', interval: 1, dayOfMonth: 31 }, end: { times: 3 } },
    ['2027-01-31 10:00', '2027-02-28 10:00', '2027-03-31 10:00'],
  ],
  [
    'the first Monday of the month',
    '2027-03-01T10:00',
    {
      pattern: { kind: 'relativeMonthly', interval: 1, days: [1], index: 'first' },
      end: { until: '2027-05-03' },
    },
    ['2027-03-01 10:00', '2027-04-05 10:00', '2027-05-03 10:00'],
  ],
  [
    'the last Friday of the month',
    '2027-03-26T10:00',
    { pattern: { kind: 'relativeMonthly', interval: 1, days: [5], index: 'last' }, end: { times: 2 } },
    ['2027-03-26 10:00', '2027-04-30 10:00'],
  ],
  [
    'every year',
    '2027-05-03T10:00',
    { pattern: { kind: 'absoluteYearly', interval: 1, dayOfMonth: 3, month: 5 }, end: { times: 2 } },
    ['2027-05-03 10:00', '2028-05-03 10:00'],
  ],
])('%s', async (_what, start, recurrence, expected) => {
  const { made, local } = await series(start, recurrence);
  expect(local).toEqual(expected);
  expect(made.recurrence).toEqual({ ...recurrence, startDate: start.slice(0, 10), zone: ADA.zone });
});

test('a zone that is only an offset is written in UTC', async () => {
  const start = DateTime.fromISO('2027-03-05T15:00+02:00', { setZone: true });
  const made = await world.calendar.create(event('', { start, end: start.plus({ hours: 1 }) }), ada);
  expect(made.start.toISO()).toBe('2027-03-05T13:00:00.000Z');
  expect(posts()[0]?.body).toMatchObject({ start: { dateTime: '2027-03-05T13:00:00', timeZone: 'UTC' } });
});

test('a zone whose name is younger than the mailbox server is written in UTC, but for a series', async () => {
  const start = DateTime.fromISO('2027-03-05T15:00', { zone: 'Europe/Kyiv' });
  const kyiv = { start, end: start.plus({ hours: 1 }) };
  const made = await world.calendar.create(event('', { ...kyiv, attendees: TO_BEN }), ada);
  expect(made.start.toISO()).toBe('2027-03-05T13:00:00.000Z');
  const later = { start: start.plus({ hours: 1 }), end: start.plus({ hours: 2 }) };
  const moved = await world.calendar.update(made.id, { times: later }, made.etag, ada);
  expect(moved.start.toISO()).toBe('2027-03-05T14:00:00.000Z');
  expect(mails()).toHaveLength(2);
  const series = event('', { ...kyiv, recurrence: weekly([5]) });
  await expect(world.calendar.create(series, ada)).rejects.toMatchObject({ status: 400 });
});

test('one of them is cancelled, another moved, and the rest ended; one mail each', async () => {
  const recurrence = weekly([1], 1, 4);
  const request = event('2027-03-01T09:00', { recurrence, attendees: TO_BEN });
  const made = await world.calendar.create(request, ada);
  const all = span('2027-03-01', '2027-06-01');
  const [, second, third] = await world.calendar.instances(made.id, all, ada);
  if (!second || !third) throw new Error('no series');
  expect(second).toMatchObject({ type: 'occurrence', seriesId: made.id });
  await world.calendar.cancel(second.id, null, ada);
  const times = { start: third.start.plus({ hours: 2 }), end: third.end.plus({ hours: 2 }) };
  expect(await world.calendar.update(third.id, { times }, third.etag, ada).catch((e) => e.status)).toBe(412);
  await world.calendar.update(third.id, { times }, null, ada);
  expect((await world.calendar.instances(made.id, all, ada)).map(({ type }) => type)).toEqual([
    'occurrence',
    'exception',
    'occurrence',
  ]);
  const master = await world.calendar.get(made.id, ada);
  if (!master.recurrence) throw new Error('no recurrence');
  const ended = { ...master.recurrence, end: { until: '2027-03-14' } };
  await world.calendar.update(made.id, { recurrence: ended }, master.etag, ada);
  expect(await world.calendar.instances(made.id, all, ada)).toHaveLength(2);
  expect(mails().map(({ kind }) => kind)).toEqual(['invitation', 'cancellation', 'update', 'update']);
});

test('an occurrence cannot be moved past its neighbour', async () => {
  const { all } = await series('2027-03-01T09:00', weekly([1]));
  const [, second] = all;
  if (!second) throw new Error('no series');
  const times = { start: second.start.plus({ weeks: 1 }), end: second.end.plus({ weeks: 1 }) };
  await expect(world.calendar.update(second.id, { times }, null, ada)).rejects.toMatchObject({
    code: 'ErrorOccurrenceCrossingBoundary',
  });
});
