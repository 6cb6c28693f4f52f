import { normalize } from '../base/safe-text.ts';
import { isNear, wordsOf } from '../base/similarity.ts';
import type { MeetingWords } from '../language/pack.ts';

/** Somebody in the conversation, as its roster has them. */
type Listed = { id: string; name: string; upn: string };

/**
 * What a bare name turned out to be: one person; a question, with those it may mean, best first (nobody, where nobody
 * comes near); or words that name no person and stay as they are.
 */
export type NameMatch<Person extends Listed = Listed> =
  | { kind: 'person'; said: string; person: Person }
  | { kind: 'ask'; said: string; candidates: readonly Person[] }
  | { kind: 'text'; said: string };

/** Those who are in a conversation. `isCut`: there are more of them, of whom nothing is known. */
export type Roster<Person extends Listed> = { members: readonly Person[]; isCut: boolean };

/**
 * Bare names held against a roster, in the order in which they were said. A whole name, a first or last name, a part
 * before the @ and an initial ("Sam J") fit, whatever the case and accents; if exactly one person fits best, it is
 * meant, unless the roster is cut and this is not the whole name: somebody else may be called the same. Slips are only ever asked about. More than two words, or a word for a group, are no question: they stay text
 * unless they are somebody's whole name.
 */
export function matchNames<Person extends Listed>(
  names: readonly string[],
  { members, isCut }: Roster<Person>,
  words: NameWords,
): readonly NameMatch<Person>[] {
  const known = members.map((person) => ({ person, spellings: spellingsOf(person) }));
  const least = isCut ? WHOLE : INITIAL;
  return names.map((said) => matchName(said, { known, least }, words));
}

/** The ways in which a person is called: their names, with ä as a and as ae, and the part before the @. */
type Spellings = { names: readonly (readonly string[])[]; local: readonly string[] };
type Known<Person> = { person: Person; spellings: Spellings };

type NameWords = Pick<MeetingWords, 'groups' | 'determiners'>;

function matchName<Person extends Listed>(
  said: string,
  { known, least }: { known: readonly Known<Person>[]; least: number },
  lexicon: NameWords,
): NameMatch<Person> {
  const words = wordsOf(said);
  const fits = known
    .map(({ person, spellings }) => ({ person, fit: fitOf(words, spellings) }))
    .filter(({ fit }) => fit > 0);
  const most = Math.max(...fits.map(({ fit }) => fit));
  const best = fits.filter(({ fit }) => fit === most).map(({ person }) => person);
  const [only] = best;
  if (isText(said, words, lexicon) && most < WHOLE) return { kind: 'text', said };
  if (only !== undefined && best.length === 1 && most >= least) return { kind: 'person', said, person: only };
  if (best.length === 0 && words.some((word) => lexicon.groups.has(word))) return { kind: 'text', said };
  return { kind: 'ask', said, candidates: best };
}

function isText(said: string, words: readonly string[], { groups, determiners }: NameWords): boolean {
  const isGroup = said.split(/\s+/).some((word) => groups.has(word));
  return words.length === 0 || words.length > 2 || isGroup || determiners.has(words[0] ?? '');
}

const WHOLE = 4;
const PART = 3;
const INITIAL = 2;
const SLIP = 1;

function fitOf(words: readonly string[], { names, local }: Spellings): number {
  if (words.length === 0) return 0;
  const joined = words.join('');
  const isWhole = (name: readonly string[]) => sorted(name) === sorted(words);
  if (names.some(isWhole) || local.join('') === joined) return WHOLE;
  const all = [...names, local];
  const every = (isLike: (said: string, known: string) => boolean) =>
    all.some((name) => words.every((word) => name.some((other) => isLike(word, other))));
  if (every((word, other) => word === other)) return PART;
  if (every((word, other) => word === other || isInitial(word, other, words))) return INITIAL;
  return every(isNear) ? SLIP : 0;
}

/** "Sam J": one letter stands for a name, beside a name that is written out. */
function isInitial(word: string, other: string, words: readonly string[]): boolean {
  return word.length === 1 && other.startsWith(word) && words.some((one) => one.length > 1);
}

/** "Jones, Sam" is "Sam Jones". */
const sorted = (words: readonly string[]) => words.toSorted().join(' ');

function spellingsOf({ name, upn }: Listed): Spellings {
  // Many organizations put a department or a company behind the name.
  const bare = name.replace(/\([^)]*\)|\[[^\]]*\]|\|.*$/g, ' ');
  const german = normalize(bare, 'NFC').replace(/([äöüÄÖÜ])/g, (letter) => `${letter}e`);
  const local = (upn.split('@')[0] ?? '').split(/[._+-]/).flatMap(wordsOf);
  return { names: [wordsOf(bare), wordsOf(german)], local };
}
