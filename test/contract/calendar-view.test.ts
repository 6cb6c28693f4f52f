import { DateTime } from 'luxon';
import { beforeEach, expect, test } from 'vitest';
import type { Caller } from '../../bot/graph/client.ts';
import { block } from '../../deploy/sandbox/graph/calendar/attendees.ts';
import { ADA, BEN, CHANDRA, FELIX } from '../../deploy/sandbox/people.ts';
import { event, ownCalendarWorld, span, TO_BEN } from './calendar-world.ts';

const world = await ownCalendarWorld();
let ada: Caller;
beforeEach(async () => {
  ada = await world.as(ADA);
});

test('everything of more than one page, in order', async () => {
  const first = DateTime.fromISO('2027-03-01T08:00Z');
  for (let i = 130; i > 0; i -= 1) {
    const start = first.plus({ minutes: 10 * i }).toISO() ?? '';
    block(world.graph.calendar, ADA, { start, end: first.plus({ minutes: 10 * i + 5 }).toISO() ?? '' });
  }
  const seen = await world.calendar.view(span('2027-03-01', '2027-03-05'), ada);
  expect(seen).toHaveLength(130);
  expect(seen.map(({ start }) => start.toMillis())).toEqual(seen.map(({ start }) => start.toMillis()).sort());
});

test('who is free: a person who cannot be seen is unknown, whoever has no answer is tentative', async () => {
  block(world.graph.calendar, BEN, { start: '2027-03-05T09:00Z', end: '2027-03-05T09:30Z' });
  block(world.graph.calendar, BEN, { start: '2027-03-05T10:15Z', end: '2027-03-05T10:30Z', showAs: 'oof' });
  await world.calendar.create(event('2027-03-05T10:00', { attendees: TO_BEN }), ada);
  world.graph.calendar.hidden.add(CHANDRA.oid);
  const asked = [BEN.upn.toUpperCase(), CHANDRA.upn, FELIX.upn, 'lee@example.org', ADA.upn];
  const known = await world.calendar.schedules(
    asked,
    span('2027-03-05T09:00Z', '2027-03-05T11:00Z'),
    30,
    ada,
  );
  expect(known).toEqual([
    {
      address: BEN.upn.toUpperCase(),
      view: ['busy', 'free', 'away', 'free'],
      hours: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', zone: 'America/New_York' },
    },
    { address: CHANDRA.upn, unknown: true },
    { address: FELIX.upn, unknown: true },
    { address: 'lee@example.org', unknown: true },
    expect.objectContaining({ view: ['free', 'free', 'busy', 'free'] }),
  ]);
  expect(JSON.stringify(known)).not.toContain('Dentist');
});

test('hours in a zone of a person’s own making have no zone', async () => {
  const day = span('2027-03-05T09:00Z', '2027-03-05T11:00Z');
  expect(await world.calendar.schedules([CHANDRA.upn], day, 60, ada)).toMatchObject([
    { hours: { zone: null } },
  ]);
});

test.each<[string, string[], string]>([
  ['21 people', Array.from({ length: 21 }, () => ADA.upn), '2027-03-06'],
  ['62 days', [ADA.upn], '2027-05-07'],
])('%s are too many', async (_what, people, end) => {
  await expect(world.calendar.schedules(people, span('2027-03-05', end), 30, ada)).rejects.toMatchObject({
    status: 400,
  });
});

test('however much is asked at once, a mailbox has one request at a time, and its owner waits for nobody else', async () => {
  const ben = await world.as(BEN);
  const day = span('2027-03-05', '2027-03-06');
  await Promise.all(Array.from({ length: 12 }, (_, i) => world.calendar.view(day, i % 2 === 0 ? ada : ben)));
  expect(world.graph.calendar.mostAtOnce).toBe(1);
});
