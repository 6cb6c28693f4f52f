import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../../bot/graph/events.ts';
import {
  MOST_DAYS,
  refusedBy,
  searchTimes,
  toSearch,
  type Wanted,
} from '../../../bot/handle/find-time/find-time.ts';
import type { FindTimeCommand } from '../../../bot/language/command.ts';
import { STEP_MINUTES } from '../../../bot/meeting/free-times.ts';

const ZONE = 'Europe/London';
const at = (iso: string) => DateTime.fromISO(iso, { zone: ZONE });
/** A Monday, in the morning. */
const NOW = at('2026-12-07T09:20');

const said = (given: Partial<FindTimeCommand> = {}): FindTimeCommand => ({
  kind: 'findtime',
  people: [],
  minutes: null,
  window: null,
  at: null,
  part: null,
  subject: null,
  isGroup: false,
  ...given,
});
const known = { asked: NOW, now: NOW, zone: ZONE, minutes: 30 };

describe('what is looked for', () => {
  test('half an hour in the next seven days, where nothing was said', () => {
    expect(toSearch(said(), known)).toMatchObject({
      window: { from: NOW, to: NOW.plus({ days: 7 }) },
      minutes: 30,
      near: null,
    });
  });

  test('the length that was said, else the usual one of the asker', () => {
    const span = { start: at('2026-12-08T15:00'), end: at('2026-12-08T15:45') };
    expect(toSearch(said({ minutes: 20 }), { ...known, minutes: 50 }).minutes).toBe(20);
    expect(toSearch(said({ at: span }), { ...known, minutes: 50 }).minutes).toBe(45);
    expect(toSearch(said(), { ...known, minutes: 50 }).minutes).toBe(50);
  });

  test('near the time that was asked about, from that day on', () => {
    const start = at('2026-12-09T15:00');
    const { window, near } = toSearch(said({ at: { start, end: null } }), known);
    expect(near).toEqual(start);
    expect(window.from).toEqual(at('2026-12-09T00:00'));
  });
});

test('near a part of the day, on whichever day', () => {
  const window = { from: at('2026-12-08T00:00'), to: at('2026-12-12T00:00') };
  expect(toSearch(said({ window, part: 'afternoon' }), known).near?.hour).toBe(15);
  expect(toSearch(said({ window, part: 'morning' }), known).near?.hour).toBe(10);
});

test.each([
  [20, 61, 'all', null],
  [21, 1, 'all', 'tooManyToFind'],
  [2, 62, 'all', 'tooLongToFind'],
  [2, 1, 'some', 'membersUnknown'],
  [21, 1, 'some', 'tooManyToFind'],
])('%i people and %i days, of %s who are meant', (count, days, known, expected) => {
  const all = Array.from({ length: count }, (_, i) => ({
    name: `P${i}`,
    address: `p${i}@x.example`,
    isAsker: false,
  }));
  const nameless = { name: 'Sam', address: null, isAsker: false };
  const people = [...all, nameless];
  const window = { from: NOW, to: NOW.plus({ days }) };
  expect(refusedBy({ people, isCut: known === 'some' }, { window })).toBe(expected);
});

type Asked = { addresses: readonly string[]; from: string; days: number };

/** A Graph that notes what it is asked, and knows one person as busy until an instant. */
function calendarBusyUntil(until: DateTime): { calendar: Calendar; asked: Asked[] } {
  const asked: Asked[] = [];
  const schedules: Calendar['schedules'] = async (addresses, { start, end }, minutes) => {
    asked.push({
      addresses,
      from: start.setZone(ZONE).toFormat('ccc HH:mm'),
      days: end.diff(start, 'days').days,
    });
    const steps = end.diff(start, 'minutes').minutes / minutes;
    const view = Array.from({ length: steps }, (_, i) =>
      start.plus({ minutes: i * minutes }) < until ? ('busy' as const) : ('free' as const),
    );
    return addresses.map((address) => ({ address, view, hours: null }));
  };
  return { calendar: { schedules } as Calendar, asked };
}

const people = [
  { name: 'Ada', address: 'ada@contoso.example', isAsker: true },
  { name: 'Sam', address: null, isAsker: false },
];
const caller = { token: 't', home: '/me', correlationId: 'c' };
const wanted = (from: string, to: string, given: Partial<Wanted> = {}): Wanted => ({
  window: { from: at(from), to: at(to) },
  minutes: 30,
  zone: ZONE,
  now: NOW,
  near: null,
  ...given,
});
const starts = (found: Awaited<ReturnType<typeof searchTimes>>['times'] | null) =>
  found?.kind === 'found'
    ? found.times.map(({ start }) => start.toFormat('ccc HH:mm'))
    : (found?.why ?? null);

describe('a search', () => {
  test('asks Graph once, for whole steps from now on with one before and after, and only for addresses', async () => {
    const { calendar, asked } = calendarBusyUntil(at('2026-12-07T16:00'));
    const found = await searchTimes(people, wanted('2026-12-07', '2026-12-08'), {
      caller,
      services: { calendar },
    });
    expect(starts(found.times)).toEqual(['Mon 16:30']);
    const [only, ...others] = asked;
    expect(others).toEqual([]);
    expect(only).toMatchObject({ addresses: ['ada@contoso.example'], from: 'Mon 09:00' });
    expect(((only?.days ?? 0) * 24 * 60) % STEP_MINUTES).toBeCloseTo(0, 5);
  });

  test('names who has no address as unknown', async () => {
    const { calendar } = calendarBusyUntil(NOW);
    const found = await searchTimes(people, wanted('2026-12-07', '2026-12-08'), {
      caller,
      services: { calendar },
    });
    expect(found.shown.schedules[1]).toEqual({ address: 'Sam', unknown: true });
  });

  test('goes on with the days after where it finds nothing, at the same part of the day', async () => {
    const { calendar, asked } = calendarBusyUntil(at('2026-12-08T18:00'));
    const afternoon = wanted('2026-12-08T13:00', '2026-12-08T17:00');
    const found = await searchTimes(people, afternoon, { caller, services: { calendar } });
    expect(starts(found.times)).toBe('busy');
    expect(starts(found.next)).toEqual(['Wed 14:00', 'Wed 15:00', 'Thu 14:00', 'Thu 15:00', 'Fri 15:00']);
    expect(asked).toHaveLength(1);
  });

  test('goes on from now where the time that was asked for is over', async () => {
    const { calendar } = calendarBusyUntil(NOW);
    const found = await searchTimes(people, wanted('2026-12-01', '2026-12-02'), {
      caller,
      services: { calendar },
    });
    expect(starts(found.times)).toBe('over');
    expect(starts(found.next)).toHaveLength(5);
  });

  test('never asks Graph for 62 days', async () => {
    const { calendar, asked } = calendarBusyUntil(NOW.plus({ days: 100 }));
    const to = NOW.plus({ days: MOST_DAYS });
    const long = wanted('2026-12-07T09:20', to.toISO() ?? '');
    expect(starts((await searchTimes(people, long, { caller, services: { calendar } })).next)).toBe('over');
    expect(asked[0]?.days).toBeLessThan(62);
  });
});
