import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { ownCalendarUser } from './calendar-user.ts';

// A series that is still a draft, and is to be one meeting after all.
const { world, seen, press } = await ownCalendarUser();

const MONDAY = DateTime.now().setZone(ADA.zone).plus({ weeks: 1 }).startOf('week');
const starts = () => world.alive().map(({ startDateTime }) => startDateTime.slice(0, 10));

test.each([
  'actually just once',
  'no, just once',
  'no series please',
  'make it a one-off',
  'doch nur einmal',
  'keine Serie',
  'finalement une seule fois',
  'pas de série',
])('“%s” leaves its first meeting, which is shown before it is made', async (text) => {
  await world.type(ADA, `standup every Monday at 9am from ${MONDAY.toISODate()}`);
  expect(seen()).toContain('Every Monday');
  await world.type(ADA, text);
  expect(seen()).toContain(en['draft.title']);
  expect(seen()).not.toContain('Every Monday');
  expect(world.alive()).toEqual([]);
  await press(en['draft.create']);
  expect(starts()).toEqual([MONDAY.toISODate()]);
});

test.each(['just once, on tuesday', 'juste une fois, mardi', 'nur einmal, am Dienstag'])(
  '“%s” is that day',
  async (text) => {
    await world.type(ADA, `standup every Monday at 9am from ${MONDAY.toISODate()}`);
    await world.type(ADA, text);
    expect(seen()).not.toContain('Every');
    expect(seen()).toContain('Tuesday');
  },
);

test('a plain no still lets the series go', async () => {
  await world.type(ADA, `standup every Monday at 9am from ${MONDAY.toISODate()}`);
  await world.type(ADA, 'no');
  await world.type(ADA, 'yes');
  expect(world.alive()).toEqual([]);
});
