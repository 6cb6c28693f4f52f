import { expect, test } from 'vitest';
import { meaningOf } from '../../bot/command/text/lexicon.ts';
import { isNearMiss } from '../../bot/command/text/spelling.ts';
import { tokenize } from '../../bot/command/text/tokens.ts';
import { civilOf, dayOf, nthWeekday, weekdayOf } from '../../bot/command/when/calendar.ts';

test.each([
  ['tomorow', 'tomorrow', true],
  ['tommorrow', 'tomorrow', true],
  ['wendesday', 'wednesday', true],
  ['thrusday', 'thursday', true],
  ['fryday', 'friday', true],
  ['friday', 'friday', false],
  ['fridge', 'friday', false],
  ['sonday', 'monday', false],
  ['', 'a', false],
])('%s is a slip of %s: %s', (typed, meant, expected) => {
  expect(isNearMiss(typed, meant)).toBe(expected);
});

test.each(['match', 'mourning', 'warning', 'sundae', 'holiday', 'money', 'minute-taking', 'sundry'])(
  '%s means no day',
  (word) => {
    const means = meaningOf(word);
    expect([means?.weekday, means?.month, means?.part]).toEqual([undefined, undefined, undefined]);
  },
);

test.each([
  ['3pmtomorrow', ['3', 'pm', 'tomorrow']],
  ['2moro 2pm', ['2moro', '2', 'pm']],
  ['bo@contoso.com', ['bo@contoso.com']],
  ['call 303-555-0142 or 0161 496 0312', ['call', '303-555-0142', 'or', '0161 496 0312']],
  ['1000-1130', ['1000', '-', '1130']],
  ['2026-10-01T15:00', ['2026', '-', '10', '-', '01', '15', ':', '00']],
  ['$2000 v2.3.1 #12', ['$2000', 'v2.3.1', '#12']],
  ["o'clock Bo's", ["o'clock", "bo's"]],
])('tokens of %s', (text, expected) => {
  expect(tokenize(text).map(({ low }) => low)).toEqual(expected);
});

test('tokens point into the text, in order and without overlap', () => {
  const text = 'İstanbul 3pm with Bo’s "Q3" – 10:30';
  const tokens = tokenize(text);
  tokens.forEach((token, index) => {
    expect(token.from).toBeGreaterThanOrEqual(tokens[index - 1]?.to ?? 0);
    expect(token.to).toBeLessThanOrEqual(text.length);
  });
});

test.each([
  [2026, 2, 29, null],
  [2028, 2, 29, '2028-2-29'],
  [2026, 4, 31, null],
  [2026, 13, 1, null],
  [2026, 12, 31, '2026-12-31'],
  [2000, 2, 29, '2000-2-29'],
])('%i-%i-%i there and back', (year, month, date, expected) => {
  const day = dayOf(year, month, date);
  const civil = day === null ? null : civilOf(day);
  expect(civil && `${civil.year}-${civil.month}-${civil.day}`).toBe(expected);
});

test('weekdays count from Monday', () => {
  expect(weekdayOf(dayOf(2026, 9, 15) ?? 0)).toBe(2);
  expect(weekdayOf(dayOf(1969, 12, 28) ?? 0)).toBe(7);
});

test('a fifth Friday exists in some months only', () => {
  expect(nthWeekday(2026, 9, 5, 5)).toBeNull();
  expect(nthWeekday(2026, 10, 5, 5)).toBe(dayOf(2026, 10, 30));
  expect(nthWeekday(2026, 9, 5, -1)).toBe(dayOf(2026, 9, 25));
});
