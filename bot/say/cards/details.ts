import type { Detail } from '../../language/command.ts';
import type { Guest, Meeting } from '../../meeting/meeting.ts';
import type { Rendered } from '../card-template.ts';
import type { Audience } from '../say.ts';
import { isAnyTime, wordMeetingHead } from '../words/meeting-head.ts';
import { wordGuests } from '../words/people.ts';
import { groupDigits } from '../words/phone-number.ts';
import { plain, wordLabelled } from '../words/text.ts';
import { duration } from '../words/time.ts';
import { wordPhone } from './ways-to-join.ts';

/** What was asked of one meeting, and nothing else of it. The reader is its organizer. */
type DetailsReply = {
  kind: 'details';
  details: readonly Detail[];
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
      return [wordMeetingHead({ ...meeting, zone, isRoom }, audience).spoken.when];
    case 'length':
      if (isAnyTime({ isRoom, start: meeting.start }, audience)) return [say.text('room.anyTime')];
      return [duration(meeting.end.diff(meeting.start, 'minutes').minutes, say)];
    case 'organiser':
      return [say.text('details.yours')];
    default:
      return detail satisfies never;
  }
}
