import type { Act } from './labels.ts';
import { ACTS, TALK } from './labels.ts';
import type { SparseTable } from './sparse.ts';
import { addRow } from './sparse.ts';

/**
 * What a message seems to want. `margin`: how far the act is ahead of the next one, which is `next`. `lead`: how far the
 * best act that wants something is ahead of the best one that only talks; below 0 for talk. `further`: the acts behind the
 * next one, and how far the act is ahead of each.
 */
export type ActGuess = {
  act: Act;
  next: Act;
  margin: number;
  lead: number;
  further: readonly { act: Act; margin: number }[];
};

/** The scores of all acts for the features of a sentence. */
export function scoreActs(table: SparseTable, features: Uint32Array): Int32Array {
  const scores = new Int32Array(ACTS.length);
  for (let at = 0; at < features.length; at += 1) addRow(table, features[at] ?? 0, scores);
  return scores;
}

const TALKING = Uint8Array.from(ACTS, (act) => (TALK.has(act) ? 1 : 0));

/** How many acts are known behind the next one. */
const FURTHER = 4;

/** The act with the highest score, and how sure it is; of two alike the first of the list. */
export function guessAct(scores: Int32Array): ActGuess {
  const scoreOf = (act: number) => scores[act] ?? Number.NEGATIVE_INFINITY;
  const bestOf = (isTalk: number) =>
    scores.reduce((best, score, act) => (TALKING[act] === isTalk && score > best ? score : best), -(2 ** 31));
  const [first = 0, ...others] = [...scores.keys()]
    .sort((one, other) => scoreOf(other) - scoreOf(one) || one - other)
    .slice(0, 2 + FURTHER);
  const [next, ...further] = others.map((act) => ({
    act: ACTS[act] ?? 'other',
    margin: scoreOf(first) - scoreOf(act),
  }));
  return {
    act: ACTS[first] ?? 'other',
    next: next?.act ?? 'other',
    margin: next?.margin ?? 0,
    lead: bestOf(0) - bestOf(1),
    further,
  };
}
