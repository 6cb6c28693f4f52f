import type { Fit, Found } from './chart.ts';
import type { Clock } from './clock.ts';
import { isFragment, isTagged } from './neighbours.ts';
import type { Part } from './parts.ts';

/** A time of day with its am or pm, "o'clock" and part of the day. */
export function makeClock(found: Found, fit: Fit): Clock | null {
  let clock = found.core as Clock;
  const half = (found.half ?? found.halfletter) as Clock['half'] | undefined;
  const isNamed = clock.custom || fit.chart.tokens[fit.first]?.kind === 'word';
  if (half !== undefined) {
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
  if ('inpart' in found) clock = { ...clock, part: found.inpart as Part, weak: false };
  const isCounted = isTagged(fit, fit.next, 'unit') && fit.chart.parse('date', fit.next) === null;
  return clock.weak && isCounted && clock.half === null ? null : clock;
}
