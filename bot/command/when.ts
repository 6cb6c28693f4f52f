import type { Zone } from 'luxon';
import { DateTime } from 'luxon';
import type { Day } from './calendar.ts';
import { isoClock, isoDay } from './calendar.ts';
import type { Assumption, Need, Reading, Span } from './command.ts';
import { NEEDS } from './command.ts';
import type { Hours } from './hours.ts';
import { readHours } from './hours.ts';
import { dayIn, fixedZone, ianaZone, minuteIn, wallClock } from './instants.ts';
import type { Picked } from './pick.ts';
import { ABBREVIATIONS, AT_HOME, SAID_ALL_YEAR } from './places.ts';
import type { ZoneSaid } from './zones.ts';

/** When a meeting is meant to be, with all that is not certain about it. */
export type When = {
  span: Span | null;
  day: string | null;
  clock: string | null;
  needs: readonly Need[];
  choices: readonly Span[];
  assumed: readonly Assumption[];
};

/** What the words were, for the assumptions that quote them. */
export type Words = { date: string; clock: string; zone: string };

const NOTHING: When = { span: null, day: null, clock: null, needs: [], choices: [], assumed: [] };

type Frame = { own: Zone; here: DateTime; zone: Zone; other: Zone | null };

/** The zone that governs the clock, and a second one where the name has two readings. */
function governing(said: ZoneSaid | null, own: Zone, ownName: string): { zone: Zone; other: Zone | null } {
  if (said?.kind === 'iana') return { zone: ianaZone(said.zone), other: null };
  if (said?.kind === 'offset') return { zone: fixedZone(said.minutes), other: null };
  if (said?.kind !== 'abbreviation') return { zone: own, other: null };
  const meant = AT_HOME[said.name]?.[ownName] ?? ABBREVIATIONS[said.name];
  if (!meant) return { zone: own, other: null };
  const region = ianaZone(meant.zone);
  if (SAID_ALL_YEAR.has(said.name)) return { zone: region, other: fixedZone(meant.offset) };
  return { zone: fixedZone(meant.offset), other: null };
}

/** Turns what was picked into instants, or into what must be asked. */
export function resolve(picked: Picked, reading: Reading, words: Words): When {
  const { now } = reading;
  if (picked.inMinutes !== null) return fromNow(picked, now);
  const own = reading.zone === null ? now.zone : ianaZone(reading.zone);
  const frame: Frame = { own, here: now.setZone(own), ...governing(picked.zone, own, reading.zone ?? '') };
  const isPlaceless = reading.zone === null && (picked.zone === null || picked.zone.kind === 'own');
  if (picked.zone?.kind === 'unknown' || isPlaceless) return askZone(picked, frame);
  const when = picked.clock ? atClock(picked, frame, words) : withoutClock(picked, frame);
  const ownWhen = picked.clock && frame.zone !== own ? inOwnZone(when, frame) : when;
  return picked.isRepeated ? { ...ownWhen, needs: sorted([...when.needs, 'recurrence']) } : ownWhen;
}

/** What is known while a time must be asked is asked, and answered, in the person's own zone. */
function inOwnZone(when: When, frame: Frame): When {
  if (when.span !== null || when.clock === null) return when;
  if (when.day === null) return { ...when, clock: null };
  const there = DateTime.fromISO(`${when.day}T${when.clock}`, { zone: frame.zone }).setZone(frame.own);
  return { ...when, day: there.toISODate(), clock: there.toFormat('HH:mm') };
}

function sorted(needs: readonly Need[]): Need[] {
  return NEEDS.filter((need) => needs.includes(need));
}

function fromNow(picked: Picked, now: DateTime): When {
  const start = now.plus({ minutes: picked.inMinutes ?? 0 }).startOf('minute');
  return { ...NOTHING, span: { start, end: lasting(start, picked.minutes) } };
}

function lasting(start: DateTime, minutes: number | null): DateTime | null {
  return minutes === null ? null : start.plus({ minutes });
}

function askZone(picked: Picked, frame: Frame): When {
  const day = picked.date?.said.day ?? null;
  const hours = picked.clock ? readHours(picked.clock.from, picked.clock.to, picked.part) : null;
  const needs: Need[] = ['tz'];
  if (!hours) needs.push('time');
  if (!hours && !picked.date) needs.push('date');
  if (picked.date && day === null) needs.push('date');
  if (hours?.problem) needs.push(hours.problem);
  void frame;
  return {
    ...NOTHING,
    day: day === null ? null : isoDay(day),
    clock: hours && !hours.problem ? isoClock(hours.start % 1440) : null,
    needs: sorted(needs),
  };
}

function withoutClock(picked: Picked, { here }: Frame): When {
  const said = picked.date?.said;
  if (!said) return { ...NOTHING, needs: ['date', 'time'] };
  if (said.day === null) return { ...NOTHING, needs: ['date', 'time'] };
  const isPast = said.day < dayIn(here);
  const needs: Need[] = ['time'];
  if (said.need) needs.push(said.need);
  if (isPast) needs.push('past');
  return { ...NOTHING, day: isPast || said.need ? null : isoDay(said.day), needs: sorted(needs) };
}

type Reckoned = { span: Span; spans: readonly Span[]; isAmbiguous: boolean };

/** The spans that a day and hours mean in a zone; several, or moved ones, where clocks change. */
function reckon(
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

function hoursOf(picked: Picked): Hours | null {
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

function atClock(picked: Picked, frame: Frame, words: Words): When {
  const hours = hoursOf(picked);
  const said = picked.clock?.fromDate ?? picked.date?.said ?? null;
  if (!hours) return { ...NOTHING, needs: ['time'] };
  if (said && said.day === null)
    return {
      ...NOTHING,
      clock: isoClock(hours.start % 1440),
      needs: sorted(said.source === 'vague' ? ['date'] : [said.need ?? 'date']),
    };
  const day = said?.day ?? null;
  return day === null ? nextOccurrence(hours, picked, frame, words) : onDay(day, hours, picked, frame, words);
}

/** A clock that has just gone by is as likely a slip as it is tomorrow's. */
const JUST_PASSED_MINUTES = 4 * 60;

/** No day was said: the next time that this clock shows in the governing zone; asked where it has only just gone by. */
function nextOccurrence(hours: Hours, picked: Picked, frame: Frame, words: Words): When {
  const there = frame.here.setZone(frame.zone);
  const today = dayIn(there);
  const passedBy = minuteIn(there) - hours.start;
  const isPast = passedBy >= 0;
  const when = settle(isPast ? today + 1 : today, hours, picked, frame, words);
  if (!isPast || !when.span) return when;
  if (passedBy <= JUST_PASSED_MINUTES) return pastDay(today, when, hours, picked, frame);
  const { start } = when.span;
  const assumption: Assumption = { kind: 'date', said: words.clock, taken: start, alternative: null };
  return { ...when, assumed: [...when.assumed, assumption] };
}

function onDay(day: Day, hours: Hours, picked: Picked, frame: Frame, words: Words): When {
  const said = picked.clock?.fromDate ?? picked.date?.said;
  if (!said) return NOTHING;
  if (said.need) return askDay(day, said.need, said.others, hours, picked, frame);
  const when = settle(day, hours, picked, frame, words);
  const { now } = { now: frame.here };
  const at = when.span?.start ?? when.choices.at(-1)?.start;
  if (at && at <= now) {
    if (said.isSameDay) return settle(day + 7, hours, picked, frame, words);
    const past = pastDay(day, when, hours, picked, frame);
    return day === dayIn(frame.here) ? { ...past, day: isoDay(day) } : past;
  }
  const other = said.others[0];
  if (!when.span || other === undefined || hours.problem) return when;
  const alternative = reckon(other, hours, picked, frame, frame.zone).span;
  const assumption: Assumption = { kind: 'date', said: words.date, taken: when.span.start, alternative };
  return { ...when, assumed: [...when.assumed, assumption] };
}

function pastDay(day: Day, when: When, hours: Hours, picked: Picked, frame: Frame): When {
  const today = dayIn(frame.here);
  const later = hours.others
    .map((other) => reckon(day, other, picked, frame, frame.zone).span)
    .filter(({ start }) => start > frame.here);
  const next = [today, today + 1]
    .map((candidate) => reckon(candidate, hours, picked, frame, frame.zone).span)
    .filter(({ start }) => start > frame.here);
  return {
    ...NOTHING,
    clock: isoClock(hours.start % 1440),
    needs: sorted(['past', ...when.needs]),
    choices: [...later, ...next.slice(0, 1)],
  };
}

function askDay(
  day: Day,
  need: Need,
  others: readonly Day[],
  hours: Hours,
  picked: Picked,
  frame: Frame,
): When {
  const days = [day, ...others].filter((candidate) => candidate >= dayIn(frame.here));
  const choices = days.map((candidate) => reckon(candidate, hours, picked, frame, frame.zone).span);
  const needs: Need[] = hours.problem ? [need, hours.problem] : [need];
  return {
    ...NOTHING,
    clock: isoClock(hours.start % 1440),
    needs: sorted(needs),
    choices: choices.filter(({ start }) => start > frame.here),
  };
}

/** One day and its hours, with their doubts: the half of the day, a reversed range, a clock change. */
function settle(day: Day, hours: Hours, picked: Picked, frame: Frame, words: Words): When {
  const known = isoDay(day);
  const reckoned = reckon(day, hours, picked, frame, frame.zone);
  const others = hours.others.map((other) => reckon(day, other, picked, frame, frame.zone).span);
  const clock = isoClock(hours.start % 1440);
  if (hours.problem === 'range' || isReversed(reckoned.span))
    return { ...NOTHING, day: known, clock, needs: ['range'], choices: others };
  if (hours.problem === 'ampm')
    return {
      ...NOTHING,
      day: known,
      needs: ['ampm'],
      choices: [reckoned.span, ...others].filter(({ start }) => start > frame.here),
    };
  if (reckoned.isAmbiguous)
    return { ...NOTHING, day: known, clock, needs: ['dst'], choices: dstChoices(reckoned) };
  return {
    ...NOTHING,
    span: reckoned.span,
    day: known,
    clock,
    assumed: assumptions(reckoned.span, others, day, hours, picked, frame, words),
  };
}

function isReversed({ start, end }: Span): boolean {
  return end !== null && end <= start;
}

function dstChoices({ spans }: Reckoned): readonly Span[] {
  return spans.map(({ start, end }) => ({ start, end: end && end > start ? end : null }));
}

function assumptions(
  span: Span,
  others: readonly Span[],
  day: Day,
  hours: Hours,
  picked: Picked,
  frame: Frame,
  words: Words,
): Assumption[] {
  const list: Assumption[] = [];
  const [other] = others.filter(({ start }) => start > frame.here);
  const isHalfGuessed =
    picked.clock?.from.half === null && !picked.clock.from.is24 && hours.others.length > 0;
  if (isHalfGuessed)
    list.push({ kind: 'ampm', said: words.clock, taken: span.start, alternative: other ?? null });
  if (picked.clock?.from.custom)
    list.push({ kind: 'time', said: words.clock, taken: span.start, alternative: null });
  if (frame.other) {
    const alternative = reckon(day, hours, picked, frame, frame.other).span;
    if (+alternative.start !== +span.start)
      list.push({ kind: 'zone', said: words.zone, taken: span.start, alternative });
  }
  return list;
}
