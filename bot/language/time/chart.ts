import type { Match } from '../lexicon.ts';
import type { Token, Tokens } from '../text/tokens.ts';
import type { Edge, Grammar, Node, Rule } from './grammar.ts';
import type { Hit } from './numbers.ts';
import { NUMERALS, startsNumber } from './numbers.ts';

/** What the steps of a pattern found, by name; the tags that the pattern gives are among them. */
export type Found = Readonly<Record<string, unknown>>;

/** Where a pattern fits: from `first` up to but not including `next`. */
export type Fit = { first: number; next: number; chart: Chart };

/** Makes a value of what a pattern found; null refuses it after all. */
export type Makers = Readonly<Record<string, (found: Found, fit: Fit) => unknown>>;

/** The patterns of a language over the tokens of one text; whatever was found is remembered. */
export type Chart = {
  tokens: Tokens;
  matchesAt(at: number): readonly Match[];
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
  return token.low === '-' && (before.kind === 'word' || behind?.kind === 'word') && behind?.glued === true;
}

/** Lays the patterns of `grammar` over tokens. */
export function chartOf(
  tokens: Tokens,
  grammar: Grammar,
  lookUp: (tokens: Tokens, at: number) => readonly Match[],
  makers: Makers,
): Chart {
  const matches: (readonly Match[])[] = new Array(tokens.length);
  const matchesAt = (at: number) => {
    matches[at] ??= lookUp(tokens, at);
    return matches[at];
  };
  const known = new Map<string, (Hit<unknown> | null)[]>();
  const chart: Chart = { tokens, matchesAt, parse };

  function parse(kind: string, at: number): Hit<unknown> | null {
    let hits = known.get(kind);
    if (!hits) {
      hits = [];
      known.set(kind, hits);
    }
    const old = hits[at];
    if (old !== undefined) return old;
    // Until it is known a kind does not begin with itself.
    hits[at] = null;
    const hit = best(kind, at);
    hits[at] = hit;
    return hit;
  }

  function best(kind: string, at: number): Hit<unknown> | null {
    const root = grammar.get(kind);
    if (!root) return null;
    const candidates: Candidate[] = [];
    walk(root, at, null, candidates, false);
    if (candidates.length > 1) candidates.sort(BY_LENGTH);
    for (const candidate of candidates) {
      const value = makers[kind]?.(foundOf(candidate), { first: at, next: candidate.next, chart });
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

  function walkTags(node: Node, at: number, bound: Bound, out: Candidate[]) {
    for (const { next, readings } of matchesAt(at))
      for (const tags of readings)
        for (const tag in tags) {
          const value = tags[tag] ?? '';
          for (const key of value === '' ? [tag] : [tag, `${tag}:${value}`])
            for (const edge of node.tags.get(key) ?? []) {
              if (edge.isGlued && tokens[at]?.glued !== true) continue;
              let now = bound;
              for (const other in tags) {
                const name = other === tag && edge.name !== '' ? edge.name : other;
                now = { name, value: tags[other], before: now };
              }
              walk(edge.node, next, now, out, true);
            }
        }
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
    if (node.words.size > 0) {
      const word = (token.glued ? node.words.get(`+${token.low}`) : undefined) ?? node.words.get(token.low);
      if (word) walk(word.node, at + 1, bound, out, true);
    }
    if (node.tags.size > 0) walkTags(node, at, bound, out);
    if (node.numbers.size > 0 && startsNumber(chart, at))
      for (const [what, edges] of node.numbers)
        for (const hit of NUMERALS[what]?.(chart, at) ?? [])
          for (const edge of edges) follow(edge, at, hit, bound, out);
    for (const [kind, edges] of node.kinds) {
      const hit = parse(kind, at);
      if (hit) for (const edge of edges) follow(edge, at, hit, bound, out);
    }
    if (isInside && !isSkipped && isFiller(tokens[at - 1], token, tokens[at + 1]))
      walk(node, at + 1, bound, out, true, true);
  }
  return chart;
}
