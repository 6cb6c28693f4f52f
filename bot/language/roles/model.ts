import { ACT_ROWS } from './act-features.ts';
import { LABEL_COUNT } from './labels.ts';
import type { SparseTable } from './sparse.ts';
import { packTable, unpackTable } from './sparse.ts';
import type { Tagger } from './tagger.ts';
import { packWeights, withRules } from './tagger.ts';
import { TAGGER_ROWS } from './token-features.ts';
import type { Vocabulary, WordLists } from './vocabulary.ts';
import { readVocabulary } from './vocabulary.ts';

/** Shares from 0 to 1, measured on sentences of templates that were kept out of learning. */
export type Scores = {
  sentences: number;
  act: number;
  subject: number;
  which: number;
  guest: number;
  option: number;
  /** The share of talk that was read as a meeting to be made. */
  falseCreates: number;
};

/** What stands at the beginning of a model's file, as one line of JSON. */
export type ModelHead = WordLists & {
  language: string;
  seed: number;
  /** SHA-256 of the corpus, the words that speak for acts, and the acts and roles. */
  source: string;
  scores: Scores;
  /** The margins that 50, 90, 95 and 99 of 100 wrong acts on held-out templates stay below. */
  margins: readonly { of: number; margin: number }[];
  taggerBytes: number;
  transitions: number[];
};

/** What has been learned of one language. */
export type Model = { head: ModelHead; vocabulary: Vocabulary; tagger: Tagger; acts: SparseTable };

/** The margin that so many of 100 wrong guesses stay below. */
export const marginOf = (margins: ModelHead['margins'], share: number): number =>
  margins.find(({ of }) => of === share)?.margin ?? 0;

const NEWLINE = 10;

/** A model as a file: its head as one line of JSON, then the two tables. */
export function packModel(
  head: Omit<ModelHead, 'taggerBytes'>,
  tagger: SparseTable,
  acts: SparseTable,
): Uint8Array {
  const taggerBytes = packTable(tagger);
  const line = new TextEncoder().encode(`${JSON.stringify({ ...head, taggerBytes: taggerBytes.length })}\n`);
  const actBytes = packTable(acts);
  const bytes = new Uint8Array(line.length + taggerBytes.length + actBytes.length);
  bytes.set(line);
  bytes.set(taggerBytes, line.length);
  bytes.set(actBytes, line.length + taggerBytes.length);
  return bytes;
}

/** The head of a model's file. */
export function readHead(bytes: Uint8Array): ModelHead {
  return JSON.parse(new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(NEWLINE)))) as ModelHead;
}

/** A model out of its file. Throws where the file is damaged. */
export function readModel(bytes: Uint8Array): Model {
  const head = readHead(bytes);
  const from = bytes.indexOf(NEWLINE) + 1;
  const next = from + head.taggerBytes;
  const transitions = Int32Array.from(head.transitions);
  if (transitions.length !== (LABEL_COUNT + 1) * LABEL_COUNT)
    throw new Error('A language model has other labels than the reader: make it again with `npm run learn`.');
  return {
    head,
    vocabulary: readVocabulary(head),
    tagger: {
      weights: packWeights(unpackTable(bytes.subarray(from, next), TAGGER_ROWS)),
      transitions: withRules(transitions),
    },
    acts: unpackTable(bytes.subarray(next), ACT_ROWS),
  };
}
