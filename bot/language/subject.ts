import type { Sentence } from './reading.ts';
import type { Place } from './roles/roles.ts';
import { isSaidAt, textOf } from './said.ts';

type Words = Pick<Sentence, 'text' | 'tokens' | 'pack'>;

const MARKS = /^[,;:.!?"'()–—&+/-]$/;
const CLOSING = /^[)\]"'!?]$/;

/** Small words that open a subject, "about the", and those that only lead on to what follows it, "with". */
const OPENING = ['art', 'about'];
const LEADING_ON = ['joins', 'about', 'onward'];

/** A place without signs and small words at its edges; brackets that belong together stay. */
function trimmed({ tokens, pack }: Words, place: Place): Place {
  let { first, next } = place;
  const low = (at: number) => tokens[at]?.low ?? '';
  const opens = (at: number) => /^[([]$/.test(low(at));
  const isOneOf = (tags: readonly string[], at: number) =>
    tags.some((tag) => isSaidAt(tokens, pack, tag, at));
  const isDropped = (at: number) =>
    (MARKS.test(low(at)) && !opens(at)) || tokens[at]?.kind === 'break' || isOneOf(OPENING, at);
  while (first < next - 1 && isDropped(first)) first += 1;
  while (next - 1 > first && isOneOf(LEADING_ON, next - 1)) next -= 1;
  const isOpened = () => tokens.slice(first, next).some((_token, at) => opens(first + at));
  while (next > first && (MARKS.test(low(next - 1)) || tokens[next - 1]?.kind === 'break')) {
    if (CLOSING.test(low(next - 1)) && low(next - 1) === ')' && isOpened()) break;
    next -= 1;
  }
  return { first, next };
}

/** The words of a subject as written, without what surrounds it; null where nothing is left. */
export function subjectIn(words: Words, place: Place): string | null {
  const text = textOf(words.text, words.tokens, trimmed(words, place)).replace(/\s+/g, ' ');
  return /[\p{L}\p{N}\p{S}]/u.test(text) ? text : null;
}

/** One subject of several parts: the words between them belong to it where no time or guest stands there. */
export function wholeSubject(
  words: Words,
  parts: readonly Place[],
  between: readonly Place[],
): string | null {
  const [first, ...rest] = parts;
  if (!first) return null;
  let place = first;
  for (const part of rest) {
    const isApart = between.some((other) => other.first >= place.next && other.next <= part.first);
    const gap = part.first - place.next;
    if (!isApart && gap <= 2) place = { first: place.first, next: part.next };
    else if (part.next - part.first > place.next - place.first) place = part;
  }
  return subjectIn(words, place);
}
