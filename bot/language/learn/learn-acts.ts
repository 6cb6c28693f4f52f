import { ACT_ROWS } from '../roles/acts.ts';
import { ACTS, TALK } from '../roles/labels.ts';
import type { SparseTable } from '../roles/weights.ts';
import { AveragedWeights, precisionOf, quantize } from './averaged.ts';
import { type Random, shuffle } from './random.ts';

/** A message to learn from: the features of its sentences and the number of its act. */
export type ActExample = { sentences: readonly Uint32Array[]; act: number };

const COUNT = ACTS.length;
const isTalk = (act: number) => TALK.has(ACTS[act] ?? 'other');

/** By how much the right act must be ahead of every other, for each feature of a sentence. */
const MARGIN_PER_FEATURE = 2;
/** The small ones beyond these decide next to nothing, and a model is to stay under 500 KB. */
const MOST_WEIGHTS = 140_000;

function bestOther(weights: Int32Array, features: Uint32Array, act: number, scores: Int32Array): number {
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

/**
 * The sentences of a message that say its act. Of news all do, but for those that are talk of another sort already; of a
 * command the one that is the most ahead as yet: nobody says which it is.
 */
function sentencesThatSay(
  { sentences, act }: ActExample,
  weights: Int32Array,
  scores: Int32Array,
): readonly Uint32Array[] {
  if (sentences.length < 2) return sentences;
  const leads = sentences.map((features) => {
    const other = bestOther(weights, features, act, scores);
    return { features, other, lead: (scores[act] ?? 0) - (scores[other] ?? 0) };
  });
  if (isTalk(act))
    return leads.filter(({ other, lead }) => lead > 0 || !isTalk(other)).map(({ features }) => features);
  return [leads.reduce((best, one) => (one.lead > best.lead ? one : best)).features];
}

/** Learns acts from examples: a perceptron with a margin, averaged over all steps. */
export function learnActs(examples: readonly ActExample[], rounds: number, random: Random): Float64Array {
  const table = new AveragedWeights(ACT_ROWS * COUNT);
  const scores = new Int32Array(COUNT);
  let order = Uint32Array.from(examples.keys());
  for (let round = 0; round < rounds; round += 1) {
    shuffle(random, order);
    const wrong = new Set<number>();
    for (const at of order) {
      const example = examples[at] as ActExample;
      for (const features of sentencesThatSay(example, table.weights, scores)) {
        const { act } = example;
        const other = bestOther(table.weights, features, act, scores);
        if ((scores[act] ?? 0) - (scores[other] ?? 0) >= MARGIN_PER_FEATURE * features.length) continue;
        wrong.add(at);
        for (const feature of features) {
          table.update(feature * COUNT + act, 1);
          table.update(feature * COUNT + other, -1);
        }
      }
      table.nextStep();
    }
    table.nextStep(examples.length - order.length);
    // What was right with room to spare is right the next time, too.
    order = Uint32Array.from(wrong);
  }
  return table.average();
}

/** Weights of acts as a model keeps them. */
export const toActTable = (averages: Float64Array): SparseTable =>
  quantize(averages, COUNT, precisionOf(averages, MOST_WEIGHTS));
