import { DateTime } from 'luxon';
import type { Person } from '../../people.ts';
import type { Answer } from '../../serve.ts';
import { GraphRefusal } from '../errors.ts';
import { type Call, readBody } from '../exchange.ts';
import type { World } from '../world.ts';
import { etagOf, eventAnswer } from './event-answer.ts';
import {
  attendeesOf,
  type EventBody,
  type EventChangeBody,
  readEventBody,
  readEventChange,
} from './event-body.ts';
import { idOf, itemWith } from './ids.ts';
import { type Item, itemsOf, occurrenceOf, wholeItem } from './items.ts';
import { mail } from './mails.ts';
import { BLOCK, followEvent, goOnline } from './online.ts';
import { checkRecurrence } from './recurrence.ts';
import { invalid } from './refusals.ts';
import { newEvent, type StoredAttendee, type StoredEvent } from './store.ts';
import { readWallTime } from './wall-time.ts';

/** POST: 201 and the event; its attendees are mailed. */
export function createEvent(call: Call, owner: Person): Answer {
  const { world } = call;
  const body = readEventBody(readBody(call));
  checkTransaction(body, call, owner);
  const event = toEvent(body, owner, world.now());
  if (body.isOnlineMeeting === true && owner.licence.teams) {
    if (world.calendar.softFailures > 0) world.calendar.softFailures -= 1;
    else goOnline(world, owner, event);
  }
  world.calendar.events.push(event);
  const item = wholeItem(event);
  mail(world, item, 'invitation', event.attendees);
  return { status: 201, body: eventAnswer(item, owner, call) };
}

/** A key that was used before is refused, in one of the forms that have been met: 400 or 409, with the first event's id or without. */
function checkTransaction({ transactionId }: EventBody, call: Call, owner: Person): void {
  const { calendar } = call.world;
  const before = calendar.events.find(
    (event) => transactionId && event.transactionId === transactionId && event.organizer === owner.oid,
  );
  if (!before) return;
  calendar.duplicates += 1;
  const isPlain = calendar.duplicates % 2 === 1;
  const members: Record<string, string> = isPlain
    ? {}
    : { '@event.existingEventId': idOf({ event: before, date: null }, owner, call) };
  const text = 'Your request can’t be completed. The event has been created before.';
  throw new GraphRefusal(isPlain ? 409 : 400, 'ErrorDuplicateTransactionId', text, {}, members);
}

function toEvent(body: EventBody, owner: Person, now: number): StoredEvent {
  const start = readWallTime(body.start);
  const end = readWallTime(body.end);
  if (end < start) throw invalid('The event ends before it begins.');
  const recurrence = body.recurrence ?? null;
  if (recurrence) checkRecurrence(recurrence, start, end);
  return newEvent(owner, {
    start,
    end,
    recurrence,
    createdAt: now,
    subject: body.subject ?? null,
    content: body.body?.content ?? '',
    attendees: attendeesOf(body.attendees),
    transactionId: body.transactionId ?? null,
    ...(body.showAs && { showAs: body.showAs }),
  });
}

/** PATCH: 200 and the event. Only the organiser's copy counts; another's changes silently. */
export function updateEvent(call: Call, owner: Person, id: string): Answer {
  const item = itemWith(id, owner, call);
  const wanted = call.request.headers['if-match'];
  if (wanted !== undefined && wanted !== etagOf(item)) {
    throw new GraphRefusal(
      412,
      'ErrorIrresolvableConflict',
      'The send or update operation could not be performed.',
    );
  }
  const body = readEventChange(readBody(call));
  if (item.event.organizer === owner.oid) changeEvent(call.world, owner, item, body);
  const changed = itemWith(id, owner, call);
  return { status: 200, body: eventAnswer(changed, owner, call) };
}

/** POST …/cancel: 202, for the organiser only. */
export function cancelEvent(call: Call, owner: Person, id: string): Answer {
  const item = itemWith(id, owner, call);
  const { comment, ...others } = readBody(call);
  if (Object.keys(others).length > 0 || (comment !== undefined && typeof comment !== 'string'))
    throw new GraphRefusal(400, 'RequestBodyRead', 'Only a comment is expected.');
  if (item.event.organizer !== owner.oid) {
    const text = 'Your request can’t be completed. You need to be an organizer to cancel a meeting.';
    throw new GraphRefusal(400, 'ErrorInvalidRequest', text);
  }
  takeAway(call, item, comment ?? null);
  return { status: 202 };
}

/** DELETE: 204. The organiser's mails a cancellation without words; an attendee removes a copy. */
export function deleteEvent(call: Call, owner: Person, id: string): Answer {
  const item = itemWith(id, owner, call);
  if (item.event.organizer === owner.oid) takeAway(call, item, null);
  else {
    item.event.removedBy.add(owner.oid);
    const own = item.event.attendees.find(({ address }) => address === owner.upn.toLowerCase());
    if (own) own.response = 'declined';
  }
  return { status: 204 };
}

function takeAway({ world }: Call, item: Item, comment: string | null): void {
  const { event, date } = item;
  mail(world, item, 'cancellation', item.attendees, comment);
  event.revision += 1;
  if (date !== null) event.exceptions.set(date, { ...event.exceptions.get(date), isCancelled: true });
  else Object.assign(event, { isGone: true, moves: event.moves + 1 });
}

/** Changes the organiser's event or one of its occurrences, and mails whom it concerns. Throws a 400. */
function changeEvent(world: World, owner: Person, item: Item, body: EventChangeBody): void {
  const { event, date } = item;
  const before = item.attendees;
  const [start, end] = timesOf(item, body);
  const subject = body.subject === undefined ? item.subject : body.subject;
  const attendees = body.attendees === undefined ? [...before] : attendeesOf(body.attendees, before);
  if (date === null) {
    const recurrence = body.recurrence === undefined ? event.recurrence : body.recurrence;
    if (recurrence) checkRecurrence(recurrence, start, end);
    // A series that changes as a whole loses what was otherwise about single occurrences.
    if (body.start || body.recurrence !== undefined) event.exceptions.clear();
    Object.assign(event, { start, end, subject, attendees, recurrence });
    if (body.body) rewrite(world, owner, item, body.body.content);
    else if (body.isOnlineMeeting && event.meetingId === null && owner.licence.teams)
      goOnline(world, owner, event);
    followEvent(world, event);
  } else {
    checkNeighbours(item, start);
    event.exceptions.set(date, { ...event.exceptions.get(date), start, end, subject, attendees });
  }
  event.revision += 1;
  const changed = date === null ? wholeItem(event) : (occurrenceOf(event, date) ?? item);
  tell(world, changed, before, body);
}

function timesOf(item: Item, body: EventChangeBody): [DateTime, DateTime] {
  const start = body.start ? readWallTime(body.start) : item.start;
  const end = body.end ? readWallTime(body.end) : item.end;
  if (end < start) throw invalid('The event ends before it begins.');
  return [start, end];
}

/** The join block lives in the text: a text without it costs the event its link, and it gets another. */
function rewrite(world: World, owner: Person, { event }: Item, content: string): void {
  event.content = content;
  if (event.meetingId !== null && !content.includes(BLOCK)) goOnline(world, owner, event);
}

/** Guests who come or go are told by themselves; everything else is told to all. */
function tell(world: World, item: Item, before: readonly StoredAttendee[], body: EventChangeBody): void {
  const { attendees } = item;
  const isIn = (all: readonly StoredAttendee[]) => (one: StoredAttendee) =>
    all.some(({ address }) => address === one.address);
  const added = attendees.filter((one) => !isIn(before)(one));
  const removed = before.filter((one) => !isIn(attendees)(one));
  mail(world, item, 'invitation', added);
  mail(world, item, 'cancellation', removed);
  const { attendees: _, ...others } = body;
  if (Object.keys(others).length > 0) mail(world, item, 'update', attendees.filter(isIn(before)));
}

/** An occurrence cannot pass its neighbours, nor be on the day of one. */
function checkNeighbours({ event, date }: Item, start: DateTime): void {
  const dates = itemsOf(event).filter((one) => one.date !== date);
  const original = DateTime.fromISO(`${date}T00:00`, { zone: event.start.zone });
  const passed = dates.some((one) =>
    one.start < original ? start.startOf('day') <= one.start : start.endOf('day') >= one.start,
  );
  if (passed) throw invalid('The occurrence would cross its neighbour.', 'ErrorOccurrenceCrossingBoundary');
}
