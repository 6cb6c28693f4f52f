import type { Need } from '../command.ts';
import type { Day } from './calendar.ts';
import { civilOf, dayOf, weekdayOf } from './calendar.ts';
import type { Part } from './parts.ts';

/** What a day depends on besides its words: today where the person is, and whether 03/04 is in March. */
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

const BLANK = { others: [], need: null, weekday: null, isSameDay: false, yearless: false, part: null };
/** A day reckoned from today. */
export const relative = (day: Day): DateSaid => ({ ...BLANK, day, source: 'relative' });
/** A day of the calendar. */
export const calendarDay = (day: Day): DateSaid => ({ ...BLANK, day, source: 'calendar' });
/** A date that the calendar does not have. */
export const noSuchDay: DateSaid = { ...BLANK, day: null, need: 'date', source: 'calendar' };
/** "next week": some day, but which? */
export const vague: DateSaid = { ...BLANK, day: null, need: 'date', source: 'vague' };
/** A day named by its weekday. */
export const weekdaySaid = (day: Day, others: Day[] = [], isSameDay = false): DateSaid => ({
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

/** A whole date; the calendar may not have it. */
export function withYear(year: number, month: number, date: number): DateSaid {
  const day = dayOf(year, month, date);
  return day === null ? noSuchDay : calendarDay(day);
}
