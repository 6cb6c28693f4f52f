import type { DateTime } from 'luxon';
import type { Detail } from '../language/command.ts';
import type { Held } from '../meeting/granted-options.ts';
import { addressOf } from '../meeting/guest-list.ts';
import type { Attendance, Guest, Meeting, Participant } from '../meeting/meeting.ts';
import type { Rendered } from './card-template.ts';
import type { Audience, Named, Say } from './say.ts';
import {
  brieflyInside,
  isAnyTime,
  type MeetingHead,
  titleOf,
  wordMeetingHead,
} from './words/meeting-head.ts';
import { wordOption } from './words/options.ts';
import { nameOf, names, plain, shortName, wordGuests, wordLabelled } from './words/text.ts';
import { duration, span } from './words/time.ts';
import { groupDigits, wordPhone } from './words/ways-to-join.ts';

/** A plain sentence without a card, as the catalogues have it. */
export type Notice = Exclude<Named<'notice.'>, 'limit' | 'tenantLimit' | 'ownTime'>;

/** A sentence is enough. */
type NoticeReply =
  | { kind: 'notice'; notice: Notice }
  /** This person, or all of their tenant together, made as many meetings in an hour as they may; then they may again. */
  | { kind: 'notice'; notice: 'limit' | 'tenantLimit'; until: DateTime }
  /** When somebody else's meeting is, in the reader's zone. */
  | (MeetingHead & { kind: 'notice'; notice: 'ownTime' });

/** A notice in one sentence or two. A wait is told in minutes, which are the same in every zone. */
export function renderNotice(reply: NoticeReply, audience: Audience): Rendered {
  const { say, now } = audience;
  if ('start' in reply) {
    const { spoken } = wordMeetingHead({ ...reply, zone: audience.zone ?? reply.zone }, audience);
    return { kind: 'text', text: say.text('notice.ownTime', spoken) };
  }
  if (!('until' in reply)) return { kind: 'text', text: say.text(`notice.${reply.notice}`) };
  const minutes = Math.max(1, Math.ceil(reply.until.diff(now, 'minutes').minutes));
  return { kind: 'text', text: say.text(`notice.${reply.notice}`, { minutes }) };
}

/** The card that asks somebody to sign in. */
export type SignInReply = {
  kind: 'signin';
  /** `stepUp`: the person is signed in, and Entra wants to see more; `calendar`: they have not agreed to the calendar yet. */
  reason: 'first' | 'stepUp' | 'calendar';
  /** The meeting that is made then; absent if nothing was asked yet, or something else. */
  meeting?: Pick<MeetingHead, 'start' | 'end' | 'zone'>;
  startUrl: string;
  /** Null: only the button, where silent sign-in has failed. */
  exchange: { id: string; uri: string } | null;
};

/** Words the sign-in button, which Teams draws itself. */
export function renderSignIn({ reason, meeting }: SignInReply, audience: Audience): Rendered {
  const { text } = audience.say;
  const words =
    reason === 'first' && meeting !== undefined
      ? text('signin.meeting', { when: brieflyInside(meeting, audience) })
      : text(`signin.${reason}`);
  return { kind: 'oauth', text: words, buttonTitle: text('signin.button') };
}

/** What was asked of one meeting, and nothing else of it. The reader is its organizer. */
type DetailsReply = {
  kind: 'details';
  details: readonly Detail[];
  /** The zone in which its time was asked; null for that of the reader. */
  asked: string | null;
  meeting: Meeting;
  guests: readonly Guest[];
  zone: string;
  isRoom?: boolean;
};

/** One line for each thing that was asked, with the meeting's name in front. */
export function renderDetails(reply: DetailsReply, audience: Audience): Rendered {
  const { meeting, guests, zone, isRoom } = reply;
  const { spoken } = wordMeetingHead({ ...meeting, guests, zone, isRoom }, audience);
  const lines = reply.details.flatMap((detail) => wordDetail(detail, reply, audience));
  const text = lines.map((line) => wordLabelled(spoken.subject, line, audience.say)).join('\n\n');
  return { kind: 'text', text };
}

function wordDetail(detail: Detail, reply: DetailsReply, audience: Audience): string[] {
  const { meeting, guests, zone, isRoom } = reply;
  const { say } = audience;
  switch (detail) {
    case 'link':
      return [meeting.joinUrl];
    case 'passcode':
      if (meeting.passcode === null) return [say.text('details.noPasscode')];
      return [say.text('meeting.way', { label: say.text('meeting.passcode'), value: meeting.passcode })];
    case 'id': {
      const value = meeting.meetingId === null ? null : groupDigits(meeting.meetingId);
      const label = say.text('meeting.meetingId');
      return [value === null ? meeting.joinUrl : say.text('meeting.way', { label, value })];
    }
    case 'phone':
      return wordPhone(meeting, say);
    case 'people': {
      const [names] = wordGuests(guests, say).map(plain);
      return [names ?? say.text('details.nobody')];
    }
    case 'when':
      return [wordMeetingHead({ ...meeting, zone: reply.asked ?? zone, isRoom }, audience).spoken.when];
    case 'length':
      if (isAnyTime({ isRoom, start: meeting.start }, audience)) return [say.text('room.anyTime')];
      return [duration(meeting.end.diff(meeting.start, 'minutes').minutes, say)];
    case 'organiser':
      return [say.text('details.yours')];
    default: {
      const value = meeting.granted[detail];
      if (value === undefined || value === null) return [say.text('details.notTold')];
      return [wordOption({ option: detail, value } as Held, { isOwn: true, guests }, say)];
    }
  }
}

/** Who came to a meeting that is over, for its organizer. */
type AttendanceReply = MeetingHead & { kind: 'attendance'; attendance: Attendance };

const PEOPLE_SHOWN = 30;

/** Renders who came and how long they stayed, and who of the guests did not, as text. */
export function renderAttendance(reply: AttendanceReply, audience: Audience): Rendered {
  const { say } = audience;
  const { attendance, guests = [], zone } = reply;
  const { start, end, people } = attendance;
  const when = say.text('meetings.line', span(start, end, { ...audience, zone }));
  const came = people.map(({ name, minutes }) =>
    say.text('attendance.stayed', { name: plain(shortName(name)), length: wordStay(minutes, say) }),
  );
  const missing = listMissing(guests, people).map((guest) => plain(nameOf(guest)));
  const lines = [
    wordLabelled(plain(titleOf(reply, say)), when, say),
    came.length === 0
      ? say.text('attendance.nobody')
      : say.text('attendance.came', { count: came.length, names: names(came, say, PEOPLE_SHOWN) }),
    ...(missing.length > 0
      ? [say.text('attendance.missing', { names: names(missing, say, PEOPLE_SHOWN) })]
      : []),
  ];
  return { kind: 'text', text: lines.join('\n\n') };
}

const wordStay = (minutes: number, say: Say): string => duration(Math.max(1, Math.round(minutes)), say);

/** The guests who were not there. A guest who is known only by name is never listed. */
function listMissing(guests: readonly Guest[], people: readonly Participant[]): Guest[] {
  const ids = new Set(people.map(({ id }) => id));
  const addresses = new Set(people.map(({ address }) => address?.toLowerCase()));
  return guests.filter((guest) => {
    const address = addressOf(guest);
    const isThere = guest.kind === 'member' && ids.has(guest.id);
    return address !== null && !isThere && !addresses.has(address.toLowerCase());
  });
}
