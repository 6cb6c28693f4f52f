import { inZone } from '../base/date-time.ts';
import { type Series, startsOf } from './series.ts';

/** When a meeting is, in epoch milliseconds. */
type Times = { start: number; end: number };

/**
 * The meetings of a series that are not where its pattern has them, as far as they are known. `gone`: the starts of the
 * pattern at which there is none. `moved`: the meetings at other times.
 */
export type Exceptions = { gone: readonly number[]; moved: readonly Times[] };

/** When a meeting is, and how it repeats. The times of a series are those of its first meeting, as its pattern has it. */
type Timed = Times & { series?: Series; exceptions?: Exceptions };

/** When the last meeting of a series is over. Epoch milliseconds. */
export const lastEnd = (meeting: Timed): number =>
  Math.max(...occurrencesAfter(meeting, Number.NEGATIVE_INFINITY).map(({ end }) => end), meeting.end);

/** The meetings of a series that are not over at that instant (epoch milliseconds), soonest first. A single meeting is its own. */
export function occurrencesAfter({ series, start, end, exceptions }: Timed, now: number): Times[] {
  if (series === undefined) return end > now ? [{ start, end }] : [];
  const { gone = [], moved = [] } = exceptions ?? {};
  const regular = startsOf(series, inZone(start, series.zone)).map((one) => one.toMillis());
  return [
    ...regular.filter((one) => !gone.includes(one)).map((one) => ({ start: one, end: one + (end - start) })),
    ...moved,
  ]
    .filter((one) => one.end > now)
    .sort((a, b) => a.start - b.start);
}

/** So many of the next meetings are compared with the calendar, which bounds what is kept. */
const MOST_EXCEPTIONS = 100;

/**
 * What of a series is otherwise than its pattern has it. `there`: its meetings in the calendar that are not over at that instant
 * (epoch milliseconds), soonest first. Undefined if nothing is.
 */
export function exceptionsIn(
  { exceptions: _, ...meeting }: Timed,
  there: readonly Times[],
  now: number,
): Exceptions | undefined {
  const regular = occurrencesAfter(meeting, now).slice(0, MOST_EXCEPTIONS);
  const without = (some: readonly Times[], others: readonly Times[]) => {
    const known = new Set(others.map(({ start, end }) => `${start} ${end}`));
    return some.filter(({ start, end }) => !known.has(`${start} ${end}`));
  };
  const gone = without(regular, there).map(({ start }) => start);
  const last = regular.at(-1)?.end ?? now;
  const isBounded = regular.length === MOST_EXCEPTIONS;
  const moved = without(there, regular)
    .filter(({ start }) => !isBounded || start < last)
    .slice(0, MOST_EXCEPTIONS);
  return gone.length + moved.length === 0 ? undefined : { gone, moved };
}

/**
 * The meeting of a series on that local day (ISO) of the zone, or the next one. A single meeting is returned as it is, and a
 * series that is over.
 */
export function atOccurrence<Meeting extends Timed>(
  meeting: Meeting,
  now: number,
  day: string | null = null,
  zone: string = meeting.series?.zone ?? 'utc',
): Meeting {
  if (meeting.series === undefined) return meeting;
  const coming = occurrencesAfter(meeting, now);
  const chosen = coming.find(({ start }) => inZone(start, zone).toISODate() === day) ?? coming[0];
  return chosen === undefined ? meeting : { ...meeting, ...chosen };
}

/** The next meeting of a series as its pattern has it: what is said of all its meetings is said of that one. */
export function atRegular<Meeting extends Timed>(meeting: Meeting, now: number): Meeting {
  const { exceptions: _, ...regular } = meeting;
  const { start, end } = atOccurrence<Timed>(regular, now);
  return { ...meeting, start, end };
}
