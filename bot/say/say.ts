import { IntlMessageFormat } from 'intl-messageformat';
import { memo } from '../base/cache.ts';
import { en } from './en.ts';
import { enUS } from './en-US.ts';

type Key = keyof typeof en;
/** Everything we say, in one language. Another language is another file of this type and a row in LANGUAGES. */
type Messages = Readonly<Record<Key, string>>;

/** The names a message takes: `{name}`, `{count, plural, …}`. A plural's branches hold a space, so they are not taken for names. */
type Names<S> = S extends `${string}{${infer R}` ? Word<Head<R>> | Names<R> : never;
type Head<S> = S extends `${infer A}}${string}` ? (A extends `${infer B},${string}` ? B : A) : never;
type Word<W> = W extends `${string} ${string}` ? never : W;
type Params<K extends Key> = Record<Names<(typeof en)[K]> & string, string | number>;
type Rest<K extends Key> = [Names<(typeof en)[K]>] extends [never] ? [] : [params: Params<K>];

/** One reader's language; `locale` is also the one to word times in. Keys and parameters are checked by the compiler. */
export type Say = { readonly locale: string; text<K extends Key>(key: K, ...params: Rest<K>): string };

const LANGUAGES: Readonly<Record<string, Messages>> = { en, 'en-US': { ...en, ...enUS } };

/** The voice for a BCP 47 tag: its own messages, else its language's, else English with the reader's region. Never throws. */
export const say: (locale: string) => Say = memo(200, (locale) => {
  const spoken = spokenLocale(locale);
  return create(spoken, LANGUAGES[spoken] ?? LANGUAGES[language(spoken)] ?? en);
});

function create(locale: string, messages: Messages): Say {
  const compiled = memo(1000, (key) => {
    return new IntlMessageFormat(messages[key as Key], locale, undefined, { ignoreTag: true });
  });
  return {
    locale,
    text: (key, ...[params]) =>
      messages[key].includes('{') ? String(compiled(key).format(params)) : messages[key],
  };
}

/** Times must be in the language of the sentence around them: a German without German messages reads English with a 24-hour clock. */
function spokenLocale(tag: string): string {
  try {
    const wanted = new Intl.Locale(tag);
    if (LANGUAGES[wanted.language]) return wanted.baseName;
    const { region } = wanted.maximize();
    return region ? `en-${region}` : 'en';
  } catch (error) {
    if (error instanceof RangeError) return 'en';
    throw error;
  }
}

function language(tag: string): string {
  return new Intl.Locale(tag).language;
}
