import type { DayPart } from '../command.ts';
import type { Clock } from './clocks.ts';

/** Minutes since the midnight that begins the day; an end may lie beyond 1440. */
export type Hours = {
  start: number;
  end: number | null;
  /** Other starts (with their ends) that the words allow as well. */
  others: readonly { start: number; end: number | null }[];
  /** The half of the day must be asked; or the end lies before the start. */
  problem: 'ampm' | 'range' | null;
};

const DAY = 1440;
const NOON = 720;
/** The hour at which a night is over. */
const FIVE = 5;
/** The hour at which an evening can begin. */
const EVENING = 4;
/** The minute of the day before which nobody means to begin who does not say so. */
const SIX = 360;

/** No meeting is longer whose end is said without am or pm, in minutes. */
const LONGEST_OPEN = 600;

function isOpen(clock: Clock): boolean {
  return clock.half === null && !clock.is24;
}

/** Every minute of the day that the words allow, the likelier one first. */
function readings(clock: Clock, part: DayPart | null): number[] {
  const minute = clock.minute;
  if (clock.is24) return [clock.hour * 60 + minute];
  const hour = clock.hour % 12;
  const am = hour * 60 + minute;
  const pm = am + NOON;
  if (clock.half) return [clock.half === 'am' ? am : pm];
  if (part === 'morning') return [hour === 0 ? pm : am];
  if (part === 'night') return hour === 0 ? [DAY + minute] : hour < FIVE ? [am + DAY] : [pm];
  if (part === 'evening') return hour === 0 ? [DAY + minute] : hour < EVENING ? [pm, am + DAY] : [pm];
  if (part === 'afternoon') return [pm];
  return hour === 0 || hour < 7 ? [pm, am] : [am, pm];
}

function single(clock: Clock, part: DayPart | null): Hours {
  const [start = 0, other] = readings(clock, part);
  const isUnclear = other !== undefined && (clock.hour === 7 || part === 'evening');
  return {
    start,
    end: null,
    others: other === undefined || clock.hour === 12 ? [] : [{ start: other, end: null }],
    problem: isUnclear ? 'ampm' : null,
  };
}

function isOvernight(start: number, end: number): boolean {
  return start >= 18 * 60 && end <= 8 * 60;
}

/** The readings of the end in the light of a chosen start; null where every one lies before it. */
function endFor(start: number, clock: Clock, part: DayPart | null): number | null {
  const later = readings(clock, part).filter((end) => end > start);
  return later.length > 0 ? Math.min(...later) : null;
}

function range(from: Clock, to: Clock, part: DayPart | null): Hours {
  // One am or pm governs both ends, unless that would turn the range round.
  const shared = from.half === null && to.half && isOpen(from) ? { ...from, half: to.half } : from;
  const isSaid = !isOpen(from) || to.half !== null || part !== null;
  const starts =
    isOpen(from) && to.half ? [...readings(shared, part), ...readings(from, part)] : readings(from, part);
  // "four till three" is no night's work: it is the wrong way round.
  const pairs = starts.flatMap((start) => {
    const end = endFor(start, to, part);
    return end === null || (!isSaid && start < SIX) ? [] : [{ start, end }];
  });
  const [taken, ...others] = pairs.filter(
    (pair, index) => pairs.findIndex((p) => p.start === pair.start) === index,
  );
  if (!taken) {
    const start = starts[0] ?? 0;
    const ends = readings(to, part);
    const end = Math.min(...ends);
    if (isOvernight(start, end)) return { start, end: end + DAY, others: [], problem: null };
    const [likely = end] = ends;
    const other = likely < start ? likely : end;
    return {
      start,
      end: null,
      others: other < start ? [{ start: other, end: start }] : [],
      problem: 'range',
    };
  }
  // "at 10, ending at 9:30": so late an end would have its half of the day.
  if (isOpen(to) && part === null && taken.end - taken.start > LONGEST_OPEN)
    return { start: taken.start, end: null, others: [taken], problem: 'range' };
  const isGoverned = isOpen(from) && to.half !== null;
  const isSeven = isOpen(from) && from.hour === 7 && !part && !isGoverned && others.length > 0;
  return { ...taken, others: isGoverned || from.hour === 12 ? [] : others, problem: isSeven ? 'ampm' : null };
}

/** What hours of a day the clocks mean, by the customs of an office. */
export function readHours(from: Clock, to: Clock | null, part: DayPart | null): Hours {
  // "Friday at 2 at night" is on Friday, "Friday night at 2" is not.
  const isEarly = from.part === 'night' && from.hour < FIVE;
  const usedPart = isEarly ? 'morning' : (from.part ?? part);
  if (!to) return single(from, usedPart);
  // The midnight at which a range begins is the one that begins its day.
  const isMidnight = from.hour === 24 && (part === null || part === 'morning');
  return range(isMidnight ? { ...from, hour: 0 } : from, to, usedPart);
}
