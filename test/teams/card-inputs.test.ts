import { expect, test } from 'vitest';
import { readDateInput, readTimeInput } from '../../bot/teams/card-inputs.ts';

test.each<[unknown, string, string | null]>([
  ['14:30', 'en-GB', '14:30'],
  [' 14:30 ', 'en-GB', '14:30'],
  ['9:05', 'en-GB', '09:05'],
  ['14:30:00', 'en-GB', '14:30'],
  ['14.30', 'da-DK', '14:30'],
  ['2:30 PM', 'en-US', '14:30'],
  ['2:30\u202fPM', 'en-US', '14:30'],
  ['2:30pm', 'de-DE', '14:30'],
  ['2:30:00 p.m.', 'en-CA', '14:30'],
  ['12:00 AM', 'en-US', '00:00'],
  ['12:15 PM', 'en-US', '12:15'],
  ['2:30 p.\u00a0m.', 'es-MX', '14:30'],
  ['오후 2:30', 'ko-KR', '14:30'],
  ['24:00', 'en-GB', '24:00'],
  ['24:00:00', 'en-GB', '24:00'],
  ['24:30', 'en-GB', null],
  ['25:61', 'en-GB', null],
  ['14:30 PM', 'en-US', '14:30'],
  ['later', 'en-US', null],
  ['9'.repeat(20_000), 'en-US', null],
  [15, 'en-US', null],
  [undefined, 'en-US', null],
])('the time %j in %s is %j', (value, locale, time) => {
  expect(readTimeInput(value, locale)).toBe(time);
});

test.each<[unknown, string | null]>([
  ['2026-12-04', '2026-12-04'],
  [' 2026-12-04 ', '2026-12-04'],
  ['2026-12-04T00:00:00Z', '2026-12-04'],
  ['2026-12-04T00:00:00.000+01:00', '2026-12-04'],
  ['2026-12-04 00:00', '2026-12-04'],
  ['2027-02-31', null],
  ['12/04/2026', null],
  ['soon', null],
  [['2027-01-01'], null],
  [undefined, null],
])('the date %j is %j', (value, date) => {
  expect(readDateInput(value)).toBe(date);
});
