import { readdirSync, readFileSync } from 'node:fs';
import { memo } from '../base/cache.ts';
import { isNearMiss, wordsOf } from '../base/similarity.ts';
import { cldrEntries, countryNames } from './cldr.ts';
import { compile, type Entry, type Match, parseEntry } from './lexicon.ts';
import type { Tokens } from './text/tokens.ts';
import { compileGrammar, type Grammar } from './time/grammar.ts';

/** The words in which people speak of their meetings and of who comes, as `wordsOf` spells them. */
export type MeetingWords = {
  /** Words that say nothing of which meeting is meant: "the meeting", "that call". */
  idle: ReadonlySet<string>;
  /** Words that point at a meeting instead of naming it. */
  next: ReadonlySet<string>;
  newest: ReadonlySet<string>;
  all: ReadonlySet<string>;
  /** Words that point at one of several, which the conversation does not tell: "the later one". */
  pointing: ReadonlySet<string>;
  /** Articles within a subject. */
  articles: ReadonlySet<string>;
  /** Groups of people: nobody's name while they are written small. */
  groups: ReadonlySet<string>;
  /** With such a word a name begins that is no person's: "the brand team". */
  determiners: ReadonlySet<string>;
  /** What a meeting that is always open is called, without which its name is the same: "the standup room". */
  rooms: ReadonlySet<string>;
};

/** The words under a name in the lists of one or several languages. */
type Lists = (name: keyof MeetingWords) => readonly string[];

/** Out of the lists of a lexicon. */
export function toMeetingWords(lists: Lists): MeetingWords {
  const words = (name: keyof MeetingWords): ReadonlySet<string> => new Set(lists(name).flatMap(wordsOf));
  return {
    idle: words('idle'),
    next: words('next'),
    newest: words('newest'),
    all: words('all'),
    pointing: words('pointing'),
    articles: words('articles'),
    groups: words('groups'),
    determiners: words('determiners'),
    rooms: new Set(lists('rooms').map((phrase) => wordsOf(phrase).join(' '))),
  };
}

/** A language, as data: everything that is known of its words. */
export type Pack = {
  /** BCP 47 tag: "en", "pt-BR". */
  tag: string;
  /** Beginnings that are written before an apostrophe and are words of their own; for `tokenize`. */
  elided: ReadonlySet<string>;
  /** Words of time that are other words as well ("may", "sat"): times only where nothing else is meant. */
  weak: ReadonlySet<string>;
  /** Words that stand behind lengths and hours of the day alike: "15 heures". */
  clocklike: ReadonlySet<string>;
  /** How times are said. */
  grammar: Grammar;
  /** How people speak of meetings that are there. */
  meetings: MeetingWords;
  /** Whether a word is one slip away from a word that leads on to another part: "abuot", "meetign". */
  isSlip(low: string): boolean;
  /** Whether people of whatever language are called so by their first name. */
  isGivenName(low: string): boolean;
  /** First halves of double names: "jean luc". */
  doubled: ReadonlySet<string>;
  /** The entries that begin at a token, longest first; none for a word that the lexicon does not have. */
  matchesAt(tokens: Tokens, at: number): readonly Match[];
  /** Whether an entry with this tag may be in a text: most of the words that are looked for are in none. */
  maySay(tokens: Tokens, tag: string): boolean;
};

/** What a lexicon file says: entries, and lists that begin with "@". */
type Source = { entries: Entry[]; lists: ReadonlyMap<string, readonly string[]> };

const PACKS = new URL('packs/', import.meta.url);
const SHARED = new URL('time/', import.meta.url);
const GRAMMAR = 'patterns.txt';
const GIVEN_NAMES = ['given-names.txt', 'first-names.txt'].map((name) => new URL(name, PACKS));

/** The lines of a file that say something: without comments and empty ones. */
function linesOf(file: URL): string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}

const split = (list: string) => list.split(',').map((word) => word.trim());

function parseSource(lines: readonly string[]): Source {
  const lists = new Map<string, string[]>();
  const entries: Entry[] = [];
  for (const line of lines) {
    const [, name, list] = /^@([\w-]+) (.*)$/.exec(line) ?? [];
    if (name === undefined || list === undefined) entries.push(parseEntry(line));
    else lists.set(name, [...(lists.get(name) ?? []), ...split(list)]);
  }
  return { entries, lists };
}

/** Numbers and ordinals are lists in order: their place is their value. */
function counted(lists: Source['lists'], name: string, tag: string, from: number): Entry[] {
  return (lists.get(name) ?? []).map((word, index) => ({
    tags: { [tag]: String(index + from) },
    phrases: word.split('|'),
  }));
}

/** Words that are written as one: "Montagvormittag" of a weekday and a part of the day. */
function compounds(entries: readonly Entry[], pairs: readonly string[]): Entry[] {
  const single = ({ phrases }: Entry) => phrases.filter((phrase) => /^\p{L}{4,}$/u.test(phrase));
  return pairs.flatMap((pair) => {
    const [left = '', right = ''] = pair.split(' ');
    const of = (tag: string) => entries.filter(({ tags }) => tag in tags);
    return of(left).flatMap((a) =>
      of(right).map((b) => ({
        tags: { ...a.tags, ...b.tags },
        phrases: single(a).flatMap((first) => single(b).map((second) => first + second)),
      })),
    );
  });
}

/** Countries keep one zone under the name that CLDR gives them: a line "zone:Europe/Paris = @FR, lyon". */
function withCountries(entries: readonly Entry[], tag: string): Entry[] {
  const country = countryNames(tag);
  const name = (phrase: string) => (phrase.startsWith('@') ? country(phrase.slice(1)) : phrase) ?? '';
  return entries.map(({ tags, phrases }) => ({
    tags,
    phrases: phrases.map(name).filter((phrase) => phrase !== ''),
  }));
}

function ianaCities(): Entry[] {
  return Intl.supportedValuesOf('timeZone').flatMap((zone) => {
    const city = zone.split('/').at(-1)?.replaceAll('_', ' ').toLowerCase();
    return city && zone.includes('/') && !zone.startsWith('Etc/')
      ? [{ tags: { zone }, phrases: [city] }]
      : [];
  });
}

/** Where several lines give one phrase a zone, the last one wins. */
function lastZone(entries: readonly Entry[]): Entry[] {
  const owner = new Map<string, Entry>();
  for (const entry of entries) for (const phrase of entry.phrases) owner.set(phrase, entry);
  return entries.map((entry) => ({
    tags: entry.tags,
    phrases: entry.phrases.filter((phrase) => owner.get(phrase) === entry),
  }));
}

const LEADING = ['act', 'about', 'joins', 'together', 'generic'];
const SHORTEST_LEADING = 5;

/** Whether a word is a near miss of one of the words that lead on to another part. */
function slipsOf(entries: readonly Entry[], honest: ReadonlySet<string>): Pack['isSlip'] {
  const isLeading = ({ tags }: Entry) => LEADING.some((tag) => tag in tags);
  const words = entries.filter(isLeading).flatMap(({ phrases }) => phrases);
  const meant = [
    ...new Set(words.filter((word) => /^\p{L}+$/u.test(word) && word.length >= SHORTEST_LEADING)),
  ];
  return memo(1_000, (low) => !honest.has(low) && meant.some((word) => isNearMiss(low, word)));
}

let givenNames: ReadonlySet<string> | null = null;

/** Whether a word is a first name, in all languages alike. */
function isGivenName(low: string): boolean {
  givenNames ??= new Set(GIVEN_NAMES.flatMap(linesOf).flatMap((line) => line.split(' ')));
  return givenNames.has(low);
}

const packs = new Map<string, Pack>();

/** The pack of a language that is there, compiled when it is first needed. */
export function loadPack(tag: string): Pack {
  const known = packs.get(tag);
  if (known) return known;
  const pack = readPack(tag);
  packs.set(tag, pack);
  return pack;
}

function readPack(tag: string): Pack {
  const folder = new URL(`${tag}/`, PACKS);
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt') && name !== GRAMMAR);
  const { entries, lists } = parseSource(files.sort().flatMap((name) => linesOf(new URL(name, folder))));
  const shared = parseSource(linesOf(new URL('lexicon.txt', SHARED)));
  const zones = parseSource(linesOf(new URL('zones.txt', SHARED)));
  const isZone = ({ tags }: Entry) => 'zone' in tags;
  const places = [...ianaCities(), ...zones.entries.filter(isZone), ...entries.filter(isZone)];
  const words = [
    ...cldrEntries(tag),
    ...entries.filter((entry) => !isZone(entry)),
    ...shared.entries,
    ...zones.entries.filter((entry) => !isZone(entry)),
    ...counted(lists, 'numbers', 'number', 0),
    ...counted(lists, 'ordinals', 'ordinal', 1),
  ];
  const all = [
    ...words,
    ...compounds(words, lists.get('compounds') ?? []),
    ...lastZone(withCountries(places, tag)),
  ];
  const set = (name: string) => new Set(lists.get(name) ?? []);
  const elided = set('elided');
  const slips = { tags: set('misspelt'), honest: set('honest') };
  const { matchesAt } = compile(all, elided, slips);
  // Of two patterns that fit equally well the pack's own comes first.
  const grammar = compileGrammar([
    ...linesOf(new URL(GRAMMAR, folder)),
    ...linesOf(new URL(GRAMMAR, SHARED)),
  ]);
  return {
    tag,
    elided,
    weak: set('weak'),
    clocklike: set('clocklike'),
    grammar,
    meetings: toMeetingWords((name) => lists.get(name) ?? []),
    isSlip: slipsOf(words, slips.honest),
    isGivenName,
    doubled: set('doubled'),
    matchesAt,
    maySay: () => true,
  };
}
