import { ianaZone } from '../../base/date-time.ts';
import type { Pack } from '../pack.ts';
import { lowerCase, type Tokens } from '../text/tokens.ts';
import { type Chart, chartOf } from './chart.ts';
import type { Day } from './days.ts';
import { dayIn } from './instants.ts';
import { MAKERS } from './makers.ts';
import { monthFirst } from './numeric-dates.ts';
import type { TimeFrame, TimeSpan } from './spans.ts';

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
