import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { read } from '../../bot/language/read.ts';
import { readRawText } from '../../bot/language/text/clean.ts';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { AT_HAND, FRAME } from '../language/reading.ts';

type Messages = Readonly<Record<string, string>>;

/**
 * What people are told to write: a whole phrase, words in quotation marks that are no button, and what follows a colon up to
 * the end.
 */
function examplesIn(key: string, messages: Messages): string[] {
  const message = messages[key] ?? '';
  if (/^phrase\.\w+$/.test(key)) return message.includes('{') ? [] : [message];
  const buttons = new Set(Object.values(messages));
  const quoted = [...message.matchAll(/[“„«]\s?([^“”„«»{]+?)\s?[”“»]/g)].map(([, words = '']) => words);
  const last = /:\s([^:?“„«{}\n]+?)[.)]?$/u.exec(message)?.[1];
  return [...quoted.filter((words) => !buttons.has(words)), ...(last ? [last] : [])];
}

/** How a person's own reader takes an example while a meeting called Q3 is at hand: what is wanted, and whether it is done at once. */
function taken(example: string, locale: string): string {
  const text = example.replaceAll(/(?<!\w)@(\w+)/g, '<at>$1</at>');
  const frame = { ...FRAME, locale, context: AT_HAND };
  const { command, way } = read(readRawText(text, ['Parley']), frame);
  return `${command.kind} ${way}`;
}

/** Prose with a colon in it, or a name that Teams has for something. */
const PROSE =
  /^page\.|\.does$|^(note\.noMailbox|notice\.(noMailbox|tooMany|seriesTime|noUndoOfOption)|options\.unknown|help\.onMessageDoes|missed\.|problem\.adminConsent|answer\.(transcript|email)|help\.private)/;

const COMMANDS = Object.keys(en).flatMap((key) => {
  if (PROSE.test(key)) return [];
  const meant = examplesIn(key, en).map((example) => taken(example, 'en-GB'));
  return meant.some((one) => !one.startsWith('none')) ? [{ key, meant }] : [];
});

const OTHERS = globSync('bot/say/messages/??.json')
  .map((file) => file.slice(-'en.json'.length, -'.json'.length))
  .filter((tag) => tag !== 'en');

describe.each(OTHERS)('in %s', (tag) => {
  const messages = JSON.parse(readFileSync(`bot/say/messages/${tag}.json`, 'utf8')) as Messages;

  test.each(COMMANDS)('$key: what it says to write is read as in English', ({ key, meant }) => {
    const examples = examplesIn(key, messages);
    expect(examples.map((example) => `${example} => ${taken(example, tag)}`)).toEqual(
      examples.map((example, at) => `${example} => ${meant[at]}`),
    );
    expect(examples).toHaveLength(meant.length);
  });
});

test('what English says to write is done at once, or asked about what it leaves open', () => {
  const doubtful = COMMANDS.filter(({ meant }) => meant.some((one) => one.endsWith('draft')));
  expect(doubtful).toEqual([]);
});
