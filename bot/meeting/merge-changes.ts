import type { Change, Invitee } from '../language/command.ts';
import { isSamePerson } from './correct-command.ts';

/**
 * Two changes of one meeting as one; what was said later counts where both say the same. Null if the later one counts from a
 * time that the earlier one changes, or the other way round.
 */
export function mergeChanges(before: Change, later: Change): Change | null {
  if (isCrossed(before, later)) return null;
  const { invitees = [], leaving = [], options, unknown = [] } = before;
  const merged = {
    invitees: [...without(invitees, later.leaving), ...(later.invitees ?? [])],
    leaving: [...without(leaving, later.invitees), ...(later.leaving ?? [])],
    unknown: [...unknown, ...(later.unknown ?? [])],
  };
  return {
    ...startOf(before, later),
    ...lengthOf(saysLength(later) ? later : before),
    subject: later.subject ?? before.subject,
    ...(merged.invitees.length > 0 && { invitees: merged.invitees }),
    ...(merged.leaving.length > 0 && { leaving: merged.leaving }),
    ...(merged.unknown.length > 0 && { unknown: merged.unknown }),
    ...((options ?? later.options) && { options: { ...options, ...later.options } }),
  };
}

const saysStart = ({ when, day, clock, shiftMinutes }: Change): boolean =>
  [when, day, clock, shiftMinutes].some((said) => said !== null);

const saysLength = ({ minutes, extendMinutes, until, keepsEnd }: Change): boolean =>
  minutes !== null || [extendMinutes, until, keepsEnd].some((said) => said !== undefined);

function isCrossed(before: Change, later: Change): boolean {
  const all = [before, later];
  const isOfStart = all.every(saysStart) && all.some(({ shiftMinutes }) => shiftMinutes !== null);
  const isOfLength = all.every(saysLength) && later.extendMinutes !== undefined;
  const isEndKept = all.some(({ keepsEnd }) => keepsEnd);
  const isOfTime = all.every((one) => saysStart(one) || saysLength(one));
  return isOfStart || isOfLength || (isEndKept && isOfTime);
}

/** A day and an hour that were said one after the other belong together. */
function startOf(before: Change, later: Change) {
  const { when, day, clock, shiftMinutes } = saysStart(later) ? later : before;
  const length = saysLength(later) ? later : before;
  const { clockZone, isEitherHalf } = later.clock === null ? before : later;
  const { weekday } = later.day === null ? before : later;
  return {
    when: when && { ...when, end: length.minutes === null && length.until === undefined ? when.end : null },
    day: day ?? before.day,
    ...(weekday !== undefined && { weekday }),
    clock: clock ?? before.clock,
    shiftMinutes,
    ...(clockZone !== undefined && { clockZone }),
    ...(isEitherHalf && { isEitherHalf }),
  };
}

const lengthOf = ({ minutes, extendMinutes, until, keepsEnd }: Change) => ({
  minutes,
  ...(extendMinutes !== undefined && { extendMinutes }),
  ...(until !== undefined && { until }),
  ...(keepsEnd && { keepsEnd }),
});

const without = (people: readonly Invitee[], others: readonly Invitee[] = []): readonly Invitee[] =>
  people.filter((one) => !others.some((other) => isSamePerson(one, other)));
