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

/** The ways on from a node with a number or a kind of that name. */
type Choice = { what: string; edges: Edge[] };

/** A point within patterns that begin alike. */
export type Node = {
  rules: Rule[];
  words: Map<string, Edge>;
  tags: Map<string, Edge[]>;
  numbers: Choice[];
  kinds: Choice[];
};

/** The kinds that can begin with something, as bits: of a tag, of a word as it is, of a number. */
type Beginnings = { tags: Map<string, number>; words: Map<string, number>; number: number };

/** The patterns of a language by kind, and which kinds can begin with what: most words begin none. */
export type Grammar = {
  roots: ReadonlyMap<string, Node>;
  bits: ReadonlyMap<string, number>;
  beginnings: Beginnings;
};

const newNode = (): Node => ({
  rules: [],
  words: new Map(),
  tags: new Map(),
  numbers: [],
  kinds: [],
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

function edgesOf(choices: Choice[], what: string): Edge[] {
  const known = choices.find((choice) => choice.what === what);
  if (known) return known.edges;
  const edges: Edge[] = [];
  choices.push({ what, edges });
  return edges;
}

function along(edges: Edge[], name: string, isGlued: boolean): Node {
  const known = edges.find((edge) => edge.name === name && edge.isGlued === isGlued);
  if (known) return known.node;
  const node = newNode();
  edges.push({ node, name, isGlued });
  return node;
}

function stepFrom(node: Node, step: string, kinds: ReadonlySet<string>): Node {
  const isGlued = step.length > 1 && step.startsWith('+');
  const plain = (isGlued ? step.slice(1) : step).replace(/^\\/, '');
  const slot = /^[{<](?:(\w+)=)?([^}>]+)[}>]$/.exec(plain);
  if (!slot) {
    const key = isGlued ? `+${plain}` : plain;
    const known = node.words.get(key) ?? { node: newNode(), name: '', isGlued };
    node.words.set(key, known);
    return known.node;
  }
  const [, name = '', what = ''] = slot;
  if (plain.startsWith('<') && !kinds.has(what)) throw new Error(`No such kind: ${step}`);
  if (plain.startsWith('<')) return along(edgesOf(node.kinds, what), name || what, isGlued);
  if (what in NUMERALS) return along(edgesOf(node.numbers, what), name || what, isGlued);
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
  const kinds = new Set(parsed.map(({ kind }) => kind));
  const grammar = new Map<string, Node>();
  if (kinds.size > 31) throw new Error('More kinds of pattern than bits');
  for (const [order, { kind, notation, tags }] of parsed.entries()) {
    const root = grammar.get(kind) ?? newNode();
    grammar.set(kind, root);
    for (const form of formsOf(notation)) {
      let node = root;
      for (const step of form) node = stepFrom(node, step, kinds);
      if (node !== root) node.rules.push({ kind, order, tags });
    }
  }
  const bits = new Map([...kinds].map((kind, index) => [kind, 1 << index]));
  return { roots: grammar, bits, beginnings: beginningsOf(grammar, bits) };
}

/** A kind and all kinds that its patterns can begin with. */
function opening(kind: string, roots: ReadonlyMap<string, Node>, seen = new Set<string>()): Set<string> {
  if (seen.has(kind)) return seen;
  seen.add(kind);
  for (const { what } of roots.get(kind)?.kinds ?? []) opening(what, roots, seen);
  return seen;
}

function beginningsOf(roots: ReadonlyMap<string, Node>, bits: ReadonlyMap<string, number>): Beginnings {
  const found: Beginnings = { tags: new Map(), words: new Map(), number: 0 };
  const set = (map: Map<string, number>, key: string, bit: number) => map.set(key, (map.get(key) ?? 0) | bit);
  for (const [kind, bit] of bits)
    for (const inner of opening(kind, roots)) {
      const root = roots.get(inner);
      for (const tag of root?.tags.keys() ?? []) set(found.tags, tag, bit);
      for (const word of root?.words.keys() ?? []) set(found.words, word.replace(/^\+(?=.)/, ''), bit);
      if (root && root.numbers.length > 0) found.number |= bit;
    }
  return found;
}
