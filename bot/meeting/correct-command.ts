import type { DateTime } from 'luxon';
import type { Change, CreateCommand, Invitee, Recurrence } from '../language/command.ts';
import { applyChange } from './apply-change.ts';
import { applyTime } from './complete-command.ts';
import { writtenName } from './guest-list.ts';
import { firstStart } from './series.ts';

/**
 * The command for a meeting that is not made yet, with what was said of it since. A time that cannot be is asked for.
 * `minutes`: its length where none was said.
 */
export function applyCorrection(
  command: CreateCommand,
  change: Change,
  { now, zone, minutes }: { now: DateTime; zone: string; minutes: number },
): CreateCommand {
  const { leaving = [], invitees = [], options = {}, subject } = change;
  const isStaying = (one: Invitee) => !leaving.some((other) => isSamePerson(one, other));
  return {
    ...withTimes(command, change, { now, zone, minutes }),
    subject: subject ?? command.subject,
    invitees: [...command.invitees.filter(isStaying), ...invitees],
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

function withTimes(
  command: CreateCommand,
  change: Change,
  { now, zone, minutes }: { now: DateTime; zone: string; minutes: number },
): CreateCommand {
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
export function isSamePerson(one: Invitee, other: Invitee): boolean {
  const [a, b] = [one, other].map((each) => writtenName(each).toLowerCase());
  return a === b || a?.split(' ')[0] === b || b?.split(' ')[0] === a;
}
