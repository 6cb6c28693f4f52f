import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCorpus } from '../../bot/language/learn/corpus.ts';
import type { Template } from '../../bot/language/learn/template.ts';
import { ACTS } from '../../bot/language/roles/labels.ts';

const PACKS = new URL('../../bot/language/packs/', import.meta.url);
const LANGUAGES = readdirSync(PACKS).filter((tag) => existsSync(new URL(`${tag}/corpus/`, PACKS)));
const TALK = new Set(['tell', 'ask', 'other', 'greet', 'thanks']);
/** Talk is where a wrong meeting comes from; topics, answers and the like are no orders either. */
const LEAST_TALK = 0.3;

/** The same words want different things in different situations. */
const wordsOf = ({ line, situation = 'alone' }: Template) =>
  `${situation}: ${line
    .slice(line.indexOf('|') + 1)
    .trim()
    .toLowerCase()}`;

describe.each(LANGUAGES)('the corpus of %s', (tag) => {
  const { templates, lists } = readCorpus(tag);

  it('says nothing twice, so that no sentence has two acts', () => {
    const said = Map.groupBy(templates, wordsOf);
    expect(
      [...said.values()].filter((same) => same.length > 1).map((same) => same.map(({ line }) => line)),
    ).toEqual([]);
  });

  it('has several sentences of every act', () => {
    const few = ACTS.filter((act) => templates.filter((template) => template.act === act).length < 3);
    expect(few).toEqual([]);
  });

  it('has much talk that is no command', () => {
    const alone = templates.filter(({ situation }) => situation === undefined);
    const talk = alone.filter(({ act }) => TALK.has(act)).length;
    expect(talk / alone.length).toBeGreaterThan(LEAST_TALK);
  });

  it('has no list that is empty', () => {
    expect([...lists].filter(([, entries]) => entries.length === 0).map(([name]) => name)).toEqual([]);
  });
});
