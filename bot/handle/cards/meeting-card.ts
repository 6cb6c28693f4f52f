import { inZone } from '../../base/date-time.ts';
import { pauses, retry } from '../../base/retry.ts';
import { GraphError } from '../../graph/graph-error.ts';
import { type Offer, toHeld } from '../../meeting/granted-options.ts';
import type { Meeting } from '../../meeting/meeting.ts';
import { isFollowUp, notesOnGuests, toAssumption, withoutOffers } from '../../meeting/notes.ts';
import { isOver, isSharedPlace, type MeetingRecord } from '../../meeting/record.ts';
import type { EndedReply } from '../../say/cards/ended.ts';
import type { MeetingReply } from '../../say/cards/meeting.ts';
import type { Reply } from '../../say/render.ts';
import { answerWith, type CardPlace, type Outcome } from '../../teams/outcome.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import { atEntry, entryKept, openWishes, readEntry } from './calendar-event.ts';

/** The card of a meeting that no longer exists. */
export function endedCard(
  why: 'cancelled' | 'gone' | 'over',
  record: MeetingRecord,
  isLocked = false,
): Outcome {
  const reply: EndedReply = { kind: 'ended', why, isLocked, ...headOf(record) };
  return answerWith(why, { kind: 'card', reply, cards: placesOf(record) });
}

/** The same, made from a card that was shown, because nothing else is known of the meeting. */
export function endedReply(
  why: EndedReply['why'],
  { meeting, zone, guests, isRoom = false }: MeetingReply,
): EndedReply {
  const { subject, start, end } = meeting;
  return { kind: 'ended', why, subject, start, end, zone, guests, isRoom };
}

/** The parts of a meeting that every card about it shows: its name, times, zone and guests. */
export function headOf({ subject, start, end, zone, room, guests }: MeetingRecord) {
  const at = (instant: number) => inZone(instant, zone);
  return { subject, zone, start: at(start), end: at(end), isRoom: room !== undefined, guests };
}

/** Where all cards of a meeting stand. The meeting is found by the last one. */
function placesOf({ conversation, cardId, olderCards = [] }: MeetingRecord): CardPlace[] {
  const older = olderCards.map((place) => ({ ...place, isOlder: true as const }));
  return cardId === null ? older : [...older, { conversation, cardId }];
}

/** The card of a meeting as its organizer sees it. `name`: the word for the log. */
export function meetingCard(
  name: string,
  meeting: Meeting,
  record: MeetingRecord,
  scope: TurnScope,
  more: Pick<MeetingReply, 'mentions' | 'entry'> = {},
): Outcome {
  const { services } = scope;
  const { id, revision, zone, guests, said } = record;
  const now = services.now();
  // Said when the guests were new, and not again on each card that follows.
  const isCrowdSaid = said.notes.includes('crowd');
  const isMailed = record.event?.isInviting === true;
  const onGuests = isFollowUp(said.notes) ? [] : notesOnGuests(guests, [], isMailed);
  const entry = more.entry ?? entryKept(record, scope);
  const enter = openWishes(record, scope);
  const reply: MeetingReply = {
    kind: 'meeting',
    id,
    revision,
    zone,
    guests,
    meeting: atEntry(meeting, record, entry),
    ...more,
    ...(entry && { entry }),
    ...(enter.length > 0 && { enter }),
    isRoom: record.room !== undefined,
    assumed: said.guesses.map((guess) => toAssumption(guess, zone, now)),
    assumedMinutes: said.assumedMinutes,
    notes: [...said.notes, ...onGuests.filter((note) => note !== 'bigList' || !isCrowdSaid)],
    options: optionsOf(meeting, record, services.offer),
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
  const isUnknown = (error: unknown) => error instanceof GraphError && error.status === 404;
  return retry(() => services.meetings.get(graphId, caller), pauses([SPREADS_MS], isUnknown));
}

/** Reads the meeting from Graph and shows it as it is. */
export async function show(record: MeetingRecord, scope: GraphScope): Promise<Outcome> {
  const [meeting, there] = await Promise.all([meetingOf(record, scope), readEntry(record, scope)]);
  const now = scope.services.now().toMillis();
  if (there === null)
    return isOver({ ...record, end: meeting.end.toMillis() }, now)
      ? endedCard('over', record)
      : meetingCard('shown', meeting, record, scope);
  return isOver(there.record, now)
    ? endedCard('over', there.record)
    : meetingCard('shown', meeting, there.record, scope, { entry: there.entry });
}

/** Addresses that add a meeting to a calendar. Null if the meeting is in one, or is a room for any time. */
export function calendarOf(meeting: Meeting, record: MeetingRecord, { services, turn }: TurnScope) {
  const isAnyTime = record.room !== undefined && meeting.start <= services.now();
  return isAnyTime || record.event ? null : services.calendarOf(meeting, record, turn.locale);
}

/** The options that the meeting has, and those that could not be had when it was last made or changed. */
function optionsOf({ granted }: Meeting, { options, said }: MeetingRecord, { templates }: Offer) {
  const { missed = [], unknown = [] } = said;
  return { held: toHeld(options, granted, missed), missed, unknown, templates };
}

/** The card for a message that a person sends. It is never changed, so it has links only. */
export function byLink({ mentions: _, ...reply }: MeetingReply, { turn }: TurnScope): MeetingReply {
  return { ...withoutButtons(reply, turn), isByLink: true };
}

/**
 * A reply as everybody sees it in a group or channel: without the organizer's buttons. `conversation`: where the card stands,
 * if not where the turn is.
 */
export function forEverybody(reply: Reply, { turn }: TurnScope, conversation = turn.conversation): Reply {
  const isPublic =
    conversation === turn.conversation ? turn.place !== 'personal' : isSharedPlace(conversation);
  if (!isPublic) return reply;
  if (reply.kind === 'invitation') return { ...reply, isOwn: false };
  return reply.kind === 'meeting' ? meetingForEverybody(reply, turn) : reply;
}

/** The meeting's card without the organizer's buttons. Teams asks for the organizer's own view when they look at it. */
export function meetingForEverybody(
  { enter: _, ...reply }: MeetingReply,
  turn: Pick<TurnScope['turn'], 'name' | 'teamsId'>,
): MeetingReply {
  return { ...withoutButtons(reply, turn), viewers: [turn.teamsId] };
}

const withoutButtons = (
  reply: MeetingReply,
  { name: organiser }: Pick<TurnScope['turn'], 'name'>,
): MeetingReply => ({ ...reply, assumed: withoutOffers(reply.assumed), organiser });
