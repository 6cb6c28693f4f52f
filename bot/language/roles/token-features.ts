import type { Facts } from './facts.ts';
import { IS_NAME, PAD } from './facts.ts';
import { mix } from './hash.ts';
import { OPENS_SUBJECT } from './vocabulary.ts';

/** Rows of the tagger's table; a feature's number is its hash within these. */
export const TAGGER_ROWS = 1 << 16;

/** What was read before a token, or holds for the whole sentence. */
type Walk = {
  /** The last word or sign behind which parts begin, which parts, the one before it, and how many tokens ago. */
  opener: number;
  opened: number;
  before: number;
  distance: number;
  /** Kinds of time in the whole sentence and before the token, a bit each. */
  kinds: number;
  seen: number;
  lastTime: number;
  /** How many words open a subject from here on, and the same up to 2. */
  ahead: number;
  subjectsAhead: number;
  /** What the lexicon says of the first word that it says something of. */
  lead: number;
};

type Template = (facts: Facts, at: number, walk: Walk) => number;

/** Every feature of a token; its place in the list is its number. `at` is the token's place among the facts. */
const TEMPLATES: readonly Template[] = [
  () => 0,
  // the token and its neighbours
  ({ words }, at) => words[at] ?? 0,
  ({ sorts }, at) => sorts[at] ?? 0,
  ({ words }, at) => words[at - 1] ?? 0,
  ({ words }, at) => words[at + 1] ?? 0,
  ({ words }, at) => words[at - 2] ?? 0,
  ({ words }, at) => words[at + 2] ?? 0,
  ({ sorts }, at) => sorts[at - 1] ?? 0,
  ({ sorts }, at) => sorts[at + 1] ?? 0,
  ({ sorts }, at) => sorts[at - 2] ?? 0,
  ({ sorts }, at) => sorts[at + 2] ?? 0,
  // pairs and triples
  ({ words }, at) => mix(words[at - 1] ?? 0, words[at] ?? 0),
  ({ words }, at) => mix(words[at] ?? 0, words[at + 1] ?? 0),
  ({ words }, at) => mix(words[at - 1] ?? 0, words[at + 1] ?? 0),
  ({ words }, at) => mix(words[at - 2] ?? 0, words[at - 1] ?? 0),
  ({ words }, at) => mix(words[at + 1] ?? 0, words[at + 2] ?? 0),
  ({ words }, at) => mix(mix(words[at - 3] ?? 0, words[at - 2] ?? 0), words[at - 1] ?? 0),
  ({ sorts }, at) => mix(sorts[at - 1] ?? 0, sorts[at] ?? 0),
  ({ sorts }, at) => mix(sorts[at] ?? 0, sorts[at + 1] ?? 0),
  ({ sorts }, at) => mix(mix(sorts[at - 1] ?? 0, sorts[at] ?? 0), sorts[at + 1] ?? 0),
  ({ words, sorts }, at) => mix(words[at - 1] ?? 0, sorts[at] ?? 0),
  ({ words, sorts }, at) => mix(words[at + 1] ?? 0, sorts[at] ?? 0),
  ({ words, sorts }, at) => mix(mix(words[at - 2] ?? 0, words[at - 1] ?? 0), sorts[at] ?? 0),
  ({ words, sorts }, at) => mix(sorts[at - 1] ?? 0, words[at + 1] ?? 0),
  // what was said before
  (_facts, _at, { opener, distance }) => mix(opener, Math.min(distance, 4)),
  ({ sorts }, at, { opener }) => mix(opener, sorts[at] ?? 0),
  (_facts, _at, { opener, before }) => mix(opener, before),
  ({ sorts }, at, { opener }) => mix(mix(opener, sorts[at] ?? 0), sorts[at + 1] ?? 0),
  (_facts, _at, { kinds, opener }) => mix(kinds, opener),
  ({ sorts }, at, { kinds }) => mix(kinds, sorts[at] ?? 0),
  ({ sorts }, at, { kinds, seen }) => mix(mix(kinds, seen), sorts[at] ?? 0),
  ({ sorts, words }, at, { lastTime }) => mix(mix(lastTime, sorts[at] ?? 0), words[at - 1] ?? 0),
  (_facts, _at, { lead, opener }) => mix(lead, opener),
  ({ sorts }, at, { lead }) => mix(lead, sorts[at] ?? 0),
  (_facts, _at, { opened, distance }) => mix(opened, Math.min(distance, 6)),
  ({ sorts }, at, { opened, ahead }) => mix(mix(opened, ahead), sorts[at] ?? 0),
  ({ words }, at, { opened, ahead }) => mix(mix(opened, ahead), words[at] ?? 0),
  ({ sorts, words }, at, { opened }) => mix(mix(opened, words[at - 1] ?? 0), sorts[at] ?? 0),
  // the beginning of the sentence
  ({ words, sorts }, at) => mix(mix(words[PAD] ?? 0, words[PAD + 1] ?? 0), sorts[at] ?? 0),
  ({ words }, _at, { opener }) => mix(words[PAD] ?? 0, opener),
  ({ words, sorts }, at) => mix(words[PAD] ?? 0, sorts[at] ?? 0),
  ({ count }, at) => mix(Math.min(at - PAD, 4), Math.min(count - 1 - at + PAD, 3)),
  // how it is written
  ({ shapes, marks }, at) => mix(shapes[at] ?? 0, marks[at] ?? 0),
  ({ endings }, at) => endings[at] ?? 0,
  ({ beginnings }, at) => beginnings[at] ?? 0,
  ({ marks }, at, { opener }) => mix((marks[at] ?? 0) & IS_NAME, opener),
  ({ marks, sorts, shapes }, at) => mix(mix((marks[at] ?? 0) & IS_NAME, sorts[at - 1] ?? 0), shapes[at] ?? 0),
];

/** How many features a token has. */
export const FEATURES = TEMPLATES.length;

const NUMBERS = Uint32Array.from(TEMPLATES, (_template, index) => Math.imul(index + 1, 0x9e3779b1));

function startWalk({ count, times, leads, opens }: Facts): Walk {
  const walk: Walk = {
    opener: 0,
    opened: 0,
    before: 0,
    distance: 0,
    kinds: 0,
    seen: 0,
    lastTime: 0,
    ahead: 0,
    subjectsAhead: 0,
    lead: 0,
  };
  for (let at = PAD; at < count + PAD; at += 1) {
    walk.kinds |= 1 << (times[at] ?? 0);
    if (times[at] !== 0) continue;
    if (walk.lead === 0) walk.lead = leads[at] ?? 0;
    if ((opens[at] ?? 0) & OPENS_SUBJECT) walk.subjectsAhead += 1;
  }
  walk.ahead = Math.min(walk.subjectsAhead, 2);
  return walk;
}

const isSeparator = (shape: number | undefined) => shape === 4 || shape === 5;

function step(walk: Walk, { words, times, opens, shapes }: Facts, at: number): void {
  const time = times[at] ?? 0;
  const opened = opens[at] ?? 0;
  walk.distance += 1;
  if (time !== 0) {
    walk.seen |= 1 << time;
    walk.lastTime = time;
  } else if (opened !== 0 || isSeparator(shapes[at])) {
    if (opened & OPENS_SUBJECT) walk.subjectsAhead -= 1;
    walk.ahead = Math.min(walk.subjectsAhead, 2);
    walk.before = walk.opener;
    walk.opener = words[at] ?? 0;
    walk.opened = opened;
    walk.distance = 0;
  }
}

/** The rows of all features of all tokens: `FEATURES` of the first token, then of the second. */
export function tokenFeatures(facts: Facts): Uint32Array {
  const rows = new Uint32Array(facts.count * FEATURES);
  const walk = startWalk(facts);
  let to = 0;
  for (let at = PAD; at < facts.count + PAD; at += 1) {
    for (let index = 0; index < FEATURES; index += 1) {
      const value = (TEMPLATES[index] as Template)(facts, at, walk);
      rows[to++] = mix(NUMBERS[index] ?? 0, value) & (TAGGER_ROWS - 1);
    }
    step(walk, facts, at);
  }
  return rows;
}
