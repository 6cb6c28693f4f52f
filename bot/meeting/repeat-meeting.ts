import { DateTime } from 'luxon';
import { wallClock } from '../base/date-time.ts';
import type { CreateCommand } from '../language/command.ts';
import { NO_ONE } from '../language/which.ts';
import type { MeetingPlan } from './record.ts';

/** Completes a command for another meeting like an existing one: what it does not say is taken from that meeting. */
export function fillLike(command: CreateCommand, record: MeetingPlan, zone: string): CreateCommand {
  const start = DateTime.fromMillis(record.start, { zone });
  const length = Math.round((record.end - record.start) / 60_000);
  const isLong = command.minutes !== null || (command.when !== null && command.when.end !== null);
  return {
    ...withClock(command, start, zone),
    subject: command.subject ?? record.subject,
    minutes: isLong ? command.minutes : length,
    options: { ...record.options, ...command.options },
  };
}

/** A command for a meeting of which nothing is known. */
export const BLANK_CREATE: CreateCommand = {
  ...{ kind: 'create', mode: 'scheduled', when: null, day: null, clock: null, minutes: null },
  ...{ subject: null, invitees: [], options: {}, needs: [], choices: [], assumed: [] },
};

/** The command for the same meeting at its own time. */
export function commandLike({ subject, start, end, zone, options }: MeetingPlan): CreateCommand {
  const at = (instant: number) => DateTime.fromMillis(instant, { zone });
  return { ...BLANK_CREATE, when: { start: at(start), end: at(end) }, subject, options, copies: NO_ONE };
}

/** A week after the other meeting, at its hour or at the one that was said. */
function withWeekLater(command: CreateCommand, start: DateTime, zone: string): CreateCommand {
  const day = start.plus({ weeks: 1 }).toFormat('yyyy-MM-dd');
  const clock = command.clock ?? start.toFormat('HH:mm');
  const at = wallClock(day, clock, zone);
  return at.kind === 'instant'
    ? { ...command, when: { start: at.at, end: null }, day: null, clock: null, needs: [] }
    : { ...command, day, clock };
}

/** If only a day was said, the clock of the other meeting is taken. */
function withClock(command: CreateCommand, start: DateTime, zone: string): CreateCommand {
  const clock = start.toFormat('HH:mm');
  const { day, needs } = command;
  if (command.isWeekLater) return withWeekLater(command, start, zone);
  if (command.when !== null || command.clock !== null) return command;
  const isOnlyTime = day !== null && needs.every((need) => need === 'time');
  const at = isOnlyTime ? wallClock(day, clock, zone) : null;
  if (at?.kind !== 'instant') return { ...command, clock };
  return { ...command, when: { start: at.at, end: null }, day: null, needs: [] };
}
