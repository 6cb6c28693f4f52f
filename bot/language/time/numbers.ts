import type { Match } from '../lexicon.ts';
import { hasTag } from '../lexicon.ts';
import type { Token, Tokens } from '../text/tokens.ts';

/** A value that was found, and where it ends. */
export type Hit<T> = { value: T; next: number };

/** Tokens, and what the lexicon says of each. */
type Words = { tokens: Tokens; matchesAt(at: number): readonly Match[] };

/** Numbers with signs between them, as dates are written; `sign` is empty for a sign that is a space. */
export type NumericDate = { parts: readonly string[]; sign: string; isDotted: boolean };

type Reader = (words: Words, at: number) => readonly Hit<unknown>[];

const NONE: readonly Hit<never>[] = [];

/** The number of a token's digits, where it has at most `most` of them. */
function digitsOf(token: Token | undefined, most: number): number | null {
  return token?.kind === 'number' && token.low.length <= most ? Number(token.low) : null;
}

/** What words say of a tag that is a number; the longest entry first. */
function spelled({ matchesAt }: Words, at: number, tag: string): Hit<number>[] {
  return matchesAt(at).flatMap(({ next, said }) =>
    (said.get(tag) ?? []).map((value) => ({ value: Number(value), next })),
  );
}

/** A number in digits or words within bounds. */
function number(least: number, most: number, digits: number): Reader {
  return (words, at) => {
    const written = digitsOf(words.tokens[at], digits);
    const found = written === null ? spelled(words, at, 'number') : [{ value: written, next: at + 1 }];
    return found.filter(({ value }) => value >= least && value <= most);
  };
}

/** 24th, 3., third, twenty-first. */
const ordinal: Reader = (words, at) => {
  const written = digitsOf(words.tokens[at], 2);
  if (written === null) return spelled(words, at, 'ordinal');
  const suffix = words.tokens[at + 1];
  const isSuffix = suffix?.glued && hasTag(words.matchesAt(at + 1), 'suffix');
  const isFraction =
    suffix?.kind === 'sign' && words.tokens[at + 2]?.glued && words.tokens[at + 2]?.kind === 'number';
  return isSuffix && !isFraction && written >= 1 && written <= 31 ? [{ value: written, next: at + 2 }] : NONE;
};

const dayNumber = number(1, 31, 2);
/** A day of the month: 5, 5th, fifth, five. The number of "1er" is not read without its ending, which would be left over. */
const day: Reader = (words, at) => {
  const ranked = ordinal(words, at);
  return ranked.length > 0 ? ranked : dayNumber(words, at);
};

/** 99999: more of anything than a meeting lasts or is away. */
const vast: Reader = ({ tokens }, at) => {
  const token = tokens[at];
  const isVast = token?.kind === 'opaque' && /^\d{5,15}$/.test(token.low);
  return isVast ? [{ value: Number(token.low), next: at + 1 }] : NONE;
};

/** Two digits up to 59, as minutes are written. */
const mm: Reader = ({ tokens }, at) => {
  const token = tokens[at];
  const value = digitsOf(token, 2);
  return value !== null && token?.low.length === 2 && value < 60 ? [{ value, next: at + 1 }] : NONE;
};

const year: Reader = ({ tokens }, at) => {
  const value = digitsOf(tokens[at], 4);
  return value !== null && value >= 1960 && value <= 2099 ? [{ value, next: at + 1 }] : NONE;
};

/** 1530, 0930, 545: the token itself, whose zeros matter. */
const digits4: Reader = ({ tokens }, at) => {
  const token = tokens[at];
  return token?.kind === 'number' && (token.low.length === 3 || token.low.length === 4)
    ? [{ value: token.low, next: at + 1 }]
    : NONE;
};

const SIGNS: Readonly<Record<string, number>> = { '½': 0.5, '¼': 0.25, '¾': 0.75 };

/** ½, 1/2, 3/4. */
const fraction: Reader = ({ tokens }, at) => {
  const known = SIGNS[tokens[at]?.low ?? ''];
  if (known !== undefined) return [{ value: known, next: at + 1 }];
  const [over, slash, under] = [digitsOf(tokens[at], 1), tokens[at + 1], digitsOf(tokens[at + 2], 1)];
  const isFraction = over && under && slash?.low === '/' && over < under && (under === 2 || under === 4);
  return isFraction ? [{ value: over / under, next: at + 3 }] : NONE;
};

/** 1.5, 1,5, .5, 1½, 1 1/2. */
const decimal: Reader = (words, at) => {
  const { tokens } = words;
  const isLeading = tokens[at]?.low === '.' || tokens[at]?.low === ',';
  const whole = isLeading ? 0 : digitsOf(tokens[at], 2);
  if (whole === null) return NONE;
  const sign = isLeading ? at : at + 1;
  const digits = tokens[sign + 1];
  if (
    /^[.,]$/.test(tokens[sign]?.low ?? '') &&
    digits?.glued &&
    digits.kind === 'number' &&
    digits.low.length <= 2
  )
    return [{ value: Number(`${whole}.${digits.low}`), next: sign + 2 }];
  return isLeading
    ? NONE
    : fraction(words, at + 1).map(({ value, next }) => ({ value: whole + Number(value), next }));
};

/** +2, -05:30, +0530: minutes east of UTC. */
const offset: Reader = ({ tokens }, at) => {
  const [sign, hours, colon, minutes] = tokens.slice(at, at + 4);
  if (!/^[+–-]$/.test(sign?.low ?? '') || hours?.kind !== 'number' || !hours.glued || hours.low.length > 4)
    return NONE;
  const isSplit = colon?.low === ':' && minutes?.low.length === 2;
  const isLong = hours.low.length > 2;
  const whole = Number(isLong ? hours.low.slice(0, -2) : hours.low);
  const rest = isSplit ? Number(minutes.low) : isLong ? Number(hours.low.slice(-2)) : 0;
  if (whole > 14 || rest > 59) return NONE;
  const total = whole * 60 + rest;
  return [{ value: sign?.low === '+' ? total : -total, next: at + (isSplit ? 4 : 2) }];
};

/** 9/24, 28/08, 12/08/2026, 6-10-26, 24.12.2026, 2026-10-06, 20261006, 3.4. */
const numericDate: Reader = ({ tokens }, at) => {
  const compact = tokens[at]?.kind === 'opaque' ? /^(20\d\d)(\d\d)(\d\d)$/.exec(tokens[at]?.low ?? '') : null;
  if (compact) return [{ value: { parts: compact.slice(1), sign: '', isDotted: false }, next: at + 1 }];
  const parts = [tokens[at]?.low ?? ''];
  let next = at + 1;
  let sign = '';
  while (parts.length < 3) {
    const between = tokens[next];
    const written = tokens[next + 1];
    if (!between?.glued || !written?.glued || written.kind !== 'number' || !/^[/.-]$/.test(between.low))
      break;
    if (sign !== '' && between.low !== sign) break;
    sign = between.low;
    parts.push(written.low);
    next += 2;
  }
  if (parts.length < 2) return NONE;
  const isDotted =
    sign === '.' &&
    tokens[next]?.low === '.' &&
    tokens[next]?.glued === true &&
    !(tokens[next + 1]?.glued && tokens[next + 1]?.kind !== 'sign');
  const value: NumericDate = { parts, sign, isDotted: isDotted && parts.length === 2 };
  return [{ value, next: value.isDotted ? next + 1 : next }];
};

const NUMERAL_READERS: Readonly<Record<string, Reader>> = {
  number: number(0, 9999, 4),
  vast,
  hour: number(0, 24, 2),
  minute: number(0, 59, 2),
  mm,
  day,
  ordinal,
  year,
  digits4,
  fraction,
  decimal,
  offset,
  numericdate: numericDate,
};

/** The steps of patterns that are numbers. */
export const NUMERALS = Object.keys(NUMERAL_READERS);

/** How each of them is read, in the same order. */
export const READERS = Object.values(NUMERAL_READERS);

/** Whether a number can begin at this token at all. */
export function startsNumber({ tokens, matchesAt }: Words, at: number): boolean {
  const token = tokens[at];
  if (!token) return false;
  if (token.kind !== 'word')
    return token.kind !== 'person' && token.kind !== 'email' && token.kind !== 'break';
  return hasTag(matchesAt(at), 'number', 'ordinal');
}
