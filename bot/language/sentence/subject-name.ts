import { PERSON_MARK } from '../command.ts';
import type { Sentence } from '../reading.ts';
import type { Place } from '../roles/roles.ts';
import { isSaidAt, saidIn, textOf } from '../said.ts';

type Words = Pick<Sentence, 'text' | 'people' | 'tokens' | 'pack'>;

const MARKS = /^[,;:.!?"'()–—&+/|@-]$/;
const CLOSING = /^[)\]"'!?]$/;

/** Small words that open a subject, "about the", and those behind it that lead on ("with"), are polite or say what is to be done. */
const OPENING = ['art', 'about', 'hesitation'];
const BEHIND = ['joins', 'about', 'onward', 'hesitation', 'thanks', 'lastverb'];

const PAIRS: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
]);

/** Where a remark in brackets begins that goes on behind a place: "PO 1845 [(he's at] the shop)"; else the end. */
function openBracket({ tokens }: Words, { first, next }: Place): number {
  const open = tokens.findLastIndex(({ low }, at) => at < next && PAIRS.has(low));
  // "[link](address)" is one piece.
  if (open <= first || tokens[open]?.glued === true) return next;
  const close = PAIRS.get(tokens[open]?.low ?? '');
  const end = tokens.findIndex(({ low }, at) => at > open && low === close);
  return end > next || end < 0 ? open : next;
}

/** A place without signs and small words at its edges; brackets that belong together stay. */
function trimmed(words: Words, place: Place): Place {
  const { tokens, pack } = words;
  // "on the [subject of shrinkage]": words that open a subject may begin before it.
  const opened = saidIn(tokens, pack, 'about').find(
    (cue) => cue.first < place.first && cue.next > place.first && cue.next < place.next,
  );
  let first = opened?.next ?? place.first;
  let next = openBracket(words, place);
  const low = (at: number) => tokens[at]?.low ?? '';
  const opens = (at: number) => /^[([]$/.test(low(at));
  const isOneOf = (tags: readonly string[], at: number) => isSaidAt(tokens, pack, tags, at);
  const isMark = (at: number) => (MARKS.test(low(at)) && !opens(at)) || tokens[at]?.kind === 'break';
  // "re-org" begins with no small word.
  const isHyphened = (at: number) => low(at) === '-' && tokens[at]?.glued === true;
  // "talk through the refunds": what opens a subject may be several words, and goes as a whole.
  const openingEnd = (at: number) => {
    const opening = pack.matchesAt(tokens, at).find(({ said }) => OPENING.some((tag) => said.has(tag)));
    if (isMark(at)) return at + 1;
    return opening === undefined || isHyphened(opening.next) ? at : opening.next;
  };
  for (let end = openingEnd(first); end > first && end < next; end = openingEnd(first)) first = end;
  const isGlued = (at: number) => tokens[at]?.glued === true && low(at - 1) === '-';
  while (next - 1 > first && !isGlued(next - 1) && isOneOf(BEHIND, next - 1)) next -= 1;
  const isOpened = () => tokens.slice(first, next).some((_token, at) => opens(first + at));
  while (next > first && (MARKS.test(low(next - 1)) || tokens[next - 1]?.kind === 'break')) {
    if (CLOSING.test(low(next - 1)) && low(next - 1) === ')' && isOpened()) break;
    next -= 1;
  }
  return { first, next };
}

/** A bracket that stands just outside of a name comes in where its other half is inside. */
function withBrackets({ tokens }: Words, { first, next }: Place): Place {
  const low = (at: number) => tokens[at]?.low ?? '';
  const count = (sign: string) => tokens.slice(first, next).filter((token) => token.low === sign).length;
  for (const [open, close] of PAIRS) {
    const missing = count(open) - count(close);
    if (missing === 1 && low(next) === close) return { first, next: next + 1 };
    if (missing === -1 && low(first - 1) === open) return { first: first - 1, next };
  }
  return { first, next };
}

/** The words of a place, in which people who are mentioned have their names. */
function namedText({ text, people, tokens }: Words, place: Place): string {
  const mentioned = tokens.slice(place.first, place.next).filter(({ kind }) => kind === 'person');
  const names = mentioned.map(({ nth }) => people[nth ?? 0]?.name ?? '');
  return textOf(text, tokens, place).replaceAll(PERSON_MARK, () => names.shift() ?? '');
}

/** The words of a subject as written, without what surrounds it; null where nothing is left. */
export function subjectIn(words: Words, place: Place): string | null {
  const whole = withBrackets(words, trimmed(words, place));
  const text = namedText(words, whole).replace(/\s+/g, ' ').trim();
  return /[\p{L}\p{N}\p{S}]/u.test(text) ? text : null;
}

/** Parts that belong together, as nothing but a word or two stands between them. */
function joinedParts(parts: readonly Place[], between: readonly Place[]): Place[] {
  const joined: Place[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const isApart = between.some((other) => last && other.first >= last.next && other.next <= part.first);
    if (last && !isApart && part.first - last.next <= 2) last.next = part.next;
    else joined.push({ first: part.first, next: part.next });
  }
  return joined;
}

const PICTURE = /^\p{Extended_Pictographic}/u;

/** Signs and addresses that are no punctuation, and what is written on to them: they are part of the name beside them. */
function withSigns({ tokens }: Words, { first, next: from }: Place, taken: readonly Place[]): Place {
  const isTaken = (at: number) => taken.some((place) => at >= place.first && at < place.next);
  const isOdd = (at: number): boolean => {
    const { kind, low = '', glued } = tokens[at] ?? {};
    if (kind === 'opaque') return true;
    return kind === 'sign' && (!MARKS.test(low) || (glued === true && tokens[at + 1]?.glued === true));
  };
  let start = first;
  while (start > 0 && !isTaken(start - 1) && PICTURE.test(tokens[start - 1]?.low ?? '')) start -= 1;
  let next = from;
  while (tokens[next] && !isTaken(next) && tokens[next]?.kind !== 'break') {
    if (!isOdd(next) && !isOdd(next - 1) && !(next > from && tokens[next]?.glued)) break;
    next += 1;
  }
  return { first: start, next };
}

/** Where a name begins behind the marks of a mail's subject: "FW: RE: the contract". */
function behindReplyMarks(words: Words, at: number): number {
  const mark = words.pack.matchesAt(words.tokens, at).find(({ said }) => said.has('replymark'));
  return mark === undefined ? at : behindReplyMarks(words, mark.next);
}

/** A name without such marks; where it is nothing else, what stands behind them. */
function withoutReplyMarks(words: Words, place: Place, taken: readonly Place[]): Place {
  const { tokens } = words;
  const first = behindReplyMarks(words, place.first);
  if (first === place.first || first < place.next) return { first, next: place.next };
  const isTaken = (at: number) => taken.some((other) => at >= other.first && at < other.next);
  let next = first;
  while (tokens[next] && tokens[next]?.kind !== 'break' && !isTaken(next)) next += 1;
  return { first, next };
}

/** The one of several subjects that counts: the one behind "about", else the first. */
export function chosenSubject(
  { tokens, pack }: Words,
  parts: readonly Place[],
  between: readonly Place[],
): Place | undefined {
  const joined = joinedParts(parts, between);
  const cues = saidIn(tokens, pack, 'about');
  const isAbout = ({ first }: Place) => cues.some((cue) => cue.first <= first && cue.next >= first);
  return joined.find(isAbout) ?? joined[0];
}

/** The words of the subject that counts. */
export function wholeSubject(
  words: Words,
  parts: readonly Place[],
  between: readonly Place[],
): string | null {
  const place = chosenSubject(words, parts, between);
  return place ? subjectIn(words, withSigns(words, withoutReplyMarks(words, place, between), between)) : null;
}
