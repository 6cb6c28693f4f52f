import type { DayPart } from '../command.ts';
import { hasTag } from '../lexicon.ts';
import type { Pack } from '../pack.ts';
import type { Token, Tokens } from '../text/tokens.ts';
import { weekdayOf } from './calendar.ts';
import { PLAIN } from './clock.ts';
import type { DateSaid } from './date-said.ts';
import { isAdjacent, isNounBehind } from './number-or-hour.ts';
import { reconcile } from './reconcile.ts';
import { earliest, firstFrom } from './series.ts';
import type { TimeFrame, TimeSpan } from './spans.ts';
import { shifted } from './spoken-clocks.ts';

/** A span of one kind. */
export type Of<K extends TimeSpan['kind']> = Extract<TimeSpan, { kind: K }>;
/** Everything that was said, and what it is looked at with. */
export type Around = { tokens: Tokens; pack: Pack; spans: readonly TimeSpan[]; frame: TimeFrame };

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

const distinct = <T>(values: readonly T[]) => [...new Set(values)];

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
