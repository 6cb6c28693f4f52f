import type { DateTime, Zone } from 'luxon';
import type { Span } from '../command.ts';
import type { Day } from './calendar.ts';
import type { Hours } from './hours.ts';
import { readHours } from './hours.ts';
import { minutesLater, wallClock } from './instants.ts';
import type { Picked } from './picked.ts';
import type { Frame } from './time-frame.ts';

/** The end of what lasts so long; null where nobody said. */
export function lasting(start: DateTime, minutes: number | null): DateTime | null {
  return minutes === null ? null : minutesLater(start, minutes);
}

/** What a day and hours come to: the span taken, every one that fits, and whether the clocks leave a doubt. */
export type Reckoned = { span: Span; spans: readonly Span[]; isAmbiguous: boolean };
/** The spans that a day and hours mean in a zone; several, or moved ones, where clocks change. */
export function reckon(
  day: Day,
  hours: { start: number; end: number | null },
  picked: Picked,
  frame: Frame,
  zone: Zone,
): Reckoned {
  const start = wallClock(day, hours.start, zone, frame.own);
  const spans = start.instants.map((instant) => ({
    start: instant,
    end: endOf(instant, day, hours.end, picked, frame, zone),
  }));
  const [span] = spans;
  if (!span) throw new Error('A wall clock has no instant');
  const to =
    picked.clock?.to && hours.end !== null ? wallClock(toDay(day, picked), hours.end, zone, frame.own) : null;
  const isEndUnclear = to !== null && (to.isGap || to.instants.length > 1);
  return { span, spans, isAmbiguous: start.isGap || start.instants.length > 1 || isEndUnclear };
}

function toDay(day: Day, picked: Picked): Day {
  return picked.clock?.toDate?.day ?? day;
}

function endOf(
  start: DateTime,
  day: Day,
  end: number | null,
  picked: Picked,
  frame: Frame,
  zone: Zone,
): DateTime | null {
  if (end === null) return lasting(start, picked.minutes);
  const { instants } = wallClock(toDay(day, picked), end, zone, frame.own);
  return instants.find((instant) => instant > start) ?? instants[0] ?? null;
}

/** The hours of the day that the picked clock means; null without one. */
export function hoursOf(picked: Picked): Hours | null {
  const { clock } = picked;
  if (!clock) return null;
  if (clock.to && clock.toDate) return acrossDays(picked);
  return readHours(clock.from, clock.to, picked.part);
}

/** "9pm to tomorrow 6am": each end is read by itself. */
function acrossDays(picked: Picked): Hours | null {
  const { clock } = picked;
  if (!clock?.to) return null;
  const start = readHours(clock.from, null, picked.part);
  const end = readHours(clock.to, null, null);
  return { ...start, end: end.start, others: start.others.map((other) => ({ ...other, end: end.start })) };
}
