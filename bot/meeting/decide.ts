import type { DateTime } from 'luxon';
import type { CalendarWish, CreateCommand, Need, Options, Span, Unmet } from '../language/command.ts';
import { toSubject } from './meeting.ts';
import { firstStart, objectionTo, type Series, type SeriesProblem, startsOf, toSeries } from './series.ts';

/** `calendar`: where calendars are used at all, and whether the person always invites their guests by mail. */
type Defaults = { minutes: number; calendar?: { alwaysInvites: boolean } | null };

/** A meeting's length where neither the words nor the person's settings have one. */
export const DEFAULT_MINUTES = 30;
const NOW_MINUTES = 60;
const LONGEST_MS = 24 * 3_600_000;
/** Signing in takes a moment: a start that has just gone by is still the one that was asked for. */
const GRACE_MS = 15 * 60_000;

/** A meeting that can be made, but for its guests, who are looked up at the edge. */
export type Draft = {
  subject: string | null;
  start: DateTime;
  end: DateTime;
  options: Options;
  /** Minutes that nobody asked for, or null where the length or the end was said. */
  assumedMinutes: number | null;
  /** What was asked for and cannot be had. */
  unmet: readonly Unmet[];
  /** What was asked for like an option and is none, as it was written; absent where there is nothing such. */
  unknown?: readonly string[];
  /** How it repeats; absent where it is once. */
  series?: Series;
  /** Nobody said until when it goes. */
  isEndAssumed?: true;
  /** Whose calendar it goes into; absent where it goes into none. */
  calendar?: CalendarWish;
};

/** All that must be asked, in one card. */
export type Question = {
  needs: readonly Need[];
  choices: readonly Span[];
  /** ISO date and HH:mm that are known already. */
  date: string | null;
  time: string | null;
  minutes: number;
  /** What cannot be had, so that the person decides whether they want the meeting without it. */
  unmet: readonly Unmet[];
  /** As in the command. */
  wrongDays?: readonly string[];
  /** Series can be made, only how this one repeats is not clear. */
  isSeriesUnclear?: true;
};

/** Without these it would be another meeting than the one that was asked for. Other unmet wishes are only said on the card. */
const ESSENTIAL: readonly Unmet[] = ['event', 'organiser', 'everybody'];

/** What is to be done with a command. Nothing that matters is guessed. */
export type Decision =
  | { kind: 'create'; draft: Draft }
  /** A room that is there each time; it needs no time. */
  | { kind: 'room'; room: RoomWish }
  | { kind: 'ask'; question: Question }
  /** There can be no such series, and no answer to a question makes one of it. */
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

/** The command as it is where calendars are used: a series that is clear is no question, and nothing that cannot be had. */
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

/** The meeting that was said, or of a series the first on a day of its pattern. */
function firstOf({ recurrence, minutes }: CreateCommand, when: Span, defaults: Defaults) {
  const end = endOf(when, minutes ?? defaults.minutes);
  const first = recurrence && firstStart(recurrence.pattern, when.start);
  return first ? { start: first, end: first.plus(end.diff(when.start)) } : { start: when.start, end };
}

/** A series, or where it would be a single meeting that meeting. */
function createSeries(command: CreateCommand, span: Omit<Draft, keyof Said>): Decision {
  const { recurrence } = command;
  if (recurrence === undefined) return create(command, span);
  const series = toSeries(recurrence, span.start);
  const problem = objectionTo(series, span);
  if (problem !== null) return { kind: 'refuse', problem };
  if (startsOf(series, span.start).length === 1) return create(command, span);
  return create(command, span, { series, ...(recurrence.end === null && { isEndAssumed: true }) });
}

function create(
  command: CreateCommand,
  span: Omit<Draft, keyof Said>,
  series: Pick<Draft, 'series' | 'isEndAssumed'> = {},
): Decision {
  const { calendar } = command;
  return {
    kind: 'create',
    draft: { ...saidIn(command), ...span, ...series, ...(calendar && { calendar }) },
  };
}

type Said = Pick<Draft, 'subject' | 'options' | 'unmet' | 'unknown' | 'series' | 'isEndAssumed' | 'calendar'>;

function saidIn({ subject, options, unmet = [], unknown }: CreateCommand): Said {
  return { subject: toSubject(subject), options, unmet, ...(unknown && { unknown }) };
}

function startOfNow(command: CreateCommand, asked: DateTime): Omit<Draft, keyof Said> {
  const start = command.when?.start ?? asked;
  const minutes = command.minutes ?? NOW_MINUTES;
  const assumedMinutes = command.minutes === null ? minutes : null;
  return { start, end: command.when?.end ?? start.plus({ minutes }), assumedMinutes };
}

const endOf = (when: Span, minutes: number): DateTime => when.end ?? when.start.plus({ minutes });

/** What is wrong with a time that is clear, if anything. A start that has just gone by still counts. */
export function objections(start: DateTime, end: DateTime, now: DateTime): ('past' | 'range')[] {
  if (start.toMillis() < now.toMillis() - GRACE_MS) return ['past'];
  if (end <= start || end.toMillis() - start.toMillis() > LONGEST_MS) return ['range'];
  return [];
}

export function question(command: CreateCommand, needs: readonly Need[], defaults: Defaults): Question {
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

/** The essential wishes that cannot be met and were not agreed to. A room promises nothing but its link. */
function openWishes({ mode, unmet = [], isAgreed }: CreateCommand): readonly Unmet[] {
  return isAgreed || mode === 'room' ? [] : unmet.filter((wish) => ESSENTIAL.includes(wish));
}

export function lengthOf(command: CreateCommand): number | null {
  const { when } = command;
  if (when === null || when.end === null || when.end <= when.start) return command.minutes;
  return Math.round(when.end.diff(when.start, 'minutes').minutes);
}
