import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { READING, readingAt, timesOf, whenOf } from './reading.ts';

test.each([
  ['tomorrow 3pm sync', '2026-09-16 15:00'],
  ['tomorrow 3 p.m. sync', '2026-09-16 15:00'],
  ['tomorrow @5p sync', '2026-09-16 17:00'],
  ['tomorrow 9a sync', '2026-09-16 09:00'],
  ['tomorrow 15:30 sync', '2026-09-16 15:30'],
  ['tomorrow 15h30 sync', '2026-09-16 15:30'],
  ['tomorrow 14h sync', '2026-09-16 14:00'],
  ['tomorrow 1530 sync', '2026-09-16 15:30'],
  ['tomorrow at 930 sync', '2026-09-16 09:30'],
  ['tomorrow 07:30 sync', '2026-09-16 07:30'],
  ['tomorrow 12am sync', '2026-09-16 00:00'],
  ['tomorrow 12pm sync', '2026-09-16 12:00'],
  ['tomorrow half past nine sync', '2026-09-16 09:30'],
  ['tomorrow half nine sync', '2026-09-16 09:30'],
  ['tomorrow quarter to noon sync', '2026-09-16 11:45'],
  ['tomorrow at ten to four sync', '2026-09-16 15:50'],
  ['tomorrow at three thirty sync', '2026-09-16 15:30'],
  ["tomorrow 4 o'clock sync", '2026-09-16 16:00'],
  ['tomorrow 5ish sync', '2026-09-16 17:00'],
  ['tomorrow at 8 in the evening sync', '2026-09-16 20:00'],
  ['tomorrow night at 8 sync', '2026-09-16 20:00'],
  ['midnight tonight sync', '2026-09-16 00:00'],
  ['tomorrow EOD sync', '2026-09-16 17:00'],
  ['sync at 4am', '2026-09-16 04:00'],
  ['sync at 10', '2026-09-15 10:00'],
  ['4 tomorrow, sync', '2026-09-16 16:00'],
  ['tomorrow 10 30 sync', '2026-09-16 10:30'],
  ['tomorrow 15.00h sync', '2026-09-16 15:00'],
  ['2moro 2pm sync', '2026-09-16 14:00'],
  ['on 16 at 2pm sync', '2026-09-16 14:00'],
  ['breakfast tomorrow at 7', '2026-09-16 07:00'],
  ['tomorrow 4', '2026-09-16 16:00'],
])('clock: %s', (text, expected) => {
  expect(whenOf(text)).toBe(expected);
});

test.each([
  ['tomorrow 3-4:30pm sync', '2026-09-16 15:00 – 16:30'],
  ['tomorrow 5-630p sync', '2026-09-16 17:00 – 18:30'],
  ['tomorrow 9 to 10:30am sync', '2026-09-16 09:00 – 10:30'],
  ['tomorrow 11-1pm sync', '2026-09-16 11:00 – 13:00'],
  ['tomorrow 11am-2 sync', '2026-09-16 11:00 – 14:00'],
  ['tomorrow 10-12 sync', '2026-09-16 10:00 – 12:00'],
  ['tomorrow 12-1 sync', '2026-09-16 12:00 – 13:00'],
  ['tomorrow noon-1pm sync', '2026-09-16 12:00 – 13:00'],
  ['tomorrow between 2 and 3 sync', '2026-09-16 14:00 – 15:00'],
  ['tomorrow 10:15-11:45 sync', '2026-09-16 10:15 – 11:45'],
  ['tomorrow 7:00-15:00 shift', '2026-09-16 07:00 – 15:00'],
  ['tomorrow 2pm until half past 3', '2026-09-16 14:00 – 15:30'],
  ['from 9pm tomorrow to 6am thursday, cover', '2026-09-16 21:00 – 2026-09-17 06:00'],
  ['from 9pm to tomorrow 6am, cover', '2026-09-15 21:00 – 2026-09-16 06:00'],
  ['tomorrow 10pm-2am deployment', '2026-09-16 22:00 – 2026-09-17 02:00'],
  ['friday lunch 12-1', '2026-09-18 12:00 – 13:00'],
  ['tomorrow 11am-9am sync', 'asks range'],
  ['tomorrow from 3pm to 2pm sync', 'asks range'],
  ['tomorrow 7-8 sync', 'asks ampm'],
])('range: %s', (text, expected) => {
  expect(whenOf(text)).toBe(expected);
});

test.each([
  ['for 45 min', '15:45'],
  ['for half an hour', '15:30'],
  ['90 mins', '16:30'],
  ['1h30', '16:30'],
  ['for an hour and a half', '16:30'],
  ['for one and a half hours', '16:30'],
  ['for 1.5 hours', '16:30'],
  ['1 hr 15 min', '16:15'],
  ['for two hours', '17:00'],
  ['for a quarter of an hour', '15:15'],
  ['for three quarters of an hour', '15:45'],
  ['for 20', '15:20'],
  ['15m', '15:15'],
  ['30-minute sync', '15:30'],
])('length: %s', (said, end) => {
  expect(whenOf(`tomorrow 3pm, ${said}`)).toBe(`2026-09-16 15:00 – ${end}`);
});

test.each([
  ['day after tomorrow', '2026-09-17'],
  ['in 3 days', '2026-09-18'],
  ['friday', '2026-09-18'],
  ['this friday', '2026-09-18'],
  ['next wednesday', '2026-09-23'],
  ['next week wednesday', '2026-09-23'],
  ['wednesday next week', '2026-09-23'],
  ['wednesday week', '2026-09-23'],
  ['a week on wednesday', '2026-09-23'],
  ['a fortnight today', '2026-09-29'],
  ['in 2 weeks on monday', '2026-09-28'],
  ['on the 3rd', '2026-10-03'],
  ['the 20th', '2026-09-20'],
  ['5 Oct', '2026-10-05'],
  ['October 5th, 2026', '2026-10-05'],
  ['the 5th of October', '2026-10-05'],
  ['Mon 5 Oct', '2026-10-05'],
  ['2026-10-05', '2026-10-05'],
  ['5/10/2026', '2026-10-05'],
  ['05.10.2026', '2026-10-05'],
  ['25/12', '2026-12-25'],
  ['first monday of next month', '2026-10-05'],
  ['last friday of June', '2027-06-25'],
  ['last working day of the month', '2026-09-30'],
  ['on christmas eve', '2026-12-24'],
  ['Wendesday', '2026-09-16'],
  ['firday', '2026-09-18'],
])('day: %s', (said, day) => {
  expect(whenOf(`${said} at 3pm, sync`)).toBe(`${day} 15:00`);
});

test.each([
  ['friday sync', 'asks time'],
  ['next week sync', 'asks date time'],
  ['today at 9am sync', 'asks past'],
  ['sync at 9', 'asks past'],
  ['8:30am sync', 'asks past'],
  ['30 February 10am sync', 'asks date'],
  ['Friday 17 September at 10am sync', 'asks conflict'],
  ['10/11 at 3pm sync', 'asks dateorder'],
  ['at 7 tomorrow sync', 'asks ampm'],
  ['friday 10am their time sync', 'asks tz'],
  ['friday 3pm or 4pm sync', 'asks time'],
  ['monday or tuesday 3pm sync', 'asks date'],
  ['meeting monday and wednesday 9am', 'asks date'],
  ['standup mon, wed & fri 9am', 'asks date'],
  ['friday after 3pm sync', 'asks time'],
])('asks: %s', (text, expected) => {
  expect(whenOf(text)).toBe(expected);
});

test('a numeric date is read by the only order that is ahead', () => {
  expect(whenOf('05/11 10am lift', readingAt('2026-10-14T16:30', 'Asia/Singapore', 'en-SG'))).toBe(
    '2026-11-05 10:00',
  );
  expect(whenOf('9/24 11am lift', readingAt('2026-09-15T09:40', 'America/Chicago', 'en-US'))).toBe(
    '2026-09-24 11:00',
  );
});

test.each([
  ['3pm PDT', '2026-09-16 23:00'],
  ['3pm Pacific time', '2026-09-16 23:00'],
  ['9am London time', '2026-09-16 09:00'],
  ['14:00 UTC', '2026-09-16 15:00'],
  ['10 CET', '2026-09-16 09:00'],
  ['3pm (Tokyo time)', '2026-09-16 07:00'],
  ['3pm GMT+2', '2026-09-16 14:00'],
  ['3pm IST', '2026-09-16 10:30'],
])('zone: tomorrow %s', (said, expected) => {
  expect(whenOf(`tomorrow ${said}, sync`)).toBe(expected);
});

test('IST is Irish in Dublin', () => {
  expect(whenOf('tomorrow 3pm IST, sync', readingAt('2026-07-01T10:00', 'Europe/Dublin'))).toBe(
    '2026-07-02 15:00',
  );
});

test('EST in summer is the clock on the wall there, with the other reading one click away', () => {
  const { when, assumed } = timesOf(
    'friday 1pm EST, taxes',
    readingAt('2026-07-01T10:00', 'America/New_York'),
  );
  expect(when?.start.toUTC().hour).toBe(17);
  expect(assumed.map(({ kind, alternative }) => [kind, alternative?.start.toUTC().hour])).toEqual([
    ['zone', 18],
  ]);
});

const SPRING = readingAt('2026-03-27T16:00', 'Europe/Budapest');
const AUTUMN = readingAt('2026-10-22T09:00', 'Europe/Budapest');

test('a clock time across a clock change stays that clock time', () => {
  expect(timesOf('Monday 9am, sync', SPRING).when?.start.toISO({ suppressMilliseconds: true })).toBe(
    '2026-03-30T09:00:00+02:00',
  );
});

test('hours from now are elapsed time across a clock change', () => {
  expect(timesOf('in 72 hours, sync', SPRING).when?.start.toISO({ suppressMilliseconds: true })).toBe(
    '2026-03-30T17:00:00+02:00',
  );
});

test('a time that the clocks skip is asked, with both sides of the gap to choose from', () => {
  const { needs, day, clock, choices } = timesOf('sunday 2:30am failover', SPRING);
  expect({ needs, day, clock }).toEqual({ needs: ['dst'], day: '2026-03-29', clock: '02:30' });
  expect(choices.map(({ start }) => start.toFormat('HH:mm ZZ'))).toEqual(['01:30 +01:00', '03:30 +02:00']);
});

test('a time that the clocks show twice is asked, with both to choose from', () => {
  const { needs, choices } = timesOf('sunday 2:30am failover', AUTUMN);
  expect(needs).toEqual(['dst']);
  expect(choices.map(({ start }) => start.toFormat('HH:mm ZZ'))).toEqual(['02:30 +02:00', '02:30 +01:00']);
});

test('seven offers morning and evening', () => {
  const { needs, day, choices } = timesOf('tomorrow at 7, sync');
  expect({ needs, day }).toEqual({ needs: ['ampm'], day: '2026-09-16' });
  expect(choices.map(({ start }) => start.hour)).toEqual([7, 19]);
});

test('both orders of a date are offered', () => {
  const { choices } = timesOf('10/11 at 3pm sync');
  expect(choices.map(({ start }) => start.toISODate())).toEqual(['2026-11-10', '2026-10-11']);
});

test('a bare hour carries its other reading where people meet at it', () => {
  const alternatives = (text: string) =>
    timesOf(text).assumed.map(({ kind, said, alternative }) => [kind, said, alternative?.start.hour]);
  expect(alternatives('tomorrow at 8, sync')).toEqual([['ampm', '8', 20]]);
  expect(alternatives('tomorrow at 6, sync')).toEqual([['ampm', '6', 6]]);
  expect(alternatives('tomorrow at 3, sync')).toEqual([]);
  expect(alternatives('tomorrow at 10, sync')).toEqual([]);
});

test('next Friday carries this Friday as the other reading', () => {
  const { when, assumed } = timesOf('next friday 2pm, sync');
  expect(when?.start.toISODate()).toBe('2026-09-25');
  expect(assumed.map(({ kind, alternative }) => [kind, alternative?.start.toISODate()])).toEqual([
    ['date', '2026-09-18'],
  ]);
});

test('a certain time assumes nothing', () => {
  expect(timesOf('tomorrow at 3pm, sync').assumed).toEqual([]);
});

test('a repeated meeting is the first one, and says so', () => {
  const { when, needs } = timesOf('every monday at 9:30am, roundup');
  expect([when?.start.toISODate(), needs]).toEqual(['2026-09-21', ['recurrence']]);
});

const NOWHERE = { ...READING, zone: null };

test('without a zone a clock time asks for one and keeps what was said', () => {
  const { when, needs, day, clock } = timesOf('tomorrow at 3pm, sync', NOWHERE);
  expect({ when, needs, day, clock }).toEqual({
    when: null,
    needs: ['tz'],
    day: '2026-09-16',
    clock: '15:00',
  });
});

test('without a zone, a named one or elapsed time is enough', () => {
  expect(timesOf('tomorrow at 3pm Berlin time, sync', NOWHERE).when?.start.toUTC().toISO()).toBe(
    '2026-09-16T13:00:00.000Z',
  );
  expect(timesOf('in 20 minutes, sync', NOWHERE).when?.start.toUTC().toFormat('HH:mm')).toBe('09:00');
});

test('nothing depends on the zone that now is given in', () => {
  const now = DateTime.fromISO('2026-09-15T08:40:00Z', { zone: 'Asia/Tokyo' });
  expect(whenOf('tomorrow 3pm sync', { ...READING, now })).toBe('2026-09-16 15:00');
});

test.each([
  ['at 650-650-6500'],
  ['Pay ABC 2000'],
  ['room 5.12'],
  ['version 3.4'],
  ['12.53%'],
  ['ticket 4512'],
  ['3-3-3-3-3-3'],
])('not a time: %s', (said) => {
  expect(whenOf(`book a meeting about ${said}`)).toBe('asks date time');
});

test.each([
  ['tomorrow 10am sync, half an hr', '2026-09-16 10:00 – 10:30'],
  ['tomorrow 10am sync, 3/4 hour', '2026-09-16 10:00 – 10:45'],
  ['hour and a half tomorrow 10am sync', '2026-09-16 10:00 – 11:30'],
  ['hour-long sync tomorrow 10am', '2026-09-16 10:00 – 11:00'],
  ['half nine tomorrow, sync', '2026-09-16 09:30'],
  ['next thursday week 9am sync', '2026-09-24 09:00'],
  ['mid october 3pm sync', 'asks date'],
  ['end of october at 3pm sync', 'asks date'],
  ['early october 3pm sync', 'asks date'],
  ['two days after tomorrow 9am sync', '2026-09-18 09:00'],
  ['tomorrow 5-30pm sync', '2026-09-16 17:30'],
  ['tomorrow 5-8pm sync', '2026-09-16 17:00 – 20:00'],
  ['tomorrow 2pm ending 4pm sync', '2026-09-16 14:00 – 16:00'],
  ['tomorrow 14:00Z sync', '2026-09-16 15:00'],
  ['friday nine to ten sync', '2026-09-18 09:00 – 10:00'],
  ['friday twenty to three sync', '2026-09-18 14:40'],
  ['18.09. 9:00 sync', '2026-09-18 09:00'],
  ['tomorrow 18.09. Then the sync', '2026-09-16 18:09'],
  ["in two weeks' time on thursday at 9am, sync", '2026-10-01 09:00'],
  ['thursday in two weeks at 9am, sync', '2026-10-01 09:00'],
  ['thursday, in the sync room, at 9am', '2026-09-17 09:00'],
  ['in a fortnight on friday at 9am, sync', '2026-10-02 09:00'],
  ['three weeks from thursday at 9am sync', '2026-10-08 09:00'],
  ['a month from today at 9am sync', '2026-10-15 09:00'],
  ['put in 3pm tomorrow for the sync', '2026-09-16 15:00'],
  ['chuck in 20 tomorrow at 3pm for the sync', '2026-09-16 15:00 – 15:20'],
])('%s: %s', (text, when) => {
  expect(whenOf(text)).toBe(when);
});

test.each([
  ['30 Feb 3pm PST, sync', { day: null, clock: null, needs: ['date'] }],
  ['tomorrow from 5pm to 2pm Tokyo time, sync', { day: '2026-09-16', clock: '09:00', needs: ['range'] }],
  ['today at 9am, sync', { day: '2026-09-15', clock: '09:00', needs: ['past'] }],
  ['yesterday at 3pm, sync', { day: null, clock: '15:00', needs: ['past'] }],
])('what is known while something must be asked: %s', (text, known) => {
  expect(timesOf(text)).toMatchObject({ when: null, ...known });
});

test.each([
  ['mon am 9', '2026-09-21 09:00'],
  ['tomorrow pm 3:30', '2026-09-16 15:30'],
  ['meeting friday am 10:30 budget', '2026-09-18 10:30'],
  ['1.10. 9am', '2026-10-01 09:00'],
  ['meeting on 1.10. at 14:00', '2026-10-01 14:00'],
  ['late September', 'asks date time'],
  ['meeting tomorrow 3pm for 99999 minutes', 'asks time'],
  ['meeting tomorrow for 1500 hours', '2026-09-16 15:00'],
  ['standup, mondays and wednesdays', 'asks time recurrence'],
  ['version 3.4. tomorrow 2pm', '2026-09-16 14:00'],
  ['friday pm 2 budget', 'asks time'],
])('%s: %s', (text, expected) => {
  expect(whenOf(text)).toBe(expected);
});

test('of several days in the week the first that comes is meant, and again', () => {
  const command = timesOf('sync thursdays and wednesdays 10am');
  expect(command).toMatchObject({ needs: ['recurrence'], day: '2026-09-16' });
});

test('of several days each is offered, since a meeting is on one', () => {
  const { needs, choices } = timesOf('standup mon, wed & fri 9am');
  expect(needs).toEqual(['date']);
  expect(choices.map(({ start }) => start.toFormat('ccc HH:mm'))).toEqual([
    'Wed 09:00',
    'Fri 09:00',
    'Mon 09:00',
  ]);
});
