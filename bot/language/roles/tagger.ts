import { LABEL_COUNT, mayFollow } from './labels.ts';
import type { SparseTable } from './sparse.ts';
import { columnOf } from './sparse.ts';
import { FEATURES } from './token-features.ts';

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
