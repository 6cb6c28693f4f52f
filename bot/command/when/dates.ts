import { ordinal } from '../text/numbers.ts';
import { first, map, maybe, meaning, seq, word, words } from '../text/pattern.ts';
import type { DateRule } from './date-said.ts';
import { vague } from './date-said.ts';
import { holiday } from './holidays.ts';
import { monthDayRules, nthRules, ordinalRules } from './month-dates.ts';
import { numericDate } from './numeric-dates.ts';
import { relativeRules, todayRule } from './relative-dates.ts';
import { nextWeek, weekdayRules } from './weekday-dates.ts';

const vagueRules: readonly DateRule[] = [
  map(nextWeek, () => () => vague),
  map(seq(word('next this'), word('month quarter year fortnight weekend')), () => () => vague),
  map(
    first(
      words('the weekend'),
      words('end of the month'),
      words('end of month'),
      words('end of the week'),
      words('end of next week'),
      words('end of week'),
      words('later this week'),
      words('later this month'),
    ),
    () => () => vague,
  ),
  map(
    seq(
      maybe(word('the')),
      word('week'),
      word('of commencing beginning starting'),
      maybe(word('the')),
      maybe(ordinal),
      maybe(meaning('month')),
    ),
    () => () => vague,
  ),
  map(
    seq(
      first(words('early|mid|late -? in?'), words('the? start|beginning|middle|end of')),
      maybe(word('the')),
      meaning('month'),
    ),
    () => () => vague,
  ),
  map(first(words('some time'), word('sometime someday soon')), () => () => vague),
];

/** Every way to name a day, the more telling ones first. */
export const date: DateRule = first(
  ...nthRules,
  numericDate,
  ...monthDayRules,
  ...weekdayRules,
  ...relativeRules,
  ...ordinalRules,
  holiday,
  todayRule,
  ...vagueRules,
);
