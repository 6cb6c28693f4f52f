import { inZone } from '../../base/date-time.ts';
import type { Which } from '../../language/command.ts';
import type { Reading } from '../../language/reading.ts';
import { isWithin } from '../../language/said.ts';
import { isoDay } from '../../language/time/calendar.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import { occurrencesAfter } from '../../meeting/series.ts';
import type { OpenRequest } from '../request.ts';

type Spoken = { which: Which };

/** The first and the last of several days, as ISO dates in the zone of who speaks. */
export type Days = readonly [string, string];

/** The days on one of which the meeting is that is meant, where more than one is said: "next week". Null if none are. */
export function daysMeant({ which }: Spoken, { sentence }: Pick<Reading, 'sentence'>): Days | null {
  if (sentence === null || which.day !== null) return null;
  const places = sentence.parts.filter(({ role }) => role === 'which');
  const ranges = sentence.times.flatMap((span) =>
    span.kind === 'date' && span.said.day === null && places.some((place) => isWithin(span, place))
      ? (span.said.range ?? [])
      : [],
  );
  return ranges.length === 0 ? null : [isoDay(Math.min(...ranges)), isoDay(Math.max(...ranges))];
}

/** The meetings of a series, or the single one, that are on these days and not over, soonest first. */
export function meetingsOn(
  [first, last]: Days,
  record: MeetingRecord,
  { asked, zone }: Pick<OpenRequest, 'asked' | 'zone'>,
): MeetingRecord[] {
  return occurrencesAfter(record, asked.toMillis())
    .filter(({ start }) => {
      const day = inZone(start, zone).toISODate() ?? '';
      return first <= day && day <= last;
    })
    .map((times) => ({ ...record, ...times }));
}

/** The command for the one meeting of a series that is on the days that were said. */
export function onDayOf<Command extends Spoken>(
  command: Command,
  { start, series }: MeetingRecord,
  zone: string,
): Command {
  if (series === undefined) return command;
  const which = { ...command.which, day: inZone(start, zone).toISODate(), occurrence: 'one' as const };
  return { ...command, which };
}
