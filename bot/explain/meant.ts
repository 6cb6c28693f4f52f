import { DateTime } from 'luxon';
import type { Change, Which } from '../language/command.ts';
import { meetingWords } from '../language/languages.ts';
import type { Context, Known } from '../language/reading.ts';
import { applyChange } from '../meeting/change.ts';
import type { Guest } from '../meeting/meeting.ts';
import type { MeetingRecord } from '../meeting/record.ts';
import { whichMeeting } from '../meeting/which.ts';

type Frame = { now: DateTime; zone: string };

const HERE = 'here';
const FRESH_MINUTES = 60;
const LONG_AGO = 0;

const guestOf = (said: string): Guest =>
  said.includes('@') ? { kind: 'email', email: said } : { kind: 'name', name: said };

/** A meeting of a conversation as it would be kept; what only Graph and the channel know stays empty. */
function recordOf(known: Known, spokenOfAt: number): MeetingRecord {
  const id = `${known.subject} ${known.start}`;
  return {
    ...{ id, graphId: id, conversation: HERE, cardId: null, revision: 0, leftovers: [], zone: 'utc' },
    owner: { tenant: '', user: '' },
    subject: known.subject,
    start: DateTime.fromISO(known.start).toMillis(),
    end: DateTime.fromISO(known.end).toMillis(),
    guests: known.attendees.map(guestOf),
    options: {},
    said: { guesses: [], assumedMinutes: null, notes: [] },
    createdAt: LONG_AGO,
    spokenOfAt,
    expires: Number.MAX_SAFE_INTEGER,
  };
}

/** All meetings of a conversation; that which was shown last has been spoken of. */
function recordsIn({ focus, meetings }: Context, now: DateTime): MeetingRecord[] {
  const isFocus = ({ subject, start }: Pick<Known, 'subject' | 'start'>) =>
    subject === focus?.subject && start === focus?.start;
  const shownAt =
    focus && focus.minutesAgo <= FRESH_MINUTES
      ? now.minus({ minutes: focus.minutesAgo }).toMillis()
      : LONG_AGO;
  const others = meetings.map((known) => recordOf(known, isFocus(known) ? shownAt : LONG_AGO));
  const isListed = focus === null || meetings.some(isFocus);
  return isListed ? others : [...others, recordOf({ ...focus, attendees: [] }, shownAt)];
}

/** The meetings of a conversation that may be meant; one where it is clear. */
export function meantMeetings(
  which: Which,
  context: Context,
  { now, zone }: Frame,
): readonly MeetingRecord[] {
  return whichMeeting(recordsIn(context, now), which, {
    now,
    zone,
    conversation: HERE,
    words: meetingWords(),
  });
}

/** When a meeting will be after a change; null where it cannot be so. */
export function timesAfter(
  record: MeetingRecord,
  change: Change,
  frame: Frame,
): { start: DateTime; end: DateTime } | null {
  const after = applyChange(record, change, frame);
  return after.kind === 'changed' ? after : null;
}
