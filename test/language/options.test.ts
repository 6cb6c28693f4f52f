import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { optionsIn } from '../../bot/language/options/options.ts';
import { loadPack } from '../../bot/language/pack.ts';
import { tokenize } from '../../bot/language/text/tokens.ts';
import { FRAME, readText } from './reading.ts';

/** The rows of a table: "words => option:value, …". */
function rowsOf(tag: string): [string, string][] {
  const table = readFileSync(new URL(`tables/options-${tag}.txt`, import.meta.url), 'utf8');
  return table.split('\n').flatMap((line): [string, string][] => {
    const [words = '', said] = line.split(' => ');
    return said === undefined || words.startsWith('#') ? [] : [[words, said]];
  });
}

function said(text: string, tag: string): string {
  const pack = loadPack(tag);
  const tokens = tokenize(text, pack.elided);
  const { options, isClear } = optionsIn(
    { text, tokens, pack, people: [] },
    { first: 0, next: tokens.length },
  );
  const all = Object.entries(options).map(([name, value]) => `${name}:${value}`);
  return `${all.join(', ')}${isClear ? '' : '?'}`;
}

describe.each(['en', 'de', 'fr'])('options in %s', (tag) => {
  test.each(rowsOf(tag))('%s => %s', (words, expected) => {
    expect(said(words, tag)).toBe(expected);
  });
});

test.each([
  ['Please schedule a recorded meeting with Dr Nakagawa tomorrow at 9am on the trial protocol', 'en-GB'],
  ['aufgezeichnetes Meeting mit Kim morgen um 9 Uhr zum Prüfplan', 'de-DE'],
  ['réunion enregistrée avec Kim demain à 9h sur le protocole', 'fr-FR'],
])('what a meeting is said to be is no part of its name: %s', (text, locale) => {
  expect(readText(text, { ...FRAME, locale }).command).toMatchObject({ options: { record: true } });
});
