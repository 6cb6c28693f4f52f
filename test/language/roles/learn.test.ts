import { expect, test } from 'vitest';
import type { Corpus } from '../../../bot/language/learn/corpus.ts';
import { learn } from '../../../bot/language/learn/learn.ts';
import type { Analyse } from '../../../bot/language/learn/rows.ts';
import { readLine, readTemplate } from '../../../bot/language/learn/template.ts';
import type { Pack } from '../../../bot/language/pack.ts';
import { readModel } from '../../../bot/language/roles/model.ts';
import { readRoles } from '../../../bot/language/roles/roles.ts';
import { tokenize } from '../../../bot/language/text/tokens.ts';

// A language that nobody speaks: what is learned comes out of these lines and nothing else.
const TEMPLATES = [
  'create| lumo {topic} per {guests}',
  'create| lumo per {guests} vel {topic}',
  'create| <keta |>lumo vel {topic}',
  'cancel| nexo {which}',
  'cancel| <keta |>nexo {which} tum',
  'tell| {thing} sarat tum',
  'tell| sarat {thing} per {guests}',
];
const LISTS: Record<string, string[]> = {
  topic: ['orvin', 'taleb mira', 'quend', 'bastil roo'],
  guests: ['Ana', 'Bo', 'Ana ket Bo'],
  which: ['dol {topic}', 'dol {topic} per {guests}'],
  thing: ['{topic}'],
};

const corpusOf = (templates: readonly string[]): Corpus => ({
  templates: templates.map(readLine),
  lists: new Map(Object.entries(LISTS).map(([name, entries]) => [name, entries.map(readTemplate)])),
  variants: new Map(),
  givenNames: [],
});

const pack = { tag: 'qaa', matchesAt: () => [] } as unknown as Pack;
const analyse: Analyse = (text) => ({ tokens: tokenize(text), times: [], pack });

const HEAD = { language: 'qaa', source: 'hash', seed: 1 };
const { bytes } = learn(HEAD, corpusOf(TEMPLATES), analyse);

test('the same corpus gives the same bytes, and another one others', () => {
  expect(learn(HEAD, corpusOf(TEMPLATES), analyse).bytes).toEqual(bytes);
  expect(learn(HEAD, corpusOf(TEMPLATES.slice(1)), analyse).bytes).not.toEqual(bytes);
});

test.each([
  ['lumo zubanti per Coralie', 'create', ['subject: zubanti', 'guest: Coralie']],
  ['lumo vel zubanti', 'create', ['subject: zubanti']],
  ['nexo dol zubanti tum', 'cancel', ['which: dol zubanti']],
  ['zubanti sarat tum', 'tell', null],
])('words that were never seen are placed by what stands around them: %s', (text, act, parts) => {
  const sentence = analyse(text);
  const read = readRoles(sentence, readModel(bytes));
  expect(read.act).toBe(act);
  const { tokens } = sentence;
  const said = read.parts.map(
    ({ role, first, next }) => `${role}: ${text.slice(tokens[first]?.from, tokens[next - 1]?.to)}`,
  );
  if (parts) expect(said).toEqual(parts);
});
