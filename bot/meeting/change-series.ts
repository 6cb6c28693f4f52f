import type { DateTime } from 'luxon';
import { inZone } from '../base/date-time.ts';
import type { Change } from '../language/command.ts';
import { applyChange, type Changed, type Wrong } from './apply-change.ts';
import type { MeetingRecord } from './record.ts';
import { atOccurrence, type Series, type SeriesPattern } from './series.ts';

type ChangedWhole =
  | (Extract<Changed, { kind: 'changed' }> & { series?: Series })
  /** `days`: the pattern of the series cannot move to them. */
  | { kind: 'ask'; wrong: Wrong | 'days' };

type Repeated = Pick<MeetingRecord, 'start' | 'end' | 'subject' | 'series'>;

/**
 * The meeting with a change applied. Of a series the change is said of its next meeting, and applied to all of them: they get
 * its clock and length, and its weekday or day of the month if the pattern has one day to move.
 */
export function applyToWhole(
  record: Repeated,
  change: Change,
  here: { now: DateTime; zone: string },
): ChangedWhole {
  const { series } = record;
  const next = atOccurrence(record, here.now.toMillis());
  const changed = applyChange(next, change, here);
  if (series === undefined || changed.kind === 'ask') return changed;
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

/** Moves a pattern by days. Null if it has no day that can move. */
function shiftPattern(pattern: SeriesPattern, start: DateTime, days: number): SeriesPattern | null {
  if (pattern.kind === 'weekly' && Math.abs(days) < 7)
    return { ...pattern, days: pattern.days.map((day) => ((day - 1 + days + 7) % 7) + 1) };
  const isSameMonth = start.minus({ days }).month === start.month;
  return pattern.kind === 'absoluteMonthly' && isSameMonth ? { ...pattern, dayOfMonth: start.day } : null;
}
