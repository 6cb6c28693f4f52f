import { expect, test } from 'vitest';
import type { Which } from '../../bot/language/command.ts';
import { loadPack } from '../../bot/language/pack.ts';
import { pastMeetings, whichLike, whichMeeting } from '../../bot/meeting/which-meeting.ts';
import { at, NOW, record, ZONE } from './record.ts';

const RECORDS = [
  record({ id: 'budget', subject: 'Budget', start: '2026-03-20T10:00' }),
  record({ id: 'standup thu', subject: 'Standup', start: '2026-03-26T09:00' }),
  record({ id: 'standup fri', subject: 'Standup', start: '2026-03-27T09:00' }),
  record({ id: 'now', subject: 'Q3 review', start: '2026-03-27T13:50' }),
  record({ id: 'tomorrow', subject: 'Budget', start: '2026-03-28T10:00' }),
];

const CONTEXT = { now: NOW, zone: ZONE, conversation: 'chat', words: loadPack('en').meetings };
const NOTHING: Which = { subject: null, start: null, day: null, people: [] };

const ids = (which: Partial<Which>) =>
  pastMeetings(RECORDS, { ...NOTHING, ...which }, CONTEXT)
    .map(({ id }) => id)
    .join(', ');

test.each<[string, Partial<Which>, string]>([
  ['nothing: the newest that has begun', {}, 'now'],
  ['a name: not the one that is still to come', { subject: 'budget' }, 'budget'],
  ['a name that several have', { subject: 'standup' }, 'standup fri, standup thu'],
  ['a name and a day', { subject: 'standup', day: '2026-03-26' }, 'standup thu'],
  ['a day', { day: '2026-03-26' }, 'standup thu'],
  ['a day without one', { day: '2026-03-24' }, ''],
  ['a day that is still to come', { day: '2026-03-28' }, ''],
  ['a clock', { start: at('2026-03-28T09:00') }, 'standup fri, standup thu'],
  ['a name that none has', { subject: 'offsite' }, ''],
])('%s', (_, which, expected) => {
  expect(ids(which)).toBe(expected);
});

test('a series is found by the day of each of its meetings that has begun, on the speaker’s calendar', () => {
  const series = record({
    id: 'series',
    start: '2026-03-02T23:00',
    series: {
      pattern: { kind: 'weekly', interval: 1, days: [1] },
      end: { times: 9 },
      startDate: '2026-03-02',
      zone: ZONE,
    },
  });
  const found = (day: string | null, zone = ZONE) =>
    pastMeetings([...RECORDS, series], { ...NOTHING, day }, { ...CONTEXT, zone }).map(({ id }) => id);
  expect(found('2026-03-16')).toEqual(['series']);
  expect(found('2026-03-17')).toEqual([]);
  expect(found('2026-03-17', 'Asia/Tokyo')).toEqual(['series']);
  expect(found('2026-03-30')).toEqual([]);
});

test('a new meeting may be like one that is over, which nothing else can be meant by', () => {
  const over = [record({ id: 'over', subject: 'Standup', start: '2026-03-27T13:00' })];
  expect(whichLike(over, NOTHING, CONTEXT)).toEqual(over);
  expect(whichMeeting(over, NOTHING, CONTEXT)).toEqual([]);
});
