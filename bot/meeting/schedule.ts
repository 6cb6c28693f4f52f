import { type DateTime, IANAZone } from 'luxon';
import { inZone } from '../base/date-time.ts';
import type { Schedule, WorkingHours } from './event.ts';

/** What a calendar shows of a stretch of time, the freest first. */
const PRESENCES = ['free', 'tentative', 'busy', 'away'] as const satisfies Seen['view'];

/** What a calendar shows of a stretch of time. */
export type Presence = (typeof PRESENCES)[number];

/** The schedule of somebody whose calendar can be seen. */
export type Seen = Extract<Schedule, { view: unknown }>;

/** A stretch of time in epoch milliseconds. */
export type Interval = { start: number; end: number };

/** Minutes of one step of a view. */
export const STEP_MINUTES = 15;
const STEP_MS = STEP_MINUTES * 60_000;

/** Outlook's own default, used if Graph tells no working hours. */
const OFFICE_HOURS: WorkingHours = { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00', zone: null };

/** The people whose calendars can be seen. */
export const listSeen = (schedules: readonly Schedule[]): Seen[] =>
  schedules.filter((schedule) => 'view' in schedule);

/** The start of the step that contains an instant. */
export const floorToStep = (at: DateTime): DateTime => at.minus(at.toMillis() % STEP_MS);

/**
 * The least free entry of a view during an interval. `since`: when the view begins. What the view does not cover counts as
 * busy, because nobody knows that it is free.
 */
export function presenceDuring({ view }: Seen, { start, end }: Interval, since: number): Presence {
  const first = Math.floor((start - since) / STEP_MS);
  const last = Math.ceil((end - since) / STEP_MS);
  if (first < 0 || last > view.length) return 'busy';
  const worst = Math.max(...view.slice(first, last).map((presence) => PRESENCES.indexOf(presence)));
  return PRESENCES[worst] ?? 'busy';
}

/** Whether a view has something right before or right after an interval. */
export function hasNeighbour({ view }: Seen, { start, end }: Interval, since: number): boolean {
  const before = view[Math.floor((start - since) / STEP_MS) - 1] ?? 'free';
  const after = view[Math.ceil((end - since) / STEP_MS)] ?? 'free';
  return [before, after].some((presence) => presence !== 'free');
}

/**
 * The stretches in which somebody works that touch an interval, in order. Hours that end before they begin reach into the
 * next day; hours without a zone are read by the clock of `zone`.
 */
export function workingTimes({ hours }: Seen, interval: Interval, zone: string): Interval[] {
  const known = hours ?? OFFICE_HOURS;
  const { days, from, to } = known;
  const own = known.zone !== null && IANAZone.isValidZone(known.zone) ? known.zone : zone;
  const first = inZone(interval.start, own).startOf('day');
  const count = Math.ceil((interval.end - interval.start) / 86_400_000) + 2;
  const worked = Array.from({ length: count }, (_, i) => first.plus({ days: i - 1 }))
    .filter((day) => days.includes(day.weekday))
    .map((day) => ({
      start: atClock(day, from),
      end: atClock(to <= from ? day.plus({ days: 1 }) : day, to),
    }));
  return joinTouching(worked).filter((one) => one.end > interval.start && one.start < interval.end);
}

function atClock(day: DateTime, clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return day.set({ hour, minute }).toMillis();
}

/** Joins intervals that touch, because a night shift that ends when the next begins is one stretch. */
function joinTouching(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const { start, end } of intervals) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/** Whether an interval lies within one of several. */
export const isWithin = ({ start, end }: Interval, intervals: readonly Interval[]): boolean =>
  intervals.some((one) => one.start <= start && end <= one.end);
