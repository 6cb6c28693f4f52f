import type { TokenError } from '../../auth/token-error.ts';
import { pauses, retry } from '../../base/retry.ts';
import { GraphError, isAnswered } from '../../graph/client.ts';
import type { Assumption } from '../../language/command.ts';
import type { Draft } from '../../meeting/decide.ts';
import type { CalendarEvent } from '../../meeting/event.ts';
import { listDeclined, type Missed, selectPossible, toChoices } from '../../meeting/granted-options.ts';
import { canBeMailed } from '../../meeting/guest-list.ts';
import type { Guest, Meeting, MeetingRequest } from '../../meeting/meeting.ts';
import { type Note, toGuess } from '../../meeting/notes.ts';
import type { Wishes } from '../../meeting/options.ts';
import {
  type ConversationReference,
  eventKey,
  KEEP_MEETING_MS,
  type MeetingRecord,
} from '../../meeting/record.ts';
import { lastEnd } from '../../meeting/series.ts';
import { answerNotice, answerWith, type Outcome } from '../../teams/outcome.ts';
import type { TurnBase } from '../../teams/turn.ts';
import { undoneReply } from '../cards/refusals.ts';
import { withinLimit } from '../once/create-limit.ts';
import { calendarIn, dueNext, type GraphScope, type TurnScope } from '../services.ts';
import { isRefusedForGood } from '../sign-in/caller.ts';
import { enterNew, type Order, referenceTo, toEventRequest } from './calendar-event.ts';

/** A meeting about which nothing is left to ask. */
export type Wish = {
  draft: Draft;
  guests: readonly Guest[];
  zone: string;
  assumed: readonly Assumption[];
  /** What its card says besides. */
  notes?: readonly Note[];
};

/**
 * How a meeting comes into the calendar. `event`: the event brings its online meeting. `link`: the online meeting is made
 * first, and the event tells of it. `noMailbox`: the person has no calendar. `none`: nobody asked for one.
 */
type Route = 'event' | 'link' | 'noMailbox' | 'none';

/** A meeting that was made, and its event if it has one. */
type Made = { meeting: Meeting; missed: readonly Missed[]; event?: MeetingRecord['event'] };

/** Nothing is left of what was made: Graph refused the rest for good, and the event was cancelled. */
type Undone = { undone: GraphError | TokenError };

/** Decides how a meeting comes into the calendar. Throws GraphError. */
async function routeOf(
  { calendar: wish, options }: Order,
  { caller, services: { calendar } }: GraphScope,
): Promise<Route> {
  if (wish === undefined || calendar === null) return 'none';
  const provider = await calendar.provider(caller);
  if (provider === 'noMailbox') return provider;
  return provider === 'teams' && !needsOwnMeeting(options) ? 'event' : 'link';
}

/**
 * Whether the meeting must be made by itself, and its event afterwards. An event cannot bring a meeting without a passcode,
 * with a template, or with an invitation in another language.
 */
const needsOwnMeeting = ({ passcode, template, invitation }: Wishes): boolean =>
  passcode === false || template !== undefined || invitation !== undefined;

/** Makes a meeting, if the person may make one more, and keeps a reference to it. Throws GraphError. */
export async function createMeeting(
  wish: Wish & { id: string },
  scope: GraphScope,
): Promise<{ meeting: Meeting; record: MeetingRecord } | { refused: Outcome }> {
  const { id, draft, guests } = wish;
  const order = { ...draft, key: eventKey(id, 0), guests };
  const made = await makeWithinLimit(order, scope);
  if ('refused' in made) return made;
  if ('undone' in made) return { refused: sayUndone(made, order, scope) };
  const record = await keepReference(wish, made, scope);
  const { meeting } = made;
  return made.isToBeEntered
    ? enterNew(record, meeting, draft.calendar ?? 'mine', scope)
    : { meeting, record };
}

/**
 * Makes what was ordered, if the person may make one more. `isToBeEntered`: its event must still be made, or told about its
 * meeting. Throws GraphError.
 */
export async function makeWithinLimit(
  order: Order,
  scope: GraphScope,
): Promise<(Made & { route: Route; isToBeEntered: boolean }) | Undone | { refused: Outcome }> {
  const route = await routeOf(order, scope);
  if (route === 'noMailbox' && order.series) return { refused: answerNotice('noMailbox') };
  const creation = await withinLimit(scope, () => makeBy(route, order, scope));
  if ('refused' in creation) return creation;
  const { made } = creation;
  if ('undone' in made) return made;
  return { ...made, route, isToBeEntered: route === 'link' || made.event?.isBare === true };
}

/**
 * Makes the meeting with its event, whose guests are mailed, or by itself. If Teams made no meeting for the event, a meeting is
 * made for it. If Graph refuses for good what is left to do once the guests are mailed, the event is cancelled, of which they
 * are mailed; in all other cases a second try finds the event by its key. Throws GraphError.
 */
async function makeBy(route: Route, order: Order, scope: GraphScope): Promise<Made | Undone> {
  if (route !== 'event') return makeGranted(order, scope);
  const calendar = calendarIn(scope.services);
  const event = await calendar.create(toEventRequest(order, { kind: 'teams' }), scope.caller);
  const { id, joinUrl } = event;
  try {
    return joinUrl === null
      ? { ...(await makeGranted(order, scope)), event: { ...referenceTo(event, order), isBare: true } }
      : await findOnline(event, joinUrl, order, scope);
  } catch (error) {
    if (!isRefusedForGood(error, scope)) throw error;
    await calendar.cancel(id, null, scope.caller).catch((cause: unknown) => {
      throw new GraphError(0, 'notUndone', { cause });
    });
    return { undone: error };
  }
}

/** Finds the online meeting that an event has brought, and sets its options. Throws GraphError. */
async function findOnline(
  event: CalendarEvent,
  joinUrl: string,
  order: Order,
  scope: GraphScope,
): Promise<Made> {
  const { meetings, offer } = scope.services;
  const found = await meetings.byJoinUrl(joinUrl, scope.caller);
  // A second try finds it: the same key makes no second event.
  if (found === null) throw new GraphError(0, 'notFoundYet');
  const { options, missed } = selectPossible(order.options, offer);
  const { meeting, declined } = await withOptions(found, { ...order, options }, scope);
  return { meeting, missed: [...missed, ...declined], event: referenceTo(event, order) };
}

async function withOptions(
  found: Meeting,
  { options, guests }: Pick<Order, 'options' | 'guests'>,
  scope: GraphScope,
): Promise<{ meeting: Meeting; declined: readonly Missed[] }> {
  const { meetings } = scope.services;
  const { passcode: _, ...sent } = toChoices(options);
  const hasRoles = sent.presenters !== undefined || guests.some(({ role }) => role !== undefined);
  if (Object.keys(sent).length === 0 && !hasRoles) return { meeting: found, declined: [] };
  const change = { options: sent, ...(hasRoles && { guests }) };
  const meeting = await meetings.update(found.graphId, change, scope.caller).catch((error: unknown) => {
    // The guests have been mailed: an option that is refused is said, and does not undo the meeting.
    if (isRefusedForGood(error, scope)) return found;
    throw error;
  });
  return { meeting, declined: listDeclined(sent, meeting.granted) };
}

/** Says that the event is cancelled again, and why. */
function sayUndone({ undone }: Undone, { calendar, guests }: Order, scope: TurnScope): Outcome {
  const isMailed = calendar === 'guests' && guests.some(canBeMailed);
  const reply = undoneReply(undone, isMailed ? 'mailed' : 'quiet', scope);
  return answerWith(reply.problem, { kind: 'card', reply });
}

const ROUTE_NOTES: Readonly<Record<Route, readonly Note[]>> = {
  event: [],
  link: ['eventIsLink'],
  noMailbox: ['noMailbox'],
  none: [],
};

/**
 * Makes a meeting with the options that can be had, and returns those that cannot. If Graph refuses an option for want of a
 * licence, the meeting is made without it. Throws GraphError.
 */
async function makeGranted(
  request: MeetingRequest,
  { caller, services: { meetings, offer } }: GraphScope,
): Promise<{ meeting: Meeting; missed: readonly Missed[] }> {
  const { options, missed } = selectPossible(request.options, offer);
  const meeting = await meetings.create({ ...request, options }, caller).catch((error: unknown) => {
    const { template, encrypted, ...plain } = options;
    const isPremium = template !== undefined || encrypted === true;
    if (!isPremium || !isAnswered(error, 400, 403)) throw error;
    return meetings.create({ ...request, options: plain }, caller);
  });
  return { meeting, missed: [...missed, ...listDeclined(options, meeting.granted)] };
}

/** How the bot reaches the conversation of this turn, and the person who speaks in it, by itself. */
function conversationReferenceOf(turn: TurnBase): ConversationReference {
  const { serviceUrl, bot, teamsId, name, locale, zone, conversation, place } = turn;
  return { serviceUrl, bot, teamsId, name, locale, zone, origin: { conversation, place } };
}

/** Pauses between tries to store what Graph has made, which nobody would know of otherwise. */
const STORE_MS = [1_000, 3_000];

/** Stores a reference to the meeting: no link, no passcode. */
async function keepReference(
  { id, guests, zone, draft, assumed, notes = [] }: Wish & { id: string },
  { meeting, missed, event, route }: Made & { route: Route },
  scope: TurnScope,
): Promise<MeetingRecord> {
  const { services, owner, turn } = scope;
  const createdAt = services.now().toMillis();
  const { series } = draft;
  const times = { start: draft.start.toMillis(), end: draft.end.toMillis() };
  const last = series ? lastEnd({ ...times, series }) : meeting.end.toMillis();
  const record: MeetingRecord = {
    id,
    owner,
    conversation: turn.conversation,
    conversationReference: conversationReferenceOf(turn),
    ...(turn.isPrivate && { isPrivate: true as const }),
    cardId: null,
    graphId: meeting.graphId,
    revision: 1,
    leftovers: [],
    subject: draft.subject,
    ...(event ? times : { start: meeting.start.toMillis(), end: meeting.end.toMillis() }),
    zone,
    ...(draft.clockZone && { clockZone: draft.clockZone }),
    guests,
    options: toChoices(draft.options),
    ...(draft.options.invitation !== undefined && { invitation: draft.options.invitation }),
    ...(event && { event }),
    ...(series && { series }),
    said: {
      guesses: assumed.map(toGuess),
      assumedMinutes: draft.assumedMinutes,
      notes: [...notes, ...draft.unmet, ...ROUTE_NOTES[route]],
      missed,
      ...(draft.unknown && { unknown: draft.unknown }),
    },
    createdAt,
    expires: Math.max(createdAt, last) + KEEP_MEETING_MS,
  };
  const dues = await dueNext(record, scope);
  await retry(() => services.store.addMeeting(record, dues), pauses(STORE_MS));
  return record;
}
