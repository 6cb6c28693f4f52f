import { DateTime } from 'luxon';
import type { Which } from '../language/command.ts';
import { addressOf } from './guest-list.ts';
import type { Guest } from './meeting.ts';
import type { MeetingRecord } from './record.ts';
import { type WhichContext, whichMeeting } from './which-meeting.ts';

/** Somebody who was in a meeting, for so many minutes altogether. */
export type Attendee = { id: string | null; address: string | null; name: string; minutes: number };

/** Who was in a meeting on one occasion, as Teams has noted it. */
export type Attendance = { start: DateTime; end: DateTime; people: readonly Attendee[] };

/** The guests who were not there. A guest who is known only by name is never listed. */
export function listMissing(guests: readonly Guest[], people: readonly Attendee[]): Guest[] {
  const ids = new Set(people.map(({ id }) => id));
  const addresses = new Set(people.map(({ address }) => address?.toLowerCase()));
  return guests.filter((guest) => {
    const address = addressOf(guest);
    const isThere = guest.kind === 'member' && ids.has(guest.id);
    return address !== null && !isThere && !addresses.has(address.toLowerCase());
  });
}

/**
 * Which of a person's meetings that have begun is meant, the newest first: all that fit what was said, or the newest one where
 * nothing was said.
 */
export function pastMeetings(
  records: readonly MeetingRecord[],
  which: Which,
  context: WhichContext,
): MeetingRecord[] {
  const isOn = ({ start, zone }: MeetingRecord) =>
    which.day === null || DateTime.fromMillis(start, { zone }).toISODate() === which.day;
  const begun = records
    .filter((record) => record.start <= context.now.toMillis() && isOn(record))
    .sort((a, b) => b.start - a.start);
  const { subject, start, people } = which;
  if (subject === null && start === null && people.length === 0) return begun.slice(0, 1);
  // To what picks a meeting that is still to come, none of these is over.
  const open = begun.map((record) => ({ ...record, end: Number.POSITIVE_INFINITY }));
  const fits = new Set(whichMeeting(open, { ...which, day: null }, context).map(({ id }) => id));
  return begun.filter(({ id }) => fits.has(id));
}
