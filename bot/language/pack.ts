import type { Tokens } from './text/tokens.ts';

/** What one reading of a word says: `{ weekday: '1' }`, `{ shift: '0', part: 'evening' }`, `{ cue: 'at' }`. */
export type Tags = Readonly<Record<string, string>>;

/** An entry of the lexicon found at a token: it reaches to `next`, and each reading is one thing it may mean. */
export type Match = { next: number; readings: readonly Tags[] };

/** A language, as data: everything that is known of its words. */
export type Pack = {
  /** BCP 47 tag: "en", "pt-BR". */
  tag: string;
  /** Beginnings that are written before an apostrophe and are words of their own; for `tokenize`. */
  elided: ReadonlySet<string>;
  /** The entries that begin at a token, longest first; none for a word that the lexicon does not have. */
  matchesAt(tokens: Tokens, at: number): readonly Match[];
};
