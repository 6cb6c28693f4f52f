import { hasTag, type Match, type Tags } from '../lexicon.ts';
import type { Token, Tokens } from '../text/tokens.ts';
import type { DateContext } from './date-said.ts';
import { type Edge, type Grammar, type Node, NUMBER, type Rule } from './grammar.ts';
import { type Hit, READERS, startsNumber } from './numbers.ts';

/** What the steps of a pattern found, by name; the tags that the pattern gives are among them. */
export type Found = Readonly<Record<string, unknown>>;

/** Where a pattern fits: from `first` up to but not including `next`. */
export type Fit = { first: number; next: number; chart: Chart };

/** What a value depends on besides its words. `repeats`: something in the text is said to come again. */
type Context = DateContext & { zone: string | null; clocklike: ReadonlySet<string>; repeats: boolean };

/** Makes a value of what a pattern found; null refuses it after all. */
export type Makers = Readonly<Record<string, (found: Found, fit: Fit) => unknown>>;

/** The patterns of a language over the tokens of one text; whatever was found is remembered. */
export type Chart = {
  tokens: Tokens;
  context: Context;
  matchesAt(at: number): readonly Match[];
  /** The kinds that can begin at a token, as bits. */
  beginsAt(at: number): number;
  /** The longest value of a kind that begins at a token; of equally long ones the pattern that comes first. */
  parse(kind: string, at: number): Hit<unknown> | null;
};

type Bound = { name: string; value: unknown; before: Bound } | null;
type Candidate = { rule: Rule; next: number; bound: Bound };

const BY_LENGTH = (a: Candidate, b: Candidate) => b.next - a.next || a.rule.order - b.rule.order;

function foundOf({ rule, bound }: Candidate): Found {
  const found: Record<string, unknown> = {};
  for (let binding = bound; binding; binding = binding.before) found[binding.name] = binding.value;
  return Object.assign(found, rule.tags);
}

/** A full stop or a hyphen that only belongs to the word before it: "Dec. 5", "30-minute", "Mon-morning". */
function isFiller(before: Token | undefined, token: Token, behind: Token | undefined): boolean {
  if (!token.glued || before === undefined) return false;
  if (token.low === '.') return before.kind === 'word' && before.low.length <= 5;
  return token.low === '-' && behind?.kind === 'word' && behind.glued;
}

/** Lays the patterns of `grammar` over tokens. */
export function chartOf(
  tokens: Tokens,
  { kinds, roots, beginnings }: Grammar,
  lookUp: (tokens: Tokens, at: number) => readonly Match[],
  makers: Makers,
  context: Context,
): Chart {
  const matchesAt = (at: number) => lookUp(tokens, at);
  const masks = new Int32Array(tokens.length + 1).fill(-1);
  const known: (Hit<unknown> | null)[] = new Array(tokens.length * roots.length);
  const numerals: (readonly Hit<unknown>[] | undefined)[] = new Array(tokens.length * READERS.length);
  const chart: Chart = { tokens, context, matchesAt, beginsAt, parse };

  function beginsAt(at: number): number {
    const old = masks[at] ?? 0;
    if (old >= 0) return old;
    const token = tokens[at];
    if (!token) return 0;
    let mask = beginnings.words.get(token.low) ?? 0;
    if (startsNumber(chart, at)) mask |= beginnings.number | NUMBER;
    for (const { keys } of matchesAt(at)) for (const { key } of keys) mask |= beginnings.tags.get(key) ?? 0;
    masks[at] = mask;
    return mask;
  }

  function parse(kind: string, at: number): Hit<unknown> | null {
    const index = kinds.get(kind);
    return index === undefined ? null : hitOf(index, at);
  }

  function hitOf(index: number, at: number): Hit<unknown> | null {
    if ((beginsAt(at) & (1 << index)) === 0) return null;
    const slot = at * roots.length + index;
    const old = known[slot];
    if (old !== undefined) return old;
    // Until it is known a kind does not begin with itself.
    known[slot] = null;
    const hit = best(index, at);
    known[slot] = hit;
    return hit;
  }

  function numeral(index: number, at: number): readonly Hit<unknown>[] {
    const slot = at * READERS.length + index;
    const hits = numerals[slot] ?? READERS[index]?.(chart, at) ?? [];
    numerals[slot] = hits;
    return hits;
  }

  function best(index: number, at: number): Hit<unknown> | null {
    const root = roots[index];
    const make = root && makers[root.kind];
    if (!make) return null;
    const candidates: Candidate[] = [];
    walk(root.node, at, null, candidates, false);
    if (candidates.length > 1) candidates.sort(BY_LENGTH);
    for (const candidate of candidates) {
      const value = make(foundOf(candidate), { first: at, next: candidate.next, chart });
      if (value !== null && value !== undefined) return { value, next: candidate.next };
    }
    return null;
  }

  function follow(
    { node, name, isGlued }: Edge,
    at: number,
    hit: Hit<unknown>,
    bound: Bound,
    out: Candidate[],
  ) {
    if (isGlued && tokens[at]?.glued !== true) return;
    walk(node, hit.next, { name, value: hit.value, before: bound }, out, true);
  }

  function walkTags(ways: NonNullable<Node['tags']>, at: number, bound: Bound, out: Candidate[]) {
    for (const { next, keys } of matchesAt(at))
      for (const { key, tag, tags } of keys) {
        const edges = ways.get(key);
        if (edges) for (const edge of edges) followTags(edge, at, next, tag, tags, bound, out);
      }
  }

  function followTags(
    { node, name: own, isGlued }: Edge,
    at: number,
    next: number,
    tag: string,
    tags: Tags,
    bound: Bound,
    out: Candidate[],
  ) {
    if (isGlued && tokens[at]?.glued !== true) return;
    let now = bound;
    for (const other in tags)
      now = { name: other === tag && own !== '' ? own : other, value: tags[other], before: now };
    walk(node, next, now, out, true);
  }

  function walk(
    node: Node,
    at: number,
    bound: Bound,
    out: Candidate[],
    isInside: boolean,
    isSkipped = false,
  ): void {
    if (!isSkipped) for (const rule of node.rules) out.push({ rule, next: at, bound });
    const token = tokens[at];
    if (!token) return;
    const word = (token.glued ? node.glued?.get(token.low) : undefined) ?? node.words?.get(token.low);
    if (word) walk(word, at + 1, bound, out, true);
    if (node.tags) walkTags(node.tags, at, bound, out);
    if (node.numbers && (beginsAt(at) & NUMBER) !== 0)
      for (const { index, edges } of node.numbers)
        for (const hit of numeral(index, at)) for (const edge of edges) follow(edge, at, hit, bound, out);
    if (node.kinds)
      for (const { index, edges } of node.kinds) {
        const hit = hitOf(index, at);
        if (hit) for (const edge of edges) follow(edge, at, hit, bound, out);
      }
    if (isInside && !isSkipped && isFiller(tokens[at - 1], token, tokens[at + 1]))
      walk(node, at + 1, bound, out, true, true);
  }
  return chart;
}

/** Whether what begins here goes on from a number or one of these signs, without a space between. */
export function isGluedTo({ chart: { tokens }, first }: Fit, signs: string): boolean {
  const before = tokens[first - 1];
  if (!tokens[first]?.glued || !before) return false;
  return signs.includes(before.low) || before.kind === 'number';
}

/** Whether the lexicon gives a token one of these tags, "cue" or "cue:at". */
export function isTagged({ chart }: Fit, at: number, ...tags: readonly string[]): boolean {
  return hasTag(chart.matchesAt(at), ...tags);
}

/** Whether a number goes on at this token, without a space between. */
export function isGluedNumber({ chart }: Fit, at: number): boolean {
  const token = chart.tokens[at];
  return token?.glued === true && token.kind === 'number';
}

/** Whether a number goes on behind a sign: "17/11", "5-6". */
export function isHead({ chart: { tokens }, next }: Fit): boolean {
  const behind = tokens[next];
  return behind?.glued === true && "-/'".includes(behind.low);
}

/** Whether the number in front of `next` is the hour of a clock: "June 5pm" is no 5 June. */
export function isClockNumber(fit: Fit): boolean {
  const [behind, third] = [fit.chart.tokens[fit.next], fit.chart.tokens[fit.next + 1]];
  if (isTagged(fit, fit.next, 'half') || isTagged(fit, fit.next, 'hourword')) return true;
  if (!behind?.glued) return false;
  if (':h%'.includes(behind.low) || isTagged(fit, fit.next, 'halfletter')) return true;
  return behind.low === '.' && third?.glued === true && third.kind === 'number';
}

/** Whether a number is the rest of another one: the "2" of "4.2", the "5" of "9-5". */
export function isTail({ chart: { tokens }, first }: Fit): boolean {
  const [number, sign, token] = [tokens[first - 2], tokens[first - 1], tokens[first]];
  return (
    token?.kind === 'number' &&
    token.glued &&
    // "10:00/2027-01-21" are two.
    !(sign?.low === '/' && token.low.length === 4) &&
    sign?.kind === 'sign' &&
    sign.glued &&
    number?.kind === 'number'
  );
}

/** A number that is a piece of something larger: 12.53%, 3/4, Q3, 5G, #9. */
export function isFragment({ chart: { tokens, matchesAt }, first, next }: Fit): boolean {
  const [before, token, behind] = [tokens[first - 1], tokens[first], tokens[next]];
  const isKnown = (at: number) => matchesAt(at).length > 0;
  if (token?.kind !== 'number') return false;
  if (before && '$£€#'.includes(before.low)) return true;
  if (token.glued && before) {
    const [sign, word] = [tokens[first - 3], tokens[first - 2]];
    const isAfterSlash =
      before.low === '/' && (sign?.low === ':' || (word?.kind === 'word' && isKnown(first - 2)));
    if ('.,#:+*=_\\^/'.includes(before.low) && !isAfterSlash) return true;
    if ((before.kind === 'word' || before.kind === 'number') && !isKnown(first - 1)) return true;
  }
  if (!behind?.glued) return behind?.low === '%';
  const isBare = next - first === 1;
  if ('%°$€£*=_\\^½¼¾('.includes(behind.low) || (isBare && behind.low === '+')) return true;
  if (behind.kind === 'word') return !isKnown(next);
  const isNumberBehind = tokens[next + 1]?.glued === true && tokens[next + 1]?.kind === 'number';
  if (!isNumberBehind) return false;
  return '.,:'.includes(behind.low) || (isBare && behind.low === '/');
}

/** "19h 25/4/2027": the number before the stroke begins a date; "10:00/11:00" are two times. */
export function isDateBehind({ chart: { tokens }, next: at }: Fit): boolean {
  if (tokens[at]?.low !== '/' || !tokens[at]?.glued || tokens[at + 1]?.kind !== 'number') return false;
  const isClock = tokens[at + 2]?.low === ':' || (tokens[at + 1]?.low.length ?? 0) > 2;
  return tokens[at - 1]?.kind === 'number' && !isClock;
}
