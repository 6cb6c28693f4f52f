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

/** A point within patterns that begin alike. */
export type Node = {
  rules: Rule[];
  words: Map<string, Edge>;
  tags: Map<string, Edge[]>;
  numbers: Map<string, Edge[]>;
  kinds: Map<string, Edge[]>;
};

/** The patterns of a language, by kind. */
export type Grammar = ReadonlyMap<string, Node>;

const newNode = (): Node => ({
  rules: [],
  words: new Map(),
  tags: new Map(),
  numbers: new Map(),
  kinds: new Map(),
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

function edgeOf<K>(map: Map<K, Edge[]>, key: K, name: string, isGlued: boolean): Node {
  const edges = map.get(key) ?? [];
  map.set(key, edges);
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
  if (plain.startsWith('<')) return edgeOf(node.kinds, what, name || what, isGlued);
  if (what in NUMERALS) return edgeOf(node.numbers, what, name || what, isGlued);
  return edgeOf(node.tags, what, name, isGlued);
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
  for (const [order, { kind, notation, tags }] of parsed.entries()) {
    const root = grammar.get(kind) ?? newNode();
    grammar.set(kind, root);
    for (const form of formsOf(notation)) {
      let node = root;
      for (const step of form) node = stepFrom(node, step, kinds);
      if (node !== root) node.rules.push({ kind, order, tags });
    }
  }
  return grammar;
}
