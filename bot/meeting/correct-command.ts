import type { DateTime } from 'luxon';
import type { Change, CreateCommand, Invitee, Recurrence } from '../language/command.ts';
import { applyChange } from './apply-change.ts';
import { applyTime } from './complete-command.ts';
import { writtenName } from './guest-list.ts';
import { firstStart } from './series.ts';

/** When and in which zone (IANA) something was said, and how long a meeting is where nothing else was. */
type Here = { now: DateTime; zone: string; minutes: number };

/**
 * The command for a meeting that is not made yet, with what was said of it since. A time that cannot be is asked for.
 */
export function applyCorrection(command: CreateCommand, change: Change, here: Here): CreateCommand {
  const { leaving, invitees = [], options, subject } = change;
  return {
    ...withTimes(command, change, here),
    subject: subject ?? command.subject,
    invitees: [...without(command.invitees, leaving), ...invitees],
    options: { ...command.options, ...options },
  };
}

/** The first meeting of what was to be a series. */
export function withoutSeries({ recurrence, ...command }: CreateCommand): CreateCommand {
  const { when, needs, unmet = [] } = command;
  const start = when && recurrence && firstStart(recurrence.pattern, when.start);
  const first = start ? { start, end: when.end && start.plus(when.end.diff(when.start)) } : when;
  return {
    ...command,
    when: first,
    needs: needs.filter((need) => need !== 'recurrence'),
    unmet: unmet.filter((wish) => wish !== 'recurrence'),
  };
}

function withTimes(command: CreateCommand, change: Change, { now, zone, minutes }: Here): CreateCommand {
  const { when } = command;
  if (!isOfTime(change)) return command;
  if (when === null) return withTimesAsked(command, change, zone);
  const end = when.end ?? when.start.plus({ minutes: command.minutes ?? minutes });
  const draft = { start: when.start.toMillis(), end: end.toMillis(), subject: command.subject };
  const times = applyChange(draft, change, { now, zone });
  if (times.kind === 'ask') return { ...command, needs: [times.wrong] };
  const isMoved = times.start.toISODate() !== when.start.setZone(times.start.zone).toISODate();
  return {
    ...command,
    ...(isMoved && command.recurrence && { recurrence: withOpenDay(command.recurrence) }),
    ...{ when: { start: times.start, end: times.end }, needs: [], choices: [], assumed: [] },
  };
}

/** The command whose time must still be asked, with what a change says of it. What counts from a time is of no use there. */
function withTimesAsked(command: CreateCommand, change: Change, zone: string): CreateCommand {
  const { day, clock, minutes, shiftMinutes, extendMinutes, until } = change;
  const isRelative = shiftMinutes !== null || extendMinutes !== undefined || until !== undefined;
  return isRelative ? command : applyTime(command, { choice: null, date: day, time: clock, minutes }, zone);
}

/** Removes the day of a pattern that has one, so that the series takes the day to which it was moved. */
function withOpenDay({ pattern, end }: Recurrence): Recurrence {
  switch (pattern.kind) {
    case 'weekly':
      return { end, pattern: { ...pattern, days: pattern.days.length === 1 ? [] : pattern.days } };
    case 'absoluteMonthly':
      return { end, pattern: { ...pattern, dayOfMonth: null } };
    case 'absoluteYearly':
      return { end, pattern: { ...pattern, dayOfMonth: null, month: null } };
    case 'daily':
    case 'relativeMonthly':
      return { end, pattern };
    default:
      return pattern satisfies never;
  }
}

const isOfTime = ({ when, day, clock, shiftMinutes, minutes, extendMinutes, until }: Change): boolean =>
  [when, day, clock, shiftMinutes, minutes].some((said) => said !== null) ||
  extendMinutes !== undefined ||
  until !== undefined;

/** Whether two names are the same, or one is the first name of the other. */
function isSamePerson(one: Invitee, other: Invitee): boolean {
  const [a, b] = [one, other].map((each) => writtenName(each).toLowerCase());
  return a === b || a?.split(' ')[0] === b || b?.split(' ')[0] === a;
}

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
