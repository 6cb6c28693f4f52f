import { DateTime, type Zone } from 'luxon';
import { fixedZone, ianaZone } from '../../base/date-time.ts';
import { type Assumption, type DayPart, NEEDS, type Need, type Span } from '../command.ts';
import { type Hours, readHours } from './am-or-pm.ts';
import {
  type Day,
  dayIn,
  isoClock,
  isoDay,
  minuteIn,
  minutesLater,
  type Wall,
  wallClock,
} from './calendar.ts';
import type { Clock } from './clocks.ts';
import type { DateSaid } from './date-said.ts';
import type { TimeFrame } from './spans.ts';
import type { ZoneSaid } from './zones.ts';

/** A time of day, or a range, that was chosen among what was said; with the days that it names itself. */
type ClockSaid = { from: Clock; to: Clock | null; fromDate: DateSaid | null; toDate: DateSaid | null };

/** What was said about when, one of each. */
export type Picked = {
  clock: ClockSaid | null;
  date: DateSaid | null;
  minutes: number | null;
  zone: ZoneSaid | null;
  part: DayPart | null;
};

/** When something is meant to be, with all that is not certain about it. */
export type When = {
  span: Span | null;
  day: string | null;
  clock: string | null;
  needs: readonly Need[];
  choices: readonly Span[];
  assumed: readonly Assumption[];
};

/** The words of what was said, for the assumptions that quote them. */
export type Said = { date(): string; clock(): string; zone(): string };

/** Nothing known, nothing asked. */
export const NOTHING: When = { span: null, day: null, clock: null, needs: [], choices: [], assumed: [] };

/** In the order in which a person is told. */
export function sorted(needs: readonly Need[]): Need[] {
  return NEEDS.filter((need) => needs.includes(need));
}

/** Where the clock is read: the person's own zone and now, the zone that governs, and its other reading if it has one. */
type Frame = { own: Zone; here: DateTime; zone: Zone; other: Zone | null };

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
type Asked = { clock: ClockSaid; picked: Picked; frame: Frame; words: Said };

/** The end of what lasts so long; null where nobody said. */
export function lasting(start: DateTime, minutes: number | null): DateTime | null {
  return minutes === null ? null : minutesLater(start, minutes);
}

/** What a day and hours come to: the span taken, every one that fits, and whether the clocks leave a doubt. */
type Reckoned = { span: Span; spans: readonly Span[]; isAmbiguous: boolean };

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
function reckon(
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
function hoursOf({ clock: { from, to, toDate }, picked: { part } }: Asked): Hours {
  if (!to || !toDate) return readHours(from, to, part);
  const start = readHours(from, null, part);
  const last = readHours(to, null, null);
  // "tonight 10pm to tomorrow 2": what begins in the evening is over in the night.
  const night = start.start >= EVENING ? last.others.find((other) => other.start <= MORNING) : undefined;
  const end = (night ?? last).start;
  return { ...start, end, others: start.others.map((other) => ({ ...other, end })) };
}

const clockOf = ({ start }: Hours) => isoClock(start % 1440);

/** The spans that lie ahead. */
const ahead = (spans: readonly Span[], { frame }: Asked) => spans.filter(({ start }) => start > frame.here);

/** What else the hours may mean on that day. */
const otherSpans = (day: Day, { others }: Hours, asked: Asked) =>
  others.map((other) => reckon(day, other, asked).span);

/** A day that has gone by: what lies ahead by the same clock is offered. */
function pastDay(day: Day, when: When, hours: Hours, asked: Asked): When {
  const today = dayIn(asked.frame.here);
  const later = ahead(otherSpans(day, hours, asked), asked);
  const next = [today, today + 1].map((candidate) => reckon(candidate, hours, asked).span);
  return {
    ...NOTHING,
    clock: clockOf(hours),
    needs: sorted(['past', ...when.needs]),
    choices: [...later, ...ahead(next, asked).slice(0, 1)],
  };
}

/** One of several days, which must be asked; those that lie ahead are offered. */
function askDay(days: readonly Day[], need: Need, hours: Hours, asked: Asked): When {
  const today = dayIn(asked.frame.here);
  const spans = days.filter((day) => day >= today).map((day) => reckon(day, hours, asked).span);
  const needs = sorted(hours.problem ? [need, hours.problem] : [need]);
  return { ...NOTHING, clock: clockOf(hours), needs, choices: ahead(spans, asked) };
}

/** One day and its hours, with their doubts: the half of the day, a reversed range, a clock change. */
function settle(day: Day, hours: Hours, asked: Asked): When {
  const { span, spans, isAmbiguous } = reckon(day, hours, asked);
  const others = () => otherSpans(day, hours, asked);
  const known = { ...NOTHING, day: isoDay(day), clock: clockOf(hours) };
  if (hours.problem === 'range' || isReversed(span)) return { ...known, needs: ['range'], choices: others() };
  if (hours.problem === 'ampm')
    return { ...known, clock: null, needs: ['ampm'], choices: ahead([span, ...others()], asked) };
  if (isAmbiguous)
    return {
      ...known,
      needs: ['dst'],
      choices: spans.map((each) => (isReversed(each) ? { ...each, end: null } : each)),
    };
  const clear = hours.others.filter((other) => !reckon(day, other, asked).isAmbiguous);
  // Nobody names the hour of a clock change by chance.
  if (clear.length < hours.others.length)
    return {
      ...known,
      clock: null,
      needs: ['ampm'],
      choices: ahead([span, ...otherSpans(day, { ...hours, others: clear }, asked)], asked),
    };
  return { ...known, span, assumed: assumptions(span, day, hours, asked) };
}

const isReversed = ({ start, end }: Span) => end !== null && end <= start;

/** Hours at which hardly anybody meets: no reading that would be offered. */
const isUnlikely = ({ hour }: DateTime) => hour < 6 || hour > 20;

/** "9:30" read as 9:30 says itself. */
const isAsWritten = (said: string, { hour }: DateTime) =>
  /^\d+[:.h]\d\d/.test(said) && Number.parseInt(said, 10) === hour;

/** What was taken for granted of the clock and its zone, and is said for that. */
function assumptions(span: Span, day: Day, hours: Hours, asked: Asked): Assumption[] {
  const { frame, words, clock } = asked;
  const { from } = clock;
  const taken = span.start;
  const list: Assumption[] = [];
  if (from.half === null && !from.is24 && !isAsWritten(words.clock(), taken)) {
    const other = ahead(otherSpans(day, hours, asked), asked).find(({ start }) => !isUnlikely(start));
    if (other) list.push({ kind: 'ampm', said: words.clock(), taken, alternative: other });
  }
  if (from.custom) list.push({ kind: 'time', said: words.clock(), taken, alternative: null });
  if (frame.other) {
    const alternative = reckon(day, hours, asked, frame.other).span;
    if (+alternative.start !== +taken) list.push({ kind: 'zone', said: words.zone(), taken, alternative });
  }
  return list;
}

/** Turns what was picked into instants, or into what must be asked. */
export function settleWhen(picked: Picked, { now, zone }: TimeFrame, words: Said): When {
  const { clock } = picked;
  const frame = frameOf(picked.zone, { now, zone });
  const isPlaceless = zone === null && (picked.zone === null || picked.zone.kind === 'own');
  if (picked.zone?.kind === 'unknown' || isPlaceless) return askZone(picked);
  if (!clock) return withoutClock(picked.date, frame);
  const when = atClock({ clock, picked, frame, words });
  return frame.zone === frame.own ? when : inOwnZone(when, frame);
}

/** Where a clock with this zone is read. */
export function frameOf(said: ZoneSaid | null, { now, zone }: Pick<TimeFrame, 'now' | 'zone'>): Frame {
  const own = zone === null ? now.zone : ianaZone(zone);
  return { own, here: now.setZone(own), ...governing(said, own) };
}

/** What is known while a time must be asked is asked, and answered, in the person's own zone. */
function inOwnZone(when: When, frame: Frame): When {
  if (when.span !== null || when.clock === null) return when;
  if (when.day === null) return { ...when, clock: null };
  const there = DateTime.fromISO(`${when.day}T${when.clock}`, { zone: frame.zone }).setZone(frame.own);
  return { ...when, day: there.toISODate(), clock: there.toFormat('HH:mm') };
}

function askZone({ clock, date, part }: Picked): When {
  const day = date?.need === 'date' ? null : (date?.day ?? null);
  const hours = clock && readHours(clock.from, clock.to, part);
  const needs: Need[] = ['tz'];
  if (!hours) needs.push('time');
  if (date ? day === null : !hours) needs.push('date');
  if (hours?.problem) needs.push(hours.problem);
  return {
    ...NOTHING,
    day: day === null ? null : isoDay(day),
    clock: hours && !hours.problem ? isoClock(hours.start % 1440) : null,
    needs: sorted(needs),
  };
}

function withoutClock(said: DateSaid | null, { here }: Frame): When {
  if (!said || said.day === null) return { ...NOTHING, needs: ['date', 'time'] };
  const isPast = said.day < dayIn(here);
  const needs = sorted(['time', ...(said.need ? [said.need] : []), ...(isPast ? (['past'] as const) : [])]);
  return { ...NOTHING, day: isPast || said.need ? null : isoDay(said.day), needs };
}

function atClock(asked: Asked): When {
  const hours = hoursOf(asked);
  const said = asked.clock.fromDate ?? asked.picked.date;
  if (!said) return nextOccurrence(hours, asked);
  if (said.day !== null) return onDay(said, said.day, hours, asked);
  const need = said.source === 'vague' ? 'date' : (said.need ?? 'date');
  return { ...NOTHING, clock: isoClock(hours.start % 1440), needs: [need] };
}

/** A clock that has just gone by is as likely a slip as it is tomorrow's. */
const JUST_PASSED_MINUTES = 4 * 60;

/** No day was said: the next time that this clock shows in the governing zone; asked where it has only just gone by. */
function nextOccurrence(hours: Hours, asked: Asked): When {
  const { frame, words } = asked;
  const there = frame.here.setZone(frame.zone);
  const today = dayIn(there);
  const passedBy = minuteIn(there) - hours.start;
  const isPast = passedBy >= 0;
  const when = settle(isPast ? today + 1 : today, hours, asked);
  if (!isPast || !when.span) return when;
  if (passedBy <= JUST_PASSED_MINUTES) return pastDay(today, when, hours, asked);
  const { start } = when.span;
  const assumption: Assumption = { kind: 'date', said: words.clock(), taken: start, alternative: null };
  return { ...when, assumed: [...when.assumed, assumption] };
}

/** A day was said: it is asked where it may be another one or has gone by. */
function onDay(said: DateSaid, day: number, hours: Hours, asked: Asked): When {
  const { frame, words } = asked;
  if (said.need) return askDay([day, ...said.others], said.need, hours, asked);
  const when = settle(day, hours, asked);
  const at = when.span?.start ?? when.choices.at(-1)?.start;
  if (at && at <= frame.here) {
    if (said.later !== null) return settle(said.later, hours, asked);
    const past = pastDay(day, when, hours, asked);
    return day === dayIn(frame.here) ? { ...past, day: isoDay(day) } : past;
  }
  const other = said.others[0];
  if (!when.span || other === undefined || hours.problem) return when;
  const alternative = reckon(other, hours, asked).span;
  const assumption: Assumption = { kind: 'date', said: words.date(), taken: when.span.start, alternative };
  return { ...when, assumed: [...when.assumed, assumption] };
}
