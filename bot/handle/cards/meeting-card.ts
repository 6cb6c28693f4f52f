import { isDeepStrictEqual } from 'node:util';
import type { DateTime } from 'luxon';
import { inZone } from '../../base/date-time.ts';
import { pauses, retry } from '../../base/retry.ts';
import { isAnswered } from '../../graph/client.ts';
import type { Calendar } from '../../graph/events.ts';
import type { CalendarWish } from '../../language/command.ts';
import type { CalendarEvent } from '../../meeting/event.ts';
import { toHeld } from '../../meeting/granted-options.ts';
import { addressOf, canBeMailed, toAttendees, writtenName } from '../../meeting/guest-list.ts';
import type { Guest, Meeting } from '../../meeting/meeting.ts';
import { isFollowUp, notesOnGuests, toAssumption } from '../../meeting/notes.ts';
import { isOver, kindOf, type MeetingRecord } from '../../meeting/record.ts';
import { atOccurrence, type Exceptions, exceptionsIn, lastEnd } from '../../meeting/series.ts';
import type { EndedReply } from '../../say/cards/ended.ts';
import type { Entry, MeetingReply } from '../../say/cards/meeting.ts';
import { answerWith, type CardPlace, type Outcome } from '../../teams/outcome.ts';
import { dueNext, type GraphScope, type TurnScope } from '../services.ts';

/** The card of a meeting that no longer exists. */
export function answerEnded(
  why: 'cancelled' | 'gone' | 'over',
  record: MeetingRecord,
  more: Pick<EndedReply, 'isLocked' | 'againId'> = {},
): Outcome {
  const reply: EndedReply = { kind: 'ended', why, ...more, ...headOf(record) };
  return answerWith(why, { kind: 'card', reply, cards: placesOf(record) });
}

/** The parts of a meeting that every card about it shows: its name, times, zone and guests. */
export function headOf({ subject, start, end, zone, clockZone, room, guests }: MeetingRecord) {
  const at = (instant: number) => inZone(instant, zone);
  const times = { start: at(start), end: at(end), zone, ...(clockZone && { clockZone }) };
  return { subject, ...times, isRoom: room !== undefined, guests };
}

/** Where all cards of a meeting stand. The meeting is found by the last one. */
function placesOf({ conversation, cardId, olderCards = [] }: MeetingRecord): CardPlace[] {
  const older = olderCards.map((place) => ({ ...place, isOlder: true as const }));
  return cardId === null ? older : [...older, { conversation, cardId }];
}

/** The card of a meeting as its organizer sees it. `name`: the word for the log. */
export function answerMeeting(
  name: string,
  meeting: Meeting,
  record: MeetingRecord,
  scope: TurnScope,
  more: Pick<MeetingReply, 'mentions' | 'entry'> = {},
): Outcome {
  const { services } = scope;
  const { id, revision, zone, guests, options, said } = record;
  const { missed = [], unknown = [] } = said;
  const { templates } = services.offer;
  const now = services.now();
  // Said when the guests were new, and not again on each card that follows.
  const isCrowdSaid = said.notes.includes('crowd');
  const isMailed = record.event?.isInviting === true;
  const onGuests = isFollowUp(said.notes) ? [] : notesOnGuests(guests, [], isMailed);
  const entry = more.entry ?? entryKept(record);
  const enter = openWishes(record, scope);
  const reply: MeetingReply = {
    kind: 'meeting',
    id,
    revision,
    zone,
    ...(record.clockZone && { clockZone: record.clockZone }),
    guests,
    meeting: atEntry(meeting, record, now),
    ...more,
    ...(entry && { entry }),
    ...(enter.length > 0 && { enter }),
    isRoom: record.room !== undefined,
    assumed: said.guesses.map((guess) => toAssumption(guess, zone, now)),
    assumedMinutes: said.assumedMinutes,
    notes: [...said.notes, ...onGuests.filter((note) => note !== 'bigList' || !isCrowdSaid)],
    options: { held: toHeld(options, meeting.granted, missed), missed, unknown, templates },
    calendar: calendarOf(meeting, record, scope),
  };
  return answerWith(name, { kind: 'card', reply, cards: placesOf(record) });
}

const SPREADS_MS = 1_000;

/**
 * Reads the meeting from Graph. Teams asks for a card's newest view at once, and Graph may not yet know a new meeting
 * everywhere, so a 404 is tried again.
 */
function meetingOf({ graphId }: MeetingRecord, { caller, services }: GraphScope): Promise<Meeting> {
  const isUnknown = (error: unknown) => isAnswered(error, 404);
  return retry(() => services.meetings.get(graphId, caller), pauses([SPREADS_MS], isUnknown));
}

/** Reads the meeting from Graph and shows it as it is. */
export async function showMeeting(record: MeetingRecord, scope: GraphScope): Promise<Outcome> {
  const [meeting, there] = await Promise.all([meetingOf(record, scope), readEntry(record, scope)]);
  const { record: shown, ...more } = there ?? { record };
  const end = there === null ? meeting.end.toMillis() : shown.end;
  return isOver({ ...shown, end }, scope.services.now().toMillis())
    ? answerEnded('over', shown)
    : answerMeeting('shown', meeting, shown, scope, more);
}

/** Addresses that add a meeting to a calendar. Null if the meeting is in one, or is a room for any time. */
export function calendarOf(meeting: Meeting, record: MeetingRecord, { services, turn }: TurnScope) {
  const isAnyTime = record.room !== undefined && meeting.start <= services.now();
  return isAnyTime || record.event ? null : services.calendarOf(meeting, record, turn.locale);
}

/** What a card says about the event of a meeting: who answered what, and how it repeats. */
export function entryOf(
  { guests, series }: MeetingRecord,
  { attendees }: Pick<CalendarEvent, 'attendees'>,
): Entry {
  const answers = attendees.flatMap(({ address, name, response }) =>
    response === 'organizer' ? [] : [{ name: nameOf(address, guests) ?? name ?? address, response }],
  );
  return { answers, ...(series && { series }) };
}

/**
 * What a card says about an event that was not read, because it was made or changed just now. Undefined if there is no event.
 */
function entryKept(record: MeetingRecord): Entry | undefined {
  const { event, guests } = record;
  if (event === undefined) return undefined;
  const mailed = event.isInviting ? toAttendees(guests) : [];
  return entryOf(record, { attendees: mailed.map((one) => ({ ...one, response: 'none' })) });
}

/** Into whose calendars a meeting can still be entered: its guests' (who are mailed), or the organizer's alone. */
function openWishes(record: MeetingRecord, { services }: Pick<TurnScope, 'services'>): CalendarWish[] {
  const { event, guests } = record;
  if (services.calendar === null || !kindOf(record).isTimed || event?.isInviting) return [];
  return [...(guests.some(canBeMailed) ? (['guests'] as const) : []), ...(event ? [] : (['mine'] as const))];
}

/** The name by which the organizer knows a guest. Undefined if nobody among the guests has this address. */
function nameOf(address: string, guests: readonly Guest[]): string | undefined {
  const guest = guests.find((one) => addressOf(one)?.toLowerCase() === address.toLowerCase());
  return guest && writtenName(guest);
}

/**
 * Reads a meeting's event from the calendar, and stores new times or a new name that were set in another program, and which
 * meetings of a series are at other times or cancelled. Null if there is no event, or calendars are not used.
 */
export async function readEntry(
  record: MeetingRecord,
  scope: GraphScope,
): Promise<{ record: MeetingRecord; entry: Entry } | null> {
  const { event } = record;
  const { calendar, store } = scope.services;
  if (event === undefined || calendar === null) return null;
  const found = await calendar.get(event.id, scope.caller);
  const { subject, start, end } = found;
  const { exceptions: _, ...plain } = record;
  const there = { ...plain, subject, start: start.toMillis(), end: end.toMillis() };
  const exceptions = await readExceptions({ ...there, event }, calendar, scope);
  const current = { ...there, ...(exceptions && { exceptions }) };
  const isSame = (['subject', 'start', 'end', 'exceptions'] as const).every((name) =>
    isDeepStrictEqual(current[name], record[name]),
  );
  const dues = isSame ? [] : await dueNext(current, scope);
  const stored = isSame ? null : await store.replaceMeeting(current, record.revision, dues);
  return { record: stored ?? current, entry: entryOf(current, found) };
}

/** The last meeting of a series may have been moved so far behind its place. */
const AFTER_LAST = { months: 1 };

/** The meetings of a series that are otherwise in the calendar than its pattern has them. */
async function readExceptions(
  meeting: MeetingRecord & { event: { id: string } },
  calendar: Calendar,
  { caller, services }: GraphScope,
): Promise<Exceptions | undefined> {
  if (meeting.series === undefined) return undefined;
  const now = services.now();
  const span = { start: now, end: now.plus(Math.max(1, lastEnd(meeting) - now.toMillis())).plus(AFTER_LAST) };
  const all = await calendar.instances(meeting.event.id, span, caller);
  const there = all
    .filter(({ isCancelled }) => !isCancelled)
    .map(({ start, end }) => ({ start: start.toMillis(), end: end.toMillis() }));
  return exceptionsIn(meeting, there, now.toMillis());
}

/**
 * The meeting with the times that its card shows. Graph keeps the times of the event, and for a series those of its first
 * meeting, while the card shows the next one.
 */
function atEntry(meeting: Meeting, record: MeetingRecord, now: DateTime): Meeting {
  if (record.event === undefined) return meeting;
  const { subject, start, end } = headOf(atOccurrence(record, now.toMillis()));
  return { ...meeting, subject, start, end };
}
