import type { DateTime } from 'luxon';
import type { Audience } from '../say.ts';
import { plain, shown, startText } from './text.ts';
import { briefDay, clockFor, day, offset, span, zoneInFull } from './time.ts';

/** What every card about one meeting says of it. */
export type MeetingHead = {
  subject: string | null;
  start: DateTime;
  end: DateTime;
  zone: string;
  /** A room: unless it is entered for later, it has no times worth the name. */
  isRoom?: boolean;
};

/**
 * What and when. `seen`, for a card's head: the subject for a TextRun, the hours with their zone. `beside`: lines below
 * them, as the same hours on the reader's own clock where that differs. `spoken`: for speech and notifications.
 */
export function wordMeetingHead(
  head: MeetingHead & {
    /** Others see the same card, on other clocks. */
    isShared?: boolean;
  },
  audience: Audience,
) {
  const { subject, start, end, zone, isRoom } = head;
  const { text } = audience.say;
  const title = subject ?? text(isRoom ? 'room.untitled' : 'meeting.untitled');
  const names = { seen: shown(title), spoken: plain(title) };
  if (isAnyTime(head, audience)) {
    const when = { day: text('room.kind'), hours: text('room.anyTime') };
    return {
      seen: { title: names.seen, ...when },
      beside: [],
      spoken: { subject: names.spoken, ...when, when: when.hours },
    };
  }
  const clock = clockFor(audience, zone);
  const { day, hours } = span(start, end, clock);
  const inZone = text('times.inZone', { hours, zone: zoneInFull(start, clock) });
  return {
    seen: { title: names.seen, day, hours: inZone },
    beside: wordOwnTime(head, audience),
    spoken: { subject: names.spoken, day, hours, when: text('times.both', { day, time: inZone }) },
  };
}

/** The hours on the reader's own clock; none where it shows the same, or is not known. */
function wordOwnTime(head: MeetingHead & { isShared?: boolean }, audience: Audience): string[] {
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
