import { DateTime } from 'luxon';
import { ianaZone } from '../base/date-time.ts';
import type { Assumption } from '../language/command.ts';
import type { Draft } from './decide.ts';
import type { Guess } from './record.ts';

/** The guesses, each with its other reading as a whole meeting; without one that has gone by or would end too soon. */
export function offerable(
  assumed: readonly Assumption[],
  { start, end }: Draft,
  now: DateTime,
): Assumption[] {
  return assumed.map((assumption) => {
    const other = assumption.alternative;
    if (other === null || other.start < now) return { ...assumption, alternative: null };
    return {
      ...assumption,
      alternative: { start: other.start, end: other.end ?? other.start.plus(end.diff(start)) },
    };
  });
}

/** An assumption as it is kept. */
export function toGuess({ kind, said, taken, alternative }: Assumption): Guess {
  const other = alternative && {
    start: alternative.start.toMillis(),
    end: (alternative.end ?? taken).toMillis(),
  };
  return { kind, said, taken: taken.toMillis(), other };
}

/** A guess as the card shows it, in the meeting's zone; a reading that has gone by is not offered any more. */
export function toAssumption({ kind, said, taken, other }: Guess, zone: string, now: DateTime): Assumption {
  const at = (instant: number) => DateTime.fromMillis(instant, { zone: ianaZone(zone) });
  const isAhead = other !== null && other.start >= now.toMillis();
  return {
    kind,
    said,
    taken: at(taken),
    alternative: isAhead ? { start: at(other.start), end: at(other.end) } : null,
  };
}
