import { ACT_ROWS } from '../roles/act-features.ts';
import { ACTS } from '../roles/labels.ts';
import type { SparseTable } from '../roles/sparse.ts';
import { AveragedWeights, precisionOf, quantize } from './averaged.ts';
import type { Random } from './random.ts';
import { shuffle } from './random.ts';

/** A sentence to learn from: its features and the number of its act. */
export type ActExample = { features: Uint32Array; act: number };

const COUNT = ACTS.length;

/** By how much the right act must be ahead of every other, for each feature of a sentence. */
const MARGIN_PER_FEATURE = 2;
/** The small ones beyond these decide next to nothing, and a model is to stay under 500 KB. */
const MOST_WEIGHTS = 70_000;

function bestOther(weights: Int32Array, { features, act }: ActExample, scores: Int32Array): number {
  scores.fill(0);
  for (const feature of features) {
    const from = feature * COUNT;
    for (let other = 0; other < COUNT; other += 1)
      scores[other] = (scores[other] ?? 0) + (weights[from + other] ?? 0);
  }
  let best = act === 0 ? 1 : 0;
  for (let other = 0; other < COUNT; other += 1)
    if (other !== act && (scores[other] ?? 0) > (scores[best] ?? 0)) best = other;
  return best;
}

/** Learns acts from examples: a perceptron with a margin, averaged over all steps. */
export function learnActs(examples: readonly ActExample[], rounds: number, random: Random): SparseTable {
  const table = new AveragedWeights(ACT_ROWS * COUNT);
  const scores = new Int32Array(COUNT);
  const order = Uint32Array.from(examples.keys());
  for (let round = 0; round < rounds; round += 1) {
    shuffle(random, order);
    for (const at of order) {
      const example = examples[at] as ActExample;
      const { features, act } = example;
      const wrong = bestOther(table.weights, example, scores);
      if ((scores[act] ?? 0) - (scores[wrong] ?? 0) < MARGIN_PER_FEATURE * features.length)
        for (const feature of features) {
          table.update(feature * COUNT + act, 1);
          table.update(feature * COUNT + wrong, -1);
        }
      table.nextStep();
    }
  }
  const averages = table.average();
  return quantize(averages, COUNT, precisionOf(averages, MOST_WEIGHTS));
}
