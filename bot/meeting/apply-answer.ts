import { DateTime } from 'luxon';
import { wallClock } from '../base/date-time.ts';
import type { CreateCommand, Span, Unmet } from '../language/command.ts';
import { lengthOf } from './decide.ts';

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

function applyTime(command: CreateCommand, answer: Choice, zone: string): CreateCommand {
  if (answer.now !== undefined) return withTime(command, startingAt(answer.now, zone));
  if (answer.choice !== null) {
    const chosen = command.choices[answer.choice];
    return chosen === undefined ? command : withTime(command, { ...chosen, end: chosen.end });
  }
  const { when } = command;
  if (when !== null && saysNothingOfTime(answer))
    return { ...withTime(command, when), assumed: command.assumed };
  // A whole time comes first: day and clock alone are as they were said, perhaps for another zone.
  const known = when?.start.setZone(zone);
  const date = answer.date ?? known?.toISODate() ?? command.day;
  const time = answer.time ?? known?.toFormat('HH:mm') ?? command.clock;
  if (date === null || time === null) return { ...command, day: date, clock: time };
  const minutes = answer.minutes ?? lengthOf(command);
  const span = (start: DateTime): Span => ({ start, end: minutes === null ? null : start.plus({ minutes }) });
  const clock = wallClock(date, time, zone);
  switch (clock.kind) {
    case 'instant':
      return withTime(command, span(clock.at));
    case 'overlap':
      return withOpenTime(command, {
        day: date,
        clock: time,
        choices: [span(clock.first), span(clock.second)],
      });
    case 'gap':
      return withOpenTime(command, { day: date, clock: time, choices: [span(clock.at)] });
    case 'nonsense':
      return command;
    default:
      return clock satisfies never;
  }
}

const saysNothingOfTime = ({ date, time, minutes }: Choice) =>
  date === null && time === null && (minutes ?? null) === null;

function withTime(command: CreateCommand, when: Span): CreateCommand {
  return { ...withoutTime(command), when, needs: [] };
}

const startingAt = (now: number, zone: string): Span => ({
  start: DateTime.fromMillis(now, { zone }),
  end: null,
});

function withoutTime({ wrongDays: _, ...command }: CreateCommand): CreateCommand {
  return { ...command, when: null, day: null, clock: null, choices: [], assumed: [] };
}

function withOpenTime(
  command: CreateCommand,
  known: Pick<CreateCommand, 'day' | 'clock' | 'choices'>,
): CreateCommand {
  return { ...command, when: null, needs: ['dst'], ...known };
}
