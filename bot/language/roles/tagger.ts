import { type Facts, OF_MEETING, OF_NAME, PAD } from './facts.ts';
import { LABEL_COUNT, mayFollow } from './labels.ts';
import { OPENS_SUBJECT } from './vocabulary.ts';
import { columnOf, mix, type SparseTable } from './weights.ts';

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
  const [before1, here, behind] = [at - 1, at, at + 1].map((one) => (marks[one] ?? 0) & OF_MEETING);
  const meetings = mix(before1 ?? 0, mix(here ?? 0, behind ?? 0));
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
    mix(mark & OF_NAME, opener),
    mix(mix(mark & OF_NAME, leftSort), shape),
    // what the person's meetings are called
    mix(meetings, left),
    mix(meetings, lead),
  ];
}

/** How many features a token has. */
export const FEATURES = 49;

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

/** Weights of a label per feature, see `packWeights`, and of each pair of labels that follow each other. */
export type Tagger = { weights: Int32Array; transitions: Int32Array };

const NEVER = -(2 ** 28);

/** Adds what can never be: going on with a part that did not begin. Row `LABEL_COUNT` stands before the first token. */
export function withRules(transitions: Int32Array): Int32Array {
  return transitions.map((weight, index) => {
    const before = Math.floor(index / LABEL_COUNT);
    return mayFollow(before === LABEL_COUNT ? 0 : before, index % LABEL_COUNT) ? weight : NEVER;
  });
}

/** Each row's weights of all labels, four to a number, so that a row is one place in memory and is read without a branch. */
const WORDS = Math.ceil(LABEL_COUNT / 4);
/** What is added to a weight to make it a byte. */
const BIAS = 128;

/** Weights of labels as they are read the fastest. */
export function packWeights({ start, pairs }: SparseTable): Int32Array {
  const packed = new Int32Array((start.length - 1) * WORDS).fill(BIAS * 0x01010101);
  for (let row = 0; row + 1 < start.length; row += 1)
    for (let at = start[row] ?? 0; at < (start[row + 1] ?? 0); at += 1) {
      const { column, weight } = columnOf(pairs[at] ?? 0);
      const word = row * WORDS + (column >> 2);
      packed[word] = (packed[word] ?? 0) + (weight << (8 * (column & 3)));
    }
  return packed;
}

/** The scores of every label for every token. Two bytes are added at once: the sum of all features of a token stays below 2^16. */
export function scoreLabels(weights: Int32Array, features: Uint32Array): Int32Array {
  const scores = new Int32Array((features.length / FEATURES) * LABEL_COUNT);
  for (let first = 0, to = 0; first < features.length; first += FEATURES, to += LABEL_COUNT)
    for (let word = 0; word < WORDS; word += 1) {
      let even = 0;
      let odd = 0;
      for (let index = first; index < first + FEATURES; index += 1) {
        const four = weights[(features[index] ?? 0) * WORDS + word] ?? 0;
        even += four & 0x00ff00ff;
        odd += (four >>> 8) & 0x00ff00ff;
      }
      const sums = [even & 0xffff, odd & 0xffff, even >>> 16, odd >>> 16];
      for (let lane = 0; lane < 4 && 4 * word + lane < LABEL_COUNT; lane += 1)
        scores[to + 4 * word + lane] = (sums[lane] ?? 0) - FEATURES * BIAS;
    }
  return scores;
}

const LABELS = Array.from({ length: LABEL_COUNT }, (_none, label) => label);
/** The labels that may stand before each label, one list behind the other, and where each of these begins. */
const BEFORE = Uint8Array.from(
  LABELS.flatMap((label) => LABELS.filter((before) => mayFollow(before, label))),
);
const BEGINS = Uint8Array.from([...LABELS, LABEL_COUNT], (end) =>
  LABELS.slice(0, end).reduce(
    (sum, label) => sum + LABELS.filter((before) => mayFollow(before, label)).length,
    0,
  ),
);

/** The best sequence of labels (Viterbi); of two alike the lower numbers. Linear in the tokens. */
export function bestLabels(scores: Int32Array, transitions: Int32Array): Uint8Array {
  const count = scores.length / LABEL_COUNT;
  const came = new Uint8Array(scores.length);
  const totals = new Int32Array(scores.length);
  for (let label = 0; label < LABEL_COUNT; label += 1)
    totals[label] = (scores[label] ?? 0) + (transitions[LABEL_COUNT * LABEL_COUNT + label] ?? 0);
  for (let to = LABEL_COUNT; to < scores.length; to += LABEL_COUNT) {
    const last = to - LABEL_COUNT;
    for (let label = 0; label < LABEL_COUNT; label += 1) {
      let best = NEVER * 2;
      let from = 0;
      const end = BEGINS[label + 1] ?? 0;
      for (let index = BEGINS[label] ?? 0; index < end; index += 1) {
        const before = BEFORE[index] ?? 0;
        const score = (totals[last + before] ?? 0) + (transitions[before * LABEL_COUNT + label] ?? 0);
        if (score <= best) continue;
        best = score;
        from = before;
      }
      totals[to + label] = Math.max(best + (scores[to + label] ?? 0), NEVER);
      came[to + label] = from;
    }
  }
  return traceBack(totals.subarray(Math.max(0, count - 1) * LABEL_COUNT), came, count);
}

function traceBack(totals: Int32Array, came: Uint8Array, count: number): Uint8Array {
  const labels = new Uint8Array(count);
  if (count === 0) return labels;
  let label = 0;
  for (let other = 1; other < LABEL_COUNT; other += 1)
    if ((totals[other] ?? 0) > (totals[label] ?? 0)) label = other;
  for (let token = count - 1; token >= 0; token -= 1) {
    labels[token] = label;
    label = came[token * LABEL_COUNT + label] ?? 0;
  }
  return labels;
}

/** The labels of a sentence's tokens. */
export function tagTokens({ weights, transitions }: Tagger, features: Uint32Array): Uint8Array {
  return bestLabels(scoreLabels(weights, features), transitions);
}
