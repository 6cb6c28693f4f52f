import { ianaZone } from '../../base/date-time.ts';
import type { Pack } from '../pack.ts';
import { lowerCase, type Tokens } from '../text/tokens.ts';
import { dayIn } from './calendar.ts';
import { type Chart, chartOf, type Fit, type Found, isTagged, type Makers } from './chart.ts';
import { type Clock, makeClock, makeCore } from './clocks.ts';
import type { DateSaid } from './date-said.ts';
import { type Day, makeDate, makeDay, makeWeeks, UNIT_DAYS } from './dates.ts';
import { makeLength } from './lengths.ts';
import { makeMonthRef, monthFirst } from './named-days.ts';
import { makeEnding, makeOften } from './series.ts';
import type { TimeFrame, TimeSpan } from './spans.ts';
import { makeZone, type ZoneSaid } from './zones.ts';

const isCued = (found: Found) => 'cue' in found;
const place = (found: Found, { first, next }: Fit, weak = false) => ({
  first,
  next,
  weak,
  isCued: isCued(found),
});
const isBare = (clock: Clock) => clock.weak && clock.half === null;

/** Before this hour a number with its unit is rather a length. */
const EARLIEST_START = 7;

/** "9am till 3 March", where something repeats: the number behind "till" begins the last day. */
function isDateBehind({ chart, next }: Fit, to: Clock): boolean {
  const date = isBare(to) && chart.context.repeats ? chart.parse('date', next - 1) : null;
  return date !== null && date.next > next;
}

/** "3-3-3-3" is not a range but noise; so is a range glued to further digits. */
function isNoise({ chart: { tokens }, first, next }: Fit): boolean {
  const [before, behind] = [tokens[first - 1], tokens[next]];
  const isChainBehind = behind?.low === '-' && behind.glued && tokens[next + 1]?.kind === 'number';
  return isChainBehind || (before?.low === '-' && tokens[first]?.glued === true && before.glued);
}

/** "Friday noon 12:30": the hours that noon is said of. */
const isNearNoon = ({ hour, is24 }: Clock) => (hour >= 11 && hour < 15) || (!is24 && hour < 3);

function moment(found: Found, fit: Fit): TimeSpan | null {
  const from = found.from as Clock;
  const to = (found.to as Clock | undefined) ?? null;
  const lead = String(found.lead ?? found.cue ?? '');
  // "14h à 15h" is a range, "2h à 10h" a length and an hour.
  if (found.link === 'at' && (isBare(from) || (from.half === null && from.hour < EARLIEST_START)))
    return null;
  if (to !== null && isDateBehind(fit, to)) return null;
  if (isNoise(fit) || (found.link === 'dash' && dayOf(found.fromday)?.yearless === true)) return null;
  // "11:30-noon" is a range.
  const isRange = () => fit.chart.tokens.slice(fit.first, fit.next).some(({ low }) => low === '-');
  if ('noon' in found && ('weekday' in found || !isNearNoon(from) || isRange())) return null;
  // "le 20 à 14h" is a day and an hour.
  if (lead === 'on' && to !== null && isBare(from)) return null;
  const [fromDay, toDay] = [dayOf(found.fromday), dayOf(found.today)];
  // "at 9:15 until end of January 2027": the year of the day.
  if (toDay !== null && to?.yearLike) return null;
  const zone = typeof found.offset === 'number' ? { kind: 'offset' as const, minutes: found.offset } : null;
  const isStrong = lead === 'at' || lead === 'between' || (lead === 'from' && to !== null);
  const weak =
    ((isBare(from) && (to === null || isBare(to))) || (from.yearLike && !isStrong && !to)) &&
    !fromDay &&
    !toDay;
  return {
    ...place(found, fit, weak),
    isCued: isStrong,
    kind: 'clock',
    from,
    to,
    fromDate: fromDay,
    toDate: toDay,
    zone: zone ?? (found.zone as ZoneSaid | undefined) ?? null,
  };
}

function dayOf(value: unknown): DateSaid | null {
  if (typeof value !== 'object' || value === null) return null;
  return 'said' in value ? (value as Day).said : (value as DateSaid);
}

/** "for 20", "in 20": minutes only where no hour is that late and nothing countable follows. */
function bareMinutes(found: Found, fit: Fit, least: number): number | null {
  const minutes = Number(found.number);
  const behind = fit.chart.tokens[fit.next];
  const isFree = behind?.kind !== 'word' || fit.chart.matchesAt(fit.next).length > 0;
  const isFraction = behind?.glued && fit.chart.tokens[fit.next + 1]?.kind === 'number';
  const isMinutes = minutes >= least && minutes <= 90 && minutes % 5 === 0;
  const isCounting = ['unit', 'counts', 'counted'].some((tag) => isTagged(fit, fit.next, tag));
  return isMinutes && isFree && !isFraction && !isCounting ? minutes : null;
}

/** "grab 15 with Sam": a number that a verb of taking makes minutes. */
function isTaken(fit: Fit): boolean {
  const isTaking = isTagged(fit, fit.first - 1, 'taking') || isTagged(fit, fit.first - 2, 'placing');
  const behind = fit.chart.tokens[fit.next];
  return (
    isTaking &&
    behind?.glued === false &&
    (isTagged(fit, fit.next, 'after') || fit.chart.parse('date', fit.next) !== null)
  );
}

/** "2 weeks" in days; 0 of hours. */
const daysIn = (found: Found): number => Number(found.number ?? 1) * (UNIT_DAYS[String(found.unit)] ?? 0);

/** "10 minutes later", "by 20"; "a week later", "by 2 days": the same clock on another day. */
function shift(found: Found, fit: Fit): TimeSpan | null {
  const [of, sign] = String(found.shifted ?? found.pushed ?? 'start').split('/');
  const isDays = found.unit !== undefined;
  const isNumber = !isDays && found.length === undefined;
  const amount = isDays ? daysIn(found) : Number(found.length ?? found.number);
  const behind = fit.chart.tokens[fit.next];
  if (amount === 0 || (found.form === 'more' && behind?.kind === 'word')) return null;
  // "bring it forward 15": below that it may be the hour.
  if (found.form === 'bare' && bareMinutes(found, fit, LEAST_PUSHED) === null) return null;
  if (isNumber && (amount > MOST_MINUTES || (behind?.glued && behind.kind !== 'sign'))) return null;
  const signed = sign === '-' ? -amount : amount;
  return {
    ...place(found, fit, isNumber && sign === undefined),
    kind: 'shift',
    minutes: isDays ? 0 : signed,
    days: isDays ? signed : 0,
    isSigned: sign !== undefined,
    of: of === 'length' && !isDays ? 'length' : 'start',
  };
}

/** A number alone behind "forward" or "back" is so many minutes at least. */
const LEAST_PUSHED = 15;
/** A number without its unit is no more minutes than these. */
const MOST_MINUTES = 120;

/** How each kind of pattern makes its value. */
const MAKERS: Makers = {
  core: makeCore,
  clock: makeClock,
  zone: makeZone,
  named: makeZone,
  length: makeLength,
  // "in an hour, 20 minutes" is when it is to be and for how long: with a comma it is one length only where no "in" is.
  joined: makeLength,
  weeks: makeWeeks,
  monthref: makeMonthRef,
  date: (found, fit) => makeDate(found, fit, fit.chart.context),
  day: makeDay,
  correction: () => true,
  lead: ({ cue }) => cue ?? 'approx',
  end: () => true,
  last: () => true,
  moment,
  until: (found, fit) => ({
    ...place(found, fit),
    kind: 'until',
    to: found.to,
    toDate: dayOf(found.today),
    zone: found.zone ?? null,
  }),
  span: (found, fit) => {
    const minutes = found.form === undefined ? found.length : bareMinutes(found, fit, 15);
    if (found.form === 'taken' && !isTaken(fit)) return null;
    return minutes === null || isTagged(fit, fit.next, 'nolength')
      ? null
      : { ...place(found, fit), kind: 'length', minutes };
  },
  relative: (found, fit) => {
    const minutes = found.form === 'bare' ? bareMinutes(found, fit, 5) : found.length;
    if (minutes === null) return null;
    // The "in" of "squeeze in 20 minutes" belongs to its verb.
    const isPlaced = isTagged(fit, fit.first - 1, 'placing');
    return { ...place(found, fit), kind: isPlaced ? 'length' : 'relative', minutes };
  },
  shift,
  repeat: (found, fit) => ({
    ...place(found, fit, 'weak' in found),
    kind: 'repeat',
    often: makeOften(found),
  }),
  ending: (found, fit) => {
    const end = makeEnding(found, fit);
    return end && { ...place(found, fit), kind: 'ending', end };
  },
  notice: (found, fit) => ({ ...place(found, fit), kind: 'notice', minutes: found.length }),
  now: (found, fit) => ({ ...place(found, fit), kind: 'now' }),
  vague: (found, fit) => ({
    ...place(found, fit),
    kind: 'vague',
    isAmount: false,
    isSame: found.vague === 'same',
  }),
  amount: (found, fit) =>
    fit.chart.tokens[fit.first]?.glued
      ? null
      : { ...place(found, fit), kind: 'vague', isAmount: true, isSame: false, days: daysIn(found) },
  zoned: (found, fit) => ({ ...place(found, fit), kind: 'zone', zone: found.inner }),
  inpart: (found, fit) => ({ ...place(found, fit), kind: 'part', part: found.inpart }),
  nothing: () => 'nothing',
};

const CLOCKS = ['moment', 'nothing'];
const KINDS = [
  'relative',
  'shift',
  'now',
  'notice',
  'span',
  'vague',
  'until',
  'repeat',
  'day',
  'moment',
  'inpart',
  'zoned',
  'amount',
  'nothing',
];

/** Where something repeats, its end comes before a day or a length that is written alike. */
const REPEATED = ['ending', ...KINDS];

/** "3pm" begins a clock, or one that is refused behind it; most messages have one, and no other pattern need be tried. */
function isPlainClock({ tokens, matchesAt }: Chart, at: number): boolean {
  return (
    tokens[at]?.kind === 'number' &&
    tokens[at + 1]?.kind === 'word' &&
    matchesAt(at + 1).some(({ readings }) => readings.length === 1 && readings[0]?.half !== undefined)
  );
}

function spanAt(
  chart: Chart,
  at: number,
  weak: ReadonlySet<string>,
): TimeSpan | { kind: 'nothing'; next: number } | null {
  let best: { kind: string; value: unknown; next: number } | null = null;
  for (const kind of isPlainClock(chart, at) ? CLOCKS : chart.context.repeats ? REPEATED : KINDS) {
    const hit = chart.parse(kind, at);
    if (hit && hit.next > (best?.next ?? at)) best = { kind, ...hit };
  }
  if (!best) return null;
  if (best.kind === 'nothing') return { kind: 'nothing', next: best.next };
  if (best.kind !== 'day') return best.value as TimeSpan;
  const { said, often, isCued } = best.value as Day;
  const token = chart.tokens[best.next - 1];
  const isWeak = !isCued && best.next === at + 1 && weak.has(token?.low ?? '') && token?.text === token?.low;
  return { kind: 'date', first: at, next: best.next, weak: isWeak, isCued, said, often };
}

/** The 3 of "Q3" begins no time, whatever stands behind it: "Q3 to 5 March". */
function isInName({ tokens, matchesAt }: Chart, at: number): boolean {
  const isOnWord = tokens[at]?.glued === true && tokens[at - 1]?.kind === 'word';
  return isOnWord && tokens[at]?.kind === 'number' && matchesAt(at - 1).length === 0;
}

/** Whether a span says that something comes again. */
const isOften = (span: TimeSpan): boolean =>
  span.kind === 'repeat' || (span.kind === 'date' && span.often !== null);

/**
 * Everything in the text, or in a stretch of it, that speaks of time: from left to right, without overlaps, the longest
 * first. A span does not reach out of the stretch.
 */
export function findTimeSpans(
  all: Tokens,
  pack: Pack,
  { now, zone, locale }: TimeFrame,
  { first, next }: { first: number; next: number } = { first: 0, next: all.length },
): TimeSpan[] {
  const tokens = next === all.length ? all : all.slice(0, next);
  const today = dayIn(zone === null ? now : now.setZone(ianaZone(zone)));
  const base = { today, monthFirst: monthFirst(lowerCase(locale)), zone, clocklike: pack.clocklike };
  const spansWhere = (repeats: boolean) => {
    const chart = chartOf(tokens, pack.grammar, pack.matchesAt, MAKERS, { ...base, repeats });
    return spansOf(chart, first, pack.weak);
  };
  const spans = spansWhere(false);
  return spans.some(isOften) ? spansWhere(true) : spans;
}

/** The spans of a chart from a token on. */
function spansOf(chart: Chart, first: number, weak: ReadonlySet<string>): TimeSpan[] {
  const { tokens } = chart;
  const spans: TimeSpan[] = [];
  for (let at = first; at < tokens.length; ) {
    const isNone = chart.beginsAt(at) === 0 || isInName(chart, at);
    const span = isNone ? null : spanAt(chart, at, weak);
    if (span && span.kind !== 'nothing') spans.push(span);
    at = span ? span.next : at + 1;
  }
  return spans;
}
