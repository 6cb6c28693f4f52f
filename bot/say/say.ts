import { IntlMessageFormat } from 'intl-messageformat';
import type { DateTime } from 'luxon';
import { memo } from '../base/cache.ts';
import de from './messages/de.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import enUS from './messages/en-US.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

/** The key of a message. Every key and argument is held to the catalogues by test/say/messages.test.ts. */
export type MessageKey = keyof typeof en;

/** What stands in keys between a beginning and an end: `Named<'problem.', '.title'>` are the problems that have a title. */
export type Named<Start extends string, End extends string = ''> = MessageKey extends infer Key
  ? Key extends `${Start}${infer Name}${End}`
    ? Name
    : never
  : never;

/** One reader's language: `text` words a message in it, and `locale` (BCP 47) is the one to word times and lists in. */
export type Say = {
  readonly locale: string;
  text(key: MessageKey, values?: Readonly<Record<string, string | number>>): string;
};

/** Who reads a card, and when. */
export type Audience = { say: Say; zone: string | null; now: DateTime };

/** The messages about a meeting that read otherwise about a room: that one has the same key with `Room` behind it. */
type KeyForKind = Extract<MessageKey, Named<'', 'Room'>>;

/** The key of such a message, about a meeting or about a room. */
export const forKind = (key: KeyForKind, isRoom: boolean | undefined): MessageKey =>
  isRoom ? (`${key}Room` as const) : key;

type Messages = Readonly<Record<MessageKey, string>>;

/** One catalogue a language; a region has only what it words differently. */
const CATALOGUES: Readonly<Record<string, Messages>> = {
  ...{ de, en, fr },
  'en-US': { ...en, ...enUS },
};

/** The voice for a BCP 47 tag: its own messages, else its language's, else English with the reader's region. Never throws. */
export const say: (locale: string) => Say = memo(200, (locale) => {
  const spoken = toSpoken(locale);
  const messages = CATALOGUES[spoken] ?? CATALOGUES[new Intl.Locale(spoken).language] ?? en;
  const compiled = memo(1000, (key) => {
    return new IntlMessageFormat(messages[key as MessageKey], spoken, undefined, { ignoreTag: true });
  });
  return {
    locale: spoken,
    text: (key, values) =>
      messages[key].includes('{') ? endOnce(String(compiled(key).format(values))) : messages[key],
  };
});

/** "Moved from Thu., 3 Dec..": the full stop of an abbreviation ends the sentence, too. */
const endOnce = (text: string): string => text.replace(/(?<=\p{L}\.)\.$/u, '');

/** The locale for times and lists: the language of the messages with the reader's region, so that a German reader of English messages gets a 24-hour clock. */
function toSpoken(tag: string): string {
  try {
    const wanted = new Intl.Locale(tag);
    if (CATALOGUES[wanted.language]) return wanted.baseName;
    const { region } = wanted.maximize();
    return region ? `en-${region}` : 'en';
  } catch (error) {
    if (error instanceof RangeError) return 'en';
    throw error;
  }
}
