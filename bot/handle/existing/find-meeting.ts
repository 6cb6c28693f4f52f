import { inZone } from '../../base/date-time.ts';
import { wordsOf } from '../../base/similarity.ts';
import type { Command, Which } from '../../language/command.ts';
import type { Reading } from '../../language/reading.ts';
import { isWithin } from '../../language/said.ts';
import { isoDay } from '../../language/time/calendar.ts';
import { CALLED_SO, findGuests, scoreSubject } from '../../meeting/match-names.ts';
import { type MeetingRecord, mayBeNamedIn } from '../../meeting/record.ts';
import { atOccurrence, occurrencesAfter } from '../../meeting/series.ts';
import { onlyOf, whichMeeting } from '../../meeting/which-meeting.ts';
import { findChosen, whichContext } from '../cards/questions.ts';
import { sayProblem } from '../cards/refusals.ts';
import type { OpenRequest } from '../request.ts';
import type { TurnScope } from '../services.ts';
import { callGraph, type Progress } from '../sign-in/caller.ts';
import { adopt, type CalendarMeeting, comingEvents, isOfCalendar, madeElsewhere } from './calendar-view.ts';

/** A command about a meeting that is there. */
export type MeetingCommand = Extract<
  Command,
  { kind: 'reschedule' | 'undo' | 'renew' | 'cancel' | 'invitation' | 'invite' | 'show' }
>;

export type RescheduleCommand = Extract<Command, { kind: 'reschedule' }>;

/** `elsewhere`: the meetings of the calendar that were looked through, too. */
type Meant = {
  command: MeetingCommand;
  found: MeetingRecord | MeetingRecord[] | 'none';
  elsewhere: readonly CalendarMeeting[];
};

/**
 * Finds which meeting is meant: one that was made here, or else one of the person's calendar. The calendar is looked at only
 * where nobody else reads the answer. `days`: on one of them it is; of a series its first meeting there is returned.
 */
export async function findMeeting(
  { command, days }: { command: MeetingCommand; days: Days | null },
  all: readonly MeetingRecord[],
  request: OpenRequest,
  scope: TurnScope,
): Promise<Meant> {
  const { pending, asked, zone } = request;
  const spoken = (candidate: MeetingRecord) =>
    days === null
      ? [atOccurrence(candidate, asked.toMillis(), command.which.day, zone)]
      : meetingsOn(days, candidate, request).slice(0, 1);
  const records = all.filter((candidate) => mayBeNamedIn(scope.turn, candidate)).flatMap(spoken);
  const own = fitting(records, command, request, scope);
  const isUnknown = (id: string) => isOfCalendar(id) && !all.some((record) => record.id === id);
  const isElsewhere = own.fits.length === 0 || (pending.among ?? []).some(isUnknown);
  if (!isElsewhere || scope.turn.place !== 'personal')
    return { command: own.command, found: findChosen(pending, records) ?? toFound(own.fits), elsewhere: [] };
  const elsewhere = madeElsewhere(await comingEvents(asked, scope), all, asked, scope);
  const others = elsewhere.flatMap(({ record }) =>
    days === null ? [record] : meetingsOn(days, record, request).slice(0, 1),
  );
  const { command: meant, fits } = fitting(others, command, request, scope);
  return { command: meant, found: findChosen(pending, [...records, ...others]) ?? toFound(fits), elsewhere };
}

/** Stores a meeting of the calendar before anything is done with it. */
export async function keepFound(
  found: MeetingRecord,
  elsewhere: readonly CalendarMeeting[],
  scope: TurnScope,
): Promise<MeetingRecord | Progress> {
  const meant = elsewhere.find(({ record }) => record.id === found.id);
  if (meant === undefined) return found;
  const kept = await callGraph(scope, (scope) => adopt(meant, scope), 'calendar');
  return 'problem' in kept ? sayProblem(kept, scope) : kept;
}

/**
 * The meetings that may be meant, and the command for them. "Remove Sam" removes a guest if Sam is one; otherwise it cancels
 * the meeting that is called exactly so.
 */
function fitting(
  records: readonly MeetingRecord[],
  command: MeetingCommand,
  { asked, zone }: OpenRequest,
  scope: TurnScope,
): { command: MeetingCommand; fits: readonly MeetingRecord[] } {
  const context = whichContext(asked, zone, scope);
  const fits = whichMeeting(records, command.which, context);
  const person = command.kind === 'reschedule' ? onlyOf(command.change.leaving ?? []) : null;
  if (person?.kind !== 'name') return { command, fits };
  if (fits.some(({ guests }) => findGuests([person], guests).length > 0)) return { command, fits };
  const which = { ...command.which, subject: person.name };
  const words = wordsOf(person.name);
  const isCalled = (record: MeetingRecord) => scoreSubject(words, record, context.words) === CALLED_SO;
  const called = whichMeeting(records, which, context).filter(isCalled);
  return called.length === 0 ? { command, fits } : { command: { kind: 'cancel', which }, fits: called };
}

const toFound = (fits: readonly MeetingRecord[]): Meant['found'] =>
  onlyOf(fits) ?? (fits.length === 0 ? 'none' : [...fits]);

type Spoken = { which: Which };

/** The first and the last of several days, as ISO dates in the zone of who speaks. */
type Days = readonly [string, string];

/** The days on one of which the meeting is that is meant, where more than one is said: "next week". Null if none are. */
export function daysMeant({ which }: Spoken, { sentence }: Pick<Reading, 'sentence'>): Days | null {
  if (sentence === null || which.day !== null) return null;
  const places = sentence.parts.filter(({ role }) => role === 'which');
  const ranges = sentence.times.flatMap((span) =>
    span.kind === 'date' && span.said.day === null && places.some((place) => isWithin(span, place))
      ? (span.said.range ?? [])
      : [],
  );
  return ranges.length === 0 ? null : [isoDay(Math.min(...ranges)), isoDay(Math.max(...ranges))];
}

/** The meetings of a series, or the single one, that are on these days and not over, soonest first. */
export function meetingsOn(
  [first, last]: Days,
  record: MeetingRecord,
  { asked, zone }: Pick<OpenRequest, 'asked' | 'zone'>,
): MeetingRecord[] {
  return occurrencesAfter(record, asked.toMillis())
    .filter(({ start }) => {
      const day = inZone(start, zone).toISODate() ?? '';
      return first <= day && day <= last;
    })
    .map((times) => ({ ...record, ...times }));
}

/** The command for the one meeting of a series that is on the days that were said. */
export function onDayOf<Command extends Spoken>(
  command: Command,
  { start, series }: MeetingRecord,
  zone: string,
): Command {
  if (series === undefined) return command;
  const which = { ...command.which, day: inZone(start, zone).toISODate(), occurrence: 'one' as const };
  return { ...command, which };
}
