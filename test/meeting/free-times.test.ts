import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import type { Schedule, WorkingHours } from '../../bot/meeting/event.ts';
import { findFreeTimes, MOST_TIMES, type Search, standAt } from '../../bot/meeting/free-times.ts';

const ZONE = 'Europe/London';
const at = (iso: string, zone = ZONE) => DateTime.fromISO(iso, { zone });
/** A Monday. */
const MONDAY = at('2026-12-07T00:00');
const DAY = { from: MONDAY, to: MONDAY.plus({ days: 1 }) };
const WEEK = { from: MONDAY, to: MONDAY.plus({ days: 7 }) };

const search = (given: Partial<Search> = {}): Search => ({
  window: DAY,
  minutes: 30,
  zone: ZONE,
  now: at('2026-12-06T12:00'),
  since: MONDAY.minus({ minutes: 15 }),
  near: null,
  ...given,
});

type Presence = Extract<Schedule, { view: unknown }>['view'][number];
type Entry = [from: string, to: string, presence: Presence];

const hours = (from = '09:00', to = '17:00', zone: string | null = ZONE): WorkingHours => ({
  days: [1, 2, 3, 4, 5],
  from,
  to,
  zone,
});

/** Somebody's schedule from a quarter of an hour before the week; entries are wall-clock times in ZONE. */
function person(address: string, entries: readonly Entry[], worked: WorkingHours | null = hours()): Schedule {
  const since = MONDAY.minus({ minutes: 15 });
  const view = Array.from({ length: 8 * 96 }, (_, i): Presence => {
    const from = since.plus({ minutes: 15 * i });
    const to = from.plus({ minutes: 15 });
    return entries.find(([start, end]) => at(start) < to && at(end) > from)?.[2] ?? 'free';
  });
  return { address, view, hours: worked };
}

const nobody = (address: string): Schedule => ({ address, unknown: true });
const busy = (from: string, to: string): Entry => [`2026-12-07T${from}`, `2026-12-07T${to}`, 'busy'];

/** The times as they would be read: weekday and clock, and who is tentative. */
function found(schedules: readonly Schedule[], given: Partial<Search> = {}): string {
  const all = findFreeTimes(schedules, search(given));
  if (all.kind === 'none') return all.why;
  return all.times
    .map(({ start, tentative }) => [start.toFormat('ccc HH:mm'), ...tentative].join(' '))
    .join(', ');
}

describe('times that suit everybody', () => {
  test.each<[string, Schedule[], Partial<Search>, string]>([
    ['an empty day', [person('ada', [])], {}, 'Mon 09:00, Mon 10:00, Mon 11:00, Mon 12:00, Mon 13:00'],
    [
      'inside the hours of both',
      [person('ada', []), person('ben', [], hours('11:00', '13:00'))],
      {},
      'Mon 11:00, Mon 12:00',
    ],
    [
      'hours of another zone',
      [person('ada', []), person('kim', [], hours('09:00', '17:00', 'America/New_York'))],
      {},
      'Mon 14:00, Mon 15:00, Mon 16:00',
    ],
    [
      'hours without a zone are by the clock of who asks',
      [person('ada', [], hours('15:00', '16:00', null))],
      {},
      'Mon 15:00',
    ],
    ['no hours known: those of Outlook', [person('ada', [busy('09:00', '17:00')], null)], {}, 'Mon 08:00'],
    [
      'round the things that they have, with a margin first',
      [person('ada', [busy('09:00', '12:00')]), person('ben', [busy('13:00', '17:00')])],
      {},
      'Mon 12:00',
    ],
    [
      'a margin beats the earliest of the day',
      [person('ada', [busy('09:00', '10:00'), busy('12:30', '17:00')])],
      {},
      'Mon 10:30, Mon 11:30',
    ],
    [
      'a whole or half hour beats a margin',
      [person('ada', [busy('09:00', '10:00'), busy('11:00', '17:00')])],
      {},
      'Mon 10:00',
    ],
    [
      'tentative is last, and named',
      [
        person('ada', [busy('09:00', '15:00')]),
        person('ben', [['2026-12-07T15:00', '2026-12-07T16:00', 'tentative']]),
      ],
      {},
      'Mon 15:30 ben, Mon 16:30',
    ],
    [
      'two of each day first',
      [person('ada', [])],
      { window: WEEK },
      'Mon 09:00, Mon 10:00, Tue 09:00, Tue 10:00, Wed 09:00',
    ],
    [
      'the nearest to a time that was asked for',
      [person('ada', [busy('14:45', '15:15')])],
      { near: at('2026-12-07T15:00') },
      'Mon 12:15, Mon 13:15, Mon 14:15, Mon 15:15, Mon 16:15',
    ],
    ['not before now', [person('ada', [])], { now: at('2026-12-07T15:50') }, 'Mon 16:00'],
    [
      'the weekend of everybody',
      [person('ada', [])],
      { window: { from: at('2026-12-12'), to: at('2026-12-13') } },
      'hours',
    ],
    ['out of office', [person('ada', [['2026-12-07', '2026-12-08', 'away']])], {}, 'busy'],
    ['a day that is over', [person('ada', [])], { now: at('2026-12-09T09:00') }, 'over'],
    [
      'a window that is too short',
      [person('ada', [])],
      { window: { from: at('2026-12-07T15:00'), to: at('2026-12-07T15:30') }, minutes: 60 },
      'over',
    ],
    [
      'somebody who cannot be seen does not narrow it',
      [person('ada', [busy('09:00', '16:30')]), nobody('lee')],
      {},
      'Mon 16:30',
    ],
    [
      'night shifts reach into the next day',
      [person('ada', [], { days: [1], from: '22:00', to: '06:00', zone: ZONE })],
      { window: { from: at('2026-12-07T20:00'), to: at('2026-12-08T08:00') }, minutes: 120 },
      'Mon 22:00, Tue 00:00, Tue 02:00, Tue 04:00',
    ],
    [
      'hours until midnight',
      [person('ada', [], { days: [1], from: '22:00', to: '00:00', zone: ZONE })],
      { window: { from: at('2026-12-07T20:00'), to: at('2026-12-08T08:00') } },
      'Mon 22:00, Mon 23:00',
    ],
    [
      'a zone that nobody knows is the one of who asks',
      [person('ada', [], hours('15:00', '16:00', 'Mars/Olympus'))],
      {},
      'Mon 15:00',
    ],
  ])('%s', (_, schedules, given, expected) => {
    expect(found(schedules, given)).toBe(expected);
  });

  test('a view that ends too early makes nobody free', () => {
    const short: Schedule = { address: 'ada', view: Array(43).fill('free'), hours: hours() };
    expect(found([short])).toBe('Mon 09:00, Mon 10:00');
  });

  test('quarter hours where the zone of who asks is not on them', () => {
    const kathmandu = 'Asia/Kathmandu';
    const from = at('2026-12-07T00:00', kathmandu);
    const since = from.minus({ minutes: 15 });
    const view = Array<Presence>(200).fill('free');
    const ada: Schedule = { address: 'ada', view, hours: hours('09:00', '17:00', kathmandu) };
    const given = { window: { from, to: from.plus({ days: 1 }) }, since, zone: kathmandu };
    expect(found([ada], given)).toBe('Mon 09:00, Mon 10:00, Mon 11:00, Mon 12:00, Mon 13:00');
  });

  test('the clock of both zones where one of them changes its clocks', () => {
    const sunday = at('2026-10-25T00:00');
    const since = sunday.minus({ minutes: 15 });
    const view = Array<Presence>(3 * 96).fill('free');
    const worked = (zone: string): WorkingHours => ({ days: [7], from: '09:00', to: '14:00', zone });
    const ada: Schedule = { address: 'ada', view, hours: worked(ZONE) };
    const kim: Schedule = { address: 'kim', view, hours: worked('America/New_York') };
    const given = { window: { from: sunday, to: sunday.plus({ days: 1 }) }, since, now: sunday };
    // New York is only four hours behind London in that week.
    expect(found([ada, kim], given)).toBe('Sun 13:00');
  });
});

describe('any schedules', () => {
  const presence = fc.constantFrom<Presence>('free', 'free', 'free', 'tentative', 'busy', 'away');
  const schedule = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        address: fc.constantFrom('ada', 'ben', 'kim', 'lee'),
        view: fc.array(presence, { minLength: 0, maxLength: 3 * 96 }),
        hours: fc.option(
          fc.record({
            days: fc.uniqueArray(fc.integer({ min: 1, max: 7 })),
            from: fc.constantFrom('00:00', '07:30', '09:00', '22:00'),
            to: fc.constantFrom('00:00', '06:15', '12:00', '18:00'),
            zone: fc.constantFrom(null, ZONE, 'Asia/Kathmandu', 'America/Los_Angeles', 'Pacific/Kiritimati'),
          }),
        ),
      }),
    },
    { weight: 1, arbitrary: fc.record({ address: fc.constant('mia'), unknown: fc.constant(true as const) }) },
  );
  const searched = fc
    .record({
      from: fc.integer({ min: 0, max: 2 * 24 * 60 }),
      length: fc.integer({ min: 1, max: 2 * 24 * 60 }),
      minutes: fc.constantFrom(5, 15, 25, 30, 60, 90, 240),
      now: fc.integer({ min: -600, max: 24 * 60 }),
      near: fc.option(fc.integer({ min: 0, max: 24 * 60 })),
    })
    .map(({ from, length, minutes, now, near }) => {
      const start = MONDAY.plus({ minutes: from });
      return search({
        window: { from: start, to: start.plus({ minutes: length }) },
        minutes,
        now: MONDAY.plus({ minutes: now }),
        near: near === null ? null : MONDAY.plus({ minutes: near }),
      });
    });

  const runs = { numRuns: 400 };
  const timesOf = (schedules: readonly Schedule[], given: Search) => {
    const all = findFreeTimes(schedules, given);
    return all.kind === 'found' ? all.times : [];
  };

  test('nobody whose calendar can be seen is busy, away or at home at a time that is offered', () => {
    fc.assert(
      fc.property(fc.array(schedule, { maxLength: 5 }), searched, (schedules, given) => {
        for (const time of timesOf(schedules, given)) {
          const standings = standAt(schedules, time, given);
          for (const one of standings) {
            if (one.presence === 'unknown') continue;
            expect(['free', 'tentative']).toContain(one.presence);
            expect(one.isOutside).toBe(false);
          }
          const doubtful = standings.filter((one) => one.presence === 'tentative');
          expect(time.tentative).toEqual(doubtful.map(({ address }) => address));
        }
      }),
      runs,
    );
  });

  test('the times are few, apart, in order, in the window, as long as asked and still to come', () => {
    fc.assert(
      fc.property(fc.array(schedule, { maxLength: 4 }), searched, (schedules, given) => {
        const times = timesOf(schedules, given);
        expect(times.length).toBeLessThanOrEqual(MOST_TIMES);
        for (const [i, { start, end }] of times.entries()) {
          expect(end.diff(start, 'minutes').minutes).toBe(given.minutes);
          expect(start >= given.now && start >= given.window.from && end <= given.window.to).toBe(true);
          const before = times[i - 1];
          if (before) expect(start >= before.end).toBe(true);
        }
      }),
      runs,
    );
  });

  test('the same schedules in another order give the same times', () => {
    fc.assert(
      fc.property(fc.array(schedule, { maxLength: 4 }), searched, (schedules, given) => {
        const starts = (all: readonly Schedule[]) => timesOf(all, given).map(({ start }) => start.toMillis());
        expect(starts(schedules.toReversed())).toEqual(starts(schedules));
      }),
      runs,
    );
  });

  test('none are said only where none are', () => {
    fc.assert(
      fc.property(fc.array(schedule, { maxLength: 3 }), searched, (schedules, given) => {
        if (findFreeTimes(schedules, given).kind === 'found') return;
        const { window, minutes, now } = given;
        const first = Math.ceil(Math.max(window.from.toMillis(), now.toMillis()) / 900_000) * 900_000;
        for (let start = first; start + minutes * 60_000 <= window.to.toMillis(); start += 900_000) {
          const from = DateTime.fromMillis(start, { zone: ZONE });
          const standings = standAt(schedules, { start: from, end: from.plus({ minutes }) }, given);
          const isFree = standings.every(
            (one) =>
              one.presence === 'unknown' || (!one.isOutside && ['free', 'tentative'].includes(one.presence)),
          );
          expect(isFree).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a longer list of what people have never makes more times free', () => {
    fc.assert(
      fc.property(fc.array(schedule, { maxLength: 3 }), schedule, searched, (schedules, another, given) => {
        const some = findFreeTimes(schedules, given);
        const more = findFreeTimes([...schedules, another], given);
        if (some.kind === 'none') expect(more.kind).toBe('none');
      }),
      runs,
    );
  });
});

test('how people stand to one time', () => {
  const schedules = [
    person('ada', [busy('15:00', '15:30')]),
    person('ben', [], hours('09:00', '12:00')),
    nobody('lee'),
  ];
  const time = { start: at('2026-12-07T15:15'), end: at('2026-12-07T15:45') };
  expect(standAt(schedules, time, search())).toEqual([
    { address: 'ada', presence: 'busy', isOutside: false },
    { address: 'ben', presence: 'free', isOutside: true },
    { address: 'lee', presence: 'unknown' },
  ]);
});
