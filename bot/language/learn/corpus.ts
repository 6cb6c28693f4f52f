import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { ACTS, ROLES } from '../roles/labels.ts';
import type { Piece, Template } from './template.ts';
import { readLine, readTemplate, slotsIn } from './template.ts';

/**
 * The sentences of a language: templates, the lists that their slots draw from, and words that stand for each other.
 * `givenNames`, in lower case: people are called so in every language.
 */
export type Corpus = {
  templates: readonly Template[];
  lists: ReadonlyMap<string, readonly Piece[][]>;
  variants: ReadonlyMap<string, readonly string[]>;
  givenNames: readonly string[];
};

const PACKS = new URL('../packs/', import.meta.url);
const GIVEN_NAMES = new URL('given-names.txt', PACKS);

/** The folder of a language's data. */
export function packFolder(tag: string): URL {
  return new URL(`${tag}/`, PACKS);
}

const textFilesIn = (folder: URL) =>
  (existsSync(folder) ? readdirSync(folder) : []).filter((file) => file.endsWith('.txt')).sort();

function linesOf(file: URL): string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** Lines like "with = w/, along with": a word, and what may stand in its place. */
function readVariants(folder: URL): Map<string, readonly string[]> {
  const lines = textFilesIn(folder).flatMap((file) => linesOf(new URL(file, folder)));
  return new Map(
    lines.map((line) => {
      const [word = '', others = ''] = line.split(' = ');
      return [word.trim(), others.split(',').map((other) => other.trim())];
    }),
  );
}

/** Reads the corpus of a language. Throws where a line cannot be read, or a slot has no list. */
export function readCorpus(tag: string): Corpus {
  const folder = new URL('corpus/', packFolder(tag));
  const listFolder = new URL('lists/', folder);
  const templates = textFilesIn(folder).flatMap((file) => linesOf(new URL(file, folder)).map(readLine));
  const lists = new Map<string, Piece[][]>();
  for (const file of textFilesIn(listFolder))
    lists.set(file.slice(0, -4), linesOf(new URL(file, listFolder)).map(readTemplate));
  const used = [...templates.map(({ pieces }) => pieces), ...[...lists.values()].flat()];
  const missing = new Set(used.flatMap(slotsIn).filter((slot) => !lists.has(slot)));
  if (missing.size > 0) throw new Error(`The ${tag} corpus has no list for ${[...missing].join(', ')}.`);
  const givenNames = linesOf(GIVEN_NAMES).flatMap((line) => line.split(' '));
  return { templates, lists, variants: readVariants(new URL('variants/', folder)), givenNames };
}

/**
 * SHA-256 of what a model of a language is learned from: its corpus, given names, the words that speak for an act, the
 * acts and the roles. Words of time are left out: a new one moves few sentences, and should not ask for learning again.
 */
export function hashSource(tag: string): string {
  const hash = createHash('sha256').update(`${ACTS.join()} ${ROLES.join()}`);
  const folder = packFolder(tag);
  const corpus = ['corpus/', 'corpus/lists/', 'corpus/variants/'].flatMap((part) =>
    textFilesIn(new URL(part, folder)).map((file) => part + file),
  );
  for (const file of ['acts.txt', '../given-names.txt', ...corpus])
    hash.update(`\n${file}\n`).update(readFileSync(new URL(file, folder), 'utf8').replaceAll('\r', ''));
  return hash.digest('hex');
}
