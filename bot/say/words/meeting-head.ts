import type { DateTime } from 'luxon';
import { writtenName } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import type { Audience, Say } from '../say.ts';
import { cut, names, plain, shortName, shown, startText } from './text.ts';
import { briefDay, clientTime, day, offset, span, time, zoneInFull } from './time.ts';

/** The parts of a meeting that name it. */
type Named = {
  subject: string | null;
  /** A room has times only if it was entered for later. */
  isRoom?: boolean;
  guests?: readonly Guest[];
};

/** The parts of a meeting that every card about it shows. */
export type MeetingHead = Named & {
  start: DateTime;
  end: DateTime;
  zone: string;
  /** The zone in which its clock was said; absent where it is the organizer's own. */
  clockZone?: string;
};

/**
 * `isShared`: people in other zones may see the same card. `isOne`: several people see this one card, and their zones are not
 * known here.
 */
type SharedHead = MeetingHead & { isShared?: boolean; isOne?: boolean };

/** The number of guests that a meeting without a subject is named by. */
const NAMED_BY = 2;

/**
 * The name of a meeting: its subject, or its guests if it has none. It is as it was typed, and must be cleaned before it is
 * shown.
 */
export function titleOf({ subject, isRoom, guests = [] }: Named, say: Say): string {
  if (subject !== null) return subject;
  if (isRoom) return say.text('room.untitled');
  if (guests.length === 0) return say.text('meeting.untitled');
  const called = guests.map(writtenName).map(shortName);
  return say.text('meeting.with', { names: names(called, say, NAMED_BY) });
}

/** The most characters of a name on a card that lists several meetings. */
const SHORT_TITLE = 72;

/** The name of one of several meetings, for a TextRun. */
export const shortTitle = (named: Named, say: Say): string => shown(cut(titleOf(named, say), SHORT_TITLE));

/** When a meeting is, in a few words inside a sentence. */
export function brieflyInside(
  { start, end, zone }: Omit<MeetingHead, 'subject'>,
  audience: Audience,
): string {
  const clock = { ...audience, zone };
  return audience.say.text('meetings.line', {
    day: briefDay(start, clock),
    hours: span(start, end, clock).hours,
  });
}

/** When one of several meetings is, in a line of its own. */
export const wordBriefly = (head: Omit<MeetingHead, 'subject'>, audience: Audience): string =>
  startText(brieflyInside(head, audience), audience.say);

/**
 * What and when. `seen`, for a card's head: the subject for a TextRun, the hours with their zone. `beside`: lines below
 * them, as the same hours in the zone in which they were said and on the reader's own clock where those differ. `clocks`: its start, which Teams writes for each reader.
 * `spoken`: for speech and notifications.
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
      clocks: [],
      spoken: { subject: titles.spoken, ...when, when: when.hours },
    };
  }
  const clock = { ...audience, zone };
  const { day, hours } = span(start, end, clock);
  const inZone = text('times.inZone', { hours, zone: zoneInFull(start, clock) });
  return {
    seen: { title: titles.seen, day, hours: inZone },
    beside: [...wordTimeSaid(head, audience), ...wordOwnTime(head, audience)],
    clocks: head.isOne ? [{ label: text('times.onYourClock'), time: clientTime(start) }] : [],
    spoken: { subject: titles.spoken, day, hours, when: text('times.both', { day, time: inZone }) },
  };
}

type Times = Pick<MeetingHead, 'start' | 'end'>;

const isSameClock = ({ start, end }: Times, one: string, other: string): boolean =>
  [start, end].every((at) => offset(at, one) === offset(at, other));

/** The hours in the zone in which they were said. Empty if they are those of the meeting's zone, or of the reader's own. */
export function wordTimeSaid(head: MeetingHead, audience: Audience): string[] {
  const { clockZone, zone } = head;
  if (clockZone === undefined) return [];
  const isSeen = [zone, audience.zone ?? zone].some((seen) => isSameClock(head, seen, clockZone));
  return isSeen ? [] : [wordInZone(head, clockZone, audience)];
}

/** The hours in the reader's own zone. Empty if they are the same, or the zone is not known. */
function wordOwnTime(head: SharedHead, audience: Audience): string[] {
  const own = audience.zone;
  if (own === null || isSameClock(head, own, head.zone)) return [];
  return [
    head.isShared
      ? wordInZone(head, own, audience)
      : audience.say.text('times.yours', { time: hoursIn(head, own, audience) }),
  ];
}

const wordInZone = (head: MeetingHead, zone: string, audience: Audience): string =>
  audience.say.text('times.inZone', {
    hours: hoursIn(head, zone, audience),
    zone: zoneInFull(head.start, { ...audience, zone }),
  });

/** The hours in another zone than the meeting's, with their day if it is another one there. */
function hoursIn({ start, end, zone }: MeetingHead, other: string, audience: Audience): string {
  const [there, here] = [
    { ...audience, zone },
    { ...audience, zone: other },
  ];
  const { hours } = span(start, end, here);
  if (day(start, there) === day(start, here)) return hours;
  const both = audience.say.text('times.both', { day: briefDay(start, here), time: hours });
  return startText(both, audience.say);
}

/** Graph's clock and the bot's may differ by this much: a room that begins within it is open at any time. */
const SOON_MINUTES = 5;

/** Whether the card shows no time for it. */
export function isAnyTime(
  { isRoom, start }: Pick<MeetingHead, 'isRoom' | 'start'>,
  { now }: Audience,
): boolean {
  return isRoom === true && start <= now.plus({ minutes: SOON_MINUTES });
}

/** What somebody has at a time already: a meeting that was made here, or an event of their calendar. */
export type Clash = Pick<MeetingHead, 'subject' | 'guests' | 'isRoom' | 'start'> & { isOfCalendar?: true };

/** The sentence that says so, on the clock of that zone (IANA); none where there is nothing. */
export function wordClash(
  { clash, zone }: { clash?: Clash | undefined; zone: string },
  audience: Audience,
): string[] {
  if (clash === undefined) return [];
  const { text } = audience.say;
  const subject = shortTitle(clash, audience.say);
  const said = { subject, time: time(clash.start, { ...audience, zone }) };
  return [text(clash.isOfCalendar ? 'draft.clashCalendar' : 'draft.clash', said)];
}
