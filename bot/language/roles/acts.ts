import type { Act } from './labels.ts';
import { ACTS, TALK } from './labels.ts';
import type { SparseTable } from './sparse.ts';
import { addRow } from './sparse.ts';

/**
 * What a message seems to want. `margin`: how far the act is ahead of the next one, which is `next`. `lead`: how far the
 * best act that wants something is ahead of the best one that only talks; below 0 for talk.
 */
export type ActGuess = { act: Act; next: Act; margin: number; lead: number };

/** The scores of all acts for the features of a sentence. */
export function scoreActs(table: SparseTable, features: Uint32Array): Int32Array {
  const scores = new Int32Array(ACTS.length);
  for (let at = 0; at < features.length; at += 1) addRow(table, features[at] ?? 0, scores);
  return scores;
}

const TALKING = Uint8Array.from(ACTS, (act) => (TALK.has(act) ? 1 : 0));

/** The act with the highest score, and how sure it is; of two alike the first of the list. */
export function guessAct(scores: Int32Array): ActGuess {
  const best = [-1, -1];
  let first = -1;
  let second = -1;
  const scoreOf = (act: number | undefined) => scores[act ?? -1] ?? Number.NEGATIVE_INFINITY;
  for (let act = 0; act < scores.length; act += 1) {
    const kind = TALKING[act] ?? 0;
    if (scoreOf(act) > scoreOf(best[kind])) best[kind] = act;
    if (scoreOf(act) > scoreOf(first)) [second, first] = [first, act];
    else if (scoreOf(act) > scoreOf(second)) second = act;
  }
  return {
    act: ACTS[first] ?? 'other',
    next: ACTS[second] ?? 'other',
    margin: scoreOf(first) - scoreOf(second),
    lead: scoreOf(best[0]) - scoreOf(best[1]),
  };
}
