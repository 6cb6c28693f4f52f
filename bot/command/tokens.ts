import { memo } from '../memo.ts';
import type { Meaning } from './lexicon.ts';
import { meaningOf } from './lexicon.ts';
import { corrected } from './spelling.ts';
import { enrol, numberOf } from './vocabulary.ts';

export type TokenKind = 'word' | 'number' | 'person' | 'email' | 'opaque' | 'break' | 'sign';

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
  nth?: number;
};

/** Stands before the first and after the last token, so that rules may look around without asking whether they can. */
export const EDGE: Token = {
  kind: 'break',
  low: '',
  from: 0,
  to: 0,
  glued: false,
  means: undefined,
  key: enrol('#edge'),
};

// Each alternative is bounded or cannot overlap its neighbour, so scanning is linear in the text.
const PIECE =
  /(\uFFFC)|((?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})|(https?:\/\/\S+|www\.\S+|[#$£€₹¥]\d[\d.,]*[kmb]?(?!\w)|\+\d{1,3}(?:[ .-]?\(?\d{1,6}\)?){2,6}|\(?\d{3,5}\)?(?:[ .-]\d{3,6}){1,3}(?![\d:])|\d{5,}|v\d+(?:\.\d+)+|\d+(?:\.\d+){2,})|(\p{L}\p{M}*(?:\p{L}\p{M}*|'(?=\p{L}))*)|(\d+)|(\n)|([^\s])/giu;
const DATE_LIKE = /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[.-]\d{1,2}[.-]\d{2,4})(?!\d)/;

function isOpaqueNumber(text: string): boolean {
  if (!/^[+(\d]/.test(text)) return true;
  if (DATE_LIKE.test(text)) return false;
  const digits = text.replace(/\D/g, '').length;
  if (/^\d+$/.test(text)) return digits >= 5;
  if (/^\d+(\.\d+){2,}$/.test(text)) return true;
  return digits >= 9 || (digits === 7 && /^\d{3}[-. ]\d{4}$/.test(text));
}

const KINDS: readonly TokenKind[] = ['person', 'email', 'opaque', 'word', 'number', 'break', 'sign'];
const HALF_THEN_WORD = /^(am|pm)(\p{L}{3,})$/u;
const CUE_THEN_NOTHING = new Set(['at', 'from', 'till', 'until', 'on']);

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

function wordToken(said: string, from: number, glued: boolean): Token {
  return { kind: 'word', from, to: from + said.length, glued, ...wordOf(said) };
}

const DIGITS = enrol('#digits');
const OTHER = enrol('#other');

/** "3pmtomorrow" is three tokens. */
function splitAfterNumber(token: Token): Token[] {
  const parts = HALF_THEN_WORD.exec(token.low);
  const rest = parts?.[2];
  if (!parts || !rest || !(meaningOf(rest) || CUE_THEN_NOTHING.has(rest))) return [token];
  return [wordToken(parts[1] ?? '', token.from, true), wordToken(rest, token.from + 2, false)];
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
  const piece = new RegExp(PIECE);
  for (let hit = piece.exec(low); hit && tokens.length < MOST; hit = piece.exec(low)) {
    const group = hit.findIndex((value, index) => index > 0 && value !== undefined);
    const kind = KINDS[group - 1] ?? 'sign';
    let said = hit[0];
    // The T of 2026-10-01T15:00 only separates.
    if (said === 't' && /\d/.test(low[hit.index - 1] ?? '') && /\d/.test(low[hit.index + 1] ?? '')) continue;
    if (kind === 'opaque' && !isOpaqueNumber(said)) {
      said = /^\d+/.exec(said)?.[0] ?? said.slice(0, 1);
      piece.lastIndex = hit.index + said.length;
    }
    const real = kind === 'opaque' && said !== hit[0] ? (/^\d/.test(said) ? 'number' : 'sign') : kind;
    const nth = real === 'person' ? people++ : undefined;
    push(tokens, {
      nth,
      kind: real,
      low: said,
      from: hit.index,
      to: hit.index + said.length,
      glued: false,
      means: undefined,
      key: OTHER,
    });
  }
  return tokens;
}

const AFTER_TWO = new Set('moro morrow moz nite night day'.split(' '));

function push(tokens: Token[], token: Token): void {
  const last = tokens.at(-1);
  token.glued = last?.to === token.from;
  // "2moro" is one word.
  if (token.glued && last?.low === '2' && AFTER_TWO.has(token.low)) {
    tokens.pop();
    token = { ...token, low: `2${token.low}`, from: last.from, glued: false };
  }
  if (token.kind === 'word') Object.assign(token, wordOf(token.low));
  else token.key = numberOf(token.low) ?? (token.kind === 'number' ? DIGITS : OTHER);
  if (token.kind === 'word' && token.glued && last?.kind === 'number')
    tokens.push(...splitAfterNumber(token));
  else tokens.push(token);
}
