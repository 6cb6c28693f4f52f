import { kindOf, type MeetingRecord } from './record.ts';
import { occurrencesAfter } from './series.ts';

/** What the bot does about a meeting by itself, without anybody asking. */
export type DueStep = 'remind' | 'started' | 'ended';

/** Something that is to be done about a meeting at that instant (epoch milliseconds). It names no person. */
export type Due = { tenant: string; meeting: string; step: DueStep; at: number };

const MINUTE_MS = 60_000;
/** A reminder that is later than this would only disturb. */
const LATE_REMINDER_MS = 5 * MINUTE_MS;
/** More than a day after a meeting, its card is not changed any more. */
const LATE_END_MS = 24 * 60 * MINUTE_MS;

/**
 * What is still to be done about a meeting, soonest first; of a series each step once, for the next meeting that it is still
 * to be done for: tomorrow's reminder may come before today's end. `remind`: minutes before its start, null for no reminder.
 * `now` is in epoch milliseconds. A room can be joined at any time, so it neither starts nor ends.
 */
export function duesOf(record: MeetingRecord, remind: number | null, now: number): Due[] {
  if (!kindOf(record).isTimed || record.conversationReference === undefined) return [];
  const next = new Map<DueStep, Due>();
  for (const occurrence of occurrencesFrom(record, now)) {
    for (const due of allDuesOf(occurrence, remind))
      if (due.at > now && !next.has(due.step)) next.set(due.step, due);
  }
  return [...next.values()].sort((a, b) => a.at - b.at);
}

/** What is due first after an instant; several steps where they fall together. What follows them is noted when they are due. */
export function nextDues(record: MeetingRecord, remind: number | null, after: number): Due[] {
  const dues = duesOf(record, remind, after);
  return dues.filter(({ at }) => at === dues[0]?.at);
}

function allDuesOf({ id, owner, start, end }: MeetingRecord, remind: number | null): Due[] {
  const due = (step: DueStep, at: number): Due => ({ tenant: owner.tenant, meeting: id, step, at });
  const reminder = remind === null ? [] : [due('remind', start - remind * MINUTE_MS)];
  return [...reminder, due('started', start), due('ended', end)];
}

/**
 * The meeting, or the meeting of a series, about which a step is due. Null if the step is not to be done any more, because the
 * meeting was moved, the setting changed, or it is too late.
 */
export function dueMeeting<Meeting extends MeetingRecord>(
  due: Due,
  record: Meeting,
  remind: number | null,
  now: number,
): Meeting | null {
  const isMeant = (meeting: Meeting) =>
    allDuesOf(meeting, remind).some(({ step, at }) => step === due.step && at === due.at);
  const meant = occurrencesFrom(record, due.at).find(isMeant);
  return meant !== undefined && now <= latest(due, meant) ? meant : null;
}

/** The meetings of a series that end at that instant or later. A single meeting is returned as it is. */
const occurrencesFrom = <Meeting extends MeetingRecord>(record: Meeting, at: number): Meeting[] =>
  record.series === undefined
    ? [record]
    : occurrencesAfter(record, at - 1).map((times) => ({ ...record, ...times }));

/** The last instant at which the step still makes sense. */
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
