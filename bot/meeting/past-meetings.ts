import { DateTime } from 'luxon';
import type { Which } from '../language/command.ts';
import { occurrencesAfter } from './occurrences.ts';
import type { MeetingRecord } from './record.ts';
import { type WhichContext, whichLike } from './which-meeting.ts';

/**
 * Which of a person's meetings that have begun is meant, the newest first: all that fit what was said, or the newest one where
 * nothing was said. A series fits each day on which one of its meetings has begun.
 */
export function pastMeetings(
  records: readonly MeetingRecord[],
  which: Which,
  context: WhichContext,
): MeetingRecord[] {
  const { zone } = context;
  const isOn = (start: number) =>
    which.day === null || DateTime.fromMillis(start, { zone }).toISODate() === which.day;
  const newestStart = (record: MeetingRecord) =>
    occurrencesAfter(record, Number.NEGATIVE_INFINITY).findLast(
      ({ start }) => start <= context.now.toMillis() && isOn(start),
    )?.start;
  const begun = records
    .map((record) => ({ record, start: newestStart(record) ?? null }))
    .flatMap(({ record, start }) => (start === null ? [] : [{ record, start }]))
    .sort((a, b) => b.start - a.start)
    .map(({ record }) => record);
  const { subject, start, people } = which;
  if (subject === null && start === null && people.length === 0) return begun.slice(0, 1);
  return whichLike(begun, { ...which, day: null }, context);
}
