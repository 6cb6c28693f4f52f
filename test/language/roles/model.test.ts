import { existsSync, readdirSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readModelFile } from '../../../bot/language/languages.ts';
import { hashSource, packFolder } from '../../../bot/language/learn/corpus.ts';

const TAGS = readdirSync(new URL('../../../bot/language/packs/', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const fileOf = (tag: string) => new URL('model.bin', packFolder(tag));

test.each(TAGS)('%s: the model was learned from the corpus that is there', (tag) => {
  expect(existsSync(fileOf(tag)), `npm run learn -- ${tag}`).toBe(true);
  const { source, language } = readModelFile(fileOf(tag)).head;
  expect({ language, source }, `Learn it again: npm run learn -- ${tag}`).toEqual({
    language: tag,
    source: hashSource(tag),
  });
});

test.each(TAGS)('%s: the model is small, and was measured on templates it had not seen', (tag) => {
  expect(statSync(fileOf(tag)).size).toBeLessThanOrEqual(500_000);
  const { scores } = readModelFile(fileOf(tag)).head;
  expect(scores.sentences).toBeGreaterThan(500);
  expect(scores.act).toBeGreaterThan(0.7);
  // Without the second opinion, which keeps most of these from being made.
  expect(scores.falseCreates).toBeLessThan(0.08);
});
