import type { Tokens } from '../text/pattern.ts';
import { opens, tokenAt } from '../text/pattern.ts';
import type { Day } from './calendar.ts';
import { civilOf, dayOf } from './calendar.ts';
import type { DateContext, DateRule, DateSaid } from './date-said.ts';
import { calendarDay, noSuchDay } from './date-said.ts';

type Order = { month: number; date: number };

/** The two ways to read a pair of numbers, the locale's first; only those that could be a date in some year. */
function orders(a: number, b: number, monthFirst: boolean): Order[] {
  const both = [
    { month: a, date: b },
    { month: b, date: a },
  ];
  if (!monthFirst) both.reverse();
  const [x, y] = both;
  return both.filter(({ month, date }, index) => {
    const isRepeat = index === 1 && x?.month === y?.month;
    return month >= 1 && month <= 12 && date >= 1 && date <= 31 && !isRepeat;
  });
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

function readPair(a: number, b: number, context: DateContext): DateSaid {
  const { year } = civilOf(context.today);
  const possible = orders(a, b, context.monthFirst);
  const thisYear = possible.map(({ month, date }) => dayOf(year, month, date)).filter(isDay);
  const ahead = thisYear.filter((day) => day >= context.today);
  const recent = thisYear.filter((day) => day < context.today && context.today - day <= 31);
  if (ahead.length > 0) return { ...choose(thisYear, context), yearless: true };
  const nextYear = possible.map(({ month, date }) => dayOf(year + 1, month, date)).filter(isDay);
  if (thisYear.length === 1 && recent[0] !== undefined)
    return { ...calendarDay(recent[0]), others: nextYear, need: 'past', yearless: true };
  return { ...choose(nextYear, context), yearless: true };
}

function readTriple(a: number, b: number, year: number, context: DateContext): DateSaid {
  const days = orders(a, b, context.monthFirst).map(({ month, date }) => dayOf(year, month, date));
  return choose(days.filter(isDay), context);
}

const NUMBERED = new Set(
  'version v room section chapter release build step point item no rev part clause figure table rule'.split(
    ' ',
  ),
);

/** "18.09. 9:00", "1.10. 9am": a dot behind both numbers makes a day of them; of short ones where the clock is sure. */
function isTimed(tokens: Tokens, at: number, isWhole: boolean): boolean {
  const { kind, low } = tokenAt(tokens, at);
  if (low === 'at' || kind !== 'number') return low === 'at';
  const behind = tokenAt(tokens, at + 1);
  return isWhole || behind.means?.half !== undefined || (behind.low === ':' && behind.glued);
}

/** 9/24, 28/08, 12/08/2026, 6-10-26, 24.12.2026, 2026-10-06. */
export const numericDate: DateRule = opens(['#digits'], (tokens, at) => {
  const parts = [tokenAt(tokens, at)];
  let next = at + 1;
  let sign = '';
  while (parts.length < 3) {
    const between = tokenAt(tokens, next);
    const number = tokenAt(tokens, next + 1);
    if (!/^[/.-]$/.test(between.low) || !between.glued || !number.glued || number.kind !== 'number') break;
    if (sign !== '' && between.low !== sign) break;
    sign = between.low;
    parts.push(number);
    next += 2;
  }
  const [first, second, third] = parts;
  const before = tokenAt(tokens, at - 1);
  const isTail = first?.glued && /^[/.:#$£€]$|^\d/.test(before.low);
  if (!first || !second || first.kind !== 'number' || isTail) return null;
  const behind = tokenAt(tokens, next);
  if (behind.glued && (behind.low === '/' || behind.low === '%' || behind.kind === 'word')) return null;
  const numbers = parts.map((part) => Number(part.low));
  const [a = 0, b = 0, c = 0] = numbers;
  if (third && first.low.length === 4) {
    const isReal = a > 1900 && b <= 12;
    const day = isReal ? dayOf(a, b, c) : null;
    return isReal ? { value: () => (day === null ? noSuchDay : calendarDay(day)), next } : null;
  }
  if (
    first.low.length > 2 ||
    second.low.length > 2 ||
    Math.min(a, b) > 12 ||
    Math.max(a, b) > 31 ||
    a * b === 0
  )
    return null;
  if (third) {
    if (third.low.length !== 2 && third.low.length !== 4) return null;
    return { value: (context) => readTriple(a, b, third.low.length === 2 ? 2000 + c : c, context), next };
  }
  const isDotted = sign === '.' && behind.low === '.' && behind.glued && !tokenAt(tokens, next + 1).glued;
  const isWhole = first.low.length + second.low.length === 4;
  if (isDotted && isTimed(tokens, next + 1, isWhole) && !NUMBERED.has(before.low))
    return { value: (context) => readPair(a, b, context), next: next + 1 };
  if (sign !== '/' || (a === 24 && b === 7) || (a === b && a === 1)) return null;
  return { value: (context) => readPair(a, b, context), next };
});
