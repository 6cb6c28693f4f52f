import type { DayPart } from '../command.ts';
import { hasTag } from '../lexicon.ts';
import type { Pack } from '../pack.ts';
import type { Token, Tokens } from '../text/tokens.ts';
import { weekdayOf } from './calendar.ts';
import { PLAIN, shifted } from './clocks.ts';
import { type DateSaid, reconcile } from './date-said.ts';
import { earliest, firstFrom } from './series.ts';
import type { TimeFrame, TimeSpan } from './spans.ts';

/** What is looked at to tell hours from other numbers. */
type Spoken = { tokens: Tokens; pack: Pack; spans: readonly TimeSpan[] };

const isTagged = ({ tokens, pack }: Spoken, at: number, ...tags: readonly string[]) =>
  hasTag(pack.matchesAt(tokens, at), ...tags);

const startsSpan = ({ spans }: Spoken, at: number) => spans.some(({ first }) => first === at);

/** Whether a word stands behind that belongs to what is before it, as a noun does. */
export function isNounBehind(around: Spoken, { next }: TimeSpan): boolean {
  return (
    around.tokens[next]?.kind === 'word' && !isTagged(around, next, 'after') && !startsSpan(around, next)
  );
}

/** Whether nothing but signs and small words lies between two spans. */
function isAdjacent(around: Spoken, a: TimeSpan, b: TimeSpan): boolean {
  const [left, right] = a.first < b.first ? [a, b] : [b, a];
  if (right.first - left.next > 2) return false;
  for (let at = left.next; at < right.first; at += 1) {
    const kind = around.tokens[at]?.kind;
    const isSmall = kind === 'sign' || kind === 'break' || isTagged(around, at, 'cue', 'art');
    if (!isSmall) return false;
  }
  return true;
}

type ClockSpan = TimeSpan & { kind: 'clock' };

const isClock = (span: TimeSpan): span is ClockSpan => span.kind === 'clock';

/** The clock that "or" or the like joins to a number: "at 3 or 4", "at 2 tomorrow or maybe 3". */
function alternativeOf(around: Spoken, span: ClockSpan): ClockSpan | undefined {
  const joins = (at: number) => isTagged(around, at, 'cue:or', 'cue:and');
  const isBefore = (other: TimeSpan) => isClock(other) && other.first < span.first;
  const isBehind = (other: TimeSpan) => isClock(other) && other.first === span.next + 1;
  const before = joins(span.first - 1) ? around.spans.findLast(isBefore) : undefined;
  const other = before ?? (joins(span.next) ? around.spans.find(isBehind) : undefined);
  return other && isClock(other) ? other : undefined;
}

/** How sure it is that a number is an hour: not at all, by its neighbours, or by itself. */
type Certainty = 'none' | 'near' | 'sure';

const CERTAINTIES: readonly Certainty[] = ['none', 'near', 'sure'];

/** Two hours between which nobody has decided are equally sure. */
function certainty(around: Spoken, span: ClockSpan): Certainty {
  const own = ownCertainty(around, span);
  const other = own === 'sure' || isNounBehind(around, span) ? undefined : alternativeOf(around, span);
  const both = [own, ...(other ? [ownCertainty(around, other)] : [])];
  return CERTAINTIES.findLast((each) => both.includes(each)) ?? own;
}

function ownCertainty(around: Spoken, span: ClockSpan): Certainty {
  if (!span.weak) return 'sure';
  const isNoun = isNounBehind(around, span);
  const isCounted = isTagged(around, span.next, 'counts', 'counted');
  if (span.isCued) return isCounted && span.to === null ? 'none' : 'sure';
  // German "stell für Freitag [ein] Treffen [ein]": an article, or the end of a verb.
  const isArticle = span.next - span.first === 1 && isTagged(around, span.first, 'one');
  if (isCounted || isArticle || (isNoun && span.from.yearLike)) return 'none';
  if (span.to !== null && !isNoun && around.spans.some(saysDay)) return 'near';
  const isWhole = hasMinutes(around, span);
  const isDayHere = (day: TimeSpan) =>
    saysDay(day) || (day.kind === 'date' && (isWhole || (day.said.weekday !== null && !isNoun)));
  const isBeside = (day: TimeSpan) =>
    isDayHere(day) && isAdjacent(around, span, day) && (day.first < span.first || !isNoun);
  const isApart = isWhole && !isNoun && around.tokens[span.first - 1]?.kind !== 'word';
  const isWithLength = (time: TimeSpan) =>
    isApart && time.kind === 'length' && isAdjacent(around, span, time);
  return around.spans.some((time) => isBeside(time) || isWithLength(time)) ? 'near' : 'none';
}

/** "1430": hours and minutes that look like no year. A day that may be another word ("wed") is one beside them, and a weekday beside "9". */
const hasMinutes = ({ tokens }: Spoken, { first, next, from }: ClockSpan): boolean =>
  next - first === 1 && (tokens[first]?.low.length ?? 0) > 2 && !from.yearLike;

const saysDay = ({ kind, weak }: TimeSpan) => (kind === 'date' && !weak) || kind === 'part';

function isDay(around: Spoken, span: TimeSpan): boolean {
  const neighbours = around.spans.filter(
    ({ kind }) => kind === 'clock' || kind === 'date' || kind === 'length',
  );
  return (
    neighbours.some((other) => other !== span && isAdjacent(around, span, other)) ||
    (around.tokens[span.next]?.kind ?? 'break') !== 'word'
  );
}

/** "weekly at 9" and "weekly on Mondays" repeat; "the weekly sync" and "the weekly tomorrow" are names. */
function isHabit({ spans }: Spoken, { next }: TimeSpan): boolean {
  const behind = spans.find(({ first }) => first === next);
  return behind !== undefined && (behind.kind !== 'date' || behind.said.weekday !== null);
}

/** A span as it counts in its place; null where it is no time there. */
function settled(around: Spoken, span: TimeSpan): TimeSpan | null {
  if (!span.weak) return span;
  if (span.kind === 'clock') {
    const sure = certainty(around, span);
    return sure === 'none' ? null : { ...span, weak: sure === 'near' };
  }
  if (span.kind === 'date') return isDay(around, span) ? span : null;
  return span.kind !== 'repeat' || isHabit(around, span) ? span : null;
}

/** The spans that are times in this place: bare numbers only where something makes hours of them. */
export function withoutWeak(spans: readonly TimeSpan[], tokens: Tokens, pack: Pack): TimeSpan[] {
  const around = { tokens, pack, spans };
  return spans.map((span) => settled(around, span)).filter((span) => span !== null);
}

/** A span of one kind. */
export type Of<K extends TimeSpan['kind']> = Extract<TimeSpan, { kind: K }>;
/** Everything that was said, and what it is looked at with. */
export type Around = Spoken & { frame: TimeFrame };

/** The spans of one kind. */
export function ofKind<K extends TimeSpan['kind']>(spans: readonly TimeSpan[], kind: K): Of<K>[] {
  return spans.filter((span): span is Of<K> => span.kind === kind);
}

/** The words of a span as written, without the small words before them. */
export function wordsOf({ tokens, pack }: Around, span: TimeSpan | undefined): string {
  if (!span) return '';
  let first = span.first;
  const isSmall = (at: number) => hasTag(pack.matchesAt(tokens, at), 'cue', 'approx');
  while (first < span.next - 1 && isSmall(first)) first += 1;
  const join = (text: string, { text: piece, glued }: Token) =>
    glued || text === '' ? text + piece : `${text} ${piece}`;
  return tokens.slice(first, span.next).reduce(join, '');
}

/** The part of the day that a word in the text stands for: dinner at 8 is in the evening, "dinner logistics" at any time. */
export function mealtime({ tokens, pack, spans }: Around): DayPart | null {
  const isOther = (at: number) =>
    tokens[at]?.kind === 'word' &&
    !spans.some(({ first }) => first === at) &&
    !hasTag(pack.matchesAt(tokens, at), 'after', 'noun', 'generic');
  for (let at = 0; at < Math.min(tokens.length, 40); at += 1)
    for (const { said, next } of pack.matchesAt(tokens, at)) {
      const [meal] = said.get('meal') ?? [];
      if (meal !== undefined && !isOther(next)) return meal as DayPart;
    }
  return null;
}

/**
 * The days that were said, without those that only describe the noun behind them ("the Monday metrics") where another is there.
 * A date right behind its weekday does not: "Wednesday 30 December workshop".
 */
export function daysSaid(around: Around): Of<'date'>[] {
  const days = ofKind(around.spans, 'date');
  const known = days.filter(({ said }) => said.source !== 'vague');
  const isBehindWeekday = ({ first }: TimeSpan) =>
    known.some(({ said, next }) => said.source === 'weekday' && first >= next && first - next <= 1);
  const isOwn = (day: Of<'date'>) => day.isCued || isBehindWeekday(day) || !isNounBehind(around, day);
  const own = known.filter(isOwn);
  if (own.length > 0) return own;
  return known.length > 0 ? known : days.slice(0, 1);
}

/** Whether "or" or "and" stands between two spans. */
function isListed({ tokens, pack }: Around, { next }: TimeSpan, { first }: TimeSpan): boolean {
  const joins = (at: number) => hasTag(pack.matchesAt(tokens, at), 'cue:or', 'cue:and');
  return first - next <= 2 && first > next && (joins(next) || joins(first - 1));
}

/** The days that were said without a day: "next week". */
export const vagueDays = ({ spans }: Around) =>
  ofKind(spans, 'date').filter(({ said }) => said.source === 'vague');

/** "Wednesday 3pm next week": the week that is said beside the day or its hour is the day's. */
function inWeekSaid(said: DateSaid, around: Around): DateSaid {
  const isBesideTime = (week: TimeSpan) =>
    around.spans.some((span) => TIMED.has(span.kind) && span !== week && isAdjacent(around, week, span));
  const [week] = vagueDays(around).filter(isBesideTime);
  const day = week?.said.others.find((candidate) => weekdayOf(candidate) === said.weekday);
  return day === undefined ? said : { ...said, day, others: [], later: null };
}

const TIMED: ReadonlySet<TimeSpan['kind']> = new Set(['date', 'clock']);

/** One day of all that were said; of a list of days that come again the first. */
export function oneDay(days: readonly Of<'date'>[], around: Around): DateSaid | null {
  const said = onlyDay(days, around);
  return said === null || said.source !== 'weekday' ? said : inWeekSaid(said, around);
}

function onlyDay(days: readonly Of<'date'>[], around: Around): DateSaid | null {
  const [first, ...rest] = days;
  if (!first) return null;
  const habits = days.filter(({ often, said }) => often !== null && said.source === 'weekday');
  if (habits.length > 0) {
    const others = days.filter(({ said }) => said.source !== 'weekday').map(({ said }) => said);
    const weekdays = days.flatMap(({ said }) => said.weekday ?? []);
    const [date, ...more] = others;
    if (!date) return earliest(days.map(({ said }) => said));
    if (more.length === 0) return firstFrom(date, weekdays);
  }
  return rest.reduce(
    (said, day, index) => reconcile(said, day.said, isListed(around, days[index] ?? first, day)),
    first.said,
  );
}

/**
 * The clocks that were said; a number that only its neighbours make an hour gives way to a certain one. What may be one time
 * or two hours ("five to six pm") is both, and must be asked.
 */
export function clocksSaid(around: Around): Of<'clock'>[] {
  const clocks = ofKind(around.spans, 'clock').flatMap((clock) => [clock, ...asRange(clock)]);
  const sure = clocks.filter(({ weak }) => !weak);
  return sure.length > 0 ? sure : clocks;
}

function asRange(clock: Of<'clock'>): Of<'clock'>[] {
  const { from, to } = clock;
  if (from.rangeFrom === null || to !== null) return [];
  const end = { ...shifted(from, from.rangeFrom), half: from.half, rangeFrom: null };
  return [{ ...clock, from: { ...PLAIN, hour: from.rangeFrom, part: from.part }, to: end }];
}

/** What clocks and lengths say of an end, in one clock. */
export function withUntil(clock: Of<'clock'>, until: Of<'until'> | null): Of<'clock'> {
  if (!until || clock.to) return clock;
  return { ...clock, to: until.to, toDate: until.toDate, zone: clock.zone ?? until.zone };
}

export const distinct = <T>(values: readonly T[]) => [...new Set(values)];

const LONGEST_MEETING = 24 * 60;

/** The one length that was said; null where there is none or they differ. */
export function oneLength(around: Around): { minutes: number | null; unused: Of<'length'>[] } {
  const lengths = [...ofKind(around.spans, 'length'), ...shiftsAsLengths(around)];
  const possible = lengths.filter(({ minutes }) => minutes <= LONGEST_MEETING);
  const minutes = distinct(possible.map((length) => length.minutes));
  const cued = possible.filter(({ isCued }) => isCued);
  const [chosen] = minutes.length > 1 && cued.length > 0 ? cued : possible;
  const unused = lengths.filter(
    (length) => length.minutes !== chosen?.minutes && (!chosen || length.isCued === chosen.isCued),
  );
  return { minutes: chosen?.minutes ?? null, unused };
}

/** "de 45 minutes" is by 45 minutes, or lasting 45 minutes: the language has one word for both. */
export function mayBeLength({ tokens, pack }: Around, { first, isSigned }: Of<'shift'>): boolean {
  return !isSigned && hasTag(pack.matchesAt(tokens, first), 'cue:for');
}

function shiftsAsLengths(around: Around): Of<'length'>[] {
  return ofKind(around.spans, 'shift')
    .filter((shift) => mayBeLength(around, shift))
    .map((shift) => ({ ...shift, kind: 'length' as const }));
}
