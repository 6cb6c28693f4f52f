import { visible } from '../../base/safe-text.ts';
import type { Say } from '../say.ts';

/** The most characters of one text on a card. A subject is never longer. */
const MOST_SHOWN = 255;
/** The most bytes of a name. Bytes, because alphabets with long names have one byte a letter, and those with short names three. */
const NAME_BYTES = 80;

/** A person's name or address, shortened to what identifies them. */
export function shortName(name: string): string {
  let bytes = 0;
  for (const [at, letter] of [...name].entries()) {
    bytes += Buffer.byteLength(letter);
    if (bytes > NAME_BYTES) return cut(name, at);
  }
  return name;
}

/** User text for a TextRun: without invisible characters, and with places to break in long words. */
export function shown(text: string): string {
  return visible(cut(text, MOST_SHOWN)).replaceAll(/\S{25,}/gu, (word) =>
    word.replaceAll(/(?:[^@._/-]{0,23}[@._/-]|[^@._/-]{24})(?=.)/gu, '$&\u200b'),
  );
}

/** User text for speech and notifications, which have no TextRun: without anything that could be read as markup. */
export function plain(text: string): string {
  return visible(text)
    .replaceAll(/[<>&[\]`*_\\]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** At most `limit` characters; an ellipsis replaces the rest. */
export function cut(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit).join('')}…`;
}

/** Joins sentences for speech and old clients. Each ends with the full stop of the language. */
export function wordSentences(all: readonly string[], { text }: Say): string {
  return all
    .map((sentence) => (ENDED.test(sentence) ? sentence : text('sentence.end', { sentence })))
    .reduce((first, next) => text('sentence.next', { first, next }));
}

const ENDED = /[\p{Sentence_Terminal}…:]\s?[\p{Pe}\p{Pf}]?$/u;

/** "Passcode: aB3xY9": a value with its label. */
export const wordLabelled = (label: string, value: string, { text }: Say): string =>
  text('sentence.label', { label, value });

/** The name of a language (BCP 47) in the reader's language. */
export function nameLanguage(tag: string, { locale }: Say): string {
  return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
}

/** The text with a capital first letter, for titles and buttons. Scripts without capitals stay unchanged. */
export function startText(text: string, { locale }: Say): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(locale) + text.slice(first.length);
}
