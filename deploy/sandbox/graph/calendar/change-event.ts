import { DateTime } from 'luxon';
import type { Person } from '../../people.ts';
import type { World } from '../world.ts';
import { attendeesOf, type EventChangeBody } from './event-body.ts';
import { type Item, itemsOf, occurrenceOf, wholeItem } from './items.ts';
import { mail } from './mails.ts';
import { BLOCK, followEvent, goOnline } from './online.ts';
import { checkRecurrence } from './recurrence.ts';
import { invalid } from './refusals.ts';
import type { StoredAttendee } from './store.ts';
import { readWallTime } from './wall-time.ts';

/** Changes the organiser's event or one of its occurrences, and mails whom it concerns. Throws a 400. */
export function changeEvent(world: World, owner: Person, item: Item, body: EventChangeBody): void {
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
