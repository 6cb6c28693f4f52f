import type { Person } from '../../people.ts';
import type { Body } from '../check.ts';
import type { Call } from '../exchange.ts';
import { idOf } from './ids.ts';
import type { Item } from './items.ts';
import type { StoredAttendee } from './store.ts';
import { writeWallTime } from './wall-time.ts';

/** The etag of an event at its revision. */
export const etagOf = ({ event }: Pick<Item, 'event'>): string =>
  `W/"${Buffer.from(`${event.key}:${event.revision}`).toString('base64')}"`;

/** The zone in which the answer is to be. */
const zoneIn = ({ request }: Call) =>
  /outlook\.timezone\s*=\s*"([^"]+)"/i.exec(String(request.headers.prefer ?? ''))?.[1] ?? 'UTC';

/** An event as Graph writes it for the owner of a calendar. Without `names`: all its members. */
export function eventAnswer(
  item: Item,
  owner: Person,
  call: Call,
  names: readonly string[] | null = null,
): Body {
  const whole = wholeAnswer(item, owner, call);
  if (names === null) return whole;
  // `onlineMeeting` by itself is answered as null.
  const isBare = names.includes('onlineMeeting') && !names.includes('isOnlineMeeting');
  const chosen = Object.entries(whole).filter(
    ([name]) => name.startsWith('@') || [...names, 'id'].includes(name),
  );
  return { ...Object.fromEntries(chosen), ...(isBare && { onlineMeeting: null }) };
}

function wholeAnswer(item: Item, owner: Person, call: Call): Body {
  const { event, subject, start, end, attendees, type, date } = item;
  const organizer = call.world.people.find(({ oid }) => oid === event.organizer);
  const zone = zoneIn(call);
  const isOnline = event.meetingId !== null;
  const master = date === null ? null : idOf({ event, date: null }, owner, call);
  return {
    '@odata.etag': etagOf(item),
    id: idOf(item, owner, call),
    createdDateTime: new Date(event.createdAt).toISOString(),
    changeKey: String(event.revision),
    iCalUId: event.key,
    subject,
    body: { contentType: 'html', content: event.content },
    start: writeWallTime(start, zone),
    end: writeWallTime(end, zone),
    isAllDay: false,
    isCancelled: false,
    isOrganizer: event.organizer === owner.oid,
    isOnlineMeeting: isOnline,
    onlineMeetingProvider: isOnline ? 'teamsForBusiness' : 'unknown',
    onlineMeetingUrl: null,
    onlineMeeting: isOnline ? { joinUrl: event.joinUrl } : null,
    organizer: { emailAddress: { address: organizer?.upn, name: organizer?.name } },
    attendees: attendees.map(attendeeAnswer),
    type,
    seriesMasterId: master,
    recurrence: date === null ? event.recurrence : null,
    transactionId: event.transactionId,
    showAs: event.showAs,
    webLink: `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(idOf(item, owner, call))}`,
  };
}

function attendeeAnswer({ address, name, type, response }: StoredAttendee): Body {
  return { type, status: { response, time: '0001-01-01T00:00:00Z' }, emailAddress: { address, name } };
}
