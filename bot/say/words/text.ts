import { memo } from '../../base/cache.ts';
import { visible } from '../../base/safe-text.ts';
import { writtenName } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
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

const lists = memo(200, (locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));

/** "Ben, Lee and 4 more" in the locale's way of listing. */
export function names(all: readonly string[], { text, locale }: Say, limit: number): string {
  const shown = all.slice(0, limit);
  const count = all.length - shown.length;
  return lists(locale).format(count > 0 ? [...shown, text('list.more', { count })] : shown);
}

const GUESTS_SHOWN = 12;

/** The guests in one line for a TextRun. Empty if there are none. A long list ends with the number of the others. */
export function wordGuests(guests: readonly Guest[], say: Say): string[] {
  if (guests.length === 0) return [];
  return [names(guests.map(nameOf), say, GUESTS_SHOWN)];
}

const MAILED_SHOWN = 12;

/** Says that these people, named for a TextRun, will be mailed an invitation. Empty if there are none. */
export const wordMailed = (people: readonly string[], say: Say): string[] =>
  people.length === 0 ? [] : [say.text('draft.mails', { names: names(people, say, MAILED_SHOWN) })];

/** The guests that a TextRun names. */
export function nameOf(guest: Guest): string {
  return shown(shortName(writtenName(guest)));
}

type Person = { id: string; name: string };
/** A mention entity of a card. Teams requires that `text` occurs unchanged in a TextBlock. */
type Entity = { text: string; id: string; name: string };

/** The most mentions on one card. */
const MENTIONS_SHOWN = 20;

/** The people to be told, as one line of mentions and the entities behind it, and the guests who are left for a TextRun. */
export function wordMentions(
  people: readonly Person[],
  guests: readonly Guest[],
  say: Say,
): { line: string[]; entities: Entity[]; others: readonly Guest[] } {
  const told = people.filter(({ name }) => plain(name) !== '').slice(0, MENTIONS_SHOWN);
  const entities = told.map(({ id, name }) => {
    const clean = shortName(plain(name));
    return { text: `<at>${clean}</at>`, id, name: clean };
  });
  const texts = entities.map(({ text }) => text);
  return {
    line: texts.length === 0 ? [] : [names(texts, say, MENTIONS_SHOWN)],
    entities,
    others: without(told, guests),
  };
}

/** A mention has only the name in common with its guest. Each mention matches one guest. */
function without(told: readonly Person[], guests: readonly Guest[]): Guest[] {
  const open = told.map(({ name }) => name);
  return guests.filter((guest) => {
    const at = guest.kind === 'email' ? -1 : open.indexOf(guest.name);
    if (at >= 0) open.splice(at, 1);
    return at < 0;
  });
}
