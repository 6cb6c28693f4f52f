import { DateTime, IANAZone } from 'luxon';
import { expect, test } from 'vitest';
import { ianaZone, readIso, utcClock, wallClock } from '../../bot/base/date-time.ts';

test.each([
  '2026-11-22T15:00:00Z',
  '2026-11-22T15:00:00.0000000Z',
  '2026-11-22T15:00:00.1234567Z',
  '2026-11-22T15:00:00.5Z',
  '2026-11-22T24:00:00Z',
  '2026-11-22T15:00:00',
  '2026-11-22T15:00:00+02:00',
  '2026-11-22',
  '2024-02-29T00:00:00Z',
])('%s is the instant that luxon reads, in UTC', (text) => {
  const read = readIso(text);
  expect(read.toISO()).toBe(DateTime.fromISO(text, { zone: 'utc' }).toISO());
  expect(read.zoneName).toBe('UTC');
});

test.each([
  '',
  'tomorrow',
  '2026-02-30T00:00:00Z',
  '2026-11-22T25:00:00Z',
  '2026-11-22T15:60:00Z',
  '22 Nov 2026 Z',
])('%j is none', (text) => expect(readIso(text).isValid).toBe(false));

const utc = (iso: string) => Date.parse(iso);

test.each<[string, string, string, string]>([
  ['2026-11-21', '15:00', 'Europe/London', '2026-11-21T15:00:00Z'],
  ['2026-07-01', '15:00', 'Europe/London', '2026-07-01T14:00:00Z'],
  ['2026-11-21', '15:00', 'America/New_York', '2026-11-21T20:00:00Z'],
  ['2026-11-21', '15:00', 'Asia/Kolkata', '2026-11-21T09:30:00Z'],
  ['2026-11-21', '00:00', 'Pacific/Kiritimati', '2026-11-20T10:00:00Z'],
  ['2028-02-29', '23:59', 'Etc/UTC', '2028-02-29T23:59:00Z'],
  ['2026-12-04', '24:00', 'Europe/London', '2026-12-05T00:00:00Z'],
  ['2026-12-31', '24:00', 'America/New_York', '2027-01-01T05:00:00Z'],
  ['2027-03-28', '00:59', 'Europe/London', '2027-03-28T00:59:00Z'],
  ['2027-03-28', '02:00', 'Europe/London', '2027-03-28T01:00:00Z'],
])('%s %s in %s is one instant', (date, time, zone, iso) => {
  const clock = wallClock(date, time, zone);
  expect(clock.kind === 'instant' && clock.at.toMillis()).toBe(utc(iso));
});

test.each<[string, string, string, string]>([
  ['2027-03-28', '01:30', 'Europe/London', '2027-03-28T01:30:00Z'],
  ['2027-03-14', '02:00', 'America/New_York', '2027-03-14T07:00:00Z'],
  ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z'],
])('%s %s in %s is skipped by the clocks; what is offered lies behind the gap', (date, time, zone, iso) => {
  const clock = wallClock(date, time, zone);
  expect(clock.kind === 'gap' && clock.at.toMillis()).toBe(utc(iso));
});

test.each<[string, string, string, [string, string]]>([
  ['2026-10-25', '01:30', 'Europe/London', ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']],
  ['2026-11-01', '01:00', 'America/New_York', ['2026-11-01T05:00:00Z', '2026-11-01T06:00:00Z']],
  ['2027-04-04', '01:45', 'Australia/Lord_Howe', ['2027-04-03T14:45:00Z', '2027-04-03T15:15:00Z']],
])('%s %s in %s comes twice, earlier first', (date, time, zone, [first, second]) => {
  const clock = wallClock(date, time, zone);
  expect(clock.kind === 'overlap' && [clock.first.toMillis(), clock.second.toMillis()]).toEqual([
    utc(first),
    utc(second),
  ]);
});

test.each([
  ['2027-02-29', '10:00', 'Europe/London'],
  ['2026-06-31', '10:00', 'Europe/London'],
  ['2026-13-01', '10:00', 'Europe/London'],
  ['2026-11-21', '24:30', 'Europe/London'],
  ['2026-11-21', '10:60', 'Europe/London'],
  ['2026-11-21', '9:00', 'Europe/London'],
  ['21/11/2026', '10:00', 'Europe/London'],
  ['2026-11-21', '10:00', 'Mars/Olympus'],
  ['', '', ''],
])('%j %j in %j is nonsense', (date, time, zone) => {
  expect(wallClock(date, time, zone)).toEqual({ kind: 'nonsense' });
});

test.each(['Europe/London', 'America/New_York', 'Africa/Casablanca', 'Australia/Lord_Howe', 'Asia/Kolkata'])(
  '%s has the offsets of the platform all through a year, in whatever order they are asked for',
  (name) => {
    const [zone, platform] = [ianaZone(name), IANAZone.create(name)];
    const count = (366 * 24 * 60) / 105;
    for (let index = 0; index < count; index += 1) {
      // A step that has no factor in common with the count comes by every place, far from the one before it.
      const instant = utc('2026-01-01T00:00:00Z') + ((index * 1009) % count) * 105 * 60_000;
      if (zone.offset(instant) !== platform.offset(instant))
        expect(new Date(instant).toISOString()).toBe('an instant with the offset of the platform');
    }
    expect(zone.offset(Number.NaN)).toBeNaN();
  },
);

test('a clock in UTC goes with the one it is made of, also back', () => {
  let milliseconds = Date.parse('2026-11-22T15:00:00Z');
  const now = utcClock(() => milliseconds);
  expect(now().toISO()).toBe('2026-11-22T15:00:00.000Z');
  expect(now()).toBe(now());
  milliseconds += 1;
  expect(now().toISO()).toBe('2026-11-22T15:00:00.001Z');
  milliseconds -= 60_000;
  expect(now().toISO()).toBe('2026-11-22T14:59:00.001Z');
});
