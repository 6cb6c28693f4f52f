import type { Hit, Tokens } from '../text/pattern.ts';
import { first, opens, seq, tokenAt, word, words } from '../text/pattern.ts';
import type { Clock } from './clock-said.ts';
import { clock } from './clocks.ts';
import type { DateContext } from './date-said.ts';
import { dateHere } from './day-items.ts';
import type { ClockItem, ItemRule } from './items.ts';
import { inThePart, isParticle } from './parts.ts';
import { zoneBehindClock } from './zones.ts';

const clockCue = first<unknown>(
  seq(word('at from by'), word('about around approximately roughly circa say')),
  words('starting at'),
  words('starting from'),
  words('start at'),
  words('kicking off at'),
  words('beginning at'),
  word('at @ from between around starting kl circa approx'),
);
const softCue = first<unknown>(seq(word('for on'), word('about around')), word('for ~ by on in'));
const joiner = first<string>(
  word('- – — ~ to til till until untill thru through'),
  words('up to'),
  words('ending|finishing at?'),
  words('- >'),
  words("' til"),
);

type Range = Pick<ClockItem, 'from' | 'to' | 'fromDate' | 'toDate' | 'zone'>;

/** The clock here, and the clock up to which it lasts if one follows. */
const betweenJoin = first<string>(joiner, word('and &'));

function clockOrRange(
  tokens: Tokens,
  at: number,
  context: DateContext,
  isBetween: boolean,
): Hit<Range> | null {
  const start = clock(tokens, at);
  if (!start) return null;
  const zone = zoneBehindClock(tokens, start.next);
  const afterZone = zone?.next ?? start.next;
  const alone: Hit<Range> = {
    value: { from: start.value, to: null, fromDate: null, toDate: null, zone: zone?.value ?? null },
    next: afterZone,
  };
  const comma = tokenAt(tokens, afterZone).low === ',' ? 1 : 0;
  const join = isBetween ? betweenJoin : joiner;
  const direct = join(tokens, afterZone);
  const fromDate = direct ? null : dateHere(tokens, skipOn(tokens, afterZone + comma), context);
  const joined = direct ?? (fromDate && join(tokens, fromDate.next));
  if (!joined) return alone;
  const toDate = dateHere(tokens, skipOn(tokens, joined.next), context);
  const endAt = toDate?.next ?? joined.next;
  const end =
    clock(tokens, tokenAt(tokens, endAt).low === 'at' ? endAt + 1 : endAt) ?? clock(tokens, joined.next);
  if (!end || (toDate && end.next <= toDate.next)) {
    return end ? finish(tokens, { ...alone.value, to: end.value }, end.next, context) : alone;
  }
  const isFromDated = joined.next > (fromDate?.next ?? Number.POSITIVE_INFINITY);
  return finish(
    tokens,
    {
      ...alone.value,
      to: end.value,
      fromDate: isFromDated ? (fromDate?.value ?? null) : null,
      toDate: toDate?.value ?? null,
    },
    end.next,
    context,
  );
}

function skipOn(tokens: Tokens, at: number): number {
  return tokenAt(tokens, at).low === 'on' ? at + 1 : at;
}

function finish(tokens: Tokens, range: Range, next: number, context: DateContext): Hit<Range> {
  const zone = zoneBehindClock(tokens, next);
  const behind = zone?.next ?? next;
  const lateDate = range.fromDate && !range.toDate ? dateHere(tokens, skipOn(tokens, behind), context) : null;
  return {
    value: {
      ...range,
      zone: range.zone ?? zone?.value ?? null,
      toDate: range.toDate ?? lateDate?.value ?? null,
    },
    next: lateDate?.next ?? behind,
  };
}

/** "3-3-3-3" is not a range but noise; so is a range glued to further digits. */
function isNoise(tokens: Tokens, at: number, next: number): boolean {
  const before = tokenAt(tokens, at - 1);
  const behind = tokenAt(tokens, next);
  const isChainBehind = behind.low === '-' && behind.glued && tokenAt(tokens, next + 1).kind === 'number';
  const isChainBefore = before.low === '-' && tokenAt(tokens, at).glued && before.glued;
  return isChainBehind || isChainBefore;
}

/** A time of day or a range of them, with the zone, the part of the day and the small word that go with it. */
export const clockItem: ItemRule = opens([clockCue, softCue, clock], (tokens, at, context) => {
  const cue = clockCue(tokens, at);
  const soft = cue ? null : softCue(tokens, at);
  const begin = cue?.next ?? soft?.next ?? at;
  const isWithVerb = isParticle(tokens, at);
  const isBetween = tokenAt(tokens, at).low === 'between';
  const hit = clockOrRange(tokens, begin, context, isBetween);
  if (!hit || isNoise(tokens, begin, hit.next)) return null;
  const { from, to } = hit.value;
  const isBare = (clock: Clock) => clock.weak && !clock.half;
  const hasYear = from.yearLike && !cue && !to;
  const isWeak = (isBare(from) && (to === null || isBare(to))) || hasYear;
  const next = inThePart(tokens, hit.next);
  const part = next?.value ?? null;
  const isWeakCue = tokenAt(tokens, at).low === 'from' && to === null;
  return {
    kind: 'clock',
    first: isWithVerb ? at + 1 : at,
    next: next?.next ?? hit.next,
    ...hit.value,
    from: part ? { ...from, part, weak: false } : from,
    isCued: cue !== null && !isWeakCue,
    isWeak: isWeak && part === null,
  };
});
