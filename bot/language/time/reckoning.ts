import type { DateTime, Zone } from 'luxon';
import { fixedZone, ianaZone } from '../../base/date-time.ts';
import type { Span } from '../command.ts';
import type { Hours } from './am-or-pm.ts';
import { readHours } from './am-or-pm.ts';
import type { Day } from './calendar.ts';
import type { Wall } from './instants.ts';
import { minutesLater, wallClock } from './instants.ts';
import type { ClockSaid, Picked, Said } from './picked.ts';
import type { ZoneSaid } from './zones.ts';

/** Where the clock is read: the person's own zone and now, the zone that governs, and its other reading if it has one. */
export type Frame = { own: Zone; here: DateTime; zone: Zone; other: Zone | null };

/** The zone that governs the clock, and a second one where the name has two readings. */
export function governing(said: ZoneSaid | null, own: Zone): { zone: Zone; other: Zone | null } {
  if (said?.kind === 'iana') return { zone: ianaZone(said.zone), other: null };
  if (said?.kind === 'offset') return { zone: fixedZone(said.minutes), other: null };
  if (said?.kind !== 'abbreviation') return { zone: own, other: null };
  const place = ianaZone(said.place);
  if (said.east === null) return { zone: place, other: null };
  const fixed = fixedZone(said.east);
  return said.isAllYear ? { zone: place, other: fixed } : { zone: fixed, other: null };
}

/** A clock that is to be settled, with everything that was said beside it and the place where it is read. */
export type Asked = { clock: ClockSaid; picked: Picked; frame: Frame; words: Said };

/** The end of what lasts so long; null where nobody said. */
export function lasting(start: DateTime, minutes: number | null): DateTime | null {
  return minutes === null ? null : minutesLater(start, minutes);
}

/** What a day and hours come to: the span taken, every one that fits, and whether the clocks leave a doubt. */
export type Reckoned = { span: Span; spans: readonly Span[]; isAmbiguous: boolean };

const isUnclear = ({ isGap, instants }: Wall) => isGap || instants.length > 1;

/** The day of the end: "from 9pm tomorrow until 1am tomorrow" goes on into the day after. */
function lastDay(
  day: Day,
  { start, end }: { start: number; end: number | null },
  { toDate }: ClockSaid,
): Day {
  const isNight = toDate?.day === day && end !== null && start >= EVENING && end <= MORNING;
  return isNight ? day + 1 : (toDate?.day ?? day);
}

const EVENING = 18 * 60;
const MORNING = 6 * 60;

/** The spans that a day and hours mean in a zone; several, or moved ones, where clocks change. */
export function reckon(
  day: Day,
  hours: { start: number; end: number | null },
  { clock, picked, frame }: Asked,
  zone = frame.zone,
): Reckoned {
  const from = wallClock(day, hours.start, zone, frame.own);
  const to = hours.end === null ? null : wallClock(lastDay(day, hours, clock), hours.end, zone, frame.own);
  const endOf = (start: DateTime) =>
    to ? (to.instants.find((end) => end > start) ?? to.instants[0] ?? null) : lasting(start, picked.minutes);
  const spans = from.instants.map((start) => ({ start, end: endOf(start) }));
  const [span] = spans;
  if (!span) throw new Error('A wall clock has no instant');
  return { span, spans, isAmbiguous: isUnclear(from) || (to !== null && isUnclear(to)) };
}

/** The hours of the day that a clock means; the ends of "9pm to tomorrow 6am" are read each by itself. */
export function hoursOf({ clock: { from, to, toDate }, picked: { part } }: Asked): Hours {
  if (!to || !toDate) return readHours(from, to, part);
  const start = readHours(from, null, part);
  const last = readHours(to, null, null);
  // "tonight 10pm to tomorrow 2": what begins in the evening is over in the night.
  const night = start.start >= EVENING ? last.others.find((other) => other.start <= MORNING) : undefined;
  const end = (night ?? last).start;
  return { ...start, end, others: start.others.map((other) => ({ ...other, end })) };
}
