import type { Pack } from '../pack.ts';
import type { Part, Place } from '../roles/roles.ts';
import { isOverlapping, isSaidAt, positionsIn, saidIn } from '../said.ts';
import type { Tokens } from '../text/tokens.ts';
import type { TimeSpan } from '../time/spans.ts';

type Words = { tokens: Tokens; pack: Pack };

/** How far behind "no, wait" the words may stand that are meant instead. */
const REACH = 3;

/** With these people or a topic are said again: "no, with Kim". */
const LEADING = ['joins', 'about', 'topical'];

/** Where something is taken back; `next` is behind the comma that may follow. */
function takenBack({ tokens, pack }: Words): Place | null {
  const said = saidIn(tokens, pack, 'corrected').map(({ first, next, values }) => ({
    first,
    next: tokens[next]?.low === ',' ? next + 1 : next,
    isWhole: next - first > 1,
    isRetracted: values.includes('retracted'),
  }));
  // "no" alone takes back only what is said again behind it; "no wait" and "scratch that" say nothing else.
  const place = said.findLast(
    ({ first, next, isWhole, isRetracted }) =>
      isRetracted && first > 0 && (isWhole || isSaidAt(tokens, pack, LEADING, next)),
  );
  return place ?? null;
}

const isRightBehind = ({ next }: Place, { first }: Place) => first >= next && first - next <= REACH;

/** The times that are said right behind words that take back, and not as a part of a name or a topic. */
function timesAgain(words: Words, back: Place, times: readonly TimeSpan[]): TimeSpan[] {
  const { tokens, pack } = words;
  return times.filter((time) => {
    if (!isRightBehind(back, time)) return false;
    const between = { first: back.next, next: time.first };
    const isName = LEADING.some((tag) => saidIn(tokens, pack, tag, between).length > 0);
    return !isName && !(time.weak && tokens[time.next]?.kind === 'word');
  });
}

/** Times without those that are taken back: "at 4 with Sam, no wait, make it 5". The number behind is a time, then. */
export function timesMeant(words: Words, times: readonly TimeSpan[]): TimeSpan[] {
  const back = takenBack(words);
  const again = back ? timesAgain(words, back, times) : [];
  if (!back || again.length === 0) return [...times];
  const isReplaced = (time: TimeSpan) =>
    time.next <= back.first && again.some(({ kind }) => kind === time.kind);
  return times
    .filter((time) => !isReplaced(time))
    .map((time) => (again.includes(time) ? { ...time, weak: false } : time));
}

/** "30 min *is too short*", "*not* 30 min": a length that is refused. */
function isRefused({ tokens, pack }: Words, { kind, first, next }: TimeSpan): boolean {
  if (kind !== 'length') return false;
  const isBehindNo = saidIn(tokens, pack, 'negated', { first: 0, next: first }).at(-1)?.next === first;
  return isBehindNo || isSaidAt(tokens, pack, 'unable', next);
}

/** Times without the lengths that are refused, and without one that is only asked about: "is 45 min enough? make it an hour". */
export function lengthsWanted(words: Words, times: readonly TimeSpan[]): readonly TimeSpan[] {
  const { tokens, pack } = words;
  const last = times.findLast(({ kind, weak }) => kind === 'length' && !weak);
  const isAsked = (at: number) =>
    /^[?\u061f\uff1f]$/.test(tokens[at]?.low ?? '') && !isSaidAt(tokens, pack, 'cue:or', at + 1);
  const isAskedFirst = ({ kind, next }: TimeSpan) =>
    kind === 'length' && last !== undefined && positionsIn({ first: next, next: last.first }).some(isAsked);
  return times.filter((time) => !isRefused(words, time) && !isAskedFirst(time));
}

/** A part that words which take back stand in: what is before them where a time is said again, else what is behind. */
function cutAt(part: Part, back: Place, isTimeAgain: boolean): Part[] {
  if (part.role === 'which' || !isOverlapping(part, back)) return [part];
  const before = { ...part, next: back.first };
  const behind = { ...part, first: back.next };
  const rest = isTimeAgain || behind.first >= behind.next ? before : behind;
  return rest.first < rest.next && part.role !== 'option' ? [rest] : [];
}

/** Parts without those that are taken back: "with Kim, no wait, with Lee", "about Q3, no, about Q2". */
export function partsMeant(words: Words, parts: readonly Part[], times: readonly TimeSpan[]): Part[] {
  const back = takenBack(words);
  if (!back) return [...parts];
  const cut = parts.flatMap((part) => cutAt(part, back, timesAgain(words, back, times).length > 0));
  const again = cut.filter((part) => isRightBehind(back, part));
  // "for tea, no sorry, book a meeting": the wish begins anew.
  const isAnew = isSaidAt(words.tokens, words.pack, 'act:create', back.next);
  return cut.filter(
    (part) => part.next > back.first || !(isAnew || again.some(({ role }) => role === part.role)),
  );
}

/** Words of days and hours that may stand for a time which is not meant. */
const TIMELIKE = ['weekday', 'month', 'hourword', 'shift', 'unit', 'number', 'cue', 'art', 'negated'];

/** Parts without the times that are said not to be meant: "16h15 instead of [16h]", "[not friday], next tuesday". */
export function partsNotDenied({ tokens, pack }: Words, parts: readonly Part[]): Part[] {
  const denied = saidIn(tokens, pack, 'negated');
  const isTime = (at: number) => {
    const { kind } = tokens[at] ?? {};
    return (
      kind === 'number' || kind === 'sign' || isSaidAt(tokens, pack, TIMELIKE, at) || isHourSign(tokens, at)
    );
  };
  const isDenied = (part: Part) =>
    denied.some(({ first, next }) => next === part.first || first === part.first) &&
    positionsIn(part).every(isTime);
  return parts.filter((part) => !isDenied(part));
}

/** The "h" of "16h". */
const isHourSign = (tokens: Tokens, at: number) =>
  tokens[at]?.glued === true && tokens[at - 1]?.kind === 'number' && tokens[at]?.kind === 'word';
