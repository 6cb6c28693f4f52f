import type { DateTime } from 'luxon';
import { inZone } from '../base/date-time.ts';
import type { Change } from '../language/command.ts';
import { applyChange, type Changed, type Wrong } from './apply-change.ts';
import { atOccurrence } from './occurrences.ts';
import type { MeetingRecord } from './record.ts';
import type { Series, SeriesPattern } from './series.ts';

type SeriesRecord = Pick<MeetingRecord, 'start' | 'end' | 'subject' | 'zone'> & { series: Series };

type ChangedSeries =
  | (Extract<Changed, { kind: 'changed' }> & { series: Series })
  /** `days`: the pattern cannot move to them. */
  | { kind: 'ask'; wrong: Wrong | 'days' };

/**
 * A series with a change that is meant for all of it, said of its next meeting: all of them get its clock and length, and
 * its weekday or day of the month where the pattern has one day to move.
 */
export function applyToSeries(
  record: SeriesRecord,
  change: Change,
  { now, zone }: { now: DateTime; zone: string },
): ChangedSeries {
  const next = atOccurrence(record, now.toMillis());
  const changed = applyChange(next, change, { now, zone });
  if (changed.kind === 'ask') return changed;
  const { series } = record;
  const start = changed.start.setZone(series.zone);
  const days = Math.round(
    start.startOf('day').diff(inZone(next.start, series.zone).startOf('day'), 'days').days,
  );
  const pattern = days === 0 ? series.pattern : shiftPattern(series.pattern, start, days);
  if (pattern === null) return { kind: 'ask', wrong: 'days' };
  const { hour, minute } = start;
  const first = inZone(record.start, series.zone).plus({ days }).set({ hour, minute });
  return {
    ...changed,
    start: first,
    end: first.plus(changed.end.diff(changed.start)),
    series: { ...series, pattern, startDate: first.toISODate() ?? series.startDate },
  };
}

/** Null where the pattern has no day that could move. */
function shiftPattern(pattern: SeriesPattern, start: DateTime, days: number): SeriesPattern | null {
  if (pattern.kind === 'weekly' && Math.abs(days) < 7)
    return { ...pattern, days: pattern.days.map((day) => ((day - 1 + days + 7) % 7) + 1) };
  const isSameMonth = start.minus({ days }).month === start.month;
  return pattern.kind === 'absoluteMonthly' && isSameMonth ? { ...pattern, dayOfMonth: start.day } : null;
}
