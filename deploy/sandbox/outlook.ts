import { DateTime } from 'luxon';
import { respond } from './graph/calendar/attendees.ts';
import { calendarOf, type Item } from './graph/calendar/items.ts';
import type { Mail } from './graph/calendar/store.ts';
import type { Graph } from './graph.ts';
import type { Person } from './people.ts';

type World = { graph: Graph; people: readonly Person[] };

/** What one person sees in Outlook. */
export type OutlookView = ReturnType<typeof outlookView>;

/** Days ahead that the calendar shows, and how many mails. */
const DAYS = 60;
const MOST_MAILS = 50;

/** A person's calendar from today on, and their inbox, the newest mail first. */
export function outlookView({ graph, people }: World, viewer: Person) {
  const now = DateTime.now().setZone(viewer.zone);
  const items = calendarOf(graph.calendar, viewer, now.startOf('day'), now.plus({ days: DAYS }));
  const inbox = graph.calendar.mails.filter(({ to }) => to.toLowerCase() === viewer.upn.toLowerCase());
  return {
    events: items.map((item) => eventView(item, viewer, people)),
    mails: inbox
      .slice(-MOST_MAILS)
      .reverse()
      .map((mail) => mailView(mail, viewer)),
  };
}

function eventView(
  { event, date, start, end, subject, attendees }: Item,
  viewer: Person,
  people: readonly Person[],
) {
  const own = attendees.find(({ address }) => address === viewer.upn.toLowerCase());
  return {
    key: event.key,
    id: `${event.key} ${date ?? ''}`,
    subject: subject ?? '',
    when: `${onClock(start, viewer)}–${end.setZone(viewer.zone).toFormat('HH:mm')}`,
    organiser: people.find(({ oid }) => oid === event.organizer)?.name ?? '',
    isSeries: date !== null,
    joinUrl: event.joinUrl,
    guests: attendees.map(({ name, response }) => ({ name, response })),
    /** The viewer's own answer; null where they organise it. */
    response: own?.response ?? null,
  };
}

function mailView({ kind, subject, start, comment, at }: Mail, viewer: Person) {
  const when = onClock(DateTime.fromISO(start), viewer);
  return { kind, subject: subject ?? '', when, comment, at: onClock(DateTime.fromMillis(at), viewer) };
}

const onClock = (time: DateTime, { zone }: Person) => time.setZone(zone).toFormat('ccc d LLL, HH:mm');

/** The viewer answers an invitation. Throws where they have none. */
export function answerInvitation(
  { graph }: Pick<World, 'graph'>,
  viewer: Person,
  { event: key, accepts }: { event: string; accepts: boolean },
): void {
  const event = graph.calendar.events.find((candidate) => candidate.key === key);
  if (event === undefined) throw new Error('There is no such event.');
  respond(event, viewer, accepts ? 'accepted' : 'declined');
}
