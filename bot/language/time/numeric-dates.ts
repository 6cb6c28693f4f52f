import type { Day } from './calendar.ts';
import { civilOf, dayOf } from './calendar.ts';
import type { Fit } from './chart.ts';
import { isTagged } from './clocks.ts';
import type { DateContext, DateSaid } from './date-said.ts';
import { calendarDay, noSuchDay } from './date-said.ts';
import type { NumericDate } from './numbers.ts';

type Order = { month: number; date: number };

/** The ways to read a pair of numbers as a date of some year, the likelier one first. Where days come first full stops do not mean anything else. */
function orders(a: number, b: number, monthFirst: boolean, sign: string): Order[] {
  const us = { month: a, date: b };
  const other = { month: b, date: a };
  const both = monthFirst ? [us, other] : [other, us];
  const possible = both.filter(({ month, date }) => month >= 1 && month <= 12 && date >= 1 && date <= 31);
  return (sign === '.' && !monthFirst) || a === b ? possible.slice(0, 1) : possible;
}

function isDay(day: Day | null): day is Day {
  return day !== null;
}

/** Of several readings the only one that lies ahead; where more than one does, the order must be asked. */
function choose(days: Day[], { today }: DateContext): DateSaid {
  const ahead = days.filter((day) => day >= today);
  const [taken] = ahead.length > 0 ? ahead : days;
  if (taken === undefined) return noSuchDay;
  const others = (ahead.length > 0 ? ahead : days).filter((day) => day !== taken);
  return { ...calendarDay(taken), others, need: ahead.length > 1 ? 'dateorder' : null };
}

/** A day of this year, or of the next where it has gone by. */
function withoutYear(possible: readonly Order[], context: DateContext): DateSaid {
  const { year } = civilOf(context.today);
  const thisYear = possible.map(({ month, date }) => dayOf(year, month, date)).filter(isDay);
  const ahead = thisYear.filter((day) => day >= context.today);
  const recent = thisYear.filter((day) => day < context.today && context.today - day <= 31);
  if (ahead.length > 0) return { ...choose(thisYear, context), yearless: true };
  const nextYear = possible.map(({ month, date }) => dayOf(year + 1, month, date)).filter(isDay);
  if (thisYear.length === 1 && recent[0] !== undefined)
    return { ...calendarDay(recent[0]), others: nextYear, need: 'past', yearless: true };
  return { ...choose(nextYear, context), yearless: true };
}

function inYear(possible: readonly Order[], year: number, context: DateContext): DateSaid {
  const days = possible.map(({ month, date }) => dayOf(year, month, date));
  return choose(days.filter(isDay), context);
}

/** "18.09. 9:00", "1.10. 9am": a full stop behind both numbers makes a day of them; behind short ones where a clock follows. */
function isTimed(fit: Fit, isWhole: boolean): boolean {
  const [token, behind, third] = fit.chart.tokens.slice(fit.next, fit.next + 3);
  if (token?.kind !== 'number') return isTagged(fit, fit.next, 'cue') || token?.kind !== 'word';
  return isWhole || isTagged(fit, fit.next + 1, 'half') || (behind?.low === ':' && behind.glued) || !third;
}

/** A date in digits; null where the numbers are something else. */
export function readNumericDate(
  { parts, sign, isDotted }: NumericDate,
  fit: Fit,
  context: DateContext,
): DateSaid | null {
  const { tokens } = fit.chart;
  const [first = '', second = '', third] = parts;
  const [a = 0, b = 0, c = 0] = parts.map(Number);
  const before = tokens[fit.first - 1];
  const behind = tokens[fit.next];
  const isCued = before !== undefined && isTagged(fit, fit.first - 1, 'cue');
  const isWholeIso = third !== undefined && first.length === 4 && before?.low === '/';
  if (
    !isWholeIso &&
    tokens[fit.first]?.glued &&
    before &&
    ('/.:#$£€'.includes(before.low) || before.kind === 'number')
  )
    return null;
  const isClockBehind = behind?.low === 't' || behind?.low === '-';
  if (behind?.glued && ('/%'.includes(behind.low) || behind.kind === 'word') && !isClockBehind)
    if (!(behind.low === '/' && third !== undefined)) return null;
  if (third !== undefined && first.length === 4) {
    const day = a > 1900 && b <= 12 ? dayOf(a, b, c) : null;
    return a > 1900 && b <= 12 ? (day === null ? noSuchDay : calendarDay(day)) : null;
  }
  const isDate =
    first.length <= 2 && second.length <= 2 && Math.min(a, b) <= 12 && Math.max(a, b) <= 31 && a * b > 0;
  if (!isDate) return null;
  const possible = orders(a, b, context.monthFirst, sign);
  if (third !== undefined) {
    if (third.length !== 2 && third.length !== 4) return null;
    return inYear(possible, third.length === 2 ? 2000 + c : c, context);
  }
  const isNumbered = before?.kind === 'word' && !isCued && fit.chart.matchesAt(fit.first - 1).length === 0;
  // Where a full stop makes ordinals, two of them make a date.
  if (isDotted && isTagged(fit, fit.next - 1, 'suffix')) return withoutYear(possible, context);
  if (isDotted)
    return isCued || (isTimed(fit, first.length + second.length === 4) && !isNumbered)
      ? withoutYear(possible, context)
      : null;
  if (sign !== '/' || (a === 24 && b === 7) || (a === b && a === 1)) return null;
  return withoutYear(possible, context);
}
