import { memo } from '../../base/cache.ts';
import type { Place } from '../roles/roles.ts';
import type { Tokens } from '../text/tokens.ts';

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
