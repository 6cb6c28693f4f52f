import { GraphError } from '../../graph/client.ts';
import type { CalendarWish } from '../../language/command.ts';
import { type Attendee, eventKey } from '../../meeting/event.ts';
import { toAttendees } from '../../meeting/guest-list.ts';
import type { Meeting } from '../../meeting/meeting.ts';
import type { Note } from '../../meeting/notes.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import { answerMeeting, headOf } from '../cards/meeting-card.ts';
import { wordInvitation } from '../cards/post-invitation.ts';
import { begin } from '../once/once.ts';
import { calendarIn, type GraphScope, type TurnScope } from '../services.ts';
import { referenceTo, reviseEvent, toEventRequest } from './write-event.ts';

/** Puts an existing meeting into the calendar (*Add to my calendar*, *Invite guests*). Its guests are mailed once. */
export async function enter(record: MeetingRecord, wish: CalendarWish, scope: GraphScope): Promise<Outcome> {
  await begin(record, { verb: 'enter', wanted: record, calendar: wish }, scope);
  const outcome = await enterNow(record, wish, scope);
  if (wish === 'guests') await rememberInvited(scope);
  return outcome;
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
