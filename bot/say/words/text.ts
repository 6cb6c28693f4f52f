import { visible } from '../../base/safe-text.ts';
import type { Say } from '../say.ts';

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

/** Sentences one after another, for speech and old clients; each ends as this language ends a sentence. */
export function wordSentences(all: readonly string[], { text }: Say): string {
  return all
    .map((sentence) => (ENDED.test(sentence) ? sentence : text('sentence.end', { sentence })))
    .reduce((first, next) => text('sentence.next', { first, next }));
}

const ENDED = /[\p{Sentence_Terminal}…][\p{Pe}\p{Pf}]?$/u;

/** "Passcode: aB3xY9": a value and what it is. */
export const wordLabelled = (label: string, value: string, { text }: Say): string =>
  text('sentence.label', { label, value });

/** A language (BCP 47) by its name in the reader's. */
export function nameLanguage(tag: string, { locale }: Say): string {
  return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
}

/** The first letter large, as text begins in a title or on a button; what has no capitals stays as it is. */
export function startText(text: string, { locale }: Say): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(locale) + text.slice(first.length);
}
