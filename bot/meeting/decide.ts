import type { DateTime } from 'luxon';
import { toLine } from '../base/safe-text.ts';
import type { CalendarWish, CreateCommand, Need, Options, Span, Unmet } from '../language/command.ts';
import { firstStart, objectionTo, type Series, type SeriesProblem, startsOf, toSeries } from './series.ts';

/** `calendar`: where calendars are used at all, and whether the person always invites their guests by mail. */
type Defaults = { minutes: number; calendar?: { alwaysInvites: boolean } | null };

/** A meeting's length where neither the words nor the person's settings have one. */
export const DEFAULT_MINUTES = 30;
const NOW_MINUTES = 60;
/** The longest meeting, in minutes: what is longer was misunderstood. */
export const LONGEST_MINUTES = 24 * 60;
/** Signing in takes a moment, so a start that has just passed still counts. */
export const GRACE_MS = 15 * 60_000;

/** A meeting that can be made, but for its guests, who are looked up at the edge. */
export type Draft = {
  subject: string | null;
  start: DateTime;
  end: DateTime;
  /** Name of the zone in which its clock was said; absent where it is the person's own. */
  clockZone?: string;
  options: Options;
  /** Minutes that nobody asked for, or null if the length or the end was said. */
  assumedMinutes: number | null;
  /** What was asked for and is not possible. */
  unmet: readonly Unmet[];
  /** The words that asked for an option that does not exist. */
  unknown?: readonly string[];
  /** How it repeats. Absent for a single meeting. */
  series?: Series;
  /** Nobody said when the series ends. */
  isEndAssumed?: true;
  /** Whose calendar it goes into. Absent if it goes into none. */
  calendar?: CalendarWish;
};

/** All that must be asked, in one card. */
export type Question = {
  needs: readonly Need[];
  choices: readonly Span[];
  /** ISO date and HH:mm, in the person's zone, that are known already. */
  date: string | null;
  time: string | null;
  minutes: number;
  /** What is not possible. The person decides whether they want the meeting without it. */
  unmet: readonly Unmet[];
  /** The words for a day that does not exist, or for two days that contradict each other. */
  wrongDays?: readonly string[];
  /** Series can be made here, but how this one repeats is not clear. */
  isSeriesUnclear?: true;
};

/** The wishes without which it would be another meeting. Others that are not possible are only said on the card. */
const ESSENTIAL: readonly Unmet[] = ['event', 'organiser', 'everybody'];

/** What is to be done with a command. Nothing that matters is guessed. */
export type Decision =
  | { kind: 'create'; draft: Draft }
  /** A room, which needs no time. */
  | { kind: 'room'; room: RoomWish }
  | { kind: 'ask'; question: Question }
  /** The series is not possible, and no answer to a question would make it possible. */
  | { kind: 'refuse'; problem: SeriesProblem };

/** A room, for these times or for any time. */
export type RoomWish = Said & { times: Pick<Draft, 'start' | 'end'> | null };

/** A field of the question card that came back with something that cannot be read. */
export type UnreadField = 'date' | 'time' | 'zone';

/**
 * Decides whether the meeting can be made, what must be asked, or why it is not possible. `asked`: when the words were
 * written; `now` differs from it if a sign-in lay between.
 */
export function decide(
  said: CreateCommand,
  times: { asked: DateTime; now: DateTime },
  defaults: Defaults,
): Decision {
  const command = withCalendar(said, defaults);
  const unmet = openWishes(command);
  const isOpen = command.needs.length === 0 && unmet.length === 0;
  if (command.mode === 'room' && command.when === null && isOpen)
    return { kind: 'room', room: { ...saidIn(command), times: null } };
  if (command.mode === 'now' && isOpen) return create(command, startOfNow(command, times.asked));
  if (command.needs.length > 0 || command.when === null) {
    const needs: readonly Need[] = command.needs.length > 0 ? command.needs : ['time'];
    return { kind: 'ask', question: question(command, needs, defaults) };
  }
  const { start, end } = firstOf(command, command.when, defaults);
  const needs: readonly Need[] = objections(start, end, times.now);
  if (needs.length > 0 || unmet.length > 0)
    return { kind: 'ask', question: question(command, needs, defaults) };
  if (command.mode === 'room') return { kind: 'room', room: { ...saidIn(command), times: { start, end } } };
  const assumedMinutes = command.when.end === null && command.minutes === null ? defaults.minutes : null;
  return createSeries(command, { start, end, assumedMinutes });
}

/** Adapts the command to whether calendars are used. If they are, a clear series is neither asked about nor impossible. */
function withCalendar(command: CreateCommand, { calendar = null }: Defaults): CreateCommand {
  const { recurrence, calendar: asked, ...rest } = command;
  if (calendar === null || command.mode === 'room') return rest;
  const isInvited = calendar.alwaysInvites && command.invitees.length > 0;
  // Who is named for a series is to come each time: that they are mailed stands on its draft.
  const wish = asked ?? (recurrence !== undefined || isInvited ? 'guests' : undefined);
  const known = wish === undefined ? rest : { ...rest, calendar: wish };
  if (recurrence === undefined || command.mode === 'now') return known;
  const { needs, unmet = [] } = command;
  return {
    ...known,
    recurrence,
    needs: needs.filter((need) => need !== 'recurrence'),
    unmet: unmet.filter((wish) => wish !== 'recurrence'),
  };
}

/** The times that were said, or for a series those of its first meeting. */
function firstOf({ recurrence, minutes }: CreateCommand, when: Span, defaults: Defaults) {
  const end = when.end ?? when.start.plus({ minutes: minutes ?? defaults.minutes });
  const first = recurrence && firstStart(recurrence.pattern, when.start);
  return first ? { start: first, end: first.plus(end.diff(when.start)) } : { start: when.start, end };
}

/** Makes a series, or a single meeting if the series would have only one. */
function createSeries(command: CreateCommand, times: Times): Decision {
  const { recurrence } = command;
  if (recurrence === undefined) return create(command, times);
  const series = toSeries(recurrence, times.start);
  const problem = objectionTo(series, times);
  if (problem !== null) return { kind: 'refuse', problem };
  if (startsOf(series, times.start).length === 1) return create(command, times);
  return create(command, times, { series, ...(recurrence.end === null && { isEndAssumed: true }) });
}

const create = (
  command: CreateCommand,
  times: Times,
  series: Pick<Draft, 'series' | 'isEndAssumed'> = {},
): Decision => ({ kind: 'create', draft: { ...saidIn(command), ...times, ...series } });

/** When a meeting is. */
type Times = Pick<Draft, 'start' | 'end' | 'assumedMinutes'>;
/** What else was said of it. */
type Said = Omit<Draft, keyof Times>;

function saidIn({ subject, clockZone, options, unmet = [], unknown, calendar }: CreateCommand): Said {
  return {
    subject: toSubject(subject),
    ...(clockZone && { clockZone }),
    ...{ options, unmet },
    ...(unknown && { unknown }),
    ...(calendar && { calendar }),
  };
}

/** Outlook's limit. Graph documents none. */
const MOST_CHARACTERS = 255;

/** A subject as Graph may have it: one line of visible characters, 255 characters at most; null for none. */
export function toSubject(text: string | null): string | null {
  return toLine(text ?? '', MOST_CHARACTERS) || null;
}

function startOfNow(command: CreateCommand, asked: DateTime): Times {
  const start = command.when?.start ?? asked;
  const minutes = command.minutes ?? NOW_MINUTES;
  const assumedMinutes = command.minutes === null ? minutes : null;
  return { start, end: command.when?.end ?? start.plus({ minutes }), assumedMinutes };
}

/** What is wrong with a time that is clear, if anything. A start that has just gone by still counts. */
export function objections(start: DateTime, end: DateTime, now: DateTime): ('past' | 'range')[] {
  if (start.toMillis() < now.toMillis() - GRACE_MS) return ['past'];
  if (end <= start || end.toMillis() - start.toMillis() > LONGEST_MINUTES * 60_000) return ['range'];
  return [];
}

function question(command: CreateCommand, needs: readonly Need[], defaults: Defaults): Question {
  const start = command.when?.start ?? null;
  const isSeriesUnclear = defaults.calendar != null && needs.includes('recurrence');
  return {
    needs,
    choices: command.choices,
    date: start?.toISODate() ?? command.day,
    time: start?.toFormat('HH:mm') ?? command.clock,
    minutes: lengthOf(command) ?? defaults.minutes,
    unmet: openWishes(command),
    ...(command.wrongDays && { wrongDays: command.wrongDays }),
    ...(isSeriesUnclear && { isSeriesUnclear }),
  };
}

/** The essential wishes that are not possible and that the person has not given up. A room has none. */
function openWishes({ mode, unmet = [], isAgreed }: CreateCommand): readonly Unmet[] {
  return isAgreed || mode === 'room' ? [] : unmet.filter((wish) => ESSENTIAL.includes(wish));
}

export function lengthOf(command: CreateCommand): number | null {
  const { when } = command;
  if (when === null || when.end === null || when.end <= when.start) return command.minutes;
  return Math.round(when.end.diff(when.start, 'minutes').minutes);
}
