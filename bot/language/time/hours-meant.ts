import type { Pack } from '../pack.ts';
import type { Tokens } from '../text/tokens.ts';
import type { TimeSpan } from './spans.ts';

/** What is looked at to tell hours from other numbers. */
type Around = { tokens: Tokens; pack: Pack; spans: readonly TimeSpan[] };

function isTagged({ tokens, pack }: Around, at: number, tag: string): boolean {
  return pack.matchesAt(tokens, at).some(({ readings }) => readings.some((tags) => tag in tags));
}

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
    const isSmall =
      kind === 'sign' || kind === 'break' || isTagged(around, at, 'cue') || isTagged(around, at, 'art');
    if (!isSmall) return false;
  }
  return true;
}

function isHour(around: Around, span: TimeSpan & { kind: 'clock' }): boolean {
  const isNoun = isNounBehind(around, span);
  const isCounted = isTagged(around, span.next, 'counts') || isTagged(around, span.next, 'counted');
  if (span.isCued) return !(isCounted && span.to === null);
  if (isCounted || (isNoun && span.from.yearLike)) return false;
  const days = around.spans.filter(({ kind, weak }) => (kind === 'date' && !weak) || kind === 'part');
  if (span.to !== null && !isNoun && days.length > 0) return true;
  return days.some((day) => isAdjacent(around, span, day) && (day.first < span.first || !isNoun));
}

function isDay(around: Around, span: TimeSpan): boolean {
  const neighbours = around.spans.filter(
    ({ kind }) => kind === 'clock' || kind === 'date' || kind === 'length',
  );
  return (
    neighbours.some((other) => other !== span && isAdjacent(around, span, other)) ||
    (around.tokens[span.next]?.kind ?? 'break') !== 'word'
  );
}

/** The spans that are times in this place: bare numbers only where their neighbours make hours of them. */
export function withoutWeak(spans: readonly TimeSpan[], tokens: Tokens, pack: Pack): TimeSpan[] {
  const around = { tokens, pack, spans };
  return spans.filter((span) => {
    if (!span.weak) return true;
    if (span.kind === 'clock') return isHour(around, span);
    if (span.kind === 'date') return isDay(around, span);
    // "weekly at 9" repeats; "the weekly sync" is a name.
    return span.kind !== 'repeat' || startsSpan(around, span.next);
  });
}
