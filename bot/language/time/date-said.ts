import type { DayPart, Need } from '../command.ts';
import { civilOf, type Day, dayOf, weekdayOf } from './calendar.ts';

/** What a day depends on besides its words: today where the person is, and whether 03/04 is in March. */
export type DateContext = { today: Day; monthFirst: boolean };

/** A day as said: the reading taken, the others that the words allow, and what keeps it from being certain. */
export type DateSaid = {
  day: Day | null;
  others: readonly Day[];
  need: Need | null;
  source: 'weekday' | 'relative' | 'calendar' | 'vague';
  weekday: number | null;
  /** A day that is today: the one that is meant where the hour has gone by. */
  later: Day | null;
  /** "the first Monday", "the last working day" of a month: the rank, -1 for the last, and the weekdays that count. */
  nth: { rank: number; days: readonly number[] } | null;
  /** No year was said, so a day gone by may mean next year's. */
  yearless: boolean;
  part: DayPart | null;
  /** "next week", "in June": the first and the last of the days that may be meant; null where one day is, or it is open. */
  range: readonly [Day, Day] | null;
};

const BLANK = {
  ...{ others: [], need: null, weekday: null, later: null },
  ...{ nth: null, yearless: false, part: null, range: null },
};
/** A day reckoned from today. */
export const relative = (day: Day): DateSaid => ({ ...BLANK, day, source: 'relative' });
/** A day of the calendar. */
export const calendarDay = (day: Day): DateSaid => ({ ...BLANK, day, source: 'calendar' });
/** A date that the calendar does not have. */
export const noSuchDay: DateSaid = { ...BLANK, day: null, need: 'date', source: 'calendar' };
/** "next week": some day, but which? */
export const vague: DateSaid = { ...BLANK, day: null, need: 'date', source: 'vague' };
/** A day named by its weekday. */
export const weekdaySaid = (day: Day, others: Day[] = [], later: Day | null = null): DateSaid => ({
  ...BLANK,
  day,
  others,
  source: 'weekday',
  weekday: weekdayOf(day),
  later,
});

/** A way to read two numbers as a date. */
export type Order = { month: number; date: number };

/** The days of a year that the ways to read a date come to. */
const daysIn = (year: number, orders: readonly Order[]): Day[] =>
  orders.flatMap(({ month, date }) => dayOf(year, month, date) ?? []);

/** Of several readings the only one that lies ahead; where more than one does, the order must be asked. */
function likeliest(days: readonly Day[], { today }: DateContext): DateSaid {
  const ahead = days.filter((day) => day >= today);
  const [taken, ...others] = ahead.length > 0 ? ahead : days;
  if (taken === undefined) return noSuchDay;
  return { ...calendarDay(taken), others, need: ahead.length > 1 ? 'dateorder' : null };
}

/** The last day of the month that is meant, which may lack the day itself. */
const endOf = (year: number, { month }: Order): Day =>
  [30, 29, 28].map((each) => dayOf(year, month, each)).find((day) => day !== null) ?? 0;

/** This year's day, or next year's where it has gone by; asked where that was within the last month, or the year lacks it. */
export function yearless(context: DateContext, orders: readonly Order[]): DateSaid {
  const { today } = context;
  const { year } = civilOf(today);
  const [days, next] = [daysIn(year, orders), daysIn(year + 1, orders)];
  const [only] = days.length === 1 ? days : [];
  if (days.some((day) => day >= today)) return { ...likeliest(days, context), yearless: true };
  if (only !== undefined && today - only <= 31)
    return { ...calendarDay(only), others: next, need: 'past', yearless: true };
  const isMissing = days.length === 0 && orders.some((order) => endOf(year, order) >= today);
  if (next.length > 0 && !isMissing) return { ...likeliest(next, context), yearless: true };
  if (next.length > 0) return { ...likeliest(next, context), need: 'date' };
  const [leap] = daysIn(year + 4 - (year % 4), orders);
  return leap === undefined ? noSuchDay : { ...calendarDay(leap), need: 'date' };
}

/** A whole date; where it may be read in two orders, as `likeliest`. */
export function ofYear(context: DateContext, year: number, orders: readonly Order[]): DateSaid {
  return likeliest(daysIn(year, orders), context);
}

/** A whole date; the calendar may not have it. */
export function withYear(year: number, month: number, date: number): DateSaid {
  const day = dayOf(year, month, date);
  return day === null ? noSuchDay : calendarDay(day);
}

const readingsOf = ({ day, others }: DateSaid) => (day === null ? [] : [day, ...others]);

/** Whether what was said of one day goes with a day that something else said. */
function allows(said: DateSaid, day: number, other: DateSaid): boolean {
  if (said.weekday !== null && other.weekday === null) return weekdayOf(day) === said.weekday;
  return readingsOf(said).includes(day);
}

/** The days of that weekday around a date that is none. */
function around(day: number, weekday: number): number[] {
  const ahead = (weekday - weekdayOf(day) + 7) % 7;
  return [day + ahead - 7, day + ahead];
}

function conflict(first: DateSaid, second: DateSaid): DateSaid {
  const isSameSort = first.source === second.source && first.weekday === null;
  const need: Need = isSameSort || (first.weekday !== null && second.weekday !== null) ? 'date' : 'conflict';
  const dated = first.weekday === null ? first : second;
  const weekday = first.weekday ?? second.weekday;
  const days = [...readingsOf(first), ...readingsOf(second)];
  const isWrongWeekday =
    need === 'conflict' && dated.source === 'calendar' && weekday !== null && dated.day !== null;
  const others = isWrongWeekday && dated.day !== null ? around(dated.day, weekday) : days;
  return isWrongWeekday ? { ...dated, need, others } : { ...dated, need, ...listed(others) };
}

/** Several days, the earliest first. */
function listed(days: readonly number[]): Pick<DateSaid, 'day' | 'others'> {
  const [day = null, ...others] = [...new Set(days)].sort((a, b) => a - b);
  return { day, others };
}

/**
 * One day out of two that were said: "Monday 12 August", "tomorrow (25 Nov)"; where they disagree it must be asked.
 * `isListed`: they are joined by "or" or "and", and so are two.
 */
export function reconcile(first: DateSaid, second: DateSaid, isListed = false): DateSaid {
  if (second.day === null) return second.need === 'date' && second.source === 'calendar' ? second : first;
  if (first.day === null) return first.need === 'date' && first.source === 'calendar' ? first : second;
  if (first.need === 'conflict' || first.need === 'date')
    return { ...first, ...listed([...readingsOf(first), second.day]) };
  if (isListed) return { ...first, need: 'date', ...listed([...readingsOf(first), ...readingsOf(second)]) };
  const base = second.source === 'calendar' || first.weekday !== null ? second : first;
  const other = base === first ? second : first;
  const fits = readingsOf(base).filter((day) => allows(other, day, base));
  const [only] = fits;
  if (only === undefined) return conflict(first, second);
  const part = first.part ?? second.part;
  if (fits.length > 1) return { ...base, part };
  const need = base.need === 'past' && only === base.day ? 'past' : null;
  return { ...base, day: only, others: [], need, later: other.later === null ? null : base.later, part };
}
