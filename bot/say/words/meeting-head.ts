import type { DateTime } from 'luxon';
import type { Guest } from '../../meeting/meeting.ts';
import type { Audience, Say } from '../say.ts';
import { names } from './people.ts';
import { plain, shortName, shown, startText } from './text.ts';
import { briefDay, clockFor, day, offset, span, zoneInFull } from './time.ts';

/** What a meeting is called by. */
type Named = {
  subject: string | null;
  /** A room: unless it is entered for later, it has no times worth the name. */
  isRoom?: boolean;
  guests?: readonly Guest[];
};

/** What any card about one meeting must say of it. */
export type MeetingHead = Named & { start: DateTime; end: DateTime; zone: string };

/** `isShared`: others see the same card, on other clocks. */
type SharedHead = MeetingHead & { isShared?: boolean };

/** Of a meeting without a name so many guests stand for it. */
const NAMED_BY = 2;

/** What a meeting is called: by its subject, else by its guests. As it was typed, with all that may be in it. */
export function titleOf({ subject, isRoom, guests = [] }: Named, say: Say): string {
  if (subject !== null) return subject;
  if (isRoom) return say.text('room.untitled');
  if (guests.length === 0) return say.text('meeting.untitled');
  const called = guests.map((guest) => shortName(guest.kind === 'email' ? guest.email : guest.name));
  return say.text('meeting.with', { names: names(called, say, NAMED_BY) });
}

/**
 * What and when. `seen`, for a card's head: the subject for a TextRun, the hours with their zone. `beside`: lines below
 * them, as the same hours on the reader's own clock where that differs. `spoken`: for speech and notifications.
 */
export function wordMeetingHead(head: SharedHead, audience: Audience) {
  const { start, end, zone } = head;
  const { text } = audience.say;
  const title = titleOf(head, audience.say);
  const titles = { seen: shown(title), spoken: plain(title) };
  if (isAnyTime(head, audience)) {
    const when = { day: text('room.kind'), hours: text('room.anyTime') };
    return {
      seen: { title: titles.seen, ...when },
      beside: [],
      spoken: { subject: titles.spoken, ...when, when: when.hours },
    };
  }
  const clock = clockFor(audience, zone);
  const { day, hours } = span(start, end, clock);
  const inZone = text('times.inZone', { hours, zone: zoneInFull(start, clock) });
  return {
    seen: { title: titles.seen, day, hours: inZone },
    beside: wordOwnTime(head, audience),
    spoken: { subject: titles.spoken, day, hours, when: text('times.both', { day, time: inZone }) },
  };
}

/** The hours on the reader's own clock; none where it shows the same, or is not known. */
function wordOwnTime(head: SharedHead, audience: Audience): string[] {
  const { start, end, zone, isShared } = head;
  const own = audience.zone;
  const isSame = own === null || [start, end].every((at) => offset(at, own) === offset(at, zone));
  if (isSame) return [];
  const { text } = audience.say;
  const [there, here] = [clockFor(audience, zone), clockFor(audience, own)];
  const { hours } = span(start, end, here);
  const isSameDay = day(start, there) === day(start, here);
  const time = isSameDay
    ? hours
    : startText(text('times.both', { day: briefDay(start, here), time: hours }), audience.say);
  return [
    isShared
      ? text('times.inZone', { hours: time, zone: zoneInFull(start, here) })
      : text('times.yours', { time }),
  ];
}

/** Graph's clock and ours may differ a little: a room of this minute is for any time. */
const SOON_MINUTES = 5;

/** Whether there is nothing to say of when it is. */
export function isAnyTime(
  { isRoom, start }: Pick<MeetingHead, 'isRoom' | 'start'>,
  { now }: Audience,
): boolean {
  return isRoom === true && start <= now.plus({ minutes: SOON_MINUTES });
}
