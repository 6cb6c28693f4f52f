import { DateTime } from 'luxon';
import { wallClock } from '../base/date-time.ts';
import type { CreateCommand, FindTimeCommand, Span, Unmet } from '../language/command.ts';
import { NO_ONE } from '../language/conversation/which-meeting.ts';
import { lengthOf } from './decide.ts';
import type { MeetingPlan } from './record.ts';

/** What the person chose on the question card. `date` and `time` are wall clock in `zone`; `now`: neither, but at once, chosen at this epoch millisecond. */
export type Choice = {
  choice: number | null;
  date: string | null;
  time: string | null;
  minutes?: number | null;
  now?: number;
};

/**
 * The command with a person's answer in it. The answer is only input: it goes through `decide` like the words did.
 * What it leaves out stays as it was said; a time that clocks skip or show twice becomes the next question.
 */
export function applyAnswer(command: CreateCommand, answer: Choice, zone: string): CreateCommand {
  const { unmet = [], needs } = command;
  const once: readonly Unmet[] = needs.includes('recurrence') ? ['recurrence'] : [];
  return { ...applyTime(command, answer, zone), unmet: [...new Set([...unmet, ...once])], isAgreed: true };
}

/** The command with what an answer says of its time. */
export function applyTime(command: CreateCommand, answer: Choice, zone: string): CreateCommand {
  if (answer.now !== undefined)
    return withTime(command, { start: DateTime.fromMillis(answer.now, { zone }), end: null });
  const length = answer.minutes ?? command.minutes;
  const { choices } = withChoicesLeft(command, answer, zone);
  const isOnlyOne = choices.length === 1 && command.choices.length > 1;
  const place = isOnlyOne ? 0 : answer.choice;
  if (place !== null) {
    const chosen = choices[place];
    return chosen === undefined
      ? command
      : withTime(
          { ...command, minutes: length },
          command.choices.length > 1 ? lasting(chosen, answer) : chosen,
        );
  }
  const { when } = command;
  if (when !== null && saysNothingOfTime(answer))
    return { ...withTime(command, when), assumed: command.assumed };
  // A whole time comes first: day and clock alone are as they were said, perhaps for another zone.
  const start = when?.start.setZone(zone);
  const date = answer.date ?? start?.toISODate() ?? command.day;
  const time = answer.time ?? start?.toFormat('HH:mm') ?? command.clock;
  if (date === null || time === null) return { ...command, choices, day: date, clock: time, minutes: length };
  const minutes = answer.minutes ?? lengthOf(command);
  return withWallClock(command, { day: date, clock: time, minutes }, zone);
}

/**
 * What is left of the times between which the person must choose once a day alone or an hour alone is said: those that are
 * then. Hours that were offered for another day are hours of the day that is said.
 */
function withChoicesLeft(command: CreateCommand, { date, time }: Choice, zone: string): CreateCommand {
  const { choices } = command;
  // One choice alone is an offer of its own; a day and an hour together are the time itself.
  if (choices.length < 2 || (date === null) === (time === null)) return command;
  const dayOf = ({ start }: Span) => start.setZone(zone).toISODate();
  const clockOf = ({ start }: Span) => start.setZone(zone).toFormat('HH:mm');
  const left = choices.filter((one) => dayOf(one) === date || clockOf(one) === time);
  if (left.length > 0) return { ...command, choices: left };
  if (date === null) return command;
  const hours = Map.groupBy(choices, clockOf).values();
  return { ...command, choices: [...hours].flatMap(([first]) => (first ? onDay(first, date, zone) : [])) };
}

/** The same hours on another day (ISO). */
function onDay({ start, end }: Span, date: string, zone: string): Span {
  const to = DateTime.fromISO(`${date}T${start.setZone(zone).toFormat('HH:mm')}`, { zone });
  return { start: to, end: end && to.plus(end.diff(start)) };
}

/** A choice with the length that was said with it, if one was. */
const lasting = ({ start, end }: Span, { minutes = null }: Choice): Span => ({
  start,
  end: minutes === null ? end : start.plus({ minutes }),
});

/** The command with a time that may be none, or two, by the clocks of the zone: then it stays open. */
function withWallClock(
  command: CreateCommand,
  { day, clock, minutes }: { day: string; clock: string; minutes: number | null },
  zone: string,
): CreateCommand {
  const span = (start: DateTime): Span => ({ start, end: minutes === null ? null : start.plus({ minutes }) });
  const at = wallClock(day, clock, zone);
  switch (at.kind) {
    case 'instant':
      return withTime(command, span(at.at));
    case 'overlap':
      return withOpenTime(command, { day, clock, choices: [span(at.first), span(at.second)] });
    case 'gap':
      return withOpenTime(command, { day, clock, choices: [span(at.at)] });
    case 'nonsense':
      return command;
    default:
      return at satisfies never;
  }
}

const saysNothingOfTime = ({ date, time, minutes }: Choice) =>
  date === null && time === null && (minutes ?? null) === null;

function withTime({ wrongDays: _, ...command }: CreateCommand, when: Span): CreateCommand {
  return { ...command, when, day: null, clock: null, needs: [], choices: [], assumed: [] };
}

function withOpenTime(
  command: CreateCommand,
  known: Pick<CreateCommand, 'day' | 'clock' | 'choices'>,
): CreateCommand {
  return { ...command, when: null, needs: ['dst'], ...known };
}

/** The command whose zone must still be asked: its day and its clock are known, the instant is not. */
export function withOpenZone(command: CreateCommand, zone: string): CreateCommand {
  const start = command.when?.start.setZone(zone);
  const day = start?.toISODate() ?? command.day;
  const clock = start?.toFormat('HH:mm') ?? command.clock;
  const minutes = lengthOf(command);
  return {
    ...command,
    when: null,
    day,
    clock,
    minutes,
    needs: [...new Set([...command.needs, 'tz' as const])],
  };
}

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

/** The meeting for which a time is looked for: its day and hour can be said instead. */
export function soughtMeeting({
  subject,
  people,
  minutes,
  window,
  at,
  part,
}: FindTimeCommand): CreateCommand {
  const first = (window?.from ?? at?.start)?.toISODate() ?? null;
  const last = window?.to.minus({ minutes: 1 }).toISODate() ?? first;
  const known = { ...BLANK_CREATE, subject, invitees: people, minutes };
  if (first === null || last === null) return { ...known, needs: ['date', 'time'] };
  if (first !== last) return { ...known, needs: ['date', 'time'], days: [first, last] };
  return { ...known, day: first, needs: ['time'], ...(part && { part }) };
}

/** The command for the same meeting at its own time. */
export function commandLike({ subject, start, end, zone, options }: MeetingPlan): CreateCommand {
  const at = (instant: number) => DateTime.fromMillis(instant, { zone });
  return { ...BLANK_CREATE, when: { start: at(start), end: at(end) }, subject, options, copies: NO_ONE };
}

/** So many days after the other meeting, at its hour or at the one that was said. */
function withDaysLater(command: CreateCommand, days: number, start: DateTime, zone: string): CreateCommand {
  const { when } = command;
  const day = start.plus({ days }).toFormat('yyyy-MM-dd');
  const clock = when?.start.setZone(zone).toFormat('HH:mm') ?? command.clock ?? start.toFormat('HH:mm');
  const at = wallClock(day, clock, zone);
  if (at.kind !== 'instant') return { ...command, when: null, day, clock };
  const end = when?.end ? at.at.plus(when.end.diff(when.start)) : null;
  return { ...command, when: { start: at.at, end }, day: null, clock: null, needs: [] };
}

/** If only a day was said, the clock of the other meeting is taken. */
function withClock(command: CreateCommand, start: DateTime, zone: string): CreateCommand {
  const clock = start.toFormat('HH:mm');
  const { day, needs, daysLater } = command;
  if (daysLater !== undefined) return withDaysLater(command, daysLater, start, zone);
  if (command.when !== null || command.clock !== null) return command;
  const isOnlyTime = day !== null && needs.every((need) => need === 'time');
  const at = isOnlyTime ? wallClock(day, clock, zone) : null;
  if (at?.kind !== 'instant') return { ...command, clock };
  return { ...command, when: { start: at.at, end: null }, day: null, needs: [] };
}
