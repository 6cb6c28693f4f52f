import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { DateTime } from 'luxon';
import { readModelFile } from '../languages.ts';
import { loadPack } from '../pack.ts';
import { type Model, readModel } from '../roles/model.ts';
import { cleanText } from '../text/clean.ts';
import { tokenize } from '../text/tokens.ts';
import { findTimeSpans } from '../time/find-times.ts';
import { hashSource, packFolder, readCorpus } from './corpus.ts';
import { learn } from './learn.ts';
import { confusionsIn, differencesIn } from './report.ts';
import type { Analyse } from './rows.ts';

// What a sentence says about time is the same on every day; only the values differ.
const NOW = DateTime.fromISO('2026-05-06T13:45:00', { zone: 'Europe/London' });

/** Finds the tokens and times of texts in one language. */
export function analyserOf(tag: string): Analyse {
  const pack = loadPack(tag);
  const frame = { now: NOW, zone: 'Europe/London', locale: tag };
  return (text) => {
    const tokens = tokenize(text, pack.elided);
    return { tokens, times: findTimeSpans(tokens, pack, frame), pack };
  };
}

/** Higher takes twenty times as long, and saves a twentieth. */
const COMPRESSION = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

const OPTIONS = {
  diff: { type: 'boolean' },
  report: { type: 'boolean' },
  seed: { type: 'string' },
} as const;

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Phrases that somebody wrote down to be read: the lines of test/phrases/<tag>.jsonl and of test/language/phrases/<tag>.jsonl. */
function phrasesOf(tag: string): string[] {
  const files = ['phrases', 'language/phrases'].map(
    (folder) => new URL(`../../../test/${folder}/${tag}.jsonl`, import.meta.url),
  );
  const lines = files
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
  return [...new Set(lines.map((line) => cleanText((JSON.parse(line) as { text: string }).text)))];
}

function printDifferences(tag: string, before: Model, after: Model, analyse: Analyse): void {
  const differences = differencesIn(phrasesOf(tag), before, after, analyse);
  for (const line of differences) print(line);
  print(`${differences.length} phrases are read differently.`);
}

const FIRST_SEED = 2026;

/** The number from which chance goes: the one that the model there was learned with, so that learning again gives the same. */
const seedOf = (model: URL): number => (existsSync(model) ? readModelFile(model).head.seed : FIRST_SEED);

/**
 * `npm run learn -- <tag>` learns a language's model from its corpus and writes it; `--diff` only says what would change. Two
 * seeds differ in a few sentences of a thousand: of some, keep the model with which the fewest phrases of the tests are missed.
 */
function main(args: readonly string[]): void {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [tag] = positionals;
  if (!tag) throw new Error('Say which language: npm run learn -- en [--diff | --report] [--seed N]');
  const analyse = analyserOf(tag);
  const file = new URL('model.bin', packFolder(tag));
  const seed = values.seed === undefined ? seedOf(file) : Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new Error('--seed must be a whole number.');
  const { bytes, outcomes } = learn(
    { language: tag, source: hashSource(tag), seed },
    readCorpus(tag),
    analyse,
  );
  const compressed = brotliCompressSync(bytes, COMPRESSION);
  if (values.diff) printDifferences(tag, readModelFile(file), readModel(bytes), analyse);
  else writeFileSync(file, compressed);
  if (values.report) for (const line of confusionsIn(outcomes)) print(line);
  const { scores, margins } = readModel(bytes).head;
  print(JSON.stringify({ language: tag, bytes: compressed.length, scores, margins }));
}

if (import.meta.main) main(process.argv.slice(2));
