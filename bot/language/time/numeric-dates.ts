import { memo } from '../../base/cache.ts';
import type { Fit } from './chart.ts';
import type { DateContext, DateSaid, Order } from './date-said.ts';
import { ofYear, withYear, yearless } from './date-said.ts';
import { isGluedTo, isTagged } from './neighbours.ts';
import type { NumericDate } from './numbers.ts';

/** Whether people of a locale write 3 April as 4/3, as CLDR has it. */
export const monthFirst = memo(200, (locale) => {
  const format = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'numeric', day: 'numeric' });
  return format.formatToParts(0)[0]?.type === 'month';
});

/** The ways to read a pair of numbers as a date of some year, the likelier one first. Where days come first full stops do not mean anything else. */
function orders(a: number, b: number, monthFirst: boolean, sign: string): Order[] {
  const us = { month: a, date: b };
  const other = { month: b, date: a };
  const both = monthFirst ? [us, other] : [other, us];
  const possible = both.filter(({ month, date }) => month >= 1 && month <= 12 && date >= 1 && date <= 31);
  return (sign === '.' && !monthFirst) || a === b ? possible.slice(0, 1) : possible;
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
  if (!isWholeIso && isGluedTo(fit, '/.:#$£€')) return null;
  const isClockBehind = behind?.low === 't' || behind?.low === '-';
  if (behind?.glued && ('/%'.includes(behind.low) || behind.kind === 'word') && !isClockBehind)
    if (!(behind.low === '/' && third !== undefined)) return null;
  if (third !== undefined && first.length === 4) return a > 1900 && b <= 12 ? withYear(a, b, c) : null;
  const isDate =
    first.length <= 2 && second.length <= 2 && Math.min(a, b) <= 12 && Math.max(a, b) <= 31 && a * b > 0;
  if (!isDate) return null;
  const possible = orders(a, b, context.monthFirst, sign);
  if (third !== undefined) {
    if (third.length !== 2 && third.length !== 4) return null;
    return ofYear(context, third.length === 2 ? 2000 + c : c, possible);
  }
  const isNumbered = before?.kind === 'word' && !isCued && fit.chart.matchesAt(fit.first - 1).length === 0;
  // Where a full stop makes ordinals, two of them make a date.
  if (isDotted && isTagged(fit, fit.next - 1, 'suffix')) return yearless(context, possible);
  if (isDotted)
    return isCued || (isTimed(fit, first.length + second.length === 4) && !isNumbered)
      ? yearless(context, possible)
      : null;
  // "le 15.10 à 13h45": behind "on" stands a day, where an hour follows.
  const isOnDay = sign === '.' && isTagged(fit, fit.first - 1, 'cue:on') && isTagged(fit, fit.next, 'cue:at');
  if (isOnDay) return yearless(context, possible);
  if (sign !== '/' || (a === 24 && b === 7) || (a === b && a === 1)) return null;
  return yearless(context, possible);
}
