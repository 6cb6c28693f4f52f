import { count } from '../text/numbers.ts';
import type { Rule } from '../text/pattern.ts';
import { first, map, maybe, meaning, opens, seq, tokenAt, word, words } from '../text/pattern.ts';
import type { Day } from './calendar.ts';
import { civilOf, dayOf, monthAfter } from './calendar.ts';
import type { DateRule, DateSaid } from './date-said.ts';
import { relative } from './date-said.ts';

const week = word('week wk');

const span: Rule<number> = map(
  seq(
    first(
      count,
      map(word('a an one'), () => 1),
      map(words('a couple of'), () => 2),
    ),
    meaning('unit'),
    maybe(word("'")),
  ),
  ([amount, unit]) => {
    const days = { minute: null, hour: null, day: 1, week: 7, fortnight: 14, month: null, year: null }[unit];
    return days === null ? null : amount * days;
  },
);
const months: Rule<number> = map(
  seq(
    first(
      count,
      map(word('a one'), () => 1),
    ),
    word('month months'),
  ),
  ([amount]) => amount,
);

function monthsLater(today: Day, ahead: number): DateSaid {
  const { year: y, month } = monthAfter(today, ahead);
  const { day: date } = civilOf(today);
  for (let d = date; d > 27; d -= 1) {
    const day = dayOf(y, month, d);
    if (day !== null) return relative(day);
  }
  return relative(dayOf(y, month, date) ?? today);
}

/** Days counted from today. */
export const relativeRules: readonly DateRule[] = [
  map(
    seq(maybe(word('the')), word('day'), word('after'), meaning('shift')),
    ([, , , shift]) =>
      ({ today }) =>
        relative(today + shift + 1),
  ),
  map(
    seq(count, word('days'), word('after'), meaning('shift')),
    ([days, , , shift]) =>
      ({ today }) =>
        relative(today + days + shift),
  ),
  map(
    word('overmorrow'),
    () =>
      ({ today }) =>
        relative(today + 2),
  ),
  map(
    seq(word('in'), span, maybe(word('time'))),
    ([, days]) =>
      ({ today }) =>
        relative(today + days),
  ),
  map(
    seq(word('in'), months, maybe(word("'")), maybe(word('time'))),
    ([, ahead]) =>
      ({ today }) =>
        monthsLater(today, ahead),
  ),
  map(
    seq(months, words('from now|today')),
    ([ahead]) =>
      ({ today }) =>
        monthsLater(today, ahead),
  ),
  map(
    seq(
      span,
      first<(days: number) => number>(
        map(words('from now'), () => (days) => days),
        map(
          seq(word('from'), meaning('shift')),
          ([, shift]) =>
            (days) =>
              days + shift,
        ),
        map(meaning('shift'), (shift) => (days) => days + shift),
        map(word('ago'), () => (days) => -days),
      ),
    ),
    ([days, reckon]) =>
      ({ today }) =>
        relative(today + reckon(days)),
  ),
  map(
    seq(meaning('shift'), week),
    ([shift]) =>
      ({ today }) =>
        relative(today + shift + 7),
  ),
  map(seq(word('this'), meaning('part')), ([, part]) => ({ today }) => ({ ...relative(today), part })),
  map(
    seq(word('last'), word('night')),
    () =>
      ({ today }) =>
        relative(today - 1),
  ),
];
/** today, tomorrow, tonight. */
export const todayRule: DateRule = opens(['#shift'], (tokens, at) => {
  const said = tokenAt(tokens, at).means;
  if (said?.shift === undefined) return null;
  const { shift, part = null } = said;
  return { value: ({ today }) => ({ ...relative(today + shift), part }), next: at + 1 };
});
