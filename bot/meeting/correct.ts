import type { DateTime } from 'luxon';
import type { Change, CreateCommand, Invitee } from '../language/command.ts';
import { applyChange } from './apply-change.ts';

/**
 * The command for a meeting that is not made yet, with what was said of it since. A time that cannot be is asked for.
 * `minutes`: its length where none was said.
 */
export function correct(
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

function withTimes(
  command: CreateCommand,
  change: Change,
  { now, zone, minutes }: { now: DateTime; zone: string; minutes: number },
): CreateCommand {
  const { when } = command;
  if (when === null || !isOfTime(change)) return command;
  const end = when.end ?? when.start.plus({ minutes: command.minutes ?? minutes });
  const draft = { start: when.start.toMillis(), end: end.toMillis(), subject: command.subject };
  const times = applyChange(draft, change, { now, zone });
  if (times.kind === 'ask') return { ...command, needs: [times.wrong] };
  return { ...command, when: { start: times.start, end: times.end }, needs: [], choices: [], assumed: [] };
}

const isOfTime = ({ when, day, clock, shiftMinutes, minutes, extendMinutes, until }: Change): boolean =>
  [when, day, clock, shiftMinutes, minutes].some((said) => said !== null) ||
  extendMinutes !== undefined ||
  until !== undefined;

/** Named alike, whether by a part of the name or all of it. */
function isSamePerson(one: Invitee, other: Invitee): boolean {
  const [a, b] = [one, other].map((each) => (each.kind === 'email' ? each.email : each.name).toLowerCase());
  return a === b || a?.split(' ')[0] === b || b?.split(' ')[0] === a;
}
