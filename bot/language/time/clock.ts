import type { DayPart } from '../command.ts';
import type { Fit, Found } from './chart.ts';
import { isFragment, isTagged } from './neighbours.ts';

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
