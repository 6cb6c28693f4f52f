import { describe, expect, test } from 'vitest';
import { type Due, dueMeeting, duesOf } from '../../bot/meeting/due.ts';
import type { MeetingRecord } from '../../bot/meeting/record.ts';
import { meeting, NOW } from '../../deploy/bench/sample-records.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const START = NOW + 60 * MINUTE_MS;
const END = START + 30 * MINUTE_MS;
const conversationReference = {
  ...{ serviceUrl: 'https://smba.trafficmanager.net/teams/', bot: '28:parley' },
  ...{ teamsId: '29:ada', name: 'Ada', locale: 'en-GB', zone: 'Europe/London' },
};

const record = (change: Partial<MeetingRecord> = {}) =>
  meeting({ conversationReference, start: START, end: END, ...change });
const steps = (one: MeetingRecord, remind: number | null, now = NOW) =>
  duesOf(one, remind, now).map(({ step, at }) => [step, (at - NOW) / MINUTE_MS]);
const due = (step: Due['step'], at: number): Due => ({ tenant: 'contoso', meeting: 'm1', step, at });

describe('what is due about a meeting', () => {
  test.each<[string, MeetingRecord, number | null, number, unknown]>([
    [
      'a meeting of somebody who wants no reminder',
      record(),
      null,
      NOW,
      [
        ['started', 60],
        ['ended', 90],
      ],
    ],
    [
      'one with a reminder',
      record(),
      10,
      NOW,
      [
        ['remind', 50],
        ['started', 60],
        ['ended', 90],
      ],
    ],
    [
      'one whose reminder would have been before',
      record(),
      90,
      NOW,
      [
        ['started', 60],
        ['ended', 90],
      ],
    ],
    ['one that has begun', record(), 10, START, [['ended', 90]]],
    ['one that is over', record(), 10, END, []],
    [
      'a room, which can be joined at any time',
      record({ room: { externalId: 'r', isFirst: true } }),
      10,
      NOW,
      [],
    ],
    ['a record of before there were reminders', meeting({ start: START, end: END }), 10, NOW, []],
  ])('%s', (_name, one, remind, now, wanted) => {
    expect(steps(one, remind, now)).toEqual(wanted);
  });

  const daily = record({
    event: { id: 'e', isSeries: true },
    series: {
      pattern: { kind: 'daily', interval: 1 },
      end: { times: 3 },
      startDate: '2026-11-21',
      zone: 'Europe/London',
    },
  });

  test('of a series it is about the next meeting, until there is none', () => {
    expect(steps(daily, 10)).toEqual([
      ['remind', 50],
      ['started', 60],
      ['ended', 90],
    ]);
    const day = DAY_MS / MINUTE_MS;
    expect(steps(daily, 10, END)).toEqual([
      ['remind', day + 50],
      ['started', day + 60],
      ['ended', day + 90],
    ]);
    expect(steps(daily, 10, END + 2 * DAY_MS)).toEqual([]);
  });

  test('a day ahead every meeting of a daily series is reminded of, although another one is on then', () => {
    const kept: string[] = [];
    for (let now = NOW - 2 * DAY_MS; ; ) {
      const [next] = duesOf(daily, DAY_MS / MINUTE_MS, now);
      if (next === undefined) break;
      const same = duesOf(daily, DAY_MS / MINUTE_MS, now).filter(({ at }) => at === next.at);
      kept.push(...same.map(({ step, at }) => `${step} ${(at - START) / DAY_MS}`));
      now = next.at;
    }
    expect(kept.filter((one) => one.startsWith('remind'))).toEqual(['remind -1', 'remind 0', 'remind 1']);
    expect(kept.filter((one) => one.startsWith('started'))).toEqual(['started 0', 'started 1', 'started 2']);
    expect(kept.filter((one) => one.startsWith('ended'))).toHaveLength(3);
  });

  test('it is about the meetings that there are: not the cancelled one, and the moved one at its new time', () => {
    const moved = { start: START + DAY_MS + 90 * MINUTE_MS, end: END + DAY_MS + 90 * MINUTE_MS };
    const other = { ...daily, exceptions: { gone: [START, START + DAY_MS], moved: [moved] } };
    const day = DAY_MS / MINUTE_MS;
    expect(steps(other, 10)).toEqual([
      ['remind', day + 140],
      ['started', day + 150],
      ['ended', day + 180],
    ]);
    const at = (one: Due) => dueMeeting(one, other, 10, one.at);
    for (const start of [START, START + DAY_MS]) {
      expect(at(due('remind', start - 10 * MINUTE_MS))).toBeNull();
      expect(at(due('started', start))).toBeNull();
    }
    expect(at(due('remind', moved.start - 10 * MINUTE_MS))).toMatchObject(moved);
    expect(at(due('started', moved.start))).toMatchObject(moved);
    expect(at(due('started', START + 2 * DAY_MS))).not.toBeNull();
  });

  test('of a series it is done for the meeting that was meant', () => {
    const second = due('remind', START + DAY_MS - 10 * MINUTE_MS);
    expect(dueMeeting(second, daily, 10, second.at)).toMatchObject({
      start: START + DAY_MS,
      end: END + DAY_MS,
    });
    expect(dueMeeting(due('remind', second.at + 1), daily, 10, second.at)).toBeNull();
  });
});

describe('what was due is done', () => {
  const reminder = due('remind', START - 10 * MINUTE_MS);
  test.each<[string, Due, MeetingRecord, number | null, number, boolean]>([
    ['on time', reminder, record(), 10, reminder.at, true],
    ['five minutes late', reminder, record(), 10, reminder.at + 5 * MINUTE_MS, true],
    ['not later, after a downtime', reminder, record(), 10, reminder.at + 5 * MINUTE_MS + 1, false],
    ['not after the start', due('remind', START - MINUTE_MS), record(), 1, START + 1, false],
    ['not where the meeting was moved', reminder, record({ start: START + 1 }), 10, reminder.at, false],
    ['not where the setting changed', reminder, record(), 15, reminder.at, false],
    ['not where nobody wants it any more', reminder, record(), null, reminder.at, false],
    ['while the meeting goes on', due('started', START), record(), null, END, true],
    ['not once it is over', due('started', START), record(), null, END + 1, false],
    ['the end, for a day', due('ended', END), record(), null, END + DAY_MS, true],
    ['and no longer', due('ended', END), record(), null, END + DAY_MS + 1, false],
  ])('%s', (_name, one, of, remind, now, isDone) => {
    expect(dueMeeting(one, of, remind, now) !== null).toBe(isDone);
  });
});
