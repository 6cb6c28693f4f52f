import { isNear, wordsOf } from '../base/similarity.ts';
import type { MeetingWords } from '../language/meeting-words.ts';
import { writtenName } from './guest-list.ts';
import type { MeetingRecord } from './record.ts';

/** The score of words that are the whole name. */
export const CALLED_SO = 4;

/**
 * How well words fit a meeting's subject: 4 if they are the whole name, 3 if all occur in it, 2 if all occur with
 * misspellings, 1 if most do or they name a guest, 0 otherwise. If no words were said, every meeting fits (1).
 */
export function scoreSubject(
  words: readonly string[],
  { subject, guests }: Pick<MeetingRecord, 'guests' | 'subject'>,
  { articles }: Pick<MeetingWords, 'articles'>,
): number {
  if (words.length === 0) return 1;
  const known = withoutArticles(wordsOf(subject ?? ''), articles);
  if (known.length > 0 && known.join('') === words.join('')) return CALLED_SO;
  const isSame = (a: string, b: string) => a === b;
  if (found(words, known, isSame) === words.length) return 3;
  const near = found(words, known, isNear);
  if (near === words.length) return 2;
  const isWhole = known.length > 0 && found(known, words, isNear) === known.length;
  if (near * 2 > words.length || (isWhole && near * 2 >= words.length)) return 1;
  const people = guests.map(writtenName).flatMap(wordsOf);
  return words.every((word) => people.includes(word)) ? 1 : 0;
}

/** The words without a leading article. Further on it may be part of the name: "Interview A". */
function withoutArticles(words: readonly string[], articles: ReadonlySet<string>): readonly string[] {
  const first = words.findIndex((word) => !articles.has(word));
  return first < 0 ? words : words.slice(first);
}

type Likeness = (said: string, known: string) => boolean;

/** How many of the words occur in the others. Two words that are one word there ("stand up") count as two, and the reverse. */
function found(words: readonly string[], others: readonly string[], isLike: Likeness): number {
  const joined = others.slice(1).map((word, i) => `${others[i]}${word}`);
  const occurs = (word: string) => [...others, ...joined].some((other) => isLike(word, other));
  return words.filter((word, i) => {
    const before = i > 0 && occurs(`${words[i - 1]}${word}`);
    const after = i + 1 < words.length && occurs(`${word}${words[i + 1]}`);
    return occurs(word) || before || after;
  }).length;
}
