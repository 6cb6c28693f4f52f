import type { DateTime } from 'luxon';
import { memo } from '../base/cache.ts';
import { visible } from '../base/safe-text.ts';
import type { Say } from './say.ts';
import type { Clock } from './when.ts';

/** What a template is filled with: words, and the ids that buttons carry. Never null or undefined, which would show as `${name}`. */
export type Value = string | number | boolean | readonly Value[] | { readonly [name: string]: Value };

/** A card's data, and the same in one sentence for who does not see cards. */
export type Filling = { data: { readonly [name: string]: Value }; summary: string };

const lists = memo(200, (locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));

const alternatives = memo(200, (locale) => new Intl.ListFormat(locale, { type: 'disjunction' }));

/** Who reads a card, and when. */
export type Audience = { say: Say; zone: string | null; now: DateTime };

/** The clock by which this reader is told times of a meeting in `zone`. */
export function clockFor({ say, now }: Audience, zone: string): Clock {
  return { say, zone, now };
}

/** No subject is longer, and nothing longer is worth its place on a card. */
const MOST_SHOWN = 255;
/** In bytes, as the letters of long names have one and those of short names three. */
const NAME_BYTES = 80;

/** A person's name or address, as much of it as tells who is meant. */
export function shortName(name: string): string {
  let bytes = 0;
  for (const [at, letter] of [...name].entries()) {
    bytes += Buffer.byteLength(letter);
    if (bytes > NAME_BYTES) return cut(name, at);
  }
  return name;
}

/** User text for a TextRun: only what is visible, and a word of any length finds a place to break. */
export function shown(text: string): string {
  return visible(cut(text, MOST_SHOWN)).replaceAll(/\S{25,}/gu, (word) =>
    word.replaceAll(/(?:[^@._/-]{0,23}[@._/-]|[^@._/-]{24})(?=.)/gu, '$&\u200b'),
  );
}

/** User text for where no TextRun exists (speech, notifications): what could be read as markup is taken out. */
export function plain(text: string): string {
  return visible(text)
    .replaceAll(/[<>&[\]`*_\\]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** At most `limit` characters, with a sign that there was more. */
export function cut(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit).join('')}…`;
}

/** "Ben, Lee and 4 more" in the locale's way of listing. */
export function names(all: readonly string[], { text, locale }: Say, limit: number): string {
  const shown = all.slice(0, limit);
  const count = all.length - shown.length;
  if (count > 0) return text('list.more', { names: shown.join(', '), count });
  return lists(locale).format(shown);
}

/** "a, b or c" in the locale's way of listing. */
export function either(all: readonly string[], { locale }: Say): string {
  return alternatives(locale).format(all);
}

/** "45 minutes", "1 hour 30 minutes". */
export function duration(minutes: number, { text }: Say): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return text('length', { minutes });
  return rest === 0 ? text('lengthHours', { hours }) : text('lengthMixed', { hours, minutes: rest });
}
