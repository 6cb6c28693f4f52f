import type { Fit, Found } from './chart.ts';
import type { Clock } from './clock.ts';
import { PLAIN } from './clock.ts';
import { isDateBehind, isGluedNumber, isTagged } from './neighbours.ts';
import { hourOf, isMinuteSaid, named, relative, shifted, spoken } from './spoken-clocks.ts';

type Half = 'am' | 'pm';

const isGluedWord = ({ chart, next }: Fit) => chart.tokens[next - 1]?.glued === true;

/** 15:30, 9.45, 15h30. */
function withSign(hour: number, minute: number, fit: Fit, isDotted: boolean): Clock | null {
  if (
    (hour === 24 && minute > 0) ||
    (isDotted && fit.chart.tokens[fit.next]?.low === '.' && isGluedNumber(fit, fit.next + 1))
  )
    return null;
  const is24 = hour > 12 || hour === 0 || (fit.chart.tokens[fit.first]?.low.length === 2 && hour < 10);
  return { ...PLAIN, hour, minute, is24, weak: isDotted && !is24 };
}

/** "10 30": only on the quarter hours, and not "10 30-minute slots". */
function spaced(hour: number, minute: number, fit: Fit): Clock | null {
  const [first, second, behind] = fit.chart.tokens.slice(fit.first, fit.first + 3);
  const isCounted =
    isTagged(fit, fit.next, 'unit') || behind?.low === '-' || (behind?.glued && behind.kind !== 'sign');
  if (first?.kind !== 'number' || second?.glued || minute % 15 !== 0 || hour > 23) return null;
  if (isCounted && !isTagged(fit, fit.next, 'half')) return null;
  return { ...PLAIN, hour, minute, is24: hour > 12, weak: true };
}

/** 1530, 0930, 545. */
function fromDigits(low: string): Clock | null {
  const value = Number(low);
  const [hour, minute] = [Math.floor(value / 100), value % 100];
  if (hour > 23 || minute > 59) return null;
  const is24 = low.length === 4 && (hour > 12 || low.startsWith('0'));
  const yearLike = low.length === 4 && ((value >= 2020 && value < 2040) || (value >= 1990 && value < 2000));
  return { ...PLAIN, hour, minute, is24, weak: !low.startsWith('0'), yearLike };
}

/** "um ein Angebot", "à une réunion": the word for one, before a noun. */
function isArticle(fit: Fit): boolean {
  const isNoun = fit.chart.tokens[fit.next]?.kind === 'word' && fit.chart.beginsAt(fit.next) === 0;
  return isNoun && isTagged(fit, fit.first, 'one') && !isTagged(fit, fit.next, 'after');
}

function bare(hour: number, fit: Fit): Clock | null {
  const token = fit.chart.tokens[fit.first];
  const isWord = token?.kind === 'word';
  if ((hour === 0 && (isWord || token?.low.length === 1)) || (hour === 24 && isWord)) return null;
  if (isArticle(fit) || isDayOfMonth(fit)) return null;
  return { ...PLAIN, hour, is24: hour > 12 || hour === 0, weak: true };
}

/** "until Friday 18 December": a number before its month is no hour. */
const isDayOfMonth = (fit: Fit): boolean =>
  fit.chart.tokens[fit.first]?.kind === 'number' &&
  isTagged(fit, fit.next, 'month') &&
  (fit.chart.parse('date', fit.first)?.next ?? 0) > fit.next;

/** "mon am 9": the half of the day before its hour, right behind the day. */
function after(found: Found, fit: Fit): Clock | null {
  const hour = Number(found.hour);
  const isBehindDay =
    fit.first === 0 || ['weekday', 'shift'].some((tag) => isTagged(fit, fit.first - 1, tag));
  const behind = fit.chart.tokens[fit.next];
  const isWhole = behind?.kind !== 'word' || isTagged(fit, fit.next, 'after');
  if (!isBehindDay || hour < 1 || hour > 12 || (found.mm === undefined && !isWhole)) return null;
  return { ...PLAIN, hour, minute: Number(found.mm ?? 0), half: found.half as Half };
}

/** The first hour at which people meet. */
const EARLIEST = 6;

/** The hour and its minutes, without what follows them. */
export function makeCore(found: Found, fit: Fit): Clock | null {
  const hour = Number(found.hour ?? 0);
  const minute = Number(found.mm ?? 0);
  if (isDateBehind(fit)) return null;
  switch (found.form) {
    case 'signed':
      return withSign(hour, minute, fit, false);
    case 'counted': {
      // "14 h 45 min": minutes that have a unit say how long.
      if (!isGluedWord(fit) && isTagged(fit, fit.next, 'unit')) return null;
      // Where hours are counted to 24, 6:00 is in the morning; but nobody meets at 3:00.
      const clock = withSign(hour, minute, fit, false);
      return clock && { ...clock, is24: clock.is24 || hour >= EARLIEST };
    }
    case 'dotted':
      return withSign(hour, minute, fit, true);
    case 'oclock':
      return { ...PLAIN, hour, is24: hour > 12 || hour === 0 };
    case 'hours':
      // "10 h" is a length where the language does not say hours of the day so.
      if (
        !isGluedWord(fit) &&
        !fit.chart.context.clocklike.has('h') &&
        !isTagged(fit, fit.first - 1, 'cue:at')
      )
        return null;
      return hour > 0 ? { ...PLAIN, hour, is24: hour > 12 } : null;
    case 'hyphened':
      return hour >= 1 && hour <= 12 && minute % 15 === 0
        ? { ...PLAIN, hour, minute, half: found.half as Half }
        : null;
    case 'spaced':
      return spaced(hour, minute, fit);
    case 'digits':
      return fromDigits(String(found.digits4));
    case 'bare':
      return bare(hour, fit);
    case 'after':
      return after(found, fit);
    case 'spoken':
      return spoken(found, fit);
    case 'added': {
      const base = isTagged(fit, fit.next, 'unit') ? null : hourOf(found);
      return base && isMinuteSaid(Number(found.minute), fit) ? shifted(base, Number(found.minute)) : null;
    }
    case 'past':
    case 'to':
      return relative(found, fit);
    case 'half': {
      const base = hourOf(found);
      const around = Number(found.minute ?? 0) * ('less' in found ? -1 : 1);
      return base && !isTagged(fit, fit.next, 'unit') ? shifted(base, Number(found.minutes) + around) : null;
    }
  }
  return typeof found.named === 'string' ? named(found.named, 'custom' in found) : null;
}
