import { DateTime } from 'luxon';
import { inZone, wallClock } from '../base/date-time.ts';
import type { Change, Options } from '../language/command.ts';
import { objections, toSubject } from './decide.ts';
import { toChoices } from './granted-options.ts';
import { addNamed } from './guest-list.ts';
import type { Guest } from './meeting.ts';
import type { Choices, Granted, OptionName, Wishes } from './options.ts';
import type { MeetingRecord } from './record.ts';
import { atRegular, type Series, type SeriesPattern } from './series.ts';

/** A meeting as it is to be, or why the person must say the time again. */
type Changed =
  | { kind: 'changed'; start: DateTime; end: DateTime; subject: string | null }
  | { kind: 'ask'; wrong: Wrong };
/** `past`: it would begin, or be over, before now. `range`: no such time, or no sensible length. `dst`: clocks skip it or show it twice. */
export type Wrong = 'past' | 'range' | 'dst';

/** When something was said, and in which zone (IANA). */
export type Here = { now: DateTime; zone: string };

const DAY_MINUTES = 24 * 60;

/**
 * The meeting with a change applied; what was not said stays. A new day keeps the clock, a new clock the day, both in
 * `zone` (IANA) unless another was said for the clock; both keep the length. A shift is elapsed time, but whole days keep
 * the clock. Without a new time or length nothing is asked. The times come out in `zone`.
 */
export function applyChange(
  record: Pick<MeetingRecord, 'start' | 'end' | 'subject'>,
  change: Change,
  { now, zone }: Here,
): Changed {
  const before = {
    start: DateTime.fromMillis(record.start, { zone }),
    end: DateTime.fromMillis(record.end, { zone }),
  };
  const subject = toSubject(change.subject) ?? record.subject;
  const meant = onNearestDay(change, before.start, now.setZone(zone));
  const start = startOf(before.start, meant, zone);
  if (typeof start === 'string') return { kind: 'ask', wrong: start };
  const end = endOf(start, before, meant);
  const isMoved = !start.equals(before.start);
  if (isMoved || !end.equals(before.end)) {
    const wrong = isMoved ? objections(start, end, now)[0] : lengthObjection(start, end, now);
    if (wrong) return { kind: 'ask', wrong };
  }
  return { kind: 'changed', start, end, subject };
}

/** No weekday is further away than so many days, before or after. */
const MOST_NEAR = 3;

/** "Make it Friday": of the Fridays that lie ahead the one that is nearest to the meeting's day. */
function onNearestDay(change: Change, start: DateTime, now: DateTime): Change {
  const { weekday, when } = change;
  if (weekday === undefined) return change;
  const clock = when?.start.setZone(start.zone) ?? (change.clock === null ? start : null);
  const days = ((weekday - start.weekday + MOST_NEAR + 7) % 7) - MOST_NEAR;
  const nearest = (
    clock === null ? start.endOf('day') : start.set({ hour: clock.hour, minute: clock.minute })
  ).plus({ days });
  const day = (nearest <= now ? nearest.plus({ weeks: 1 }) : nearest).toISODate();
  if (when === null || day === null) return { ...change, day };
  const minutes = when.end ? when.end.diff(when.start, 'minutes').minutes : change.minutes;
  return { ...change, when: null, day, clock: clock?.toFormat('HH:mm') ?? null, minutes };
}

function startOf(
  start: DateTime,
  { when, day, clock, clockZone, shiftMinutes, isEitherHalf }: Change,
  zone: string,
): DateTime | Wrong {
  if (when !== null) return when.start.setZone(zone);
  if (day !== null || clock !== null) {
    const at = onClock(start.setZone(clockZone ?? zone), day, clock, clockZone ?? zone);
    if (typeof at === 'string') return at;
    return (isEitherHalf ? inHalfNearTo(start.setZone(at.zone), at) : at).setZone(zone);
  }
  if (shiftMinutes === null) return start;
  if (shiftMinutes % DAY_MINUTES !== 0) return start.plus({ minutes: shiftMinutes });
  const shifted = start.plus({ days: shiftMinutes / DAY_MINUTES });
  return onClock(start, shifted.toISODate(), null, zone);
}

/** An hour so far from the meeting's start is taken in the other half of the day if that is so near to it. */
const FAR_HOURS = 9;
const NEAR_HOURS = 3;

/** "Make it 8", of a meeting at seven in the evening: 20:00. */
function inHalfNearTo(start: DateTime, at: DateTime): DateTime {
  const other = at.set({ hour: (at.hour + 12) % 24 });
  const hoursFrom = ({ hour, minute }: DateTime) =>
    Math.abs(hour + minute / 60 - start.hour - start.minute / 60);
  return hoursFrom(at) >= FAR_HOURS && hoursFrom(other) <= NEAR_HOURS ? other : at;
}

function onClock(start: DateTime, day: string | null, clock: string | null, zone: string): DateTime | Wrong {
  const date = day ?? start.toFormat('yyyy-MM-dd');
  const time = clock ?? start.toFormat('HH:mm');
  // Nothing new was said, so a start within a doubled hour stays the one of the two that it is.
  if (date === start.toISODate() && time === start.toFormat('HH:mm')) return start;
  const at = wallClock(date, time, zone);
  switch (at.kind) {
    case 'instant':
      return at.at;
    case 'gap':
    case 'overlap':
      return 'dst';
    case 'nonsense':
      return 'range';
    default:
      return at satisfies never;
  }
}

type Times = { start: DateTime; end: DateTime };

/** The end at a clock, on the next day if the meeting begins later than that. */
function endAt(start: DateTime, clock: string): DateTime {
  const end = DateTime.fromISO(`${start.toISODate()}T${clock}`, { zone: start.zone });
  return end > start ? end : end.plus({ days: 1 });
}

/** The first end at that clock in either half of the day. */
function firstEndAt(start: DateTime, clock: string): DateTime {
  const end = endAt(start, clock);
  const other = end.set({ hour: (end.hour + 12) % 24 });
  return DateTime.min(end, endAt(start, other.toFormat('HH:mm')));
}

/** An end that alone is said and so much later than it was may be of another meeting, or of the other half of the day. */
const FAR_END_HOURS = 6;

/** Whether the end of a change is so far away that it is shown before it is taken: "until 11" of a meeting at four. */
export function isEndFar(
  record: Pick<MeetingRecord, 'start' | 'end' | 'subject'>,
  change: Change,
  here: Here,
): boolean {
  if (change.until === undefined) return false;
  const after = applyChange(record, change, here);
  if (after.kind === 'ask' || after.end.toMillis() - record.end < FAR_END_HOURS * 3_600_000) return false;
  return change.isEitherHalf === true || !after.end.hasSame(after.start, 'day');
}

function endOf(
  start: DateTime,
  before: Times,
  { when, minutes, extendMinutes = 0, until, keepsEnd, isEitherHalf }: Change,
): DateTime {
  if (until !== undefined) return isEitherHalf ? firstEndAt(start, until) : endAt(start, until);
  if (keepsEnd) return endAt(start, before.end.toFormat('HH:mm'));
  if (when?.end) return when.end.setZone(start.zone);
  if (minutes !== null) return start.plus({ minutes });
  return start.plus(before.end.diff(before.start)).plus({ minutes: extendMinutes });
}

/** What is wrong with a new length, if anything. The start may have passed, but the end must be to come. */
function lengthObjection(start: DateTime, end: DateTime, now: DateTime): Wrong | undefined {
  return objections(start, end, DateTime.min(start, now))[0] ?? (end <= now ? 'past' : undefined);
}

type ChangedWhole =
  | (Extract<Changed, { kind: 'changed' }> & { series?: Series })
  /** `days`: the pattern of the series cannot move to them. */
  | { kind: 'ask'; wrong: Wrong | 'days' };

type Repeated = Pick<MeetingRecord, 'start' | 'end' | 'subject' | 'series'>;

/**
 * The meeting with a change applied. Of a series the change is said of its next meeting, and applied to all of them: they get
 * its clock and length, and its weekday or day of the month if the pattern has one day to move.
 */
export function applyToWhole(record: Repeated, change: Change, here: Here): ChangedWhole {
  const { series } = record;
  const next = atRegular(record, here.now.toMillis());
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

/** A meeting as it is to be, with options and people; what is absent stays. */
export type ChangeWish = {
  start: DateTime;
  end: DateTime;
  subject: string | null;
  options?: Options;
  /** The people who were named as further guests or for a role. */
  named?: readonly Guest[];
  /** The guests who are removed. */
  leaving?: readonly Guest[];
  /** The words that asked for an option that does not exist. */
  unknown?: readonly string[];
  /** How a series is to repeat. */
  series?: Series;
};

/** The record after a change was granted. */
export function applyWish(record: MeetingRecord, wish: ChangeWish): MeetingRecord {
  const { start, end, subject, options = {}, named = [], leaving = [], unknown, series } = wish;
  const { unknown: _, ...said } = record.said;
  const staying =
    leaving.length === 0 ? record.guests : record.guests.filter((guest) => !leaving.includes(guest));
  return {
    ...record,
    ...{ subject, start: start.toMillis(), end: end.toMillis() },
    guests: named.length === 0 ? staying : addNamed(staying, named, record.owner.user),
    options: { ...record.options, ...toChoices(options) },
    ...(series && { series }),
    said: unknown ? { ...said, unknown } : said,
    expires: record.expires + Math.max(0, end.toMillis() - record.end),
  };
}

/** Whether a meeting is as it is wanted already. What an option is at Graph is not known here. */
export function isAsItIs(record: MeetingRecord, wish: ChangeWish): boolean {
  const partsOf = ({ subject, start, end, guests, series }: MeetingRecord) =>
    JSON.stringify([subject, start, end, guests, series]);
  const isAsked = Object.keys(wish.options ?? {}).length > 0;
  return !isAsked && partsOf(applyWish(record, wish)) === partsOf(record);
}

const CHANGING = ['subject', 'start', 'end', 'guests', 'options', 'series'] as const;

/** What a change is about to change, as it is now. `sent`: the options that Graph is told. `granted`: those that it has. */
export function beforeOf(
  record: MeetingRecord,
  wanted: MeetingRecord,
  sent: Wishes,
  granted: Granted,
): Pick<MeetingRecord, 'before'> {
  const isSame = (name: (typeof CHANGING)[number]) =>
    JSON.stringify(record[name]) === JSON.stringify(wanted[name]);
  const changed = CHANGING.filter((name) => !isSame(name)).map((name) => [name, record[name]]);
  const known = (Object.keys(toChoices(sent)) as OptionName[]).filter((name) => granted[name] != null);
  const were: Choices = Object.fromEntries(known.map((name) => [name, granted[name]]));
  const before: NonNullable<MeetingRecord['before']> = {
    ...Object.fromEntries(changed),
    ...(known.length > 0 && { granted: were }),
  };
  return Object.keys(before).length > 0 ? { before } : {};
}

/** The most messages that are remembered. One that waited for a sign-in may be delivered again after others. */
const MOST_MESSAGES = 5;

/** The record with the note that a message has changed it. */
export function changedByMessage(record: MeetingRecord, id: string): MeetingRecord {
  const { changedBy, changedBefore = [] } = record;
  const before = changedBy === undefined ? changedBefore : [...changedBefore, changedBy];
  return { ...record, changedBy: id, changedBefore: before.slice(-MOST_MESSAGES) };
}

/** Whether a message has changed the meeting already. */
export const wasChangedBy = ({ changedBy, changedBefore }: MeetingRecord, id: string): boolean =>
  changedBy === id || changedBefore?.includes(id) === true;
