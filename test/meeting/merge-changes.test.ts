import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import type { Change } from '../../bot/language/command.ts';
import { mergeChanges } from '../../bot/meeting/correct-command.ts';

const NOTHING: Change = {
  ...{ when: null, day: null, clock: null, shiftMinutes: null, minutes: null, subject: null },
};
const [TOM, KIM] = ['Tom', 'Kim'].map((name) => ({ kind: 'name' as const, name }));
const people = (...all: (typeof TOM)[]) => all.flatMap((one) => one ?? []);
const start = DateTime.fromISO('2026-12-04T15:00', { zone: 'utc' });
const whole = { when: { start, end: start.plus({ hours: 1 }) }, day: '2026-12-04', clock: '15:00' };

test.each<[string, Partial<Change>, Partial<Change>, Partial<Change>]>([
  [
    'a guest and a shift',
    { leaving: people(TOM) },
    { shiftMinutes: -60 },
    { leaving: people(TOM), shiftMinutes: -60 },
  ],
  ['a day and an hour', { day: '2026-12-04' }, { clock: '15:00' }, { day: '2026-12-04', clock: '15:00' }],
  [
    'a whole time and another day',
    whole,
    { day: '2026-12-05' },
    { when: null, day: '2026-12-05', clock: '15:00' },
  ],
  ['a range and another length', whole, { minutes: 45 }, { when: { start, end: null }, minutes: 45 }],
  ['a shift and a length', { shiftMinutes: 30 }, { minutes: 45 }, { shiftMinutes: 30, minutes: 45 }],
  [
    'an hour and a longer meeting',
    { clock: '15:00' },
    { extendMinutes: 15 },
    { clock: '15:00', extendMinutes: 15 },
  ],
  [
    'one who comes and then does not',
    { invitees: people(TOM, KIM) },
    { leaving: people(TOM) },
    { invitees: people(KIM) },
  ],
  [
    'a weekday and an hour',
    { day: '2026-12-04', weekday: 5 },
    { clock: '15:00' },
    { day: '2026-12-04', weekday: 5, clock: '15:00' },
  ],
  ['two names', { subject: 'one' }, { subject: 'two' }, { subject: 'two' }],
  [
    'two options',
    { options: { record: true } },
    { options: { chat: 'disabled' } },
    { options: { record: true, chat: 'disabled' } },
  ],
])('%s are one change', (_name, before, later, both) => {
  expect(mergeChanges({ ...NOTHING, ...before }, { ...NOTHING, ...later })).toMatchObject(both);
});

test.each<[string, Partial<Change>, Partial<Change>]>([
  ['an hour and a shift', { clock: '15:00' }, { shiftMinutes: -60 }],
  ['a shift and a day', { shiftMinutes: -60 }, { day: '2026-12-04' }],
  ['two shifts', { shiftMinutes: -60 }, { shiftMinutes: -60 }],
  ['two lengths, of which one is added', { minutes: 45 }, { extendMinutes: 15 }],
  ['another start where the end is to stay', { clock: '15:00', keepsEnd: true }, { day: '2026-12-04' }],
])('%s are none', (_name, before, later) => {
  expect(mergeChanges({ ...NOTHING, ...before }, { ...NOTHING, ...later })).toBeNull();
});
