import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../bot/language/command.ts';
import { applyChange, isEndFar } from '../../bot/meeting/apply-change.ts';
import { at, NOW, record, ZONE } from './record.ts';

const NOTHING: Change = {
  when: null,
  day: null,
  clock: null,
  shiftMinutes: null,
  minutes: null,
  subject: null,
};
const when = (start: string, end: string | null = null) => ({
  start: at(start),
  end: end === null ? null : at(end),
});

type Given = Partial<Parameters<typeof record>[0]>;

/** "2026-03-30T16:00 – 16:45 Q3", or what must be asked. */
function outcome(given: Given, change: Partial<Change>, now = NOW, zone = ZONE): string {
  const meeting = record({ id: 'a', subject: 'Q3', start: '2026-03-30T15:00', minutes: 45, ...given });
  const result = applyChange(meeting, { ...NOTHING, ...change }, { now, zone });
  if (result.kind === 'ask') return `ask ${result.wrong}`;
  const { start, end, subject } = result;
  return `${start.toFormat("yyyy-MM-dd'T'HH:mm")} – ${end.toFormat('HH:mm')} ${subject}`;
}

test.each<[Partial<Change>, boolean]>([
  [{ until: '11:00', isEitherHalf: true }, true],
  [{ until: '10:00' }, true],
  [{ until: '22:30' }, false],
  [{ until: '06:00', isEitherHalf: true }, false],
  [{ minutes: 600 }, false],
])('%j of a meeting from 15:00 to 15:45 ends far away: %s', (change, isFar) => {
  const meeting = record({ id: 'a', subject: 'Q3', start: '2026-03-30T15:00', minutes: 45 });
  expect(isEndFar(meeting, { ...NOTHING, ...change }, { now: NOW, zone: ZONE })).toBe(isFar);
});

describe('what was not said stays', () => {
  test.each<[string, Partial<Change>, string]>([
    ['nothing said', {}, '2026-03-30T15:00 – 15:45 Q3'],
    ['a new clock', { clock: '16:00' }, '2026-03-30T16:00 – 16:45 Q3'],
    ['an hour near in the other half', { clock: '02:30', isEitherHalf: true }, '2026-03-30T14:30 – 15:15 Q3'],
    ['an hour far in both halves', { clock: '08:00', isEitherHalf: true }, '2026-03-30T08:00 – 08:45 Q3'],
    ['an end in either half', { until: '04:30', isEitherHalf: true }, '2026-03-30T15:00 – 16:30 Q3'],
    ['a start that moves alone', { clock: '14:30', keepsEnd: true }, '2026-03-30T14:30 – 15:45 Q3'],
    ['a new day', { day: '2026-04-02' }, '2026-04-02T15:00 – 15:45 Q3'],
    ['a weekday', { day: '2026-04-03', weekday: 5 }, '2026-03-27T15:00 – 15:45 Q3'],
    ['both', { day: '2026-04-02', clock: '09:30' }, '2026-04-02T09:30 – 10:15 Q3'],
    [
      'a whole start',
      { when: when('2026-04-02T10:00'), day: '2026-04-02', clock: '10:00' },
      '2026-04-02T10:00 – 10:45 Q3',
    ],
    [
      'a start and an end',
      { when: when('2026-04-02T10:00', '2026-04-02T12:00') },
      '2026-04-02T10:00 – 12:00 Q3',
    ],
    ['a length', { minutes: 20 }, '2026-03-30T15:00 – 15:20 Q3'],
    ['a clock and a length', { clock: '09:00', minutes: 60 }, '2026-03-30T09:00 – 10:00 Q3'],
    ['later', { shiftMinutes: 90 }, '2026-03-30T16:30 – 17:15 Q3'],
    ['earlier', { shiftMinutes: -60 }, '2026-03-30T14:00 – 14:45 Q3'],
    ['longer', { extendMinutes: 15 }, '2026-03-30T15:00 – 16:00 Q3'],
    ['shorter', { extendMinutes: -15 }, '2026-03-30T15:00 – 15:30 Q3'],
    ['a subject', { subject: 'Budget' }, '2026-03-30T15:00 – 15:45 Budget'],
    ['a subject that is none', { subject: ' \n ' }, '2026-03-30T15:00 – 15:45 Q3'],
    ['a subject in one line', { subject: 'Budget\r\nand more' }, '2026-03-30T15:00 – 15:45 Budget and more'],
  ])('%s', (_name, change, expected) => {
    expect(outcome({}, change)).toBe(expected);
  });
});

describe('in the person’s zone', () => {
  test('a clock is theirs, and so is the day that stays', () => {
    const late = { start: '2026-03-31T01:00' };
    const newYork = outcome(late, { clock: '18:00' }, NOW, 'America/New_York');
    expect(newYork).toBe('2026-03-30T18:00 – 18:45 Q3');
  });

  test('a new day across the change of clocks keeps the clock', () => {
    const saturday = { start: '2026-03-28T10:00' };
    expect(outcome(saturday, { day: '2026-03-30' })).toBe('2026-03-30T10:00 – 10:45 Q3');
    expect(outcome(saturday, { shiftMinutes: 2 * 24 * 60 })).toBe('2026-03-30T10:00 – 10:45 Q3');
  });

  test('hours are elapsed time: two hours over a gap show three on the clock', () => {
    expect(outcome({ start: '2026-03-29T01:30' }, { shiftMinutes: 120 })).toBe('2026-03-29T04:30 – 05:15 Q3');
  });

  test('a length over a gap is elapsed time', () => {
    expect(outcome({ start: '2026-03-29T01:30' }, { minutes: 60 })).toBe('2026-03-29T01:30 – 03:30 Q3');
  });
});

describe('what must be asked', () => {
  const running = { start: '2026-03-27T13:30', minutes: 60 };
  test.each<[string, Given, Partial<Change>, string]>([
    ['a clock that has gone by today', { start: '2026-03-27T16:00' }, { clock: '09:00' }, 'ask past'],
    ['a start long ago', {}, { when: when('2026-03-26T10:00') }, 'ask past'],
    ['so much earlier', { start: '2026-03-27T16:00' }, { shiftMinutes: -180 }, 'ask past'],
    ['now is not past', {}, { when: when('2026-03-27T13:58') }, '2026-03-27T13:58 – 14:43 Q3'],
    ['a running meeting may get longer', running, { extendMinutes: 30 }, '2026-03-27T13:30 – 15:00 Q3'],
    ['or shorter', running, { minutes: 45 }, '2026-03-27T13:30 – 14:15 Q3'],
    ['but not end before now', running, { minutes: 20 }, 'ask past'],
    ['a running meeting may be renamed', running, { subject: 'Budget' }, '2026-03-27T13:30 – 14:30 Budget'],
    ['no length left', {}, { extendMinutes: -45 }, 'ask range'],
    ['less than none', {}, { extendMinutes: -90 }, 'ask range'],
    ['no minutes', {}, { minutes: 0 }, 'ask range'],
    ['longer than a day', {}, { minutes: 24 * 60 + 1 }, 'ask range'],
    ['just a day', {}, { minutes: 24 * 60 }, '2026-03-30T15:00 – 15:00 Q3'],
    ['an end before the start', {}, { when: when('2026-04-02T10:00', '2026-04-02T09:00') }, 'ask range'],
    ['a longer one may be renamed', { minutes: 3000 }, { subject: 'Trip' }, '2026-03-30T15:00 – 17:00 Trip'],
    ['a clock in the gap', { start: '2026-03-29T10:00' }, { clock: '02:30' }, 'ask dst'],
    ['a day on which the clock is skipped', { start: '2026-03-28T02:30' }, { day: '2026-03-29' }, 'ask dst'],
    [
      'a day later, onto the skipped clock',
      { start: '2026-03-28T02:30' },
      { shiftMinutes: 24 * 60 },
      'ask dst',
    ],
    ['a clock that comes twice', { start: '2026-10-25T10:00' }, { clock: '02:30' }, 'ask dst'],
    ['a day that does not exist', {}, { day: '2026-02-30' }, 'ask range'],
  ])('%s', (_name, given, change, expected) => {
    expect(outcome(given, change)).toBe(expected);
  });

  test('the second 02:30 stays the second where only the length changes', () => {
    const second = at('2026-10-25T01:30Z');
    const meeting = {
      ...record({ id: 'a' }),
      start: second.toMillis(),
      end: second.plus({ minutes: 30 }).toMillis(),
    };
    const change = { ...NOTHING, clock: '02:30', minutes: 60 };
    const result = applyChange(meeting, change, { now: NOW, zone: ZONE });
    expect(result.kind === 'changed' && result.start.toMillis()).toBe(second.toMillis());
  });
});

test('a move and its way back end where they began, whatever the clocks do', () => {
  const day = fc.integer({ min: 1, max: 300 }).map((n) => NOW.plus({ days: n }).toISODate() ?? '');
  const zones = fc.constantFrom(
    'Europe/Budapest',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
  );
  fc.assert(
    fc.property(day, day, fc.integer({ min: 6, max: 22 }), zones, (from, to, hour, zone) => {
      const start = at(`${from}T${String(hour).padStart(2, '0')}:15`, zone);
      const meeting = {
        ...record({ id: 'a' }),
        start: start.toMillis(),
        end: start.plus({ minutes: 50 }).toMillis(),
      };
      const there = applyChange(meeting, { ...NOTHING, day: to }, { now: NOW, zone });
      if (there.kind !== 'changed') throw new Error('asked without need');
      expect(there.start.toFormat('yyyy-MM-dd HH:mm')).toBe(`${to} ${start.toFormat('HH:mm')}`);
      expect(there.end.diff(there.start, 'minutes').minutes).toBe(50);
      const moved = { ...meeting, start: there.start.toMillis(), end: there.end.toMillis() };
      const back = applyChange(moved, { ...NOTHING, day: from }, { now: NOW, zone });
      expect(back).toMatchObject({ kind: 'changed', start, end: start.plus({ minutes: 50 }) });
    }),
  );
});
