import { LABEL_COUNT } from '../roles/labels.ts';
import { bestLabels, FEATURES, TAGGER_ROWS, withRules } from '../roles/tagger.ts';
import type { SparseTable } from '../roles/weights.ts';
import { AveragedWeights, precisionOf, quantize } from './averaged.ts';
import { type Random, shuffle } from './random.ts';

/** A sentence to learn from: the features of its tokens and their right labels. */
export type TaggedExample = { features: Uint32Array; labels: Uint8Array };

/** How much better than the right label a wrong one must not be: so that the right one wins with room to spare. */
const MARGIN = 150;
/** The small ones beyond these decide next to nothing, and a model is to stay under 500 KB. */
const MOST_WEIGHTS = 160_000;

function scoreWithMargin(weights: Int32Array, { features, labels }: TaggedExample): Int32Array {
  const scores = new Int32Array(labels.length * LABEL_COUNT).fill(MARGIN);
  for (let token = 0; token < labels.length; token += 1) {
    const to = token * LABEL_COUNT;
    scores[to + (labels[token] ?? 0)] = 0;
    for (let index = token * FEATURES; index < (token + 1) * FEATURES; index += 1) {
      const from = (features[index] ?? 0) * LABEL_COUNT;
      for (let label = 0; label < LABEL_COUNT; label += 1)
        scores[to + label] = (scores[to + label] ?? 0) + (weights[from + label] ?? 0);
    }
  }
  return scores;
}

function correct(
  emissions: AveragedWeights,
  transitions: AveragedWeights,
  { features, labels }: TaggedExample,
  guessed: Uint8Array,
): void {
  let before = LABEL_COUNT;
  let guessedBefore = LABEL_COUNT;
  for (let token = 0; token < labels.length; token += 1) {
    const right = labels[token] ?? 0;
    const wrong = guessed[token] ?? 0;
    if (right !== wrong)
      for (let index = token * FEATURES; index < (token + 1) * FEATURES; index += 1) {
        const row = (features[index] ?? 0) * LABEL_COUNT;
        emissions.update(row + right, 1);
        emissions.update(row + wrong, -1);
      }
    if (right !== wrong || before !== guessedBefore) {
      transitions.update(before * LABEL_COUNT + right, 1);
      transitions.update(guessedBefore * LABEL_COUNT + wrong, -1);
    }
    [before, guessedBefore] = [right, wrong];
  }
}

/** What was learned of labels, before it is rounded: their weights by feature, and of each pair that follows each other. */
export type LabelAverages = { emissions: Float64Array; transitions: Float64Array };

/** The same in whole numbers. */
export type LabelTables = { table: SparseTable; transitions: Int32Array };

/** Learns labels from examples: a structured perceptron with a margin, averaged over all steps. */
export function learnTagger(
  examples: readonly TaggedExample[],
  rounds: number,
  random: Random,
): LabelAverages {
  const emissions = new AveragedWeights(TAGGER_ROWS * LABEL_COUNT);
  const transitions = new AveragedWeights((LABEL_COUNT + 1) * LABEL_COUNT);
  let ruled = withRules(transitions.weights);
  let order = Uint32Array.from(examples.keys());
  for (let round = 0; round < rounds; round += 1) {
    shuffle(random, order);
    const wrong: number[] = [];
    for (const at of order) {
      const example = examples[at] as TaggedExample;
      const scores = scoreWithMargin(emissions.weights, example);
      const guessed = bestLabels(scores, ruled);
      if (guessed.some((label, token) => label !== example.labels[token])) {
        wrong.push(at);
        correct(emissions, transitions, example, guessed);
        ruled = withRules(transitions.weights);
      }
      emissions.nextStep();
      transitions.nextStep();
    }
    emissions.nextStep(examples.length - order.length);
    transitions.nextStep(examples.length - order.length);
    // What was right with room to spare is right the next time, too.
    order = Uint32Array.from(wrong);
  }
  return { emissions: emissions.average(), transitions: transitions.average() };
}

/** Weights of labels as a model keeps them. */
export function toLabelTables({ emissions, transitions }: LabelAverages): LabelTables {
  const precision = precisionOf(emissions, MOST_WEIGHTS);
  return {
    table: quantize(emissions, LABEL_COUNT, precision),
    transitions: withRules(Int32Array.from(transitions, (average) => Math.round(average / precision.scale))),
  };
}
