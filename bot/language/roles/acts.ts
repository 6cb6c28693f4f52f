import type { Act } from './labels.ts';
import { ACTS } from './labels.ts';
import type { SparseTable } from './sparse.ts';
import { addRow } from './sparse.ts';

/** What a message seems to want. `margin`: how far the act is ahead of the next one, which is `next`. */
export type ActGuess = { act: Act; next: Act; margin: number };

/** The scores of all acts for the features of a sentence. */
export function scoreActs(table: SparseTable, features: Uint32Array): Int32Array {
  const scores = new Int32Array(ACTS.length);
  for (const row of features) addRow(table, row, scores, 0);
  return scores;
}

/** The act with the highest score, and how sure it is; of two alike the first of the list. */
export function guessAct(scores: Int32Array): ActGuess {
  let best = 0;
  let second = 1;
  for (let act = 1; act < scores.length; act += 1) {
    if ((scores[act] ?? 0) > (scores[best] ?? 0)) [second, best] = [best, act];
    else if (act === 1 || (scores[act] ?? 0) > (scores[second] ?? 0)) second = act;
  }
  const margin = (scores[best] ?? 0) - (scores[second] ?? 0);
  return { act: ACTS[best] ?? 'other', next: ACTS[second] ?? 'other', margin };
}
