import { count } from '../text/numbers.ts';
import { first, map, maybe, meaning, seq, word, words } from '../text/pattern.ts';
import { mondayOf, onOrAfter } from './calendar.ts';
import type { DateContext, DateRule, DateSaid } from './date-said.ts';
import { weekdaySaid } from './date-said.ts';

const weekday = meaning('weekday');
const on = maybe(word('on the for'));
const of = maybe(word('of in'));
const comma = maybe(word(','));
const week = word('week wk');
const nextWord = word('next nxt');

/** "a week", "three weeks", "a fortnight". */
const weeks = first<number>(
  map(seq(maybe(word('a one')), week), () => 1),
  map(seq(count, word('weeks wks')), ([amount]) => amount),
  map(seq(maybe(word('a')), word('fortnight')), () => 2),
);
const inTime = seq(maybe(word("'")), maybe(word('time')));

/** How many weeks ahead: next week, the week after next, in two weeks. */
export const nextWeek = first<number>(
  map(seq(maybe(word('the')), week, word('after'), nextWord), () => 2),
  map(seq(nextWord, week), () => 1),
  map(seq(word('the'), word('following coming'), week), () => 1),
  map(seq(word('this'), maybe(word('coming')), week), () => 0),
  map(
    seq(word('in'), maybe(word('a')), maybe(count), word("weeks week wks wk week's"), inTime),
    ([, a, weeks]) => weeks ?? (a ? 1 : null),
  ),
  map(seq(words("in a|one fortnight|fortnight's"), inTime), () => 2),
);

/** The next such weekday; said on that very day, today or in a week. */
export function coming({ today }: DateContext, weekday: number): DateSaid {
  const day = onOrAfter(today, weekday);
  return weekdaySaid(day, day === today ? [day + 7] : [], day === today);
}

function inWeek({ today }: DateContext, weekday: number, weeks: number): DateSaid {
  return weekdaySaid(mondayOf(today) + weeks * 7 + weekday - 1);
}

/** Before that day of this week "next Friday" may be either; afterwards only next week's. */
function next(context: DateContext, weekday: number): DateSaid {
  const { day } = inWeek(context, weekday, 1);
  const soon = onOrAfter(context.today + 1, weekday);
  return weekdaySaid(day ?? soon, day !== null && soon < day ? [soon] : []);
}

/** Days named by their weekday. */
export const weekdayRules: readonly DateRule[] = [
  // the Tuesday after next, Tuesday week, a week on Tuesday, a week from Tuesday
  map(seq(maybe(word('the')), weekday, word('after'), nextWord), ([, day]) => (c) => {
    const said = next(c, day);
    return said.day === null ? said : weekdaySaid((said.others[0] ?? said.day) + 7);
  }),
  map(
    seq(maybe(nextWord), weekday, week),
    ([, day]) =>
      (c) =>
        weekdaySaid((coming(c, day).day ?? 0) + 7),
  ),
  map(
    seq(weekday, word('fortnight')),
    ([day]) =>
      (c) =>
        weekdaySaid((coming(c, day).day ?? 0) + 14),
  ),
  map(
    seq(weeks, word('on from'), weekday),
    ([ahead, , day]) =>
      (c) =>
        weekdaySaid((coming(c, day).day ?? 0) + ahead * 7),
  ),
  // Tuesday next week, next week on Tuesday, Tuesday of the week after next
  map(
    seq(
      weekday,
      comma,
      first(
        nextWeek,
        map(seq(of, nextWeek), ([, weeks]) => weeks),
      ),
    ),
    ([day, , weeks]) =>
      (c) =>
        inWeek(c, day, weeks),
  ),
  map(
    seq(nextWeek, comma, on, weekday),
    ([weeks, , , day]) =>
      (c) =>
        inWeek(c, day, weeks),
  ),
  map(
    seq(maybe(word('the')), nextWord, weekday),
    ([, , day]) =>
      (c) =>
        next(c, day),
  ),
  map(
    seq(word('the'), word('following'), weekday),
    ([, , day]) =>
      (c) =>
        next(c, day),
  ),
  map(
    seq(weekday, nextWord),
    ([day]) =>
      (c) =>
        next(c, day),
  ),
  map(
    seq(word('last past previous'), weekday),
    ([, day]) =>
      ({ today }) =>
        weekdaySaid(onOrAfter(today - 7, day)),
  ),
  map(
    seq(maybe(word('this the')), maybe(word('coming upcoming')), weekday),
    ([, , day]) =>
      (c) =>
        coming(c, day),
  ),
];
