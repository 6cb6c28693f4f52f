import { candidates, chooseLanguage, type InLanguage, inLanguage } from './choose-language.ts';
import type { Command, CreateCommand, Utterance } from './command.ts';
import { commandOf } from './commands/commands.ts';
import { severalIn } from './commands/several.ts';
import { doubtsOfWhich, inContext } from './conversation/in-context.ts';
import { isFresh, isNameOfKnown } from './conversation/known-meetings.ts';
import { LANGUAGES, languageOf } from './languages.ts';
import {
  type Context,
  type Doubt,
  type Frame,
  QUESTIONS,
  type Question,
  type Reading,
  type Sentence,
  type Way,
} from './reading.ts';
import type { Act } from './roles/labels.ts';
import { saidIn } from './said.ts';
import { asValues, readSentence } from './sentence/read-sentence.ts';
import { MAX_CHARACTERS } from './text/clean.ts';
import { isLanguageTag } from './text/language-names.ts';
import { doubtsOf, wayOf } from './way/choose-way.ts';

/** A text that is left alone, before or without any reading. */
function left(why: Extract<Command, { kind: 'none' }>['why']): Reading {
  return { language: null, command: { kind: 'none', why }, way: 'leave', doubts: [], sentence: null };
}

const UNKNOWN_WORDS: Doubt = { why: 'words', words: '' };
const SHORTEST_WORD = 3;

/** Whether what is asked of a new meeting, or doubted of it, may be that there are two. */
const mayBeSeveral = ({ kind }: Command, way: Way): boolean =>
  kind === 'create' && (way === 'ask' || way === 'draft');

const isNameOf = (commands: readonly CreateCommand[], words: string): boolean =>
  commands.some(({ subject }) => subject !== null && words.includes(subject));

/** Whether a day is said in a word of the language: the other words then may be names that nobody knows. */
function saysDayInWords({ said, tokens, pack }: Sentence): boolean {
  const isWord = (at: number) =>
    tokens[at]?.kind === 'word' &&
    tokens[at].low.length >= SHORTEST_WORD &&
    pack.matchesAt(tokens, at).length > 0;
  return said.some(
    ({ kind, first, next, weak }) =>
      !weak &&
      (kind === 'date' || kind === 'relative') &&
      tokens.slice(first, next).some((_token, index) => isWord(first + index)),
  );
}

const hasWords = (text: string) => /[\p{L}\p{N}\p{Extended_Pictographic}\uFFFC]/u.test(text);

/** A text that no language explains, in the person's own where it names a meeting that was asked for: "IRB". */
function asNameAsked(
  text: string,
  [own]: readonly string[],
  context: Context | undefined,
): InLanguage | null {
  const isAsked = context?.open?.kind === 'question' && isNameOfKnown([text], context);
  return isAsked && own !== undefined ? inLanguage(text, languageOf(own)) : null;
}

/** Acts of sentences in which such a question may be: where anything is wanted done, its words say how. */
const ASKING: ReadonlySet<Sentence['act']> = new Set([
  ...(['ask', 'other', 'help', 'show', 'calendar', 'topic.guests'] as const),
]);

/** Which of these questions is asked; null for none. */
function questionIn({ act, tokens, pack }: Sentence): Question | null {
  if (!ASKING.has(act)) return null;
  const said = saidIn(tokens, pack, 'question').flatMap(({ values }) => values);
  // Who may use the bot is another question than who may join.
  if (act === 'topic.guests' && !said.includes('joining')) return null;
  return QUESTIONS.find((question) => said.includes(question)) ?? null;
}

/** What the conversation makes of words that looked like something else: an answer, or a new name beside a time. */
const VALUED: ReadonlySet<Act> = new Set(['answer', 'rename']);

/**
 * What a person wants, read from what they wrote. The same utterance and frame give the same reading; it never throws.
 * A text of more than 2,000 characters is not read at all.
 */
export function read(utterance: Utterance, given: Frame): Reading {
  const frame = isLanguageTag(given.locale) ? given : { ...given, locale: 'en' };
  const text = utterance.text.toWellFormed();
  if (text.length > MAX_CHARACTERS) return left('unknown');
  if (!hasWords(text)) return left(/[?\uff1f\u061f]/.test(text) ? 'unknown' : 'empty');
  const tags = candidates(frame.locale, frame.languages ?? LANGUAGES);
  const chosen = chooseLanguage(text, tags);
  const words = typeof chosen === 'string' ? asNameAsked(text, tags, frame.context) : chosen;
  if (words === null) return left(typeof chosen === 'string' ? chosen : 'unknown');
  const heard = readSentence({ ...utterance, text }, words, frame);
  const { act, isSettled, doubts: open } = inContext(heard, frame.context);
  const sentence = VALUED.has(act) && heard.act !== act ? asValues(heard, act, frame) : heard;
  const command = commandOf(act, sentence, frame);
  const doubts = [
    ...(words.isDoubtful && !saysDayInWords(sentence) ? [UNKNOWN_WORDS] : []),
    ...open,
    ...doubtsOfWhich(command, sentence, frame),
    ...doubtsOf(act, sentence, isSettled),
  ];
  const way = wayOf(command, sentence, doubts, isFresh(frame.context?.focus));
  const [first, ...others] = mayBeSeveral(command, way) ? severalIn(sentence, words.language, frame) : [];
  if (first) {
    // What one of them is called is no word too many.
    const unclear = doubts.filter(({ words }) => !isNameOf([first, ...others], words));
    return { language: sentence.pack.tag, command: first, others, way: 'draft', doubts: unclear, sentence };
  }
  const isNews = way === 'leave' && command.kind !== 'none';
  const meant: Command = isNews ? { kind: 'none', why: 'statement' } : command;
  const question = questionIn(sentence);
  return {
    language: sentence.pack.tag,
    command: meant,
    way,
    doubts,
    sentence,
    ...(question && { question }),
  };
}
