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

/** Every feature of a token; its place in the list is its number. `at` is the token's place among the facts. */
function valuesOf(facts: Facts, at: number, walk: Walk): number[] {
  const { words, sorts, shapes, marks, endings, beginnings, count } = facts;
  const { opener, opened, before, distance, kinds, seen, lastTime, ahead, lead } = walk;
  const word = words[at] ?? 0;
  const sort = sorts[at] ?? 0;
  const shape = shapes[at] ?? 0;
  const mark = marks[at] ?? 0;
  const left3 = words[at - 3] ?? 0;
  const left2 = words[at - 2] ?? 0;
  const left = words[at - 1] ?? 0;
  const right = words[at + 1] ?? 0;
  const right2 = words[at + 2] ?? 0;
  const leftSort2 = sorts[at - 2] ?? 0;
  const leftSort = sorts[at - 1] ?? 0;
  const rightSort = sorts[at + 1] ?? 0;
  const rightSort2 = sorts[at + 2] ?? 0;
  const first = words[PAD] ?? 0;
  const second = words[PAD + 1] ?? 0;
  return [
    0,
    // the token and its neighbours
    word,
    sort,
    left,
    right,
    left2,
    right2,
    leftSort,
    rightSort,
    leftSort2,
    rightSort2,
    // pairs and triples
    mix(left, word),
    mix(word, right),
    mix(left, right),
    mix(left2, left),
    mix(right, right2),
    mix(mix(left3, left2), left),
    mix(leftSort, sort),
    mix(sort, rightSort),
    mix(mix(leftSort, sort), rightSort),
    mix(left, sort),
    mix(right, sort),
    mix(mix(left2, left), sort),
    mix(leftSort, right),
    // what was said before
    mix(opener, Math.min(distance, 4)),
    mix(opener, sort),
    mix(opener, before),
    mix(mix(opener, sort), rightSort),
    mix(kinds, opener),
    mix(kinds, sort),
    mix(mix(kinds, seen), sort),
    mix(mix(lastTime, sort), left),
    mix(lead, opener),
    mix(lead, sort),
    mix(opened, Math.min(distance, 6)),
    mix(mix(opened, ahead), sort),
    mix(mix(opened, ahead), word),
    mix(mix(opened, left), sort),
    // the beginning of the sentence
    mix(mix(first, second), sort),
    mix(first, opener),
    mix(first, sort),
    mix(Math.min(at - PAD, 4), Math.min(count - 1 - at + PAD, 3)),
    // how it is written
    mix(shape, mark),
    endings[at] ?? 0,
    beginnings[at] ?? 0,
    mix(mark & IS_NAME, opener),
    mix(mix(mark & IS_NAME, leftSort), shape),
  ];
}

/** How many features a token has. */
export const FEATURES = 47;

const NUMBERS = Int32Array.from({ length: FEATURES }, (_none, index) => Math.imul(index + 1, 0x9e3779b1));

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
    const values = valuesOf(facts, at, walk);
    for (let index = 0; index < FEATURES; index += 1)
      rows[to++] = mix(NUMBERS[index] ?? 0, values[index] ?? 0) & (TAGGER_ROWS - 1);
    step(walk, facts, at);
  }
  return rows;
}
