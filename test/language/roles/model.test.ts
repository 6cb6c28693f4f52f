import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hashSource, packFolder } from '../../../bot/language/learn/corpus.ts';
import { readHead, readModel } from '../../../bot/language/roles/model.ts';

const TAGS = readdirSync(new URL('../../../bot/language/packs/', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const bytesOf = (tag: string) => new Uint8Array(readFileSync(new URL('model.bin', packFolder(tag))));

test.each(TAGS)('%s: the model was learned from the corpus that is there', (tag) => {
  expect(existsSync(new URL('model.bin', packFolder(tag))), `npm run learn -- ${tag}`).toBe(true);
  const { source, language } = readHead(bytesOf(tag));
  expect({ language, source }, `Learn it again: npm run learn -- ${tag}`).toEqual({
    language: tag,
    source: hashSource(tag),
  });
});

test.each(TAGS)('%s: the model is small, and was measured on templates it had not seen', (tag) => {
  const bytes = bytesOf(tag);
  expect(bytes.length).toBeLessThanOrEqual(500_000);
  const { scores } = readModel(bytes).head;
  expect(scores.sentences).toBeGreaterThan(500);
  expect(scores.act).toBeGreaterThan(0.7);
  expect(scores.falseCreates).toBeLessThan(0.05);
});
