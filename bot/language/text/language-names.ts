import { memo } from '../../base/cache.ts';
import type { Place } from '../roles/roles.ts';
import type { Tokens } from './tokens.ts';

const FORM = /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i;

/** Whether this is a short BCP 47 tag that every formatter takes: "en-US-GB" has the form of one, and they throw. */
export function isLanguageTag(tag: unknown): tag is string {
  return typeof tag === 'string' && FORM.test(tag) && isCanonical(tag);
}

const isCanonical = memo(200, (tag) => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
});

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const SHORTEST = 4;

/** The languages that the platform names in a language, by name in lower case. */
const namesIn = memo(20, (locale): ReadonlyMap<string, string> => {
  const display = new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' });
  const tags = [...LETTERS].flatMap((first) => [...LETTERS].map((second) => first + second));
  const ownName = (tag: string) => new Intl.DisplayNames(tag, { type: 'language', fallback: 'none' }).of(tag);
  const known = [...tags, 'fil', 'yue'].flatMap((tag) => {
    const name = display.of(tag);
    // Making a formatter takes longer than reading a message, and most pairs of letters are no language.
    const names = name && (locale === 'en' || tag === locale) ? [name, ownName(tag)] : [name];
    return names.flatMap((each) =>
      each && each.length >= SHORTEST ? [[each.toLowerCase(), tag] as const] : [],
    );
  });
  return new Map(known);
});

/** The tag of the language that a place names, in the words of one language or in English; null where it names none. */
export function languageNamed(tokens: Tokens, { first, next }: Place, locale: string): string | null {
  for (let at = first; at < next; at += 1) {
    const low = tokens[at]?.low ?? '';
    const tag = namesIn(locale).get(low) ?? namesIn('en').get(low);
    if (tag) return tag;
  }
  return null;
}
