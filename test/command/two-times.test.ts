import { expect, test } from 'vitest';
import { createOf, parseText, whenOf } from './reading.ts';

// A meeting has one time: where two were said, or a part of one was not understood, it is asked.
test.each([
  ['planning Monday 9-10 and Wednesday 9-10', 'asks date'],
  ['sync mon/tue 3pm', 'asks date'],
  ['sync 3 december, 4 december 10am', 'asks date'],
  ['sync tomorrow friday 4pm', 'asks date'],
  ['sync tomorrow (18 sep) 4pm', 'asks date'],
  ['review Dec twenty three at 4 pm', 'asks date'],
  ['sync tomorrow 10am, 2pm', 'asks time'],
  ['sync tomorrow 2pm/4pm', 'asks time'],
  ['sync tomorrow 3pm, or 4pm if that suits', 'asks time'],
  ['sync tomorrow morning at 3pm', 'asks time'],
  ['triage tomorrow 2pm, ends 3pm', 'asks time'],
  ['vendor sync 2026-12-18, 14:00 - 2026-12-18, 15:00', 'asks time'],
  ['call friday 3pm London / 9am New York', 'asks time'],
  ['sync tomorrow 3pm for 1 1/2 hours', 'asks range'],
  ['sync tomorrow 3pm for .5h', 'asks range'],
  ['sync tomorrow 3pm for ¾ hour', 'asks range'],
])('“%s”: %s', (text, expected) => {
  expect(whenOf(text)).toBe(expected);
});

test.each([
  ['sync tomorrow wednesday 4pm', '2026-09-16 16:00'],
  ['sync tomorrow (16 sep) 4pm', '2026-09-16 16:00'],
  ['sync at 4pm (16:00) tomorrow', '2026-09-16 16:00'],
  ['call friday 3pm London / 10am New York', '2026-09-18 15:00'],
  ['the Monday metrics tomorrow 4pm', '2026-09-16 16:00'],
  ['meeting tomorrow 4pm about the 3pm outage on Monday', '2026-09-16 16:00'],
])('“%s” is one time: %s', (text, expected) => {
  expect(whenOf(text)).toBe(expected);
});

test('both days are offered', () => {
  const { choices } = createOf('planning Monday 9-10 and Wednesday 9-10');
  expect(choices.map(({ start }) => start.toFormat('ccc HH:mm'))).toEqual(['Wed 09:00', 'Mon 09:00']);
});

test('a change to two times is asked, too', () => {
  expect(parseText('move Q3 to tomorrow 10am, 2pm')).toMatchObject({
    kind: 'reschedule',
    which: { subject: 'Q3' },
    needs: ['time'],
  });
});
