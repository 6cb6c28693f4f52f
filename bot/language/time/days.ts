import type { DayPart } from '../command.ts';
import type { Fit, Found } from './chart.ts';
import type { DateSaid } from './date-said.ts';
import { makeDate } from './dates.ts';
import type { Often } from './series.ts';
import { firstDay, makeOften, weekdaysBetween } from './series.ts';

/** A day, and how often it comes again where it was said as a habit. */
export type Day = { said: DateSaid; often: Often | null; isCued: boolean };

/** A day that comes again, as a pattern of a day; "every first Monday" is one of each month. */
function asHabit(found: Found): Found {
  if (found.do === 'last') return { ...found, monthref: 0 };
  const { number, which, rank = which === undefined ? 1 : -1, weekday = found.weekdays } = found;
  if (found.do === 'dayof') return { ...found, cue: 'on', art: '' };
  if (found.do !== 'nth' && number !== 1) return { ...found, weekday, do: 'weekday' };
  return { ...found, do: 'nth', often: 'month', number: undefined, rank, monthref: 0 };
}

/** "every Monday to Thursday", "Monday to Thursday" where something repeats; else these are two days. */
function weekdaysTo(found: Found, { chart: { context } }: Fit): Day | null {
  const isHabit = context.repeats || 'every' in found || 'weekdays' in found;
  const from = Number(found.weekday ?? found.weekdays);
  const days = weekdaysBetween(from, Number(found.to));
  const often = { unit: 'week' as const, interval: 1, days };
  const said = isHabit ? firstDay(often, context.today) : null;
  return said && { said, often, isCued: true };
}

/** A day as its pattern says, or one that comes again. */
export function makeDay(found: Found, fit: Fit): Day | null {
  const part = (found.part ?? found.inpart) as DayPart | undefined;
  if (found.to !== undefined) return weekdaysTo(found, fit);
  const habit = 'often' in found ? asHabit(found) : null;
  const said = habit ? makeDate(habit, fit, fit.chart.context) : (found.date as DateSaid | undefined);
  if (!said) return null;
  // "Monday, no, Tuesday", on a Tuesday: the one behind that Monday may be meant.
  const need = 'old' in found && said.others.length > 0 ? 'date' : said.need;
  const isPartSaid = part !== undefined && said.part === null;
  return {
    said: { ...said, need, part: isPartSaid ? part : said.part },
    often: habit && makeOften(habit),
    isCued: 'cue' in found || 'every' in found,
  };
}
