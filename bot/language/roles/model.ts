import { ACT_ROWS } from './acts.ts';
import { LABEL_COUNT } from './labels.ts';
import { packWeights, TAGGER_ROWS, type Tagger, withRules } from './tagger.ts';
import { readVocabulary, type Vocabulary, type WordLists } from './vocabulary.ts';
import { packTable, type SparseTable, unpackTable } from './weights.ts';

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

/** What a model's file says in words, as one line of JSON. */
export type ModelHead = WordLists & {
  language: string;
  seed: number;
  /** SHA-256 of the corpus, the words that speak for acts, and the acts and roles. */
  source: string;
  scores: Scores;
  /** The margins that 50, 90, 95 and 99 of 100 wrong acts on held-out templates stay below. */
  margins: readonly { of: number; margin: number }[];
  transitions: number[];
};

/** What has been learned of one language. */
export type Model = { head: ModelHead; vocabulary: Vocabulary; tagger: Tagger; acts: SparseTable };

/** The margin that so many of 100 wrong guesses stay below. */
export const marginOf = (margins: ModelHead['margins'], share: number): number =>
  margins.find(({ of }) => of === share)?.margin ?? 0;

/** The weights of a model as they were learned. */
export type Tables = { tagger: SparseTable; acts: SparseTable };

/** A model that can read, made of its head and its weights. Throws where it has other labels than the reader. */
export function toModel(head: ModelHead, { tagger, acts }: Tables): Model {
  const transitions = Int32Array.from(head.transitions);
  if (transitions.length !== (LABEL_COUNT + 1) * LABEL_COUNT)
    throw new Error('A language model has other labels than the reader: make it again with `npm run learn`.');
  return {
    head,
    vocabulary: readVocabulary(head),
    tagger: { weights: packWeights(tagger), transitions: withRules(transitions) },
    acts,
  };
}

const NEWLINE = 10;

/** A model as bytes: its head as one line of JSON, then the two tables. */
export function packModel(head: ModelHead, { tagger, acts }: Tables): Uint8Array {
  const taggerBytes = packTable(tagger);
  const line = JSON.stringify({ ...head, taggerBytes: taggerBytes.length });
  return Buffer.concat([Buffer.from(`${line}\n`), taggerBytes, packTable(acts)]);
}

/** A model out of its bytes. Throws where they are damaged. */
export function readModel(bytes: Uint8Array): Model {
  const from = bytes.indexOf(NEWLINE) + 1;
  const { taggerBytes, ...head } = JSON.parse(
    new TextDecoder().decode(bytes.subarray(0, from)),
  ) as ModelHead & {
    taggerBytes: number;
  };
  const next = from + taggerBytes;
  return toModel(head, {
    tagger: unpackTable(bytes.subarray(from, next), TAGGER_ROWS),
    acts: unpackTable(bytes.subarray(next), ACT_ROWS),
  });
}
