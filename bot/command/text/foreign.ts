import { foreignDays, foreignJoints } from './cldr-words.ts';
import { ENGLISH_WORDS, FOREIGN_SMALL_WORDS, SHARED_WORDS } from './english-words.ts';
import { meaningOf } from './lexicon.ts';
import { lowerCase } from './tokens.ts';
import { numberOf } from './vocabulary.ts';

/** What the words of a text tell about its language, counted. */
type Evidence = {
  english: number;
  /** Days, months or "tomorrow" of another language; `lowerDays` are those that are no names. */
  days: number;
  lowerDays: number;
  /** Small words of another language ("und", "in" before a time), and words with letters that English has not. */
  small: number;
  accented: number;
  /** Lower-case words that nobody here knows. */
  unknown: number;
  /** Words in another script. */
  otherScript: number;
};

/** Names, addresses and quoted titles are in whatever language. */
const NO_WORDS = /\uFFFC|\S+@\S+|https?:\S+|www\.\S+|"[^"\n]*"|“[^”\n]*”/giu;
const WORD = /(\d?)(\p{L}[\p{L}\p{M}'’]*)/gu;
const OTHER_SCRIPT = /[^\p{Script=Latin}\p{M}'’]/u;

type Sort = keyof Evidence | 'none';

/** A half of the day stands behind its number; "am" is a word of German, too. */
function isKnown(low: string, isBehindDigit: boolean): boolean {
  if (low === 'am' || low === 'pm') return isBehindDigit;
  if (ENGLISH_WORDS.has(low)) return true;
  // "Minuten" is no slip of "minutes".
  if (foreignJoints().has(low)) return false;
  const plain = low.replace(/['’]s$/, '');
  if (plain !== low && (ENGLISH_WORDS.has(plain) || meaningOf(plain) !== undefined)) return true;
  return meaningOf(low) !== undefined && low.length > 1;
}

function sortOf(word: string, isBehindDigit: boolean): Sort {
  const low = lowerCase(word).replaceAll('’', "'");
  if (OTHER_SCRIPT.test(word)) return 'otherScript';
  if (SHARED_WORDS.has(low)) return 'none';
  const isDay = foreignDays().has(low);
  if (isKnown(low, isBehindDigit)) return isDay ? 'none' : 'english';
  if (isDay) return word === low ? 'lowerDays' : 'days';
  if (foreignJoints().has(low) || (word === low && FOREIGN_SMALL_WORDS.has(low))) return 'small';
  if (low.length > 3 && numberOf(low) !== undefined) return 'english';
  if (/[^a-z']/.test(low)) return word === low ? 'accented' : 'none';
  return low.length > 1 && word === low ? 'unknown' : 'none';
}

function evidenceIn(text: string): Evidence {
  const found: Evidence = {
    ...{ english: 0, days: 0, lowerDays: 0, small: 0, accented: 0, unknown: 0, otherScript: 0 },
  };
  for (const [, digit, word = ''] of text.replace(NO_WORDS, ' ').matchAll(WORD)) {
    const sort = sortOf(word, digit !== '');
    if (sort !== 'none') found[sort] += 1;
  }
  return found;
}

/** So many unknown words by themselves are still a subject: "14:00 ticket triage". */
const SUBJECT_WORDS = { english: 3, other: 1 };

/**
 * Whether a text is written in English. Names and a foreign word among English ones change nothing; `unclear` is a text
 * of words that nobody here knows. `locale` (BCP 47) only counts where the words tell nothing.
 */
export function languageOf(text: string, locale: string): 'english' | 'unclear' | 'foreign' {
  const { english, days, lowerDays, small, accented, unknown, otherScript } = evidenceIn(text);
  if (otherScript > english) return 'foreign';
  const foreign = lowerDays + small + accented;
  if (lowerDays > 0 && foreign + unknown >= english) return 'foreign';
  if (foreign > 0 && foreign + accented + unknown > 2 * english) return 'foreign';
  if (english > 0) return 'english';
  const most = locale.startsWith('en') ? SUBJECT_WORDS.english : SUBJECT_WORDS.other;
  if (days > 0 || unknown > most) return 'foreign';
  return unknown > 0 ? 'unclear' : 'english';
}
