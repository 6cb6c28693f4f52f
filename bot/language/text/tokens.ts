/** What sort of piece a token is. */
type TokenKind = 'word' | 'number' | 'person' | 'email' | 'opaque' | 'break' | 'sign';

/** One piece of the text with its place in it. The text itself is never rewritten. */
export type Token = {
  kind: TokenKind;
  /** As written. */
  text: string;
  /** In lower case, of the same length. */
  low: string;
  from: number;
  to: number;
  /** No space before it. */
  glued: boolean;
  /** For a person mark: the how-manieth of the text, from 0; else null. */
  nth: number | null;
};

/** All tokens of a text, in order. */
export type Tokens = readonly Token[];

// Each alternative is bounded or cannot overlap its neighbour, so scanning is linear in the text.
const PIECE =
  /(\uFFFC)|((?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})|(https?:\/\/\S+|www\.\S+|[#$£€₹¥]\d[\d.,]*[kmb]?(?!\w)|\+\d{1,3}(?:[ .-]?\(?\d{1,6}\)?){2,6}|\(?\d{3,5}\)?(?:[ .-]\d{3,6}){1,3}(?![\d:])|\d{5,}|v\d+(?:\.\d+)+|\d+(?:\.\d+){2,})|(\p{L}\p{M}*(?:\p{L}\p{M}*|'(?=\p{L}))*'?)|(\d+)|(\n)|([^\s])/giu;
const DATE_LIKE = /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[.-]\d{1,2}[.-]\d{2,4})(?!\d)/;
const KINDS: readonly TokenKind[] = ['person', 'email', 'opaque', 'word', 'number', 'break', 'sign'];

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

/** Lower case that never changes a string's length, so that places in both agree. */
export function lowerCase(text: string): string {
  const low = text.toLowerCase();
  if (low.length === text.length) return low;
  return [...text].map((c) => (c.toLowerCase().length === c.length ? c.toLowerCase() : c)).join('');
}

/** Enough for any sentence of 2,000 characters; what is all signs is not read further. */
const MOST = 320;

/**
 * Cuts cleaned text into at most 320 tokens. Phone numbers, amounts, addresses and versions come out opaque: never a
 * time. `elided`: beginnings that a language writes before an apostrophe ("l'", "jusqu'") and that are words of their own.
 */
export function tokenize(text: string, elided?: ReadonlySet<string>): Token[] {
  const low = lowerCase(text);
  const tokens: Token[] = [];
  let people = 0;
  PIECE.lastIndex = 0;
  for (let hit = PIECE.exec(low); hit && tokens.length < MOST; hit = PIECE.exec(low)) {
    let { kind, said } = readPiece(hit);
    if (kind === 'word' && said.includes("'")) said = withoutRest(said, elided);
    const from = hit.index;
    const to = from + said.length;
    PIECE.lastIndex = to;
    const glued = from > 0 && tokens.at(-1)?.to === from;
    const nth = kind === 'person' ? people++ : null;
    tokens.push({ kind, text: text.slice(from, to), low: said, from, to, glued, nth });
  }
  return tokens;
}

/** "l'" of "l'heure"; a word whose apostrophe belongs to it as it is; without a quotation mark behind it. */
function withoutRest(said: string, elided: ReadonlySet<string> | undefined): string {
  const at = said.indexOf("'");
  if (elided?.has(said.slice(0, at))) return said.slice(0, at + 1);
  return said.endsWith("'") ? said.slice(0, -1) : said;
}
