import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import type { Pattern, Recurrence } from '../../bot/language/command.ts';
import { applyToWhole } from '../../bot/meeting/apply-change.ts';
import { dueMeeting, duesOf } from '../../bot/meeting/due.ts';
import { toOffers } from '../../bot/meeting/notes.ts';
import { comingUntil } from '../../bot/meeting/record.ts';
import {
  atOccurrence,
  endedBefore,
  exceptionsIn,
  firstStart,
  objectionTo,
  occurrencesAfter,
  startsOf,
  toSeries,
} from '../../bot/meeting/series.ts';
import { record as stored } from './record.ts';

const ZONE = 'Europe/London';
const at = (iso: string) => DateTime.fromISO(iso, { zone: ZONE });
const iso = (time: DateTime | null | undefined) => time?.toFormat("yyyy-MM-dd'T'HH:mm");

const weekly = (...days: number[]) => ({ kind: 'weekly' as const, interval: 1, days });
const MONDAYS = weekly(1);

/** The first starts of a series that is asked for at this time. */
function starts(
  pattern: Pattern,
  said: string,
  end: Recurrence['end'] = { times: 4 },
): (string | undefined)[] {
  const first = firstStart(pattern, at(said));
  if (first === null) return [];
  return startsOf(toSeries({ pattern, end }, first), first).map(iso);
}

describe('the meetings of a series', () => {
  test.each<[string, Pattern, string, string[]]>([
    [
      'every day',
      { kind: 'daily', interval: 1 },
      '2026-12-30T09:00',
      ['2026-12-30T09:00', '2026-12-31T09:00', '2027-01-01T09:00', '2027-01-02T09:00'],
    ],
    [
      'every third day',
      { kind: 'daily', interval: 3 },
      '2026-11-30T09:00',
      ['2026-11-30T09:00', '2026-12-03T09:00', '2026-12-06T09:00', '2026-12-09T09:00'],
    ],
    [
      'on a weekday that is none of the pattern: the next that is',
      MONDAYS,
      '2026-12-01T09:00',
      ['2026-12-07T09:00', '2026-12-14T09:00', '2026-12-21T09:00', '2026-12-28T09:00'],
    ],
    [
      'every other Tuesday: the next Tuesday is the first',
      { kind: 'weekly', interval: 2, days: [2] },
      '2026-12-02T09:00',
      ['2026-12-08T09:00', '2026-12-22T09:00', '2027-01-05T09:00', '2027-01-19T09:00'],
    ],
    [
      'every other week on Monday and Friday, from a Friday: weeks begin on Monday',
      { kind: 'weekly', interval: 2, days: [5, 1] },
      '2026-12-04T09:00',
      ['2026-12-04T09:00', '2026-12-14T09:00', '2026-12-18T09:00', '2026-12-28T09:00'],
    ],
    [
      'weekdays',
      weekly(1, 2, 3, 4, 5),
      '2026-12-03T09:00',
      ['2026-12-03T09:00', '2026-12-04T09:00', '2026-12-07T09:00', '2026-12-08T09:00'],
    ],
    [
      'the 31st: the last day of a shorter month',
      { kind: 'absoluteMonthly', interval: 1, dayOfMonth: 31 },
      '2027-01-31T09:00',
      ['2027-01-31T09:00', '2027-02-28T09:00', '2027-03-31T09:00', '2027-04-30T09:00'],
    ],
    [
      'every other month on the 15th, said on the 20th: the next 15th is the first',
      { kind: 'absoluteMonthly', interval: 2, dayOfMonth: 15 },
      '2027-01-20T09:00',
      ['2027-02-15T09:00', '2027-04-15T09:00', '2027-06-15T09:00', '2027-08-15T09:00'],
    ],
    [
      'the first Monday of the month',
      { kind: 'relativeMonthly', interval: 1, days: [1], index: 'first' },
      '2026-12-08T09:00',
      ['2027-01-04T09:00', '2027-02-01T09:00', '2027-03-01T09:00', '2027-04-05T09:00'],
    ],
    [
      'the last weekday of the month',
      { kind: 'relativeMonthly', interval: 1, days: [1, 2, 3, 4, 5], index: 'last' },
      '2026-12-01T09:00',
      ['2026-12-31T09:00', '2027-01-29T09:00', '2027-02-26T09:00', '2027-03-31T09:00'],
    ],
    [
      'the 29th of February: the 28th of another year',
      { kind: 'absoluteYearly', interval: 1, dayOfMonth: 29, month: 2 },
      '2027-01-01T09:00',
      ['2027-02-28T09:00', '2028-02-29T09:00', '2029-02-28T09:00', '2030-02-28T09:00'],
    ],
  ])('%s', (_name, pattern, said, expected) => {
    expect(starts(pattern, said)).toEqual(expected);
  });

  test('a change of the clocks moves no meeting, and an hour that is skipped moves that one only', () => {
    const half = starts({ kind: 'weekly', interval: 1, days: [7] }, '2027-03-21T01:30', { times: 3 });
    expect(half).toEqual(['2027-03-21T01:30', '2027-03-28T02:30', '2027-04-04T01:30']);
    const nine = startsOf(
      toSeries({ pattern: MONDAYS, end: { times: 2 } }, at('2027-03-22T09:00')),
      at('2027-03-22T09:00'),
    );
    expect(nine.map((one) => one.toUTC().hour)).toEqual([9, 8]);
  });

  test.each<[Pattern, string]>([
    [weekly(), '2026-12-08T09:00'],
    [{ kind: 'absoluteMonthly', interval: 1, dayOfMonth: null }, '2027-01-01T09:00'],
    [{ kind: 'absoluteYearly', interval: 1, dayOfMonth: null, month: null }, '2027-12-01T09:00'],
  ])('what was not said of %j is as on the first day', (pattern, second) => {
    expect(starts(pattern, '2026-12-01T09:00')[1]).toBe(second);
  });

  test('a day that no month has gives no first meeting', () => {
    const never: Pattern = { kind: 'relativeMonthly', interval: 1, days: [9], index: 'first' };
    expect(firstStart(never, at('2026-12-01T09:00'))).toBeNull();
  });
});

describe('the end of a series', () => {
  const first = at('2026-12-07T09:00');

  test('the last day counts', () => {
    expect(starts(MONDAYS, '2026-12-07T09:00', { until: '2026-12-21' })).toHaveLength(3);
    expect(starts(MONDAYS, '2026-12-07T09:00', { until: '2026-12-20' })).toHaveLength(2);
  });

  test.each<[Pattern, Recurrence['end']]>([
    [MONDAYS, { until: '2027-03-07' }],
    [{ kind: 'daily', interval: 1 }, { until: '2027-03-07' }],
    [{ kind: 'absoluteMonthly', interval: 1, dayOfMonth: 7 }, { times: 12 }],
  ])('is assumed where nobody said one: %j', (pattern, end) => {
    expect(toSeries({ pattern, end: null }, first).end).toEqual(end);
  });

  test('the rest is taken away from the day before', () => {
    const series = toSeries({ pattern: MONDAYS, end: { times: 10 } }, first);
    expect(startsOf(endedBefore(series, '2026-12-21'), first).map(iso)).toEqual([
      '2026-12-07T09:00',
      '2026-12-14T09:00',
    ]);
  });
});

describe('a series that cannot be', () => {
  const said = (pattern: Pattern, end: Recurrence['end'], hours: number) => {
    const start = at('2027-03-20T09:00');
    return objectionTo(toSeries({ pattern, end }, start), { start, end: start.plus({ hours }) });
  };
  const daily: Pattern = { kind: 'daily', interval: 1 };

  test.each<[string, ReturnType<typeof said>, ReturnType<typeof objectionTo>]>([
    ['is over before it begins', said(daily, { until: '2027-03-19' }, 1), 'ended'],
    ['has more meetings than Exchange keeps', said(daily, { times: 1_000 }, 1), 'long'],
    ['has as many as Exchange keeps', said(daily, { times: 999 }, 1), null],
    ['lasts until the next begins', said(daily, { times: 5 }, 24), null],
    ['lasts longer than the one short day of the year', said(daily, { times: 20 }, 24), 'crosses'],
  ])('%s', (_name, found, expected) => {
    expect(found).toBe(expected);
  });
});

describe('a series that is kept', () => {
  const first = at('2026-12-07T09:00');
  const series = toSeries({ pattern: MONDAYS, end: { times: 4 } }, first);
  const RECORD = {
    ...{ start: first.toMillis(), end: first.plus({ minutes: 30 }).toMillis() },
    ...{ subject: 'Standup', zone: ZONE, series, expires: 0 },
  };
  const NOTHING = { when: null, day: null, clock: null, shiftMinutes: null, minutes: null, subject: null };
  const start = (of: { start: number }) => iso(DateTime.fromMillis(of.start, { zone: ZONE }));

  test('is over when its last meeting is', () => {
    expect(comingUntil(RECORD)).toBe(at('2026-12-28T09:30').toMillis());
  });

  test.each([
    ['2026-12-01T12:00', null, '2026-12-07T09:00'],
    ['2026-12-07T09:15', null, '2026-12-07T09:00'],
    ['2026-12-07T09:30', null, '2026-12-14T09:00'],
    ['2026-12-01T12:00', '2026-12-21', '2026-12-21T09:00'],
    ['2026-12-01T12:00', '2026-12-22', '2026-12-07T09:00'],
  ])('at %s, spoken of with %s, its meeting is that of %s', (now, day, expected) => {
    expect(start(atOccurrence(RECORD, at(now).toMillis(), day))).toBe(expected);
  });

  describe('some of whose meetings are otherwise in the calendar', () => {
    const NOW = at('2026-12-10T12:00').toMillis();
    const times = (start: string, minutes = 30) => ({
      start: at(start).toMillis(),
      end: at(start).plus({ minutes }).toMillis(),
    });
    const THERE = [times('2026-12-21T09:00'), times('2026-12-29T11:00', 45)];
    const other = { ...RECORD, exceptions: exceptionsIn(RECORD, THERE, NOW) };

    test('has the meetings that the calendar has', () => {
      expect(other.exceptions).toEqual({
        gone: [times('2026-12-14T09:00').start, times('2026-12-28T09:00').start],
        moved: [THERE[1]],
      });
      expect(occurrencesAfter(other, NOW)).toEqual(THERE);
      expect(start(atOccurrence(other, NOW))).toBe('2026-12-21T09:00');
      expect(start(atOccurrence(other, NOW, '2026-12-29'))).toBe('2026-12-29T11:00');
      expect(comingUntil(other)).toBe(THERE[1]?.end);
    });

    test('has none once all are where the pattern has them', () => {
      const all = occurrencesAfter(RECORD, NOW);
      expect(exceptionsIn(other, all, NOW)).toBeUndefined();
    });

    test('is over with its last meeting that is left', () => {
      expect(comingUntil({ ...RECORD, exceptions: exceptionsIn(RECORD, THERE.slice(0, 1), NOW) })).toBe(
        at('2026-12-21T09:30').toMillis(),
      );
    });

    test('keeps of a long series only what is near', () => {
      const daily = toSeries({ pattern: { kind: 'daily', interval: 1 }, end: { times: 900 } }, first);
      const found = exceptionsIn({ ...RECORD, series: daily }, [], NOW);
      expect(found).toMatchObject({ gone: { length: 100 }, moved: [] });
    });

    test('what is said of all is said of its next meeting by the pattern', () => {
      const now = DateTime.fromMillis(NOW, { zone: ZONE });
      const later = applyToWhole(other, { ...NOTHING, shiftMinutes: 30 }, { now, zone: ZONE });
      expect(later).toMatchObject({ kind: 'changed', series: { startDate: '2026-12-07' } });
      expect(later.kind === 'changed' && iso(later.start)).toBe('2026-12-07T09:30');
    });

    test('a day is said on the speaker’s calendar', () => {
      const late = { start: at('2026-12-07T22:00').toMillis(), end: at('2026-12-07T22:30').toMillis() };
      const night = { ...RECORD, ...late };
      expect(start(atOccurrence(night, NOW, '2026-12-22', 'Asia/Tokyo'))).toBe('2026-12-21T22:00');
    });
  });

  test('what is due is about the meeting that is on or next', () => {
    const conversationReference = {
      serviceUrl: '',
      bot: '',
      teamsId: '',
      name: '',
      locale: 'en',
      zone: null,
    };
    const record = { ...stored({ id: 'm1' }), ...RECORD, conversationReference };
    const due = (now: string) =>
      duesOf(record, 10, at(now).toMillis()).map(({ step, at: instant }) => [
        step,
        iso(DateTime.fromMillis(instant, { zone: ZONE })),
      ]);
    expect(due('2026-12-07T09:10')).toEqual([
      ['ended', '2026-12-07T09:30'],
      ['remind', '2026-12-14T08:50'],
      ['started', '2026-12-14T09:00'],
    ]);
    expect(due('2026-12-07T09:30')).toEqual([
      ['remind', '2026-12-14T08:50'],
      ['started', '2026-12-14T09:00'],
      ['ended', '2026-12-14T09:30'],
    ]);
    for (const one of duesOf(record, 10, at('2026-12-08T00:00').toMillis()))
      expect(dueMeeting(one, record, 10, one.at)).not.toBeNull();
    const [reminder] = duesOf(record, 10, at('2026-12-08T00:00').toMillis());
    const later = { ...record, series: { ...series, end: { times: 1 } } };
    expect(reminder && dueMeeting(reminder, later, 10, reminder.at)).toBeNull();
  });

  test('as a whole it gets another clock, also once it has begun', () => {
    const now = at('2026-12-15T12:00');
    const moved = applyToWhole(RECORD, { ...NOTHING, clock: '10:30' }, { now, zone: ZONE });
    expect(moved).toMatchObject({ kind: 'changed', series: { startDate: '2026-12-07' } });
    if (moved.kind !== 'changed') throw new Error('not changed');
    expect([iso(moved.start), iso(moved.end)]).toEqual(['2026-12-07T10:30', '2026-12-07T11:00']);
  });

  test('as a whole it moves to another weekday', () => {
    const now = at('2026-12-15T12:00');
    const moved = applyToWhole(RECORD, { ...NOTHING, day: '2026-12-23' }, { now, zone: ZONE });
    expect(moved).toMatchObject({ series: { pattern: weekly(3), startDate: '2026-12-09' } });
  });

  test('a daily one cannot move to another day', () => {
    const daily = { ...RECORD, series: { ...series, pattern: { kind: 'daily' as const, interval: 1 } } };
    const now = at('2026-12-07T12:00');
    expect(applyToWhole(daily, { ...NOTHING, day: '2026-12-23' }, { now, zone: ZONE })).toEqual({
      kind: 'ask',
      wrong: 'days',
    });
  });
});

const WEEKLY = {
  pattern: { kind: 'weekly', interval: 1, days: [1] },
  end: { times: 4 },
  startDate: '2026-12-07',
  zone: ZONE,
} as const;

test('of a series no other days are offered by one click', () => {
  const start = at('2026-12-07T09:00');
  const draft = {
    subject: 'standup',
    start,
    end: start.plus({ minutes: 30 }),
    options: {},
    assumedMinutes: 30,
    unmet: [],
  };
  const other = { start: start.plus({ weeks: 1 }), end: null };
  const assumed = [{ kind: 'date' as const, said: 'every Monday', taken: start, alternative: other }];
  const alternatives = (more: object) =>
    toOffers(assumed, { ...draft, ...more }, start.minus({ days: 1 })).map(
      ({ alternative }) => alternative !== null,
    );
  expect(alternatives({})).toEqual([true]);
  expect(alternatives({ series: WEEKLY })).toEqual([false]);
});
