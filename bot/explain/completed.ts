import { DateTime } from 'luxon';
import type { Answer } from '../language/command.ts';
import type { Context } from '../language/reading.ts';

type Question = Extract<NonNullable<Context['open']>, { kind: 'question' }>;

const NOON = 12;

/** The same instant in the other half of the day. */
function inHalf(start: DateTime, half: Answer['half']): DateTime {
  if (half === null) return start;
  return start.set({ hour: (start.hour % NOON) + (half === 'pm' ? NOON : 0) });
}

/** A start out of the day that is known and the clock that was typed, or the other way round. */
function startOf(answer: Answer, known: DateTime | null, zone: string): DateTime | null {
  if (known === null) return answer.when?.start ?? null;
  const isPlain = answer.when === null && answer.clock === null && answer.minutes === null;
  if (answer.half !== null && isPlain) return inHalf(known, answer.half);
  if (answer.clock === null) return answer.when?.start ?? known;
  return DateTime.fromISO(`${known.toISODate()}T${answer.clock}`, { zone });
}

/** The times of an answer, put together with what its question knows. */
export function completed(answer: Answer, open: Question | null, zone: string): Record<string, unknown> {
  const known = open?.start ? DateTime.fromISO(open.start, { zone }) : null;
  const start = startOf(answer, known, zone);
  const length = answer.when?.end?.diff(answer.when.start) ?? null;
  const end = start && length ? start.plus(length) : null;
  const iso = (at: DateTime | null) => at?.toISO({ suppressMilliseconds: true }) ?? null;
  return { start: iso(start) ?? answer.day, end: iso(end), durationMinutes: answer.minutes };
}
