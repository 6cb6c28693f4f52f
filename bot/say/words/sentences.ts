import type { Say } from '../say.ts';

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
