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
  let first = 0;
  let second = -1;
  let wanting = Number.NEGATIVE_INFINITY;
  let talking = Number.NEGATIVE_INFINITY;
  const scoreOf = (act: number) => scores[act] ?? Number.NEGATIVE_INFINITY;
  for (let act = 0; act < scores.length; act += 1) {
    const score = scoreOf(act);
    if (TALKING[act] === 1) talking = Math.max(talking, score);
    else wanting = Math.max(wanting, score);
    if (score > scoreOf(first)) {
      second = first;
      first = act;
    } else if (act !== first && score > scoreOf(second)) second = act;
  }
  return {
    act: ACTS[first] ?? 'other',
    next: ACTS[second] ?? 'other',
    margin: scoreOf(first) - scoreOf(second),
    lead: wanting - talking,
  };
}
