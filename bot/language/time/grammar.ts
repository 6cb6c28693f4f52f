import { parseTags } from '../lexicon.ts';
import { NUMERALS } from './numbers.ts';

/**
 * A pattern is a line "kind: steps => tag:value". A step is a word or sign as it is; `{tag}` or `{tag:value}`, a word
 * with that tag; `{number}`, `{hour}` and the like, see numbers.ts; `<kind>`, what another pattern found; `{name=step}`
 * gives it a name of its own. "+" before a step: no space before it. `(a|b|)` are alternatives, `?` behind: may be
 * missing.
 */
export type Rule = { kind: string; order: number; tags: Readonly<Record<string, string>> };

/** One way on from a node; `name` is what the value is kept under. */
export type Edge = { node: Node; name: string; isGlued: boolean };

/** The ways on from a node with a number or a kind, by its index among them. */
type Choice = { index: number; edges: Edge[] };

/** A point within patterns that begin alike. What no pattern goes on with is missing: most have only one way on. */
export type Node = {
  rules: Rule[];
  words: Map<string, Node> | null;
  /** Words and signs that must not have a space before them. */
  glued: Map<string, Node> | null;
  tags: Map<string, Edge[]> | null;
  numbers: Choice[] | null;
  kinds: Choice[] | null;
};

/** The kinds that can begin with something, as bits: of a tag, of a word as it is, of a number. */
type Beginnings = { tags: Map<string, number>; words: Map<string, number>; number: number };

/** The patterns of a language by kind, and which kinds can begin with what: most words begin none. */
export type Grammar = {
  /** The number of a kind, by which its patterns are found and which bit is its own. */
  kinds: ReadonlyMap<string, number>;
  roots: readonly Root[];
  beginnings: Beginnings;
};

/** A kind and all its patterns. */
type Root = { kind: string; node: Node };

const newNode = (): Node => ({
  rules: [],
  words: null,
  glued: null,
  tags: null,
  numbers: null,
  kinds: null,
});

const PIECE = /\\.|\(|\)\??|\||[^\s()|]+/g;
const MOST_FORMS = 4_000;

/** Every form of a pattern, with its alternatives and optional steps written out. */
function formsOf(notation: string): string[][] {
  const pieces = notation.match(PIECE) ?? [];
  let at = 0;
  const group = (): string[][] => {
    const alternatives: string[][] = [];
    let forms: string[][] = [[]];
    for (; at < pieces.length; at += 1) {
      const piece = pieces[at] ?? '';
      if (piece === '|') {
        alternatives.push(...forms);
        forms = [[]];
      } else if (piece.startsWith(')')) break;
      else forms = joined(forms, stepForms(piece));
      if (forms.length > MOST_FORMS) throw new Error(`Too many forms: ${notation}`);
    }
    return [...alternatives, ...forms];
  };
  const stepForms = (piece: string): string[][] => {
    if (piece !== '(') return piece.endsWith('?') && piece !== '?' ? [[piece.slice(0, -1)], []] : [[piece]];
    at += 1;
    const inner = group();
    return pieces[at] === ')?' ? [...inner, []] : inner;
  };
  return group();
}

const joined = (left: string[][], right: string[][]) => left.flatMap((a) => right.map((b) => [...a, ...b]));

function edgesOf(choices: Choice[], index: number): Edge[] {
  const known = choices.find((choice) => choice.index === index);
  if (known) return known.edges;
  const edges: Edge[] = [];
  choices.push({ index, edges });
  return edges;
}

function along(edges: Edge[], name: string, isGlued: boolean): Node {
  const known = edges.find((edge) => edge.name === name && edge.isGlued === isGlued);
  if (known) return known.node;
  const node = newNode();
  edges.push({ node, name, isGlued });
  return node;
}

function stepFrom(node: Node, step: string, kinds: ReadonlyMap<string, number>): Node {
  const isGlued = step.length > 1 && step.startsWith('+');
  const plain = (isGlued ? step.slice(1) : step).replace(/^\\/, '');
  const slot = /^[{<](?:(\w+)=)?([^}>]+)[}>]$/.exec(plain);
  if (!slot) {
    const words = (isGlued ? node.glued : node.words) ?? new Map<string, Node>();
    if (isGlued) node.glued = words;
    else node.words = words;
    const known = words.get(plain) ?? newNode();
    words.set(plain, known);
    return known;
  }
  const [, name = '', what = ''] = slot;
  if (plain.startsWith('<') && !kinds.has(what)) throw new Error(`No such kind: ${step}`);
  if (plain.startsWith('<')) {
    node.kinds ??= [];
    return along(edgesOf(node.kinds, kinds.get(what) ?? -1), name || what, isGlued);
  }
  const numeral = NUMERALS.indexOf(what);
  if (numeral >= 0) {
    node.numbers ??= [];
    return along(edgesOf(node.numbers, numeral), name || what, isGlued);
  }
  node.tags ??= new Map();
  const edges = node.tags.get(what) ?? [];
  node.tags.set(what, edges);
  return along(edges, name, isGlued);
}

const LINE = /^(\w+): (.*?)(?: => (.*))?$/;

/** Compiles the lines of pattern files; throws on a line that is none. */
export function compileGrammar(lines: readonly string[]): Grammar {
  const parsed = lines.map((line) => {
    const [, kind, notation, tags] = LINE.exec(line) ?? [];
    if (!kind || !notation) throw new Error(`Not a pattern: ${line}`);
    return { kind, notation, tags: tags ? parseTags(tags) : {} };
  });
  const names = [...new Set(parsed.map(({ kind }) => kind))];
  if (names.length > MOST_KINDS) throw new Error('More kinds of pattern than bits');
  const kinds = new Map(names.map((kind, index) => [kind, index]));
  const roots = names.map((kind) => ({ kind, node: newNode() }));
  for (const [order, { kind, notation, tags }] of parsed.entries()) {
    const root = roots[kinds.get(kind) ?? 0]?.node ?? newNode();
    for (const form of formsOf(notation)) {
      let node = root;
      for (const step of form) node = stepFrom(node, step, kinds);
      if (node !== root) node.rules.push({ kind, order, tags });
    }
  }
  return { kinds, roots, beginnings: beginningsOf(roots) };
}

const MOST_KINDS = 30;
/** The bit of tokens that begin a number, beside those of the kinds. */
export const NUMBER = 1 << MOST_KINDS;

/** A kind and all kinds that its patterns can begin with, by their numbers. */
function opening(index: number, roots: readonly Root[], seen = new Set<number>()): Set<number> {
  if (seen.has(index)) return seen;
  seen.add(index);
  for (const inner of roots[index]?.node.kinds ?? []) opening(inner.index, roots, seen);
  return seen;
}

function beginningsOf(roots: readonly Root[]): Beginnings {
  const found: Beginnings = { tags: new Map(), words: new Map(), number: 0 };
  const set = (map: Map<string, number>, key: string, bit: number) => map.set(key, (map.get(key) ?? 0) | bit);
  for (const index of roots.keys())
    for (const inner of opening(index, roots)) {
      const node = roots[inner]?.node;
      for (const tag of node?.tags?.keys() ?? []) set(found.tags, tag, 1 << index);
      for (const words of [node?.words, node?.glued])
        for (const word of words?.keys() ?? []) set(found.words, word, 1 << index);
      if (node?.numbers) found.number |= 1 << index;
    }
  return found;
}
