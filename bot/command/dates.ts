import type { Day } from './calendar.ts';
import { civilOf, dayOf, mondayOf, monthAfter, nthWeekday, onOrAfter, weekdayOf } from './calendar.ts';
import type { Need } from './command.ts';
import { holiday } from './holidays.ts';
import type { Part } from './lexicon.ts';
import { count, ordinal, rank } from './numbers.ts';
import { numericDate } from './numeric-dates.ts';
import type { Rule } from './pattern.ts';
import { digits, first, map, maybe, meaning, opens, seq, tokenAt, word, words } from './pattern.ts';

export type DateContext = { today: Day; monthFirst: boolean };

/** A day as said: the reading taken, the others that the words allow, and what keeps it from being certain. */
export type DateSaid = {
  day: Day | null;
  others: readonly Day[];
  need: Need | null;
  source: 'weekday' | 'relative' | 'calendar' | 'vague';
  weekday: number | null;
  /** A weekday named on that very day: today while the hour lies ahead, else in a week. */
  isSameDay: boolean;
  /** No year was said, so a day gone by may mean next year's. */
  yearless: boolean;
  part: Part | null;
};
/** A date rule finds words; what day they mean depends on the day they are said. */
export type DateRule = Rule<(context: DateContext) => DateSaid | null>;

const BLANK = { others: [], need: null, weekday: null, isSameDay: false, yearless: false, part: null };
export const relative = (day: Day): DateSaid => ({ ...BLANK, day, source: 'relative' });
export const calendarDay = (day: Day): DateSaid => ({ ...BLANK, day, source: 'calendar' });
export const noSuchDay: DateSaid = { ...BLANK, day: null, need: 'date', source: 'calendar' };
const vague: DateSaid = { ...BLANK, day: null, need: 'date', source: 'vague' };
const weekdaySaid = (day: Day, others: Day[] = [], isSameDay = false): DateSaid => ({
  ...BLANK,
  day,
  others,
  source: 'weekday',
  weekday: weekdayOf(day),
  isSameDay,
});

/** This year's day, or next year's where it has gone by. */
export function yearless({ today }: DateContext, month: number, date: number): DateSaid {
  const { year } = civilOf(today);
  const day = dayOf(year, month, date);
  const next = dayOf(year + 1, month, date);
  if (day === null && next === null) {
    const leap = month === 2 && date === 29 ? dayOf(year + 4 - (year % 4), month, date) : null;
    return leap ? { ...calendarDay(leap), need: 'date' } : noSuchDay;
  }
  if (day !== null && day >= today) return { ...calendarDay(day), yearless: true };
  const isRecent = day !== null && today - day <= 31;
  if (isRecent) return { ...calendarDay(day), others: next ? [next] : [], yearless: true, need: 'past' };
  return next === null ? noSuchDay : { ...calendarDay(next), yearless: true };
}

function withYear(year: number, month: number, date: number): DateSaid {
  const day = dayOf(year, month, date);
  return day === null ? noSuchDay : calendarDay(day);
}

function coming({ today }: DateContext, weekday: number): DateSaid {
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

const weekday = meaning('weekday');
const on = maybe(word('on the for'));
const of = maybe(word('of in'));
const comma = maybe(word(','));
const week = word('week wk');
const nextWord = word('next nxt');
const sign = maybe(word('- / . ,'));

const nextWeek = first<number>(
  map(seq(maybe(word('the')), week, word('after'), nextWord), () => 2),
  map(seq(nextWord, week), () => 1),
  map(seq(word('the'), word('following coming'), week), () => 1),
  map(seq(word('this'), maybe(word('coming')), week), () => 0),
  map(
    seq(word('in'), maybe(word('a')), maybe(count), word('weeks week wks'), maybe(words("' time"))),
    ([, a, weeks]) => weeks ?? (a ? 1 : null),
  ),
  map(words("in a week's time"), () => 1),
);

const weekdayRules: readonly DateRule[] = [
  // the Tuesday after next, Tuesday week, a week on Tuesday, a week from Tuesday
  map(seq(maybe(word('the')), weekday, word('after'), nextWord), ([, day]) => (c) => {
    const said = next(c, day);
    return said.day === null ? said : weekdaySaid((said.others[0] ?? said.day) + 7);
  }),
  map(
    seq(weekday, week),
    ([day]) =>
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
    seq(maybe(word('a')), week, word('on from'), weekday),
    ([, , , day]) =>
      (c) =>
        weekdaySaid((coming(c, day).day ?? 0) + 7),
  ),
  map(
    seq(word('two 2'), word('weeks'), word('on from'), weekday),
    ([, , , day]) =>
      (c) =>
        weekdaySaid((coming(c, day).day ?? 0) + 14),
  ),
  map(
    seq(maybe(word('a')), word('fortnight'), word('on from'), weekday),
    ([, , , day]) =>
      (c) =>
        weekdaySaid((coming(c, day).day ?? 0) + 14),
  ),
  // Tuesday next week, next week on Tuesday, Tuesday of the week after next
  map(
    seq(weekday, comma, of, nextWeek),
    ([day, , , weeks]) =>
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

const monthRef: Rule<(today: Day) => { year: number; month: number }> = first(
  map(seq(word('next'), word('month')), () => (today) => monthAfter(today, 1)),
  map(seq(word('the'), word('following'), word('month')), () => (today) => monthAfter(today, 1)),
  map(seq(word('this the'), word('month')), () => (today) => monthAfter(today, 0)),
  map(seq(words('the month after next')), () => (today) => monthAfter(today, 2)),
);
const yearDigits = digits(2020, 2039, 4);
const year: Rule<number> = opens(['#digits ,'], (tokens, at) => {
  const skip = tokenAt(tokens, at).low === ',' ? 1 : 0;
  const hit = yearDigits(tokens, at + skip);
  const behind = hit && tokenAt(tokens, hit.next);
  if (!hit || (behind?.glued && /^[:.h%]|^hrs|^[ap]m?$/.test(behind.low) && behind.low !== '.')) return null;
  return hit.value.toString().length === 4 ? hit : null;
});

function nth(
  c: DateContext,
  rankSaid: number,
  day: number,
  of: { year: number; month: number },
  isFixed: boolean,
): DateSaid {
  const found = nthWeekday(of.year, of.month, day, rankSaid);
  if (found === null) return noSuchDay;
  if (found >= c.today || isFixed) return calendarDay(found);
  const later = nthWeekday(of.year + 1, of.month, day, rankSaid);
  return later === null ? noSuchDay : calendarDay(later);
}

/** "first Thursday of the month": next month's where this month's has gone by. */
function nthOrLater(
  c: DateContext,
  place: number,
  day: number,
  of: { year: number; month: number },
): DateSaid {
  const said = nth(c, place, day, of, true);
  return said.day !== null && said.day < c.today ? nth(c, place, day, monthAfter(c.today, 1), true) : said;
}

const nthRules: readonly DateRule[] = [
  map(
    seq(maybe(word('the')), rank, weekday, word('of in'), monthRef),
    ([, place, day, , of]) =>
      (c) =>
        nthOrLater(c, place, day, of(c.today)),
  ),
  map(
    seq(maybe(word('the')), rank, weekday, word('of in'), meaning('month'), maybe(year)),
    ([, place, day, , month, y]) =>
      (c) =>
        nth(c, place, day, { year: y ?? civilOf(c.today).year, month }, y !== null),
  ),
  map(
    seq(
      maybe(word('the')),
      word('last'),
      maybe(word('working business')),
      word('day'),
      word('of in'),
      monthRef,
    ),
    ([, , working, , , of]) =>
      (c) => {
        const { year: y, month } = of(c.today);
        const end = (dayOf(month === 12 ? y + 1 : y, month === 12 ? 1 : month + 1, 1) ?? 0) - 1;
        return calendarDay(working ? end - Math.max(0, weekdayOf(end) - 5) : end);
      },
  ),
  map(
    seq(maybe(word('the')), word('last'), word('day'), word('of in'), meaning('month')),
    ([, , , , month]) =>
      (c) =>
        yearless(c, month, month === 2 ? 28 : [4, 6, 9, 11].includes(month) ? 30 : 31),
  ),
];

const dayNumber = first(ordinal, digits(1, 31, 2));

/** A day of the month that is not the hour of a clock: "June 5pm" has none. */
const dateNumber: Rule<number> = opens([ordinal, '#digits'], (tokens, at) => {
  const hit = dayNumber(tokens, at);
  if (!hit) return null;
  const behind = tokenAt(tokens, hit.next);
  const isClock = behind.glued && (/^[:h%]$/.test(behind.low) || behind.means?.half !== undefined);
  const isDecimal = behind.glued && behind.low === '.' && tokenAt(tokens, hit.next + 1).glued;
  const isHalfNext = behind.low === 'am' || behind.low === 'pm';
  return isClock || isDecimal || isHalfNext ? null : hit;
});
const dayNumberThenMonth: Rule<number> = opens([ordinal, '#digits'], (tokens, at) => {
  const before = tokenAt(tokens, at - 1);
  const isTail =
    tokenAt(tokens, at).glued && (before.low === ':' || before.low === '.' || before.low === '/');
  return isTail ? null : dayNumber(tokens, at);
});

const monthDayRules: readonly DateRule[] = [
  map(
    seq(maybe(word('the')), dayNumberThenMonth, sign, maybe(word('of')), meaning('month'), sign, year),
    ([, date, , , month, , y]) =>
      () =>
        withYear(y, month, date),
  ),
  map(
    seq(meaning('month'), sign, maybe(word('the')), dateNumber, maybe(word(',')), year),
    ([month, , , date, , y]) =>
      () =>
        withYear(y, month, date),
  ),
  map(
    seq(maybe(word('the')), dayNumberThenMonth, maybe(word('- / of')), meaning('month')),
    ([, date, , month]) =>
      (c) =>
        yearless(c, month, date),
  ),
  map(
    seq(meaning('month'), maybe(word('- / . the')), dateNumber),
    ([month, , date]) =>
      (c) =>
        yearless(c, month, date),
  ),
];

function nthOfMonths(c: DateContext, date: number, from: number): DateSaid {
  for (let ahead = from; ahead < from + 4; ahead += 1) {
    const { year: y, month } = monthAfter(c.today, ahead);
    const day = dayOf(y, month, date);
    if (day !== null && day >= c.today) return calendarDay(day);
  }
  return noSuchDay;
}

const NOT_A_DAY = new Set(
  'floor street avenue quarter party draft version edition round phase attempt day week line item point page option half time interview stage meeting call sprint batch wave iteration year party level'.split(
    ' ',
  ),
);
const BEHIND_A_DAY = new Set(
  'at from with about on re regarding for to in please and or by between around concerning called titled named until till after before w noon midday midnight eod cob both half quarter'.split(
    ' ',
  ),
);

const nthParts = seq(maybe(word('on by for')), maybe(word('the')), ordinal);
/** "the 3rd", "on the 3rd"; a plain "3rd" and "the 3rd" only where no noun follows. */
const nthOfThisMonth: DateRule = opens(['on by for the', ordinal], (tokens, at) => {
  const hit = nthParts(tokens, at);
  if (!hit) return null;
  const [preposition, article, date] = hit.value;
  const isSpelled = tokenAt(tokens, hit.next - 1).kind === 'word' && !tokenAt(tokens, hit.next - 1).glued;
  const behind = tokenAt(tokens, hit.next);
  const isNoun = behind.kind === 'word' && !behind.means && !BEHIND_A_DAY.has(behind.low);
  if (behind.glued && (behind.low === '-' || behind.low === '/' || behind.low === "'")) return null;
  if (NOT_A_DAY.has(behind.low) || behind.means?.unit) return null;
  if (isNoun && !(preposition && article)) return null;
  if (isSpelled && !(article && preposition)) return null;
  return { value: (c) => nthOfMonths(c, date, 0), next: hit.next };
});

/** "on 16 at 2pm": a number that can only be a day of the month. */
const onNumber = seq(word('on'), digits(1, 31, 2));
const plainNumber: DateRule = opens([onNumber], (tokens, at) => {
  const hit = onNumber(tokens, at);
  if (!hit || !/^(at|from|,)$/.test(tokenAt(tokens, hit.next).low)) return null;
  const [, date] = hit.value;
  return { value: (c) => nthOfMonths(c, date, 0), next: hit.next };
});

const ordinalRules: readonly DateRule[] = [
  plainNumber,
  map(seq(maybe(word('the')), ordinal, word('of'), monthRef), ([, date, , of]) => (c) => {
    const { year: y, month } = of(c.today);
    return withYear(y, month, date);
  }),
  nthOfThisMonth,
];

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

const relativeRules: readonly DateRule[] = [
  map(
    seq(maybe(word('the')), word('day'), word('after'), meaning('shift')),
    ([, , , shift]) =>
      ({ today }) =>
        relative(today + shift + 1),
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
    seq(word('in'), months, maybe(word("' time"))),
    ([, ahead]) =>
      ({ today }) =>
        monthsLater(today, ahead),
  ),
  map(
    seq(
      span,
      word('from'),
      first(
        map(word('now'), () => 0),
        meaning('shift'),
      ),
    ),
    ([days, , shift]) =>
      ({ today }) =>
        relative(today + days + shift),
  ),
  map(
    seq(span, meaning('shift')),
    ([days, shift]) =>
      ({ today }) =>
        relative(today + days + shift),
  ),
  map(
    seq(span, word('ago')),
    ([days]) =>
      ({ today }) =>
        relative(today - days),
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
const todayRule: DateRule = opens(['#shift'], (tokens, at) => {
  const said = tokenAt(tokens, at).means;
  if (said?.shift === undefined) return null;
  const { shift, part = null } = said;
  return { value: ({ today }) => ({ ...relative(today + shift), part }), next: at + 1 };
});

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
