import { expect, test } from 'vitest';
import type { Corpus } from '../../../bot/language/learn/corpus.ts';
import { readCorpus } from '../../../bot/language/learn/corpus.ts';
import { expand } from '../../../bot/language/learn/expand.ts';
import { randomOf } from '../../../bot/language/learn/random.ts';
import { readLine, readTemplate } from '../../../bot/language/learn/template.ts';

const LISTS = {
  topic: 'Q3 forecast',
  guest: 'Sam',
  guests: '{guest} and Priya',
  which: 'the {topic} call with {guests}',
  option: 'no lobby',
  day: 'friday',
  thing: '{topic}',
};

const corpus: Corpus = {
  templates: [],
  lists: new Map(Object.entries(LISTS).map(([name, entry]) => [name, [readTemplate(entry)]])),
  variants: new Map(),
  givenNames: [],
};

/** The text of a template, and its parts as "role: words". */
function partsOf(line: string): string[] {
  const { text, parts } = expand(readLine(line), corpus, randomOf(1));
  return [text, ...parts.map(({ role, from, to }) => `${role}: ${text.slice(from, to)}`)];
}

test.each([
  ['create| {topic} {day}', ['Q3 forecast friday', 'subject: Q3 forecast']],
  ['create| call with {guests}', ['call with Sam and Priya', 'guest: Sam and Priya']],
  ['tell| we saw {thing}', ['we saw Q3 forecast']],
  ['move| {which:my {day} call} to noon', ['my friday call to noon', 'which: my friday call']],
  ['cancel| {none:the {topic}}', ['the Q3 forecast']],
  ['create| a  call , please', ['a call, please']],
  ['create| hi\\nall', ['hi\nall']],
])('%s', (line, expected) => {
  expect(partsOf(line)).toEqual(expected);
});

test('what says which meeting has a subject and guests of its own', () => {
  expect(partsOf('cancel| {which}')).toEqual([
    'the Q3 forecast call with Sam and Priya',
    'which.subject: Q3 forecast',
    'which.guest: Sam and Priya',
    'which: the Q3 forecast call with Sam and Priya',
  ]);
});

test.each([
  ['invent| a call', 'is no act'],
  ['create| <a|b', '">" is missing'],
  ['create| {who:Sam}', 'is no label'],
  ['create| {guest', '"}" is missing'],
])('%s is refused', (line, why) => {
  expect(() => readLine(line)).toThrow(why);
});

test.each(['en', 'de', 'fr'])('the %s corpus can be read, and every slot of it has a list', (tag) => {
  expect(readCorpus(tag).templates.length).toBeGreaterThan(500);
});
