import { normalize } from '../base/safe-text.ts';
import { isNear, wordsOf } from '../base/similarity.ts';
import type { Invitee } from '../language/command.ts';
import type { MeetingWords } from '../language/pack.ts';
import { addressOf, writtenName } from './guest-list.ts';
import type { Guest } from './meeting.ts';
import type { MeetingRecord } from './record.ts';

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

/** The score of words that are the whole name. */
export const CALLED_SO = 4;

/**
 * How well words fit a meeting's subject: 4 if they are the whole name, 3 if all occur in it, 2 if all occur with
 * misspellings, 1 if most do or they name a guest, 0 otherwise. If no words were said, every meeting fits (1).
 */
export function scoreSubject(
  words: readonly string[],
  { subject, guests }: Pick<MeetingRecord, 'guests' | 'subject'>,
  { articles }: Pick<MeetingWords, 'articles'>,
): number {
  if (words.length === 0) return 1;
  const known = withoutArticles(wordsOf(subject ?? ''), articles);
  if (known.length > 0 && known.join('') === words.join('')) return CALLED_SO;
  const isSame = (a: string, b: string) => a === b;
  if (found(words, known, isSame) === words.length) return 3;
  const near = found(words, known, isNear);
  if (near === words.length) return 2;
  const isWhole = known.length > 0 && found(known, words, isNear) === known.length;
  if (near * 2 > words.length || (isWhole && near * 2 >= words.length)) return 1;
  const people = guests.map(writtenName).flatMap(wordsOf);
  return words.every((word) => people.includes(word)) ? 1 : 0;
}

/** The words without a leading article. Further on it may be part of the name: "Interview A". */
function withoutArticles(words: readonly string[], articles: ReadonlySet<string>): readonly string[] {
  const first = words.findIndex((word) => !articles.has(word));
  return first < 0 ? words : words.slice(first);
}

type Likeness = (said: string, known: string) => boolean;

/** How many of the words occur in the others. Two words that are one word there ("stand up") count as two, and the reverse. */
function found(words: readonly string[], others: readonly string[], isLike: Likeness): number {
  const joined = others.slice(1).map((word, i) => `${others[i]}${word}`);
  const occurs = (word: string) => [...others, ...joined].some((other) => isLike(word, other));
  return words.filter((word, i) => {
    const before = i > 0 && occurs(`${words[i - 1]}${word}`);
    const after = i + 1 < words.length && occurs(`${word}${words[i + 1]}`);
    return occurs(word) || before || after;
  }).length;
}

/**
 * How well the named people fit a meeting: 3 if they are certainly its guests, 2 by a part of their names, 1 with misspellings
 * or if the subject names them, 0 if somebody is missing. If nobody was named, every meeting fits (1).
 */
export function scorePeople(
  people: readonly Invitee[],
  record: Pick<MeetingRecord, 'guests' | 'subject'>,
): number {
  if (people.length === 0) return 1;
  return Math.min(...people.map((person) => personFit(person, record)));
}

function personFit(person: Invitee, { guests, subject }: Pick<MeetingRecord, 'guests' | 'subject'>): number {
  const fits = guests.map((guest) => guestFit(person, guest));
  const words = person.kind === 'email' ? [] : wordsOf(person.name);
  const inSubject = wordsOf(subject ?? '');
  const isInSubject = words.length > 0 && words.every((word) => inSubject.includes(word));
  return Math.max(0, ...fits, isInSubject ? 1 : 0);
}

/** The guests whom these people are, by whole names or a part of them. */
export function findGuests(people: readonly Invitee[], guests: readonly Guest[]): readonly Guest[] {
  return guests.filter((guest) => people.some((person) => guestFit(person, guest) >= 2));
}

function guestFit(person: Invitee, guest: Guest): number {
  if (person.kind === 'email') return addressOf(guest)?.toLowerCase() === person.email.toLowerCase() ? 3 : 0;
  if (person.kind === 'mention' && guest.kind === 'member' && guest.id === person.id) return 3;
  const said = wordsOf(person.name);
  const known = guest.kind === 'email' ? [] : wordsOf(guest.name);
  if (said.length === 0) return 0;
  if (known.join(' ') === said.join(' ')) return 3;
  const all = [...known, ...localWords(guest)];
  if (said.every((word) => all.includes(word))) return 2;
  return said.every((word) => all.some((other) => isNear(word, other))) ? 1 : 0;
}

/** The words before the @ of an address, which are mostly a name. */
function localWords(guest: Guest): string[] {
  return (addressOf(guest)?.split('@')[0] ?? '').split(/[._+-]/).flatMap(wordsOf);
}
