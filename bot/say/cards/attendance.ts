import { addressOf } from '../../meeting/guest-list.ts';
import type { Attendance, Guest, Participant } from '../../meeting/meeting.ts';
import type { Rendered } from '../card-template.ts';
import type { Audience, Say } from '../say.ts';
import { type MeetingHead, titleOf } from '../words/meeting-head.ts';
import { nameOf, names } from '../words/people.ts';
import { plain, shortName, wordLabelled } from '../words/text.ts';
import { clockFor, duration, span } from '../words/time.ts';

/** Who came to a meeting that is over, for its organizer. */
type AttendanceReply = MeetingHead & { kind: 'attendance'; attendance: Attendance };

const PEOPLE_SHOWN = 30;

/** Renders who came and how long they stayed, and who of the guests did not, as text. */
export function renderAttendance(reply: AttendanceReply, audience: Audience): Rendered {
  const { say } = audience;
  const { attendance, guests = [], zone } = reply;
  const { start, end, people } = attendance;
  const when = say.text('meetings.line', span(start, end, clockFor(audience, zone)));
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
