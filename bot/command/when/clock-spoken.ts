import { spelled } from '../text/numbers.ts';
import type { Rule } from '../text/pattern.ts';
import { digits, first, map, maybe, opens, seq, tokenAt, word } from '../text/pattern.ts';
import type { Clock } from './clock-said.ts';
import { named, PLAIN } from './clock-said.ts';

/** "nine". */
export const spelledHour = map(spelled, (value) =>
  value >= 1 && value <= 12 ? { ...PLAIN, hour: value, weak: true } : null,
);
/** "nine thirty", "nine oh five". */
export const spelledTime: Rule<Clock> = map(
  seq(spelled, maybe(word('oh')), spelled),
  ([hour, oh, minute]) => {
    const fits =
      hour >= 1 && hour <= 12 && minute % 5 === 0 && minute < 60 && (oh ? minute < 10 : minute >= 10);
    return fits ? { ...PLAIN, hour, minute } : null;
  },
);

const hourOnly = first<Clock>(
  named,
  map(digits(1, 12, 2), (hour) => ({ ...PLAIN, hour })),
  map(spelled, (hour) => (hour >= 1 && hour <= 12 ? { ...PLAIN, hour } : null)),
);
const offset = first<number>(
  map(seq(maybe(word('a')), word('quarter')), () => 15),
  map(seq(word('half')), () => 30),
  map(seq(first(digits(1, 29, 2), spelled), maybe(word('minutes mins min'))), ([minute]) =>
    minute < 30 ? minute : null,
  ),
);

function shifted(clock: Clock, by: number): Clock {
  const total = clock.hour * 60 + clock.minute + by;
  const wrapped = clock.is24 ? (total + 1440) % 1440 : total < 60 ? total + 720 : total;
  return { ...clock, hour: Math.floor(wrapped / 60), minute: wrapped % 60, weak: false };
}

const spokenParts = seq(offset, word('past after to of till til before'), hourOnly);
/** half past nine, quarter to noon, ten past three, twenty to five. "10 to 3" is a range, not ten to three. */
export const spoken: Rule<Clock> = opens([offset], (tokens, at) => {
  const hit = spokenParts(tokens, at);
  if (!hit) return null;
  const [minute, direction, clock] = hit.value;
  const isPast = direction === 'past' || direction === 'after';
  const isDigits = tokenAt(tokens, at).kind === 'number';
  if (minute === 30 && !isPast) return null;
  // "nine to ten" are two hours; "nine minutes to ten" is not said any other way.
  if (minute % 5 !== 0 && tokenAt(tokens, at + 1).low === direction) return null;
  if (isDigits && direction !== 'past' && minute < 13 && tokenAt(tokens, at + 1).low === direction)
    return null;
  if (direction === 'after' || direction === 'before')
    if (minute !== 15 && !clock.is24 && isDigits) return null;
  return { value: shifted(clock, isPast ? minute : -minute), next: hit.next };
});
const halfParts = seq(word('half'), maybe(word('-')), hourOnly);
/** British "half nine" is half past nine. */
export const halfNine: Rule<Clock> = opens(['half'], (tokens, at) => {
  const hit = halfParts(tokens, at);
  return hit && !tokenAt(tokens, hit.next).means?.unit
    ? { value: shifted(hit.value[2], 30), next: hit.next }
    : null;
});
