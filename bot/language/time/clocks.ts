import type { DayPart } from '../command.ts';
import { type Fit, type Found, isDateBehind, isFragment, isGluedNumber, isTagged } from './chart.ts';

/** A time of day as said. `half` is null where nobody said am or pm. */
export type Clock = {
  hour: number;
  minute: number;
  half: 'am' | 'pm' | null;
  /** 24-hour reading: nothing to guess about the half of the day. */
  is24: boolean;
  /** A bare number: a clock only where its neighbours say so. */
  weak: boolean;
  /** Looks like a year as much as like a time. */
  yearLike: boolean;
  /** Said by name ("end of day"), so that the minute is a custom rather than a fact. */
  custom: boolean;
  part: DayPart | null;
  /** "ten to four": the hour at which a range would begin, if the words are two hours; null where they are one time only. */
  rangeFrom: number | null;
};

/** A time of day that says nothing beyond its numbers. */
export const PLAIN: Clock = {
  hour: 0,
  minute: 0,
  half: null,
  is24: false,
  weak: false,
  yearLike: false,
  custom: false,
  part: null,
  rangeFrom: null,
};

/** German "2027 am 5. März", "noch eins am Dienstag": what is "am" of a clock elsewhere is "on" before a day. */
const isBeforeDay = (fit: Fit): boolean =>
  isTagged(fit, fit.next - 1, 'cue:on') && fit.chart.parse('date', fit.next) !== null;

/** A time of day with its am or pm, "o'clock" and part of the day. */
export function makeClock(found: Found, fit: Fit): Clock | null {
  let clock = found.core as Clock;
  const half = (found.half ?? found.halfletter) as Clock['half'] | undefined;
  const isNamed = clock.custom || fit.chart.tokens[fit.first]?.kind === 'word';
  if (half !== undefined) {
    if (isBeforeDay(fit)) return null;
    if (clock.half !== null || clock.custom || clock.hour === 0 || clock.hour === 24) return null;
    // "15:30 pm" is 15:30.
    if (clock.hour <= 12 && !(isNamed && clock.is24)) clock = { ...clock, half, is24: false };
    clock = { ...clock, weak: false, yearLike: false };
  }
  if ('tail' in found) {
    const digits = fit.chart.tokens[fit.first]?.low.length ?? 0;
    const isFull = clock.is24 || digits >= 3 || clock.minute > 0;
    if (found.tail === 'hours' && !isFull) return null;
    clock = { ...clock, weak: false, yearLike: false };
  }
  if (isFragment(fit)) return null;
  if ('inpart' in found) clock = { ...clock, part: found.inpart as DayPart, weak: false };
  const isCounted = isTagged(fit, fit.next, 'unit') && fit.chart.parse('date', fit.next) === null;
  return clock.weak && isCounted && clock.half === null ? null : clock;
}

/** "half past nine", "Viertel vor drei", "dix heures moins le quart": minutes that are added or taken away. */
export function shifted(clock: Clock, minutes: number): Clock {
  const total = clock.hour * 60 + clock.minute + minutes;
  const wrapped = clock.is24 ? (total + 1440) % 1440 : total < 60 ? total + 720 : total;
  return { ...clock, hour: Math.floor(wrapped / 60), minute: wrapped % 60, weak: false };
}

/** A time of day that has a name: noon, the end of the day. */
function named(value: string, isCustom: boolean): Clock {
  const [hour = 0, minute = 0] = value.split(':').map(Number);
  return { ...PLAIN, hour, minute, is24: true, custom: isCustom };
}

/**
 * Whether the number at the end is minutes of the hour before it: in digits they have two of them, and few are said.
 * "at 4 o'clock 2moro", "um 9 Uhr ein Meeting" and "midi une petite heure" have none.
 */
function isMinuteSaid(minute: number, fit: Fit): boolean {
  const last = fit.chart.tokens[fit.next - 1];
  return minute > 0 && (last?.kind === 'number' ? last.low.length === 2 : minute >= 5);
}

/** "nine thirty", "nine oh five", "14 Uhr 30", "quinze heures trente". */
function spoken(found: Found, fit: Fit): Clock | null {
  const [hour, minute] = [Number(found.hour), Number(found.minute)];
  if (found.hourword === undefined) {
    const isRound = minute % 5 === 0 && (found.zero === undefined ? minute >= 10 : minute < 10);
    if (hour < 1 || hour > 12 || !isRound || fit.chart.tokens[fit.first]?.kind === 'number') return null;
  }
  if (found.hourword !== undefined && (isTagged(fit, fit.next, 'unit') || isGluedNumber(fit, fit.next + 1)))
    return null;
  if (!isMinuteSaid(minute, fit)) return null;
  return { ...PLAIN, hour, minute, is24: hour > 12 || hour === 0 };
}

/**
 * "ten to four", "20 past 3". Digits before "to" are a range where they can be: "10 to 3"; words may be one, unless "at", "by",
 * "to" or "until" stands before them.
 */
function relative(found: Found, fit: Fit): Clock | null {
  const base = hourOf(found);
  if (!base) return null;
  const sign = found.form === 'to' ? -1 : 1;
  const minute = Number(found.minute);
  // "from ten to eleven" are two hours.
  if ('loose' in found && isTagged(fit, fit.first - 1, 'cue:from', 'cue:between')) return null;
  const isWordy = 'unit' in found;
  const isDigits = fit.chart.tokens[fit.first]?.kind === 'number';
  if (minute < 1 || minute > 29 || (minute % 5 !== 0 && !isWordy)) return null;
  if (isDigits && 'loose' in found && minute < 13 && !isWordy) return null;
  if (isDigits && 'vague' in found && minute !== 15 && !base.is24) return null;
  const isOneTime = isTagged(fit, fit.first - 1, 'cue:at', 'cue:by', 'cue:to', 'cue:until');
  const mayBeRange = 'loose' in found && !isWordy && !isOneTime && minute <= 12;
  return { ...shifted(base, sign * minute), rangeFrom: mayBeRange ? minute : null };
}

/** The hour that a spoken time counts from: "nine", "noon". */
function hourOf(found: Found): Clock | null {
  if (typeof found.named === 'string') return named(found.named, 'custom' in found);
  const hour = Number(found.hour);
  if (Number.isNaN(hour)) return null;
  if (hour < 1 || hour > 24) return null;
  return { ...PLAIN, hour, is24: hour > 12 };
}

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
