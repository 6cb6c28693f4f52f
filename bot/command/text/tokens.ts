import { memo } from '../../base/cache.ts';
import type { Meaning } from './lexicon.ts';
import { meaningOf } from './lexicon.ts';
import { corrected } from './spelling.ts';
import { enrol, numberOf } from './vocabulary.ts';

type TokenKind = 'word' | 'number' | 'person' | 'email' | 'opaque' | 'break' | 'sign';

/** One piece of the text with its place in it. `means` is what the word can say about time. */
export type Token = {
  kind: TokenKind;
  low: string;
  from: number;
  to: number;
  /** No space before it. */
  glued: boolean;
  means: Meaning | undefined;
  /** Its number in the vocabulary, or that of its sort: two tokens with the same one begin the same rules. */
  key: number;
  /** For a person: the how-manieth of the text, from 0. */
  nth: number | undefined;
};

/** Where something was said: tokens from `first` up to but not including `next`, with its "at", "on" or "for". */
export type Place = { first: number; next: number };

type Word = Pick<Token, 'low' | 'means' | 'key'>;

/** A word as rules know it: slips put right, its meaning looked up. */
function readWord(said: string): Word {
  const means = meaningOf(said);
  const low = means ? said : corrected(said);
  const sort = means ? `#${Object.keys(means).join('#')}` : '#word';
  return { low, means, key: numberOf(low) ?? enrol(sort) };
}
const rememberWord = memo(5_000, readWord);
const LONGEST_REMEMBERED = 20;
const wordOf = (said: string): Word =>
  said.length > LONGEST_REMEMBERED ? readWord(said) : rememberWord(said);

const DIGITS = enrol('#digits');
const OTHER = enrol('#other');

/** What rules know of a piece of text. */
function entryOf(kind: TokenKind, low: string): Word {
  if (kind === 'word') return wordOf(low);
  return { low, means: undefined, key: numberOf(low) ?? (kind === 'number' ? DIGITS : OTHER) };
}

// Everything reads tokens, and objects made in one place alike are the cheapest to read.
const token = (
  kind: TokenKind,
  { low, means, key }: Word,
  from: number,
  to: number,
  glued: boolean,
): Token => ({
  kind,
  low,
  from,
  to,
  glued,
  means,
  key,
  nth: undefined,
});

/** Stands before the first and after the last token, so that rules may look around without asking whether they can. */
export const EDGE = token('break', { low: '', means: undefined, key: enrol('#edge') }, 0, 0, false);

// Each alternative is bounded or cannot overlap its neighbour, so scanning is linear in the text.
const PIECE =
  /(\uFFFC)|((?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})|(https?:\/\/\S+|www\.\S+|[#$£€₹¥]\d[\d.,]*[kmb]?(?!\w)|\+\d{1,3}(?:[ .-]?\(?\d{1,6}\)?){2,6}|\(?\d{3,5}\)?(?:[ .-]\d{3,6}){1,3}(?![\d:])|\d{5,}|v\d+(?:\.\d+)+|\d+(?:\.\d+){2,})|(\p{L}\p{M}*(?:\p{L}\p{M}*|'(?=\p{L}))*)|(\d+)|(\n)|([^\s])/giu;
const DATE_LIKE = /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[.-]\d{1,2}[.-]\d{2,4})(?!\d)/;

const CLOCK_DIGITS = /^(\d{1,2})(\d[05])-(\d{1,2})(\d[05])$/;
const LONGEST_RANGE = 240;

/** "930-1030" is a range of hours, "555-1234" a phone number. */
function isClockRange(text: string): boolean {
  const [, ...parts] = CLOCK_DIGITS.exec(text) ?? [];
  const [hour = 24, minute = 60, toHour = 24, toMinute = 60] = parts.map(Number);
  if (parts.length === 0 || hour > 12 || toHour > 12 || minute > 59 || toMinute > 59) return false;
  const length = (toHour - hour) * 60 + toMinute - minute;
  return length > 0 && length <= LONGEST_RANGE;
}

function isOpaqueNumber(text: string): boolean {
  if (!/^[+(\d]/.test(text)) return true;
  if (DATE_LIKE.test(text)) return false;
  const digits = text.replace(/\D/g, '').length;
  if (/^\d+$/.test(text)) return digits >= 5;
  if (/^\d+(\.\d+){2,}$/.test(text)) return true;
  return digits >= 9 || (digits === 7 && /^\d{3}[-. ]\d{4}$/.test(text) && !isClockRange(text));
}

const KINDS: readonly TokenKind[] = ['person', 'email', 'opaque', 'word', 'number', 'break', 'sign'];
const HALF_THEN_WORD = /^(am|pm)(\p{L}{3,})$/u;
const CUE_THEN_NOTHING = new Set(['at', 'from', 'till', 'until', 'on']);

/** "3pmtomorrow" is three tokens. */
function splitAfterNumber(low: string, from: number): Token[] | null {
  const parts = HALF_THEN_WORD.exec(low);
  const rest = parts?.[2];
  if (!parts || !rest || !(meaningOf(rest) || CUE_THEN_NOTHING.has(rest))) return null;
  return [
    token('word', wordOf(parts[1] ?? ''), from, from + 2, true),
    token('word', wordOf(rest), from + 2, from + low.length, false),
  ];
}

/** Lower case that never changes a string's length, so that places in both agree. */
export function lowerCase(text: string): string {
  const low = text.toLowerCase();
  return low.length === text.length ? low : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The words of some tokens as one lower-case text, with slips in words of command put right. */
export function joined(tokens: readonly Token[]): string {
  let text = '';
  for (const { low, glued } of tokens) text += glued || text === '' ? low : ` ${low}`;
  return text;
}

/** Enough for any sentence of 2,000 characters; what is all signs is not read further. */
const MOST = 320;

/** Cuts cleaned text into at most 320 tokens. Phone numbers, amounts, addresses and versions come out opaque: never a time. */
export function tokenize(text: string): Token[] {
  const low = lowerCase(text);
  const tokens: Token[] = [];
  let people = 0;
  PIECE.lastIndex = 0;
  for (let hit = PIECE.exec(low); hit && tokens.length < MOST; hit = PIECE.exec(low)) {
    const { kind, said } = readPiece(hit);
    PIECE.lastIndex = hit.index + said.length;
    // The T of 2026-10-01T15:00 only separates.
    if (said === 't' && /\d/.test(low[hit.index - 1] ?? '') && /\d/.test(low[hit.index + 1] ?? '')) continue;
    push(tokens, kind, said, hit.index);
    if (kind === 'person') (tokens.at(-1) ?? EDGE).nth = people++;
  }
  return tokens;
}

/** What sort of piece was found; a number that only looked opaque is cut down to its first digits. */
function readPiece(hit: RegExpExecArray): { kind: TokenKind; said: string } {
  let group = 1;
  while (hit[group] === undefined) group += 1;
  const kind = KINDS[group - 1] ?? 'sign';
  const said = hit[0];
  if (kind !== 'opaque' || isOpaqueNumber(said)) return { kind, said };
  const digits = /^\d+/.exec(said)?.[0];
  return digits === undefined ? { kind: 'sign', said: said.slice(0, 1) } : { kind: 'number', said: digits };
}

const AFTER_TWO = new Set('moro morrow moz nite night day'.split(' '));

function push(tokens: Token[], kind: TokenKind, low: string, from: number): void {
  const last = tokens.at(-1) ?? EDGE;
  const glued = last !== EDGE && last.to === from;
  const to = from + low.length;
  // "2moro" is one word.
  if (glued && last.low === '2' && AFTER_TWO.has(low)) {
    tokens[tokens.length - 1] = token('word', wordOf(`2${low}`), last.from, to, false);
    return;
  }
  const isUnit = kind === 'word' && glued && last.kind === 'number';
  const parts = isUnit ? splitAfterNumber(low, from) : null;
  if (parts) tokens.push(...parts);
  else tokens.push(token(kind, entryOf(kind, low), from, to, glued));
}
