import { hasTag } from '../lexicon.ts';
import type { Pack } from '../pack.ts';
import type { Tokens } from '../text/tokens.ts';
import type { TimeSpan } from './spans.ts';

/** What is looked at to tell hours from other numbers. */
type Around = { tokens: Tokens; pack: Pack; spans: readonly TimeSpan[] };

const isTagged = ({ tokens, pack }: Around, at: number, ...tags: readonly string[]) =>
  hasTag(pack.matchesAt(tokens, at), ...tags);

const startsSpan = ({ spans }: Around, at: number) => spans.some(({ first }) => first === at);

/** Whether a word stands behind that belongs to what is before it, as a noun does. */
export function isNounBehind(around: Around, { next }: TimeSpan): boolean {
  return (
    around.tokens[next]?.kind === 'word' && !isTagged(around, next, 'after') && !startsSpan(around, next)
  );
}

/** Whether nothing but signs and small words lies between two spans. */
export function isAdjacent(around: Around, a: TimeSpan, b: TimeSpan): boolean {
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
function alternativeOf(around: Around, span: ClockSpan): ClockSpan | undefined {
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
function certainty(around: Around, span: ClockSpan): Certainty {
  const own = ownCertainty(around, span);
  const other = own === 'sure' || isNounBehind(around, span) ? undefined : alternativeOf(around, span);
  const both = [own, ...(other ? [ownCertainty(around, other)] : [])];
  return CERTAINTIES.findLast((each) => both.includes(each)) ?? own;
}

function ownCertainty(around: Around, span: ClockSpan): Certainty {
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
const hasMinutes = ({ tokens }: Around, { first, next, from }: ClockSpan): boolean =>
  next - first === 1 && (tokens[first]?.low.length ?? 0) > 2 && !from.yearLike;

const saysDay = ({ kind, weak }: TimeSpan) => (kind === 'date' && !weak) || kind === 'part';

function isDay(around: Around, span: TimeSpan): boolean {
  const neighbours = around.spans.filter(
    ({ kind }) => kind === 'clock' || kind === 'date' || kind === 'length',
  );
  return (
    neighbours.some((other) => other !== span && isAdjacent(around, span, other)) ||
    (around.tokens[span.next]?.kind ?? 'break') !== 'word'
  );
}

/** "weekly at 9" and "weekly on Mondays" repeat; "the weekly sync" and "the weekly tomorrow" are names. */
function isHabit({ spans }: Around, { next }: TimeSpan): boolean {
  const behind = spans.find(({ first }) => first === next);
  return behind !== undefined && (behind.kind !== 'date' || behind.said.weekday !== null);
}

/** A span as it counts in its place; null where it is no time there. */
function settled(around: Around, span: TimeSpan): TimeSpan | null {
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
