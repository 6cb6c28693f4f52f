import type { Command, Utterance } from './command.ts';
import { commandOf } from './commands.ts';
import { inContext } from './context.ts';
import { doubtsOf, wayOf } from './evidence.ts';
import { candidates, chooseLanguage, LANGUAGES } from './languages.ts';
import type { Frame, Reading } from './reading.ts';
import { readSentence } from './sentence.ts';
import { MAX_CHARACTERS } from './text/clean.ts';
import { isLanguageTag } from './text/language-tag.ts';

/** A text that is left alone, before or without any reading. */
function left(why: Extract<Command, { kind: 'none' }>['why']): Reading {
  return { language: null, command: { kind: 'none', why }, way: 'leave', doubts: [], sentence: null };
}

const FEW_WORDS = 2;

/** Whether a text that nobody can read is one: a word or two may be a name, a slip or nothing at all. */
function isForeign(text: string): boolean {
  const words = text.match(/\p{L}+/gu) ?? [];
  return words.length > FEW_WORDS || /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(text);
}

const hasWords = (text: string) => /[\p{L}\p{N}\p{Extended_Pictographic}\uFFFC]/u.test(text);

/**
 * What a person wants, read from what they wrote. The same utterance and frame give the same reading; it never throws.
 * A text of more than 2,000 characters is not read at all.
 */
export function read(utterance: Utterance, given: Frame): Reading {
  const frame = isLanguageTag(given.locale) ? given : { ...given, locale: 'en' };
  const text = utterance.text.toWellFormed();
  if (text.length > MAX_CHARACTERS) return left('unknown');
  if (!hasWords(text)) return left(/[?\uff1f\u061f]/.test(text) ? 'unknown' : 'empty');
  const language = chooseLanguage(text, candidates(frame.locale, frame.languages ?? LANGUAGES));
  if (!language) return left(isForeign(text) ? 'language' : 'unknown');
  const sentence = readSentence({ ...utterance, text }, language, frame);
  const { act, isSettled, doubts: open } = inContext(sentence, frame.context);
  const command = commandOf(act, sentence, frame);
  const doubts = [...open, ...doubtsOf(act, sentence, isSettled)];
  const way = wayOf(command, sentence, doubts);
  const isNews = way === 'leave' && command.kind !== 'none';
  const meant: Command = isNews ? { kind: 'none', why: 'statement' } : command;
  return { language: language.pack.tag, command: meant, way, doubts, sentence };
}
