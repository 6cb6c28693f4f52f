import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { readIso } from '../../bot/base/iso-instant.ts';

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
