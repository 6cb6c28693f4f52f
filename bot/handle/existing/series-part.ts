import { DateTime } from 'luxon';
import { ianaZone } from '../../base/date-time.ts';
import type { Change, Which } from '../../language/command.ts';
import { cleanText } from '../../language/text/clean.ts';
import { applyChange, type Here } from '../../meeting/apply-change.ts';
import type { Attendee, CalendarEvent } from '../../meeting/event.ts';
import { addressOf, askedOf, canBeMailed, toAttendees } from '../../meeting/guest-list.ts';
import { findGuests } from '../../meeting/match-names.ts';
import type { Guest } from '../../meeting/meeting.ts';
import type { Note } from '../../meeting/notes.ts';
import { type MeetingRecord, mailsGuests } from '../../meeting/record.ts';
import { endedBefore, type SeriesPart } from '../../meeting/series.ts';
import type { Pending } from '../../store/store.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import type { CardAction } from '../../teams/turn.ts';
import { headOf, showMeeting } from '../cards/meeting-card.ts';
import { askChoice } from '../cards/questions.ts';
import { reviseEvent, without } from '../make/calendar-event.ts';
import { resolveGuests } from '../make/resolve-guests.ts';
import type { OpenRequest } from '../request.ts';
import { calendarIn, dueNext, type GraphScope, type TurnScope } from '../services.ts';
import { cancel } from './cancel.ts';
import type { RescheduleCommand } from './find-meeting.ts';

/** Which meetings of a series are meant. Null if that was not said. For a single meeting it is `series`. */
export function partOf(
  { occurrence, day }: Which,
  { event }: MeetingRecord,
  { asks, answers }: Pick<Pending, 'asks' | 'answers'>,
): SeriesPart['occurrence'] | null {
  if (!event?.isSeries) return 'series';
  if (asks === 'occurrence') return answers.at(-1)?.choice === 0 ? 'one' : 'series';
  return occurrence ?? (day === null ? null : 'one');
}

/** Whether it must be asked which meetings of a series are to change. Options and guests are meant for all of them where no day was said. */
export function isPartOpen(
  { which, change }: { which: Which; change: Change },
  record: MeetingRecord,
  pending: Pending,
): boolean {
  const { when, day, clock, shiftMinutes, minutes, extendMinutes, until } = change;
  const times = [when, day, clock, shiftMinutes, minutes, extendMinutes ?? null, until ?? null];
  return partOf(which, record, pending) === null && times.some((said) => said !== null);
}

/** Asks whether the next meeting of a series is meant, or all of them. */
export function askPart(record: MeetingRecord, pending: Pending, scope: TurnScope): Promise<Outcome> {
  // Both answers name the same meeting.
  return askChoice(pending, { what: 'occurrence', ...headOf(record) }, scope, [record, record]);
}

/** Reads which meetings of a series a button means. A button of a single meeting sends nothing, and means all of it. */
export function readPart({ occurrence, day }: CardAction['data']): SeriesPart {
  const isPart = occurrence === 'one' || occurrence === 'rest';
  const isDay = typeof day === 'string' && DateTime.fromISO(day).isValid && /^\d{4}-\d\d-\d\d$/.test(day);
  return isPart && isDay ? { occurrence, day } : { occurrence: 'series', day: '' };
}

const MOST_CHARACTERS = 500;

/** Reads what the guests are to be told. Null if nothing was written. */
export function readComment({ comment }: CardAction['data']): string | null {
  return typeof comment === 'string' ? cleanText(comment).slice(0, MOST_CHARACTERS) || null : null;
}

/** Cancels one meeting of a series, the rest of it, or all of it; the guests are mailed. */
export async function cancelPart(
  record: MeetingRecord,
  { occurrence, day }: SeriesPart,
  comment: string | null,
  scope: GraphScope,
): Promise<Outcome> {
  const { event, series } = record;
  if (event === undefined || series === undefined) return cancel(record, scope, comment);
  if (occurrence === 'series' || (occurrence === 'rest' && day <= series.startDate))
    return cancel(record, scope, comment);
  if (occurrence === 'one') {
    const one = await findOccurrence(record, day, scope);
    if (one === null) return answerNotice('noSuchMeeting');
    await calendarIn(scope.services).cancel(one.id, comment, scope.caller);
    return settle(record, told('oneCancelled', invitedTo(one).length > 0), scope);
  }
  const shorter = endedBefore(series, day);
  const head = headOf(record);
  await reviseEvent(event.id, { ...head, recurrence: shorter, joining: [], leaving: [] }, scope);
  return settle({ ...record, series: shorter }, told('restCancelled', mailsGuests(record)), scope);
}

/**
 * Changes the time, name or mailed guests of one meeting of a series, the one on that local day (ISO). Its options, and guests
 * who are not mailed, are those of all of them: Graph has one online meeting for the series. What cannot be done is said.
 */
export async function changeOne(
  record: MeetingRecord,
  { change, needs }: RescheduleCommand,
  { day, asked, zone, pending }: Pick<OpenRequest, 'asked' | 'zone' | 'pending'> & { day: string },
  scope: GraphScope,
): Promise<Outcome> {
  const one = await findOccurrence(record, day, scope);
  if (one === null) return answerNotice('noSuchMeeting');
  const wanted = timesOf(one, { change, needs }, { now: asked, zone });
  if (wanted === 'oneTime' || wanted === 'seriesTime') return answerNotice(wanted);
  const people = await peopleOf(record, one, change, pending, scope);
  if (people === null) return answerNotice('noSuchGuest');
  const { joining, leaving } = people;
  const isOtherwise = wanted.subject !== one.subject || !isAt(wanted, one);
  const left = leftForAll(change, people);
  if (!isOtherwise && joining.length + leaving.length === 0) return answerNotice(left[0] ?? 'alreadySo');
  await reviseEvent(one.id, { ...wanted, joining, leaving }, scope);
  const isMailed = invitedTo(one).length + joining.length > 0;
  const done = isOtherwise ? told('oneChanged', isMailed) : (['guestsOfOne'] as const);
  return settle(record, [...done, ...left], scope);
}

type Times = Pick<CalendarEvent, 'start' | 'end'>;

const isAt = (a: Times, b: Times): boolean =>
  a.start.toMillis() === b.start.toMillis() && a.end.toMillis() === b.end.toMillis();

/** The needs of a time that was said and cannot be. */
export const WRONG = ['past', 'dst', 'range'] as const;

/** The meeting's name and times as they are to be, or why the time must be said (again). */
function timesOf(
  one: CalendarEvent,
  { change, needs }: Pick<RescheduleCommand, 'change' | 'needs'>,
  here: Here,
) {
  if (WRONG.some((need) => needs.includes(need))) return 'seriesTime';
  if (needs.length > 0) return 'oneTime';
  const times = { start: one.start.toMillis(), end: one.end.toMillis(), subject: one.subject };
  const wanted = applyChange(times, change, here);
  return wanted.kind === 'ask' ? 'seriesTime' : wanted;
}

/** Who joins one meeting and who leaves it. `isPartly`: others were named who cannot, because they are not mailed. */
type People = { joining: readonly Attendee[]; leaving: readonly Attendee[]; isPartly: boolean };

/** The people who were named. Null if nobody of those who are to leave is a guest. */
async function peopleOf(
  { guests, event }: MeetingRecord,
  one: CalendarEvent,
  { invitees = [], leaving = [] }: Change,
  { answers }: Pending,
  scope: GraphScope,
): Promise<People | null> {
  const isReached = (guest: Guest) => event?.isInviting === true && canBeMailed(guest);
  const { guests: named } = await resolveGuests(askedOf(invitees, {}), answers, scope);
  const invited = invitedTo(one);
  const gone = invited.filter((attendee) => findGuests(leaving, asGuests(attendee, guests)).length > 0);
  const known = findGuests(leaving, guests);
  if (leaving.length > 0 && gone.length + known.length === 0) return null;
  const joining = toAttendees(named.filter(isReached));
  return {
    joining: without(joining, invited),
    leaving: gone,
    isPartly: [...named, ...known].some((guest) => !isReached(guest)),
  };
}

/** How an attendee may have been named: as the guest of the series, by the address, or by the name in the calendar. */
const asGuests = ({ address, name }: Attendee, guests: readonly Guest[]): Guest[] => [
  ...guests.filter((guest) => addressOf(guest)?.toLowerCase() === address.toLowerCase()),
  { kind: 'email', email: address },
  ...(name === null ? [] : [{ kind: 'name' as const, name }]),
];

/** What was asked for and belongs to all meetings of a series. */
function leftForAll({ options = {}, unknown = [] }: Change, { isPartly }: People) {
  const hasOptions = Object.keys(options).length + unknown.length > 0;
  return [
    ...(hasOptions ? (['optionsOfAll'] as const) : []),
    ...(isPartly ? (['guestsOfAll'] as const) : []),
  ];
}

/** The meeting of a series on that local day (ISO). Null if there is none any more. */
async function findOccurrence(
  record: MeetingRecord,
  day: string,
  { caller, services }: GraphScope,
): Promise<CalendarEvent | null> {
  const midnight = DateTime.fromISO(day, { zone: ianaZone(record.zone) });
  const span = { start: midnight, end: midnight.plus({ days: 1 }) };
  const all = await calendarIn(services).instances(record.event?.id ?? '', span, caller);
  return all.find((one) => !one.isCancelled && one.start.setZone(record.zone).toISODate() === day) ?? null;
}

/** Everybody who is mailed when the event changes. */
const invitedTo = ({ attendees }: CalendarEvent) =>
  attendees.filter(({ response }) => response !== 'organizer');

/** What was done to some meetings of a series, and whether that was mailed to all of their guests. */
const told = (note: Note, isMailed: boolean): Note[] => [
  note,
  ...(isMailed ? (['guestsTold'] as const) : []),
];

/** Stores that the series has changed, and shows it with what was done to its meetings. */
async function settle(record: MeetingRecord, notes: readonly Note[], scope: GraphScope): Promise<Outcome> {
  const { store, now } = scope.services;
  const said = { guesses: [], assumedMinutes: null, notes };
  // What was changed before cannot be undone without this.
  const { before: _, ...kept } = record;
  const changed = { ...kept, revision: record.revision + 1, said, spokenOfAt: now().toMillis() };
  const stored = await store.replaceMeeting(changed, record.revision, await dueNext(changed, scope));
  return stored === null ? answerNotice('alreadyDone') : showMeeting(stored, scope);
}
