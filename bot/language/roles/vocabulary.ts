import type { Pack } from '../pack.ts';
import type { Token, Tokens } from '../text/tokens.ts';
import { hashText } from './weights.ts';

/** A word of the corpus. `isName`: people are called so; `opens`: which parts begin right behind it ("about", "with"). */
type KnownWord = { hash: number; isWord: boolean; isName: boolean; opens: Opens };

/** Bits: 1 where a subject begins behind a word, 2 where a guest, 4 where another part does. */
type Opens = number;
export const OPENS_SUBJECT = 1;

/** The words of a language's corpus, in lower case. */
export type Vocabulary = ReadonlyMap<string, KnownWord>;

/** The same as three lists, as a model's head holds them. */
export type WordLists = {
  words: string;
  names: string;
  /** Words that open a subject, a guest, another part. */
  openers: [string, string, string];
};

/** A vocabulary out of its lists. */
export function readVocabulary({ words, names, openers }: WordLists): Vocabulary {
  const vocabulary = new Map<string, KnownWord>();
  const wordOf = (low: string) => {
    const known = vocabulary.get(low) ?? { hash: hashText(low), isWord: false, isName: false, opens: 0 };
    vocabulary.set(low, known);
    return known;
  };
  const split = (list: string) => (list === '' ? [] : list.split(' '));
  for (const low of split(words)) wordOf(low).isWord = true;
  for (const low of split(names)) wordOf(low).isName = true;
  for (const [bit, list] of openers.entries()) for (const low of split(list)) wordOf(low).opens |= 1 << bit;
  return vocabulary;
}

/**
 * How well a language knows one token. `called`: a word of the corpus that is a name as well, and has a capital.
 * `neutral`: numbers, signs, addresses, mentions, which every language has.
 */
export type Knowledge = 'lexicon' | 'corpus' | 'called' | 'name' | 'capital' | 'unknown' | 'neutral';

function knowledgeOf({ kind, low, text }: Token, vocabulary: Vocabulary): Knowledge {
  if (kind !== 'word') return 'neutral';
  const known = vocabulary.get(low);
  const isCapital = text.slice(0, 1) !== low.slice(0, 1);
  if (known?.isWord) return known.isName && isCapital ? 'called' : 'corpus';
  if (known?.isName) return 'name';
  return isCapital ? 'capital' : 'unknown';
}

/** Per token, how well a language knows it. Which language a text is in, the shares of these say. */
export function knowledgeIn(tokens: Tokens, pack: Pack, vocabulary: Vocabulary): Knowledge[] {
  const known = tokens.map((token) => knowledgeOf(token, vocabulary));
  for (let at = 0; at < tokens.length; at += 1) {
    const next = pack.matchesAt(tokens, at)[0]?.next ?? at;
    for (let inside = at; inside < next; inside += 1)
      if (known[inside] !== 'neutral') known[inside] = 'lexicon';
  }
  return known;
}

/** The share of a text's words, from 0 to 1, that a language knows; 1 where there are no words. A name counts for half. */
export function shareKnown(knowledge: readonly Knowledge[]): number {
  let words = 0;
  let known = 0;
  for (const each of knowledge) {
    if (each === 'neutral') continue;
    words += 1;
    known += WORTH[each];
  }
  return words === 0 ? 1 : known / words;
}

const WORTH = { lexicon: 1, corpus: 1, called: 1, name: 0.5, capital: 0, unknown: 0 };
