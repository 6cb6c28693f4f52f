import type { Answer } from '../language/command.ts';
import { type Candidate, type WhichContext, whichMeeting } from './which-meeting.ts';

/** Whether an answer says nothing of when. */
export const isTimeless = ({ when, clock, day }: Answer): boolean =>
  when === null && clock === null && day === null;

/** The index of "the second one" or "the last one" among `count`. Null if there is none. */
export function ordinalIndex({ ordinal }: Answer, count: number): number | null {
  if (ordinal === null) return null;
  const at = ordinal < 0 ? count + ordinal : ordinal - 1;
  return at >= 0 && at < count ? at : null;
}

/**
 * The index of the one meeting that a typed answer picks among those that were offered, by its number, its time or its name.
 * Null if none fits, if several do, or if "2" may be the second one as well as the one at 2. A meeting that is gone by now
 * keeps its place in `offered` as null.
 */
export function pickAmong(
  answer: Answer,
  offered: readonly (Candidate | null)[],
  context: WhichContext,
): number | null {
  const numbered = ordinalIndex(answer, offered.length);
  if (numbered !== null && isTimeless(answer)) return numbered;
  const named = placeNamed(answer, offered, context);
  if (numbered === null || named === null) return numbered ?? named;
  return numbered === named ? named : null;
}

function placeNamed(
  answer: Answer,
  offered: readonly (Candidate | null)[],
  context: WhichContext,
): number | null {
  const which = isTimeless(answer)
    ? { subject: answer.text, start: null, day: null, people: [] }
    : {
        subject: null,
        start: answer.when?.start ?? null,
        day: answer.when === null && answer.saysDay ? answer.day : null,
        people: [],
      };
  const left = offered.filter((meeting) => meeting !== null);
  const [only, ...others] = whichMeeting(left, which, context);
  return only === undefined || others.length > 0 ? null : offered.indexOf(only);
}
