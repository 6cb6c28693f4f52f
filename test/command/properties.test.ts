import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { createOf } from './reading.ts';

const ZONES = [
  'Europe/Budapest',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'America/St_Johns',
  'Africa/Casablanca',
  'UTC',
];
const CLOCKS = ['HH:mm', 'h:mm a', 'h:mma', "HH'h'mm", 'HHmm', "'at' h.mm a"];
const DATES = [
  'd MMMM yyyy',
  'MMMM d, yyyy',
  'yyyy-MM-dd',
  'd MMM yyyy',
  'cccc d MMMM yyyy',
  'ccc d MMM, yyyy',
];

const moment = fc.record({
  zone: fc.constantFrom(...ZONES),
  // Quarter hours of three years: clock changes of every kind among them.
  quarter: fc.integer({ min: 60, max: 3 * 365 * 96 }),
  clock: fc.constantFrom(...CLOCKS),
  date: fc.constantFrom(...DATES),
  isDayFirst: fc.boolean(),
});

test('what is written is what is read, or it is asked because the clocks change', () => {
  fc.assert(
    fc.property(moment, ({ zone, quarter, clock, date, isDayFirst }) => {
      const now = DateTime.fromISO('2026-01-05T10:00:00', { zone });
      const meant = now.plus({ minutes: quarter * 15 });
      const day = meant.setLocale('en').toFormat(date);
      const hour = meant.setLocale('en').toFormat(clock);
      const text = isDayFirst ? `${day} ${hour}, audit` : `${hour} ${day}, audit`;
      const { when, needs, choices, subject } = createOf(text, { now, zone, locale: 'en-GB' });
      expect(subject).toBe('audit');
      const isTwice = meant.getPossibleOffsets().length > 1;
      if (!isTwice) {
        expect(needs).toEqual([]);
        expect(when?.start.toMillis()).toBe(meant.toMillis());
        return;
      }
      expect(needs).toEqual(['dst']);
      expect(choices.map(({ start }) => start.toMillis())).toContain(meant.toMillis());
    }),
    { seed: 20_260_915, numRuns: 600 },
  );
});

test('a wall clock that a zone skips is never silently moved', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 2026, max: 2028 }), (minute, year) => {
      const now = DateTime.fromISO(`${year}-01-05T10:00:00`, { zone: 'Europe/Budapest' });
      const march = Array.from({ length: 7 }, (_, i) => DateTime.fromObject({ year, month: 3, day: 25 + i }));
      const sunday = march.find(({ weekday }) => weekday === 7)?.day;
      const text = `${sunday} March ${year} at 02:${String(minute).padStart(2, '0')}, audit`;
      const { when, needs } = createOf(text, { now, zone: 'Europe/Budapest', locale: 'en-GB' });
      expect([when, needs]).toEqual([null, ['dst']]);
    }),
    { seed: 7, numRuns: 60 },
  );
});

test('elapsed time is exact in every zone', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 0, max: 9000 }),
      (zone, hours, ahead) => {
        const now = DateTime.fromISO('2026-01-05T10:00:00', { zone }).plus({ hours: ahead });
        const { when } = createOf(`in ${hours} hours, audit`, { now, zone, locale: 'en-GB' });
        expect(when?.start.toMillis()).toBe(now.toMillis() + hours * 3_600_000);
      },
    ),
    { seed: 11, numRuns: 200 },
  );
});
