import type { Pack } from '../pack.ts';
import type { Part, Place } from '../roles/roles.ts';
import { cover, isInside, isOverlapping, isSaidAt, saidIn } from '../said.ts';
import type { Tokens } from '../text/tokens.ts';
import type { TimeSpan } from '../time/spans.ts';
import { NEW } from './choose-act.ts';
import type { Around } from './parts.ts';

/** Words beside a room's name that say nothing else: articles, "our", "with", "link". */
const BESIDE = ['art', 'one', 'mine', 'joins', 'polite', 'roomlink'];
/** What says that something is done, told or asked is no name, unless meetings are called so, too. */
const SPEAKING = ['act', 'tell', 'ask', 'other', 'filler', 'cue'];
const LONGEST_ROOM = 4;

/**
 * The name of a room in a text that only names it ("our standup room", "design room link, no lobby"): then the room is
 * wanted, whether or not it is there. Null where anything else is said. `places`: names, people and options.
 */
export function roomNamed(
  tokens: Tokens,
  pack: Pack,
  places: readonly Place[],
  times: readonly TimeSpan[],
): Place | null {
  const inTime = cover(
    tokens.length,
    times.filter(({ weak }) => !weak),
  );
  const has = (tag: string, at: number) => isSaidAt(tokens, pack, tag, at);
  const isRoomAt = (at: number) => inTime[at] === 0 && has('roomword', at);
  const isBeside = (at: number) => BESIDE.some((tag) => has(tag, at));
  const room = tokens.findIndex((_token, at) => isRoomAt(at));
  const isName = (at: number) =>
    tokens[at]?.kind === 'word' &&
    inTime[at] === 0 &&
    !isBeside(at) &&
    (has('noun', at) || !SPEAKING.some((tag) => has(tag, at)));
  let first = room;
  const isHyphen = (at: number) => tokens[at]?.low === '-' && tokens[at]?.glued === true && isName(at - 1);
  while (first > 0 && room - first < LONGEST_ROOM && (isName(first - 1) || isHyphen(first - 1))) first -= 1;
  if (room <= 0 || first === room) return null;
  const covered = cover(tokens.length, [...places, ...times, { first, next: room }]);
  const isOnly = tokens.every(
    ({ kind }, at) => covered[at] === 1 || isRoomAt(at) || (kind === 'sign' && at > 0) || isBeside(at),
  );
  return isOnly ? { first, next: room } : null;
}

const SETTLING: ReadonlySet<TimeSpan['kind']> = new Set(['clock', 'date', 'relative', 'now']);

/** Whether a time stands right before a place, or nothing at all: a time at its beginning then says when. */
const isOpenBefore = ({ first }: Place, times: readonly TimeSpan[]): boolean =>
  first === 0 || times.some(({ next }) => next === first);

/**
 * A subject without the times at its end, and at its beginning behind another time, where the sentence has no other of
 * their kind: "Q3 tomorrow 3pm" is about Q3. A time that only may be one ("May", "4") stays.
 */
export function peel({ tokens, times }: Around, parts: readonly Part[]): Part[] {
  const outside = new Set(times.filter((time) => !isInside(time, parts)).map(({ kind }) => kind));
  const isRange = (time: TimeSpan) => time.kind === 'clock' && time.to !== null && outside.has('date');
  // "call 1430 today": an hour with its minutes beside a day.
  const isWhole = (time: TimeSpan) =>
    time.kind === 'clock' &&
    !time.from.yearLike &&
    (tokens[time.first]?.low.length ?? 0) > 2 &&
    times.some(({ kind, first, next }) => kind === 'date' && (first === time.next || next === time.first));
  const isMissed = (time: TimeSpan) =>
    (!time.weak || isRange(time) || isWhole(time)) && SETTLING.has(time.kind) && !outside.has(time.kind);
  // "for Friday 10/4": a time that goes on outside is not the subject's.
  const isContinued = ({ weak, kind, next }: TimeSpan) =>
    !weak &&
    SETTLING.has(kind) &&
    times.some(
      (time) => !time.weak && SETTLING.has(time.kind) && time.first === next && !isInside(time, parts),
    );
  // "7 tomorrow, budget": a number alone beside a day is the hour, where no other is said.
  const isHour = (part: Part) =>
    !outside.has('clock') &&
    times.some(({ kind, first, next }) => kind === 'clock' && first === part.first && next === part.next) &&
    times.some(({ kind, first, next }) => kind === 'date' && (first === part.next || next === part.first));
  return parts.flatMap((part): Part[] => {
    if (part.role !== 'subject') return [part];
    if (isHour(part)) return [];
    // "on 8 March failover drill": a name begins behind a time that goes on into it.
    const entering = times.find(
      ({ kind, weak, first, next }) =>
        !weak && SETTLING.has(kind) && first < part.first && next > part.first && next < part.next,
    );
    const begin = entering?.next ?? part.first;
    // "about hiring tmrw, at quarter to five": the subject ends where a time begins that goes on behind it.
    const crossing = times.find(
      ({ weak, first, next }) => !weak && first > begin && first < part.next && next > part.next,
    );
    let { first, next } = { first: begin, next: crossing?.first ?? part.next };
    const isDayBefore = ({ first: at }: Place) =>
      times.some(({ kind, next: end }) => kind === 'date' && end === at && tokens[at - 1]?.kind !== 'sign');
    // "tomorrow thursday sync": a day right behind a day is no name, whether or not they agree.
    const missed = times.filter((time) => isMissed(time) || (time.kind === 'date' && isDayBefore(time)));
    for (const time of missed)
      if (time.first === first && time.next <= next && isOpenBefore({ first, next }, times))
        first = time.next;
    for (const time of times.filter((time) => missed.includes(time) || isContinued(time)).toReversed())
      if (time.next === next && time.first > first) next = time.first;
    return first < next ? [{ ...part, first, next }] : [];
  });
}

/** Up to where a subject goes that begins at a token: the next taken one, or the end of the clause. */
function subjectEnd({ tokens }: Around, first: number, taken: Uint8Array): number {
  const isEnd = (at: number) => /^[,;.!?\n]$/.test(tokens[at]?.low ?? '') && !isInitial(tokens, at);
  const closing = tokens.findIndex(({ low }, at) => at > first && low === '"');
  if (tokens[first]?.low === '"' && closing > 0) return closing + 1;
  let next = first;
  while (next < tokens.length && taken[next] === 0 && !isEnd(next)) next += 1;
  return next;
}

/** "v." and "4.2": the full stop ends nothing. */
const isInitial = (tokens: Tokens, at: number): boolean =>
  tokens[at]?.low === '.' && (/^\p{L}$/u.test(tokens[at - 1]?.low ?? '') || tokens[at + 1]?.glued === true);

/**
 * The subject behind a word that opens one, where the model saw none: "about". Behind one that names the meeting
 * ("title:") it is the subject whatever else was seen.
 */
export function findSubject(around: Around, parts: readonly Part[]): Part[] {
  const { tokens, pack, act, times } = around;
  if (!NEW.has(act)) return [...parts];
  const strong = times.filter(({ weak }) => !weak);
  const cues = saidIn(tokens, pack, 'about');
  if (cues.length === 0) return [...parts];
  const placeBehind = (value: string, taken: Uint8Array): Place | null => {
    const cue = cues.find(
      ({ values, first, next }) => values.includes(value) && taken[first] === 0 && taken[next] === 0,
    );
    const next = cue ? subjectEnd(around, cue.next, taken) : 0;
    return cue && next > cue.next ? { first: cue.next, next } : null;
  };
  const named = placeBehind('name', cover(tokens.length, strong));
  if (named) {
    const seen = parts.find(({ role, first }) => role === 'subject' && first === named.first);
    const subject: Part = {
      role: 'subject',
      first: named.first,
      next: Math.max(named.next, seen?.next ?? 0),
    };
    const others = parts.filter((part) => part.role !== 'subject' && !isOverlapping(part, subject));
    return [...others, subject];
  }
  const about = parts.some(({ role }) => role === 'subject')
    ? null
    : placeBehind('cue', cover(tokens.length, [...parts, ...strong]));
  return about ? [...parts, { role: 'subject', ...about }] : [...parts];
}

/** What is longer than so many words is what somebody said. */
const LONGEST_NAME = 8;

/**
 * What stands in quotation marks behind "about" or "titled", or at the end of a subject: in `the webinar "Roof repairs"`
 * the name is the words in the marks.
 */
function quotedName(tokens: Tokens, pack: Pack, parts: readonly Part[]): Place | null {
  if (!tokens.some(({ low }) => low === '"')) return null;
  const isMark = (at: number) => tokens[at]?.low === '"';
  const closingOf = (opening: number) => tokens.findIndex((_token, at) => at > opening + 1 && isMark(at));
  const isOnly = tokens.filter((_token, at) => isMark(at)).length === 2;
  const isAtEnd = (opening: number) =>
    isOnly &&
    parts.some(
      ({ role, first, next }) =>
        role === 'subject' && opening > first && opening < next && closingOf(opening) >= next - 1,
    );
  // `"Lab safety" for all chemists`: nothing goes on a name behind its mark.
  const isWhole = (opening: number) =>
    isOnly &&
    closingOf(opening) - opening <= LONGEST_NAME &&
    parts.some(({ role, first }) => role === 'subject' && first >= opening && first < closingOf(opening));
  const isName = (at: number) =>
    isMark(at) && (isSaidAt(tokens, pack, 'about', at - 1) || isAtEnd(at) || isWhole(at));
  const opening = tokens.findIndex((_token, at) => isName(at));
  if (opening < 0) return null;
  const closing = closingOf(opening);
  return closing < 0 ? null : { first: opening + 1, next: closing };
}

const LONGEST_CALLED = 4;

/**
 * "make it 20 mins and [call it] Daily": the few words behind the name's own verb, to the end, are the name, even where they
 * are a time, if nobody saw another.
 */
export function withNameCalled(tokens: Tokens, pack: Pack, parts: readonly Part[]): readonly Part[] {
  if (parts.some(({ role }) => role === 'subject')) return parts;
  const verb = saidIn(tokens, pack, 'act').find(
    ({ first, next, values }) => values.includes('rename') && next - first > 1,
  );
  if (verb === undefined) return parts;
  const name = { first: verb.next, next: tokens.length };
  const isName = tokens.slice(name.first).every(({ kind }) => kind === 'word' || kind === 'number');
  const length = name.next - name.first;
  const isSeen = parts.some((part) => isOverlapping(part, name));
  return length === 0 || length > LONGEST_CALLED || !isName || isSeen
    ? parts
    : [...parts, { role: 'subject' as const, ...name }];
}

/** The parts of a text, in which a name in quotation marks is a subject as it is written, whatever it looks like. */
export function withQuotedName(tokens: Tokens, pack: Pack, parts: readonly Part[]): readonly Part[] {
  const name = quotedName(tokens, pack, parts);
  if (name === null) return parts;
  const others = parts.filter((part) => !isOverlapping(part, name) && part.role !== 'subject');
  return [...others, { role: 'subject' as const, ...name }].toSorted((a, b) => a.first - b.first);
}
