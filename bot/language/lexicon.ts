import { memo } from '../base/cache.ts';
import { normalize } from '../base/safe-text.ts';
import { isNearMiss } from '../base/similarity.ts';
import type { Token, Tokens } from './text/tokens.ts';
import { tokenize } from './text/tokens.ts';

/** What one reading of a word says: `{ weekday: '1' }`, `{ shift: '0', part: 'evening' }`, `{ cue: 'at' }`. */
export type Tags = Readonly<Record<string, string>>;

/** A tag of a reading as patterns name it, "cue" and "cue:at", with the whole reading. */
type Key = { key: string; tag: string; tags: Tags };

/**
 * What a phrase means: each reading is one thing that it may mean. `said`: the values by tag, and by key; a phrase without
 * a tag has no list of values for it.
 */
type Meaning = {
  readings: readonly Tags[];
  keys: readonly Key[];
  said: ReadonlyMap<string, readonly string[]>;
};

/** An entry found at a token: it reaches to `next`. */
export type Match = Meaning & { next: number };

/** One line of a lexicon: the tags of a reading, and the words that have it. */
export type Entry = { tags: Tags; phrases: readonly string[] };

/** `glued`: what follows without a space, where a phrase is written so. */
type Node = { meaning: Meaning | null; children: Map<string, Node> | null; glued: Map<string, Node> | null };

/** Words by what they mean. */
type Lexicon = { matchesAt(tokens: Tokens, at: number): readonly Match[] };

/** Which words may be misspelt: those whose readings have one of these tags; `honest` are words of their own. */
type Slips = { tags: ReadonlySet<string>; honest: ReadonlySet<string> };

/** Whether one of the entries has one of these tags: "cue", or "cue:at". */
export function hasTag(matches: readonly Match[], ...wanted: readonly string[]): boolean {
  for (const { said } of matches) for (const key of wanted) if (said.has(key)) return true;
  return false;
}

const NOTHING: readonly Match[] = [];
const SHORTEST_FOLDED = 4;
const SHORTEST_MISSPELT = 6;
const LONGEST_WORD = 24;

/** Without accents: what people type who have no such keys. */
function fold(word: string): string {
  return /^[ -~]*$/.test(word) ? word : normalize(word, 'NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
}

const newNode = (): Node => ({ meaning: null, children: null, glued: null });

type Piece = { low: string; isGlued: boolean };

/** The pieces of a phrase. Hyphens are left out: they may be missing. */
function piecesOf(phrase: string, elided: ReadonlySet<string>): Piece[] {
  const tokens = tokenize(phrase, elided);
  return tokens.flatMap(({ low, glued }, at) => {
    if (low === '-' && at > 0) return [];
    return [{ low, isGlued: at > 0 && glued && tokens[at - 1]?.low !== '-' }];
  });
}

function add(root: Node, pieces: readonly Piece[], tags: Tags): void {
  let node = root;
  for (const { low, isGlued } of pieces) {
    const map = (isGlued ? node.glued : node.children) ?? new Map<string, Node>();
    if (isGlued) node.glued = map;
    else node.children = map;
    const next = map.get(low) ?? newNode();
    map.set(low, next);
    node = next;
  }
  const readings = node.meaning?.readings ?? [];
  if (readings.includes(tags)) return;
  node.meaning = readings.length === 0 ? meaningOf(tags) : toMeaning([...readings, tags]);
}

/** Phrases of one line mean the same. */
const meanings = new WeakMap<Tags, Meaning>();

function meaningOf(tags: Tags): Meaning {
  const meaning = meanings.get(tags) ?? toMeaning([tags]);
  meanings.set(tags, meaning);
  return meaning;
}

function toMeaning(readings: readonly Tags[]): Meaning {
  const keys = readings.flatMap(keysIn);
  const said = new Map<string, string[]>();
  for (const { key, tag, tags } of keys) said.set(key, [...(said.get(key) ?? []), tags[tag] ?? '']);
  return { readings, keys, said };
}

function keysIn(tags: Tags): Key[] {
  return Object.entries(tags).flatMap(([tag, value]) => {
    const keys = value === '' ? [tag] : [tag, `${tag}:${value}`];
    return keys.map((key) => ({ key, tag, tags }));
  });
}

/** Whether an entry is there already; what is folded gives way to it. */
function has(root: Node, pieces: readonly Piece[]): boolean {
  let node: Node | undefined = root;
  for (const { low, isGlued } of pieces) node = isGlued ? node?.glued?.get(low) : node?.children?.get(low);
  return node !== undefined && node.meaning !== null;
}

function childOf(node: Node, low: string, glued: boolean): Node | undefined {
  return (glued ? node.glued?.get(low) : undefined) ?? node.children?.get(low);
}

/** Compiles entries; every one is found with and without its accents, and long words of `slips` with one slip. */
export function compile(entries: readonly Entry[], elided: ReadonlySet<string>, slips: Slips): Lexicon {
  const root = newNode();
  const all = entries.flatMap(({ tags, phrases }) =>
    phrases.map((phrase) => ({ tags, phrase, pieces: piecesOf(phrase.toLowerCase(), elided) })),
  );
  for (const { pieces, tags } of all) add(root, pieces, tags);
  // A word that is on several lines means all of them without its accents, too.
  const plain = all.flatMap(({ phrase, tags }) => {
    const low = phrase.toLowerCase();
    const pieces = piecesOf(fold(low), elided);
    const isNew = fold(low) !== low && phrase.length >= SHORTEST_FOLDED && !has(root, pieces);
    return isNew ? [{ pieces, tags }] : [];
  });
  for (const { pieces, tags } of plain) add(root, pieces, tags);
  const isMisspellable = ({ pieces, tags }: (typeof all)[number]) =>
    pieces.length === 1 &&
    (pieces[0]?.low ?? '').length >= SHORTEST_MISSPELT &&
    Object.keys(tags).some((tag) => slips.tags.has(tag));
  const meant = [...new Set(all.filter(isMisspellable).map(({ pieces }) => pieces[0]?.low ?? ''))];
  const correct = memo(5_000, (low) =>
    low.length < SHORTEST_MISSPELT || low.length > LONGEST_WORD || slips.honest.has(low)
      ? fold(low)
      : (meant.find((word) => isNearMiss(low, word)) ?? fold(low)),
  );
  return { matchesAt: (tokens, at) => find(root, correct, tokens, at) };
}

function find(root: Node, correct: (low: string) => string, tokens: Tokens, at: number): readonly Match[] {
  const token = tokens[at];
  if (!token) return NOTHING;
  const first =
    root.children?.get(token.low) ??
    (token.kind === 'word' ? root.children?.get(correct(token.low)) : undefined);
  if (!first) return NOTHING;
  if (first.children === null && first.glued === null && first.meaning !== null)
    return [matchOf(first.meaning, at + 1)];
  return longer(first, tokens, at + 1);
}

const matchOf = ({ readings, keys, said }: Meaning, next: number): Match => ({ next, readings, keys, said });

/** The entries that begin with the word of `first`, longest first. */
function longer(first: Node, tokens: Tokens, from: number): readonly Match[] {
  const matches: Match[] = [];
  let node: Node | undefined = first;
  for (let next = from; node; next += 1) {
    if (node.meaning) matches.unshift(matchOf(node.meaning, next));
    const token = tokens[next];
    if (!token) break;
    const child: Node | undefined =
      childOf(node, token.low, token.glued) ?? childOf(node, fold(token.low), token.glued);
    const skipped: Token | undefined =
      child === undefined && token.low === '-' && token.glued ? tokens[next + 1] : undefined;
    node = skipped ? childOf(node, skipped.low, false) : child;
    if (skipped) next += 1;
  }
  return matches;
}

/** A line "tag:value tag = word, some words"; a tag without a value is one that is there or not. */
export function parseEntry(line: string): Entry {
  const at = line.indexOf(' = ');
  const phrases = line
    .slice(at + 3)
    .split(',')
    .map((phrase) => phrase.trim());
  return { tags: parseTags(line.slice(0, at)), phrases: phrases.filter((phrase) => phrase !== '') };
}

/** "shift:0 part:evening" as a record. */
export function parseTags(list: string): Tags {
  const pairs = list
    .trim()
    .split(/ +/)
    .map((tag) => {
      const colon = tag.indexOf(':');
      return colon < 0 ? [tag, ''] : [tag.slice(0, colon), tag.slice(colon + 1)];
    });
  return Object.fromEntries(pairs);
}
