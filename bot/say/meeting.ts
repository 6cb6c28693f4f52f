import type { DialIn, Guest, Meeting } from '../meeting/meeting.ts';
import type { Reply } from '../reply.ts';
import { wordAssumptions } from './assumptions.ts';
import { groupDigits, groupPhone } from './digits.ts';
import {
  type Audience,
  clockFor,
  duration,
  type Filling,
  names,
  plain,
  shown,
  type Value,
} from './filling.ts';
import type { Say } from './say.ts';
import { span, zoneInFull } from './when.ts';

type MeetingReply = Extract<Reply, { kind: 'meeting' }>;

const GUESTS_SHOWN = 12;

/** Fills cards/meeting.json. Times in `reply.zone`; what was guessed is said in words. */
export function meetingFilling(reply: MeetingReply, audience: Audience): Filling {
  const { say } = audience;
  const { meeting } = reply;
  const clock = clockFor(audience, reply.zone);
  const when = span(meeting.start, meeting.end, clock);
  const zone = zoneInFull(meeting.start, clock);
  const title = meeting.subject ?? say.text('meeting.untitled');
  const spoken = { subject: plain(title), day: when.day, hours: when.hours, zone };
  return {
    data: {
      id: reply.id,
      revision: reply.revision,
      heading: say.text(headingOf(reply)),
      title: shown(title),
      ...when,
      zone,
      assumptions: wordAssumptions(reply, clock),
      joinTitle: say.text('meeting.join'),
      joinUrl: meeting.joinUrl,
      guests: guests(reply.guests, say),
      groups: groups(meeting, say),
      warnings: reply.notes.filter((note) => note === 'oldLinkAlive').map((note) => say.text(`note.${note}`)),
      notes: notes(reply, say),
      buttons: buttons(reply, say),
      speak: say.text('meeting.speak', spoken),
      fallbackText: say.text('meeting.plain', { ...spoken, url: meeting.joinUrl }),
    },
    summary: say.text('meeting.summary', spoken),
  };
}

function guests(all: readonly Guest[], say: Say): Value[] {
  if (all.length === 0) return [];
  const known = all.map((guest) => shown(guest.kind === 'email' ? guest.email : guest.name));
  return [{ label: say.text('meeting.guests'), names: names(known, say, GUESTS_SHOWN) }];
}

function groups({ dialIn, meetingId, passcode, videoId }: Meeting, say: Say): Value[] {
  const ids = [
    ...fact(say.text('meeting.meetingId'), meetingId && groupDigits(meetingId)),
    ...fact(say.text('meeting.passcode'), passcode),
    ...fact(say.text('meeting.videoId'), videoId),
  ];
  const byId =
    ids.length === 0 ? [] : [{ title: say.text('meeting.byId'), facts: ids, absent: [], links: [] }];
  return [phone(dialIn, say), ...byId];
}

function phone(dialIn: DialIn | null, say: Say): Value {
  const title = say.text('meeting.phone');
  if (!dialIn) return { title, facts: [], absent: [say.text('meeting.noDialIn')], links: [] };
  const numbers = [
    ...dialIn.toll.flatMap((number) => fact(say.text('meeting.toll'), groupPhone(number))),
    ...dialIn.tollFree.flatMap((number) => fact(say.text('meeting.tollFree'), groupPhone(number))),
  ];
  const conference = dialIn.conferenceId && `${groupDigits(dialIn.conferenceId)}#`;
  return {
    title,
    facts: [...numbers, ...fact(say.text('meeting.conferenceId'), conference)],
    absent: numbers.length === 0 ? [say.text('meeting.noNumbers')] : [],
    links: dialIn.url?.startsWith('https://')
      ? [{ title: say.text('meeting.otherNumbers'), url: dialIn.url }]
      : [],
  };
}

function fact(label: string, value: string | null | undefined): { label: string; value: string }[] {
  return value ? [{ label, value }] : [];
}

function notes({ notes: all, assumedMinutes }: MeetingReply, say: Say): string[] {
  const length = assumedMinutes === null ? [] : [duration(assumedMinutes, say)];
  return [
    ...length.map((words) => say.text('meeting.assumedLength', { length: words })),
    ...all.filter((note) => note !== 'oldLinkAlive').map((note) => say.text(`note.${note}`)),
    say.text('meeting.notOnCalendar'),
  ];
}

function headingOf({ notes }: MeetingReply) {
  if (notes.includes('moved')) return 'meeting.moved';
  return notes.includes('oldLinkGone') || notes.includes('oldLinkAlive')
    ? 'meeting.renewed'
    : 'meeting.ready';
}

function buttons({ may = ['regenerate'] }: MeetingReply, say: Say): Value[] {
  const all = [
    { verb: 'regenerate', title: say.text('meeting.newLink') },
    { verb: 'change', title: say.text('meeting.change') },
    { verb: 'cancel', title: say.text('meeting.cancel') },
  ] as const;
  return all.filter(({ verb }) => may.includes(verb));
}
