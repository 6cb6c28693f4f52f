import { atOccurrence, type MeetingRecord } from './record.ts';

/** What the bot does about a meeting by itself, without anybody asking. */
export type DueStep = 'remind' | 'started' | 'ended';

/** Something that is to be done about a meeting at that instant (epoch milliseconds). It names no person. */
export type Due = { tenant: string; meeting: string; step: DueStep; at: number };

const MINUTE_MS = 60_000;
/** A reminder that is later than this would only disturb. */
const LATE_REMINDER_MS = 5 * MINUTE_MS;
/** After a day nobody looks at the card for whether the meeting is over. */
const LATE_END_MS = 24 * 60 * MINUTE_MS;

/**
 * What is still to be done about a meeting, `now` in epoch milliseconds. `remind`: minutes before its start, null for no
 * reminder. A room can be joined at any time, so it neither starts nor ends. Of a series it is what is to be done about the
 * meeting that is on or next.
 */
export function duesOf(record: MeetingRecord, remind: number | null, now: number): Due[] {
  if (record.room !== undefined || record.reach === undefined) return [];
  return allDuesOf(atOccurrence(record, now), remind).filter(({ at }) => at > now);
}

function allDuesOf({ id, owner, start, end }: MeetingRecord, remind: number | null): Due[] {
  const due = (step: DueStep, at: number): Due => ({ tenant: owner.tenant, meeting: id, step, at });
  const reminder = remind === null ? [] : [due('remind', start - remind * MINUTE_MS)];
  return [...reminder, due('started', start), due('ended', end)];
}

/** Whether it is still to be done: not where the meeting was moved or the setting changed since, nor where it is too late. */
export function isStillDue(due: Due, record: MeetingRecord, remind: number | null, now: number): boolean {
  const meeting = occurrenceOf(due, record);
  const isPlanned = allDuesOf(meeting, remind).some(({ step, at }) => step === due.step && at === due.at);
  return isPlanned && now <= latest(due, meeting);
}

/** The meeting of a series that something is due about; any other meeting as it is. */
export const occurrenceOf = ({ at }: Pick<Due, 'at'>, record: MeetingRecord): MeetingRecord =>
  atOccurrence(record, at - 1);

/** The last instant at which it makes sense. */
function latest({ step, at }: Due, { start, end }: MeetingRecord): number {
  switch (step) {
    case 'remind':
      return Math.min(at + LATE_REMINDER_MS, start);
    case 'started':
      return end;
    case 'ended':
      return at + LATE_END_MS;
    default:
      return step satisfies never;
  }
}
