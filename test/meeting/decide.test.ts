import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import type { CreateCommand, Span } from '../../bot/language/command.ts';
import { applyAnswer, type Choice } from '../../bot/meeting/complete-command.ts';
import { type Decision, decide } from '../../bot/meeting/decide.ts';

const ZONE = 'Europe/London';
const at = (iso: string) => DateTime.fromISO(iso, { zone: ZONE });
const NOW = at('2026-11-21T12:00');
const span = (start: string, end: string | null = null): Span => ({
  start: at(start),
  end: end === null ? null : at(end),
});

const COMMAND: CreateCommand = {
  kind: 'create',
  mode: 'scheduled',
  when: span('2026-11-22T15:00'),
  day: null,
  clock: null,
  minutes: null,
  subject: 'Budget',
  invitees: [],
  options: {},
  needs: [],
  choices: [],
  assumed: [],
};

const decided = (change: Partial<CreateCommand>, times: { asked?: DateTime; now?: DateTime } = {}) =>
  decide({ ...COMMAND, ...change }, { asked: NOW, now: NOW, ...times }, { minutes: 30 });
const MINUTE = 'yyyy-MM-dd HH:mm';
/** `2026-11-22 15:00–15:30`, as it would be read. */
const between = ({ start, end }: { start: DateTime; end: DateTime }) =>
  `${start.toFormat(MINUTE)}–${end.toFormat(start.hasSame(end, 'day') ? 'HH:mm' : MINUTE)}`;
const timesOf = (decision: Decision) =>
  decision.kind === 'create' ? between(decision.draft) : decision.kind;

describe('a meeting that can be made', () => {
  test.each<[string, Partial<CreateCommand>, string, number | null]>([
    ['the usual length', {}, '2026-11-22 15:00–15:30', 30],
    ['a length that was said', { minutes: 45 }, '2026-11-22 15:00–15:45', null],
    [
      'an end that was said',
      { when: span('2026-11-22T15:00', '2026-11-22T16:30') },
      '2026-11-22 15:00–16:30',
      null,
    ],
    [
      'an end beats a length',
      { when: span('2026-11-22T15:00', '2026-11-22T16:30'), minutes: 5 },
      '2026-11-22 15:00–16:30',
      null,
    ],
    [
      'over midnight',
      { when: span('2026-11-22T23:00', '2026-11-23T01:00') },
      '2026-11-22 23:00–2026-11-23 01:00',
      null,
    ],
    [
      'a whole day',
      { when: span('2026-11-22T00:00', '2026-11-23T00:00') },
      '2026-11-22 00:00–2026-11-23 00:00',
      null,
    ],
    ['a start just gone by', { when: span('2026-11-21T11:46') }, '2026-11-21 11:46–12:16', 30],
    [
      'over the hour that is skipped',
      { when: span('2027-03-28T00:30'), minutes: 60 },
      '2027-03-28 00:30–02:30',
      null,
    ],
  ])('%s', (_name, change, times, assumedMinutes) => {
    const decision = decided(change);
    expect(timesOf(decision)).toBe(times);
    expect(decision).toMatchObject({ draft: { assumedMinutes } });
  });

  test('carries subject and options along', () => {
    const options = { passcode: false, language: 'fr-FR' };
    expect(decided({ options })).toMatchObject({ draft: { subject: 'Budget', options } });
    expect(decided({ subject: null })).toMatchObject({ draft: { subject: null } });
  });
});

describe('a meeting now', () => {
  const asked = NOW.minus({ minutes: 20 });
  test.each<[string, Partial<CreateCommand>, string, number | null]>([
    ['begins when it was asked for', { when: null }, '2026-11-21 11:40–12:40', 60],
    ['for a time that was said', { when: null, minutes: 15 }, '2026-11-21 11:40–11:55', null],
    ['from a start that was read', { when: span('2026-11-21T11:41') }, '2026-11-21 11:41–12:41', 60],
  ])('%s', (_name, change, times, assumedMinutes) => {
    const decision = decided({ mode: 'now', ...change }, { asked });
    expect(timesOf(decision)).toBe(times);
    expect(decision).toMatchObject({ draft: { assumedMinutes } });
  });
});

describe('what must be asked', () => {
  test.each<[string, Partial<CreateCommand>, object]>([
    [
      'no time',
      { when: null, day: '2026-11-22', needs: ['time'] },
      { needs: ['time'], date: '2026-11-22', time: null, minutes: 30 },
    ],
    [
      'no day',
      { when: null, clock: '15:00', needs: ['date'] },
      { needs: ['date'], date: null, time: '15:00' },
    ],
    ['nothing known, nothing said', { when: null }, { needs: ['time'], date: null, time: null }],
    [
      'two readings',
      { when: null, needs: ['ampm'], choices: [span('2026-11-22T07:00'), span('2026-11-22T19:00')] },
      { needs: ['ampm'], choices: [{}, {}] },
    ],
    [
      'sixteen minutes ago',
      { when: span('2026-11-21T11:44') },
      { needs: ['past'], date: '2026-11-21', time: '11:44' },
    ],
    [
      'the end before the start',
      { when: span('2026-11-22T15:00', '2026-11-22T14:00') },
      { needs: ['range'], minutes: 30 },
    ],
    ['no length at all', { when: span('2026-11-22T15:00', '2026-11-22T15:00') }, { needs: ['range'] }],
    ['longer than a day', { when: span('2026-11-22T15:00', '2026-11-24T15:01') }, { needs: ['range'] }],
    [
      'a length that was said stays',
      { when: span('2026-11-21T09:00', '2026-11-21T10:30') },
      { needs: ['past'], minutes: 90 },
    ],
    ['a need beats a time', { needs: ['tz'] }, { needs: ['tz'], date: '2026-11-22', time: '15:00' }],
    ['now, but somewhere', { mode: 'now', when: null, needs: ['tz'] }, { needs: ['tz'] }],
  ])('%s', (_name, change, question) => {
    expect(decided(change)).toMatchObject({ kind: 'ask', question });
  });

  test('a time that has gone by while the person signed in is asked for', () => {
    expect(decided({ when: span('2026-11-21T12:10') }, { now: NOW.plus({ minutes: 26 }) }).kind).toBe('ask');
    expect(decided({ when: span('2026-11-21T12:10') }, { now: NOW.plus({ minutes: 24 }) }).kind).toBe(
      'create',
    );
  });
});

const nothing: Choice = { choice: null, date: null, time: null };
const answer = (change: Partial<CreateCommand>, choice: Partial<Choice>) =>
  decide(
    applyAnswer({ ...COMMAND, when: null, ...change }, { ...nothing, ...choice }, ZONE),
    { asked: NOW, now: NOW },
    { minutes: 30 },
  );

describe('an answer', () => {
  const two = [span('2026-11-22T07:00'), span('2026-11-22T19:00')];
  test.each<[string, Partial<CreateCommand>, Partial<Choice>, string]>([
    ['the second choice', { needs: ['ampm'], choices: two }, { choice: 1 }, '2026-11-22 19:00–19:30'],
    [
      'one of two hours, on another day and with a length',
      { needs: ['ampm'], choices: two },
      { date: '2026-11-23', choice: 1, minutes: 45 },
      '2026-11-23 19:00–19:45',
    ],
    [
      'the day of one of several times',
      { needs: ['conflict'], choices: [span('2026-11-22T10:00'), span('2026-11-24T10:00')] },
      { date: '2026-11-24' },
      '2026-11-24 10:00–10:30',
    ],
    [
      'the hour of one of several times',
      { needs: ['conflict'], choices: [span('2026-11-22T10:00'), span('2026-11-22T14:00')] },
      { time: '14:00' },
      '2026-11-22 14:00–14:30',
    ],
    [
      'a choice with its end',
      { needs: ['range'], choices: [span('2026-11-22T15:00', '2026-11-22T16:00')] },
      { choice: 0 },
      '2026-11-22 15:00–16:00',
    ],
    [
      'a choice and the length that was said',
      { needs: ['ampm'], choices: two, minutes: 45 },
      { choice: 0 },
      '2026-11-22 07:00–07:45',
    ],
    [
      'a time for a known day',
      { needs: ['time'], day: '2026-11-22' },
      { time: '15:00' },
      '2026-11-22 15:00–15:30',
    ],
    [
      'a day for a known time',
      { needs: ['date'], clock: '15:00' },
      { date: '2026-11-23' },
      '2026-11-23 15:00–15:30',
    ],
    ['both', { needs: ['date', 'time'] }, { date: '2026-11-23', time: '09:15' }, '2026-11-23 09:15–09:45'],
    [
      'another day for a time that is past',
      { when: span('2026-11-20T15:00'), needs: ['past'] },
      { date: '2026-11-23' },
      '2026-11-23 15:00–15:30',
    ],
    [
      'the length of a range stays',
      { when: span('2026-11-20T15:00', '2026-11-20T16:30') },
      { date: '2026-11-23' },
      '2026-11-23 15:00–16:30',
    ],
  ])('%s', (_name, change, choice, times) => {
    expect(timesOf(answer(change, choice))).toBe(times);
  });

  test.each<[string, Partial<CreateCommand>, Partial<Choice>, object]>([
    ['nothing', { needs: ['time'], day: '2026-11-22' }, {}, { needs: ['time'], date: '2026-11-22' }],
    ['half of it', { needs: ['date', 'time'] }, { date: '2026-11-23' }, { date: '2026-11-23', time: null }],
    [
      'a choice that is not there',
      { needs: ['ampm'], choices: two },
      { choice: 2 },
      { needs: ['ampm'], choices: [{}, {}] },
    ],
    [
      'a day that does not exist',
      { needs: ['date', 'time'] },
      { date: '2027-02-30', time: '15:00' },
      { needs: ['date', 'time'] },
    ],
    ['a day that is past', { needs: ['date'], clock: '15:00' }, { date: '2026-11-20' }, { needs: ['past'] }],
    [
      'an hour that is skipped',
      { needs: ['time'], day: '2027-03-28' },
      { time: '01:30' },
      { needs: ['dst'], choices: [{}], time: '01:30' },
    ],
    [
      'an hour that comes twice',
      { needs: ['time'], day: '2027-10-31' },
      { time: '01:30' },
      { needs: ['dst'], choices: [{}, {}], time: '01:30' },
    ],
  ])('%s is asked about', (_name, change, choice, question) => {
    expect(answer(change, choice)).toMatchObject({ kind: 'ask', question });
  });

  test('one of two equal hours is taken as chosen, with the length that was said', () => {
    const first = applyAnswer(
      { ...COMMAND, when: null, minutes: 45 },
      { ...nothing, date: '2027-10-31', time: '01:30' },
      ZONE,
    );
    const second = applyAnswer(first, { ...nothing, choice: 1 }, ZONE);
    const decision = decide(second, { asked: NOW, now: NOW }, { minutes: 30 });
    const utc =
      decision.kind === 'create' &&
      between({ start: decision.draft.start.toUTC(), end: decision.draft.end.toUTC() });
    expect(utc).toBe('2027-10-31 01:30–02:15');
  });
});

describe('a time that was said for another zone', () => {
  // "3pm EST": the instant is in the person's zone, day and clock are as they were said.
  const said = { ...COMMAND, when: span('2026-11-22T20:00'), day: '2026-11-22', clock: '15:00' };

  test('stays when only something else was asked', () => {
    const answer = { choice: null, date: null, time: null, who: ['somebody'] };
    expect(timesOf(decided(applyAnswer({ ...said, needs: ['recurrence'] }, answer, ZONE)))).toBe(
      '2026-11-22 20:00–20:30',
    );
  });

  test('is asked, and moved to another day, on the person’s clock', () => {
    const decision = decided({ ...said, needs: ['recurrence'] });
    expect(decision).toMatchObject({ question: { date: '2026-11-22', time: '20:00' } });
    const answer = { choice: null, date: '2026-11-24', time: null };
    expect(timesOf(decided(applyAnswer(said, answer, ZONE)))).toBe('2026-11-24 20:00–20:30');
  });
});

describe('a room', () => {
  const room = { mode: 'room' as const, when: null };

  test('needs no time', () => {
    expect(decided(room)).toEqual({
      kind: 'room',
      room: { subject: 'Budget', options: {}, unmet: [], times: null },
    });
  });

  test('takes one where it is said, with the usual length', () => {
    const decision = decided({ mode: 'room' });
    const times = decision.kind === 'room' ? decision.room.times : null;
    expect(times && between(times)).toBe('2026-11-22 15:00–15:30');
  });

  test('is asked about like a meeting where the time is not clear', () => {
    expect(decided({ ...room, needs: ['ampm'] }).kind).toBe('ask');
    expect(decided({ mode: 'room', when: span('2026-11-20T15:00') })).toMatchObject({
      question: { needs: ['past'] },
    });
  });
});

describe('what cannot be had', () => {
  test.each([['event'], ['organiser'], ['everybody']] as const)('%s: the person decides first', (wish) => {
    const change = { unmet: [wish] };
    expect(decided(change)).toMatchObject({ kind: 'ask', question: { needs: [], unmet: [wish] } });
    const said = applyAnswer({ ...COMMAND, ...change }, { choice: null, date: null, time: null }, ZONE);
    expect(decided(said)).toMatchObject({ kind: 'create', draft: { unmet: [wish] } });
  });

  test.each([['passcode'], ['questions'], ['recurrence'], ['crowd']] as const)('%s is only said', (wish) => {
    expect(decided({ unmet: [wish] })).toMatchObject({ kind: 'create', draft: { unmet: [wish] } });
  });

  test('who agrees to one of many is told on the card that it is one', () => {
    const command = { ...COMMAND, needs: ['recurrence'] as const };
    const said = applyAnswer(command, { choice: null, date: null, time: null }, ZONE);
    expect(decided(said)).toMatchObject({ kind: 'create', draft: { unmet: ['recurrence'] } });
  });
});
