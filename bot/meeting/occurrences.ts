import type { DateTime } from 'luxon';
import { inZone } from '../base/date-time.ts';
import { type Series, startsOf } from './series.ts';

/** When a meeting is, in epoch milliseconds, and how it repeats; of a series the times are those of its first meeting. */
type Timed = { start: number; end: number; series?: Series };

/** When the last meeting of a series is over. Epoch milliseconds. */
export function lastEnd(series: Series, { start, end }: Timed): number {
  return (allStarts(series, start).at(-1)?.toMillis() ?? start) + (end - start);
}

const allStarts = (series: Series, start: number): DateTime[] => startsOf(series, inZone(start, series.zone));

/** The meetings of a series that are not over at that instant (epoch milliseconds), by its pattern; none where it is no series. */
export function comingStarts({ series, start, end }: Timed, now: number): DateTime[] {
  if (series === undefined) return [];
  return allStarts(series, start).filter((one) => one.toMillis() + (end - start) > now);
}

/** Of a series the meeting on that local day (ISO), or the next one; any other meeting as it is. */
export function atOccurrence<Meeting extends Timed>(
  meeting: Meeting,
  now: number,
  day: string | null = null,
): Meeting {
  const coming = comingStarts(meeting, now);
  const chosen = coming.find((one) => one.toISODate() === day) ?? coming[0];
  if (chosen === undefined) return meeting;
  const start = chosen.toMillis();
  return { ...meeting, start, end: start + (meeting.end - meeting.start) };
}
