import { GraphError, isAnswered } from '../../graph/client.ts';
import type { CalendarWish } from '../../language/command.ts';
import type { Draft } from '../../meeting/decide.ts';
import type { Attendee, CalendarEvent, EventChange, EventRequest } from '../../meeting/event.ts';
import { canBeMailed, toAttendees } from '../../meeting/guest-list.ts';
import type { Guest, Meeting } from '../../meeting/meeting.ts';
import type { Note } from '../../meeting/notes.ts';
import { eventKey, type MeetingRecord } from '../../meeting/record.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import { answerMeeting, headOf, showMeeting } from '../cards/meeting-card.ts';
import { wordInvitation } from '../cards/post-invitation.ts';
import { askConfirm } from '../cards/questions.ts';
import { begin } from '../once/once.ts';
import { calendarIn, type GraphScope, type TurnScope } from '../services.ts';

/** A meeting that is to be made. `key`: Graph makes one event for it, however often it is sent. */
export type Order = Pick<Draft, 'subject' | 'start' | 'end' | 'options' | 'calendar' | 'series'> & {
  key: string;
  guests: readonly Guest[];
};

/** The request to Graph that makes the event of a meeting. */
export function toEventRequest(
  { key, guests, subject, start, end, calendar, series }: Order,
  online: EventRequest['online'],
): EventRequest {
  return {
    transactionId: key,
    ...{ subject, start, end, online },
    attendees: calendar === 'guests' ? toAttendees(guests) : [],
    recurrence: series ?? null,
  };
}

/** The reference to an event that is stored. `isLink`: the event only tells about the meeting. */
export function referenceTo(
  { id }: Pick<CalendarEvent, 'id'>,
  { calendar, series }: Pick<Order, 'calendar' | 'series'>,
  isLink = false,
): NonNullable<MeetingRecord['event']> {
  return {
    id,
    ...(series && { isSeries: true as const }),
    ...(isLink && { isLink: true as const }),
    ...(calendar === 'guests' && { isInviting: true as const }),
  };
}

/** An event as it is to be. Attendees whom another program has added stay. */
type WantedEvent = Pick<CalendarEvent, 'subject' | 'start' | 'end'> &
  Pick<EventChange, 'recurrence'> & { joining: readonly Attendee[]; leaving: readonly Attendee[] };

/**
 * Changes what differs in an event, so that nobody is mailed again if this is repeated after a crash. If another program
 * changed the event meanwhile, it is read and changed once more. Throws GraphError.
 */
export async function reviseEvent(
  id: string,
  wanted: WantedEvent,
  { caller, services }: GraphScope,
): Promise<CalendarEvent> {
  const calendar = calendarIn(services);
  const revise = async () => {
    const event = await calendar.get(id, caller);
    const change = diff(event, wanted);
    return Object.keys(change).length === 0 ? event : calendar.update(id, change, event.etag, caller);
  };
  return revise().catch((error: unknown) => {
    if (isAnswered(error, 412)) return revise();
    throw error;
  });
}

/** What the event of a meeting is to be. */
export function wantedEvent(record: MeetingRecord, wanted: MeetingRecord): WantedEvent {
  const { subject, start, end } = headOf(wanted);
  const isMailed = wanted.event?.isInviting === true;
  const [before, after] = [record, wanted].map(({ guests }) => (isMailed ? toAttendees(guests) : []));
  const { series } = wanted;
  return {
    ...{ subject, start, end },
    joining: without(after ?? [], before ?? []),
    leaving: without(before ?? [], after ?? []),
    ...(series && { recurrence: series }),
  };
}

function diff(event: CalendarEvent, wanted: WantedEvent): EventChange {
  const { subject, start, end, joining, leaving, recurrence } = wanted;
  const isTimed = event.start.toMillis() !== start.toMillis() || event.end.toMillis() !== end.toMillis();
  const invited = event.attendees.filter(({ response }) => response !== 'organizer');
  const added = without(joining, invited);
  const staying = without(invited, leaving);
  const isRepeated = recurrence !== undefined && !isSameSeries(event, recurrence);
  return {
    ...(subject === event.subject ? {} : { subject }),
    ...(isTimed && { times: { start, end } }),
    ...((added.length > 0 || staying.length < invited.length) && {
      attendees: [...staying.map(({ address, name }) => ({ address, name })), ...added],
    }),
    ...(isRepeated && { recurrence }),
  };
}

/** Compares the ends and patterns only, because a server may write the rest differently. */
const isSameSeries = (
  { recurrence }: CalendarEvent,
  wanted: NonNullable<WantedEvent['recurrence']>,
): boolean =>
  recurrence !== null &&
  JSON.stringify([recurrence.end, recurrence.pattern]) === JSON.stringify([wanted.end, wanted.pattern]);

/** The attendees who are not among the others, by their addresses. */
export function without<Some extends Attendee>(some: readonly Some[], others: readonly Attendee[]): Some[] {
  const known = new Set(others.map(({ address }) => address.toLowerCase()));
  return some.filter(({ address }) => !known.has(address.toLowerCase()));
}

/** Puts an existing meeting into the calendar (*Add to my calendar*, *Invite guests*). Its guests are mailed once. */
async function enter(record: MeetingRecord, wish: CalendarWish, scope: GraphScope): Promise<Outcome> {
  await begin(record, { verb: 'enter', wanted: record, calendar: wish }, scope);
  const outcome = await enterNow(record, wish, scope);
  if (wish === 'guests') await rememberInvited(scope);
  return outcome;
}

/** Puts a meeting into the calendar. The first time a person invites, they are told before who will be mailed. */
export async function enterAsked(
  record: MeetingRecord,
  wish: CalendarWish,
  { isAgreed, request }: { isAgreed: boolean; request: string | null },
  scope: GraphScope,
): Promise<Outcome> {
  const { event, guests } = record;
  if (event?.isInviting || (event && wish === 'mine')) return showMeeting(record, scope);
  if (wish === 'mine') return enter(record, wish, scope);
  const mails = guests.filter(canBeMailed);
  if (mails.length === 0) return answerNotice('nobodyToInvite');
  const { invites } = (await scope.person()).settings;
  if (isAgreed || invites !== undefined) return enter(record, wish, scope);
  return askConfirm('askedInvite', record, { what: 'invite', mails }, request);
}

/** Notes that the person has seen what inviting does, so that they are not asked again. */
export async function rememberInvited({ services, owner, person }: TurnScope): Promise<void> {
  const { settings } = await person();
  if (settings.invites === undefined)
    await services.store.saveSettings(owner, { ...settings, invites: 'known' });
}

/** The same after the beginning of the work was stored. */
export async function enterNow(
  record: MeetingRecord,
  wish: CalendarWish,
  scope: GraphScope,
): Promise<Outcome> {
  if ((await calendarIn(scope.services).provider(scope.caller)) === 'noMailbox')
    return answerNotice('noMailbox');
  const entered = await writeEntry(record, wish, scope);
  return entered === null
    ? answerNotice('alreadyDone')
    : answerMeeting('entered', entered.meeting, entered.record, scope);
}

/** Puts a meeting that was just made into the calendar. If Graph refuses, the meeting exists all the same. */
export async function enterNew(
  record: MeetingRecord,
  meeting: Meeting,
  wish: CalendarWish,
  scope: GraphScope,
): Promise<{ meeting: Meeting; record: MeetingRecord }> {
  const { store } = scope.services;
  await begin(record, { verb: 'enter', wanted: record, calendar: wish }, scope);
  try {
    const entered = await writeEntry(record, wish, scope);
    await store.finish(record.owner, record);
    return entered ?? { meeting, record };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    // What was begun goes on with the person's next message where nobody knows whether it worked.
    if (error.status >= 400 && error.status < 500) await store.finish(record.owner, record);
    const said = { ...record.said, notes: [...record.said.notes, 'notEntered' as const] };
    const stored = await store.replaceMeeting({ ...record, said }, record.revision);
    return { meeting, record: stored ?? record };
  }
}

/** Writes the event and stores its reference. Null if the meeting has changed meanwhile. Graph makes one event for each revision. */
async function writeEntry(
  record: MeetingRecord,
  wish: CalendarWish,
  scope: GraphScope,
): Promise<{ meeting: Meeting; record: MeetingRecord } | null> {
  const { services } = scope;
  const { event, said } = record;
  const worded = await wordInvitation(record, null, scope);
  const link = { joinUrl: worded.meeting.joinUrl, lines: worded.lines };
  const calendar = calendarIn(services);
  const attendees = wish === 'guests' ? toAttendees(record.guests) : [];
  const order = { ...record, ...headOf(record), key: eventKey(record.id, record.revision), calendar: wish };
  const request = toEventRequest(order, { kind: 'link', ...link });
  const written =
    event === undefined
      ? await calendar.create(request, scope.caller)
      : event.isBare
        ? await calendar.update(event.id, { link }, null, scope.caller)
        : await addAttendees(event.id, attendees, scope);
  const after: MeetingRecord = {
    ...record,
    event: referenceTo(written, order, event === undefined || event.isBare || event.isLink),
    revision: record.revision + 1,
    said: { ...said, notes: said.notes.filter((note) => !isSettledBy(wish, note)) },
    spokenOfAt: services.now().toMillis(),
  };
  const stored = await services.store.replaceMeeting(after, record.revision);
  return stored && { meeting: worded.meeting, record: stored };
}

/** Whether a note is no longer true once the meeting is in the calendar, or its guests were mailed. */
const isSettledBy = (wish: CalendarWish, note: Note): boolean =>
  note === 'notEntered' || (wish === 'guests' && note === 'shareLink');

/** Adds attendees to an event. Attendees whom another program has added stay. */
async function addAttendees(id: string, joining: readonly Attendee[], scope: GraphScope) {
  const { subject, start, end } = await calendarIn(scope.services).get(id, scope.caller);
  return reviseEvent(id, { subject, start, end, joining, leaving: [] }, scope);
}
