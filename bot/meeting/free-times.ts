import { type DateTime, IANAZone } from 'luxon';
import { inZone } from '../base/date-time.ts';
import type { Schedule, WorkingHours } from './event.ts';

/** Which times are looked for. */
export type Search = {
  window: { from: DateTime; to: DateTime };
  /** How long the meeting is to be. */
  minutes: number;
  /** The zone of who asks (IANA), by whose days and clock the times are chosen. */
  zone: string;
  now: DateTime;
  /** When the views of the schedules begin. */
  since: DateTime;
  /** The time that was asked for, or null. The times nearest to it come first. */
  near: DateTime | null;
};

/** A time at which everybody whose calendar can be seen is free or tentative. */
export type FreeTime = { start: DateTime; end: DateTime; tentative: readonly string[] };

/** Up to five times in order; or why there are none: the window is over or too short, outside of somebody's working hours, or somebody is busy. */
export type FreeTimes =
  | { kind: 'found'; times: readonly FreeTime[] }
  | { kind: 'none'; why: 'over' | 'hours' | 'busy' };

/** The most times that are offered, and the most of one day before further times of that day. */
export const MOST_TIMES = 5;
const OF_EACH_DAY = 2;
/** The least distance between the starts of two offered times. */
const APART_MINUTES = 60;

/**
 * The times that suit everybody whose calendar can be seen, within their working hours. The first days come first. Of a day
 * the best are those near the time that was asked for, then those with the fewest tentative people, then those at whole
 * and half hours, then those with 15 free minutes before and after for most people, then the earliest.
 */
export function findFreeTimes(schedules: readonly Schedule[], search: Search): FreeTimes {
  const seen = schedules.filter((schedule) => 'view' in schedule);
  const { window, zone } = search;
  const whole = { start: window.from.toMillis(), end: window.to.toMillis() };
  const candidates = listCandidates(search);
  const hours = seen.map((schedule) => workingTimes(schedule, whole, zone));
  const worked = candidates.filter((one) => hours.every((intervals) => isWithin(one, intervals)));
  const rated = worked.flatMap((one) => rate(one, seen, search));
  if (rated.length > 0) return { kind: 'found', times: choose(rated, search).map(({ time }) => time) };
  return { kind: 'none', why: candidates.length === 0 ? 'over' : worked.length === 0 ? 'hours' : 'busy' };
}

function listCandidates({ window, minutes, now }: Search): Interval[] {
  const earliest = window.from < now ? now : window.from;
  const step = STEP_MINUTES * 60_000;
  const first = floorToStep(earliest.plus(step - 1)).toMillis();
  const length = minutes * 60_000;
  const count = Math.floor((window.to.toMillis() - length - first) / step) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => ({
    start: first + i * step,
    end: first + i * step + length,
  }));
}

/** A time, the day that it is on, and what it is ordered by within that day: the smaller come first. */
type Rated = { time: FreeTime; day: string; rank: readonly number[] };

/** Returns nothing if somebody is busy. */
function rate(interval: Interval, seen: readonly Seen[], { zone, since, near }: Search): Rated[] {
  const begin = since.toMillis();
  const presenceOf = (schedule: Seen) => presenceDuring(schedule, interval, begin);
  if (seen.some((schedule) => ['busy', 'away'].includes(presenceOf(schedule)))) return [];
  const tentative = seen
    .filter((schedule) => presenceOf(schedule) === 'tentative')
    .map(({ address }) => address);
  const start = inZone(interval.start, zone);
  const crowded = seen.filter((schedule) => hasNeighbour(schedule, interval, begin)).length;
  const distance = near === null ? 0 : Math.abs(minuteOfDay(start) - minuteOfDay(near.setZone(start.zone)));
  const rank = [distance, tentative.length, start.minute % 30 === 0 ? 0 : 1, crowded, interval.start];
  return [
    { time: { start, end: inZone(interval.end, zone), tentative }, day: start.toISODate() ?? '', rank },
  ];
}

const minuteOfDay = ({ hour, minute }: DateTime): number => hour * 60 + minute;

/** The best of each day, then others, until there are enough. */
function choose(rated: readonly Rated[], search: Search): Rated[] {
  const days = [...Map.groupBy(rated, ({ day }) => day).values()].map((all) => all.toSorted(compareRanks));
  const taken: Rated[] = [];
  for (const most of [OF_EACH_DAY, MOST_TIMES]) {
    for (const day of days) takeFrom(day, most, taken, search);
  }
  return taken.toSorted((a, b) => a.time.start.toMillis() - b.time.start.toMillis());
}

/** Adds the best of a day that are not near another, until so many of the day are taken. */
function takeFrom(day: readonly Rated[], most: number, taken: Rated[], { minutes }: Search): void {
  const apart = Math.max(APART_MINUTES, minutes) * 60_000;
  const isApart = ({ time }: Rated) =>
    taken.every((other) => Math.abs(other.time.start.toMillis() - time.start.toMillis()) >= apart);
  let count = taken.filter((one) => day.includes(one)).length;
  for (const one of day) {
    if (count >= most || taken.length >= MOST_TIMES) return;
    if (!isApart(one)) continue;
    taken.push(one);
    count += 1;
  }
}

function compareRanks({ rank: a }: Rated, { rank: b }: Rated): number {
  const difference = a.map((value, i) => value - (b[i] ?? 0)).find((one) => one !== 0);
  return difference ?? 0;
}

/** What somebody's calendar shows of a time, and whether that is outside of their working hours. */
export type Stand = { presence: Presence; isOutside: boolean } | { presence: 'unknown' };
type Standing = { address: string } & Stand;

/** How everybody stands to one time. `since`: when the views begin; `zone`: of who asks. */
export function standAt(
  schedules: readonly Schedule[],
  time: { start: DateTime; end: DateTime },
  { since, zone }: Pick<Search, 'since' | 'zone'>,
): Standing[] {
  const interval = { start: time.start.toMillis(), end: time.end.toMillis() };
  return schedules.map((schedule) => {
    const { address } = schedule;
    if ('unknown' in schedule) return { address, presence: 'unknown' };
    const presence = presenceDuring(schedule, interval, since.toMillis());
    const isOutside = !isWithin(interval, workingTimes(schedule, interval, zone));
    return { address, presence, isOutside };
  });
}

/** Whether somebody has no time then. For a person whose calendar cannot be seen this is not known. */
export const isBusy = ({ presence }: Stand): boolean => presence === 'busy' || presence === 'away';

/** What a calendar shows of a stretch of time, the freest first. */
const PRESENCES = ['free', 'tentative', 'busy', 'away'] as const satisfies Seen['view'];

/** What a calendar shows of a stretch of time. */
type Presence = (typeof PRESENCES)[number];

/** The schedule of somebody whose calendar can be seen. */
type Seen = Extract<Schedule, { view: unknown }>;

/** A stretch of time in epoch milliseconds. */
type Interval = { start: number; end: number };

/** Minutes of one step of a view. */
export const STEP_MINUTES = 15;
const STEP_MS = STEP_MINUTES * 60_000;

/** Outlook's own default, used if Graph tells no working hours. */
const OFFICE_HOURS: WorkingHours = { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00', zone: null };

/** The start of the step that contains an instant. */
export const floorToStep = (at: DateTime): DateTime => at.minus(at.toMillis() % STEP_MS);

/**
 * The least free entry of a view during an interval. `since`: when the view begins. What the view does not cover counts as
 * busy, because nobody knows that it is free.
 */
function presenceDuring({ view }: Seen, { start, end }: Interval, since: number): Presence {
  const first = Math.floor((start - since) / STEP_MS);
  const last = Math.ceil((end - since) / STEP_MS);
  if (first < 0 || last > view.length) return 'busy';
  const worst = Math.max(...view.slice(first, last).map((presence) => PRESENCES.indexOf(presence)));
  return PRESENCES[worst] ?? 'busy';
}

/** Whether a view has something right before or right after an interval. */
function hasNeighbour({ view }: Seen, { start, end }: Interval, since: number): boolean {
  const before = view[Math.floor((start - since) / STEP_MS) - 1] ?? 'free';
  const after = view[Math.ceil((end - since) / STEP_MS)] ?? 'free';
  return [before, after].some((presence) => presence !== 'free');
}

/**
 * The stretches in which somebody works that touch an interval, in order. Hours that end before they begin reach into the
 * next day; hours without a zone are read by the clock of `zone`.
 */
function workingTimes({ hours }: Seen, interval: Interval, zone: string): Interval[] {
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
const isWithin = ({ start, end }: Interval, intervals: readonly Interval[]): boolean =>
  intervals.some((one) => one.start <= start && end <= one.end);
