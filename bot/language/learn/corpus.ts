import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { ACTS, ROLES } from '../roles/labels.ts';
import type { Piece, Template } from './template.ts';
import { readLine, readTemplate, slotsIn } from './template.ts';

/** The sentences of a language: templates, and the lists that their slots draw from. */
export type Corpus = { templates: readonly Template[]; lists: ReadonlyMap<string, readonly Piece[][]> };

/** The folder of a language's data. */
export function packFolder(tag: string): URL {
  return new URL(`../packs/${tag}/`, import.meta.url);
}

const textFilesIn = (folder: URL) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort();

function linesOf(file: URL): string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
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
  return { templates, lists };
}

/** SHA-256 of all that a model is learned from, besides the code: the corpus and the lexicon of a language. */
export function hashSource(tag: string): string {
  const hash = createHash('sha256').update(`${ACTS.join()} ${ROLES.join()}`);
  const folder = packFolder(tag);
  for (const part of ['', 'corpus/', 'corpus/lists/'])
    for (const file of textFilesIn(new URL(part, folder)))
      hash
        .update(`\n${part}${file}\n`)
        .update(readFileSync(new URL(part + file, folder), 'utf8').replaceAll('\r', ''));
  return hash.digest('hex');
}
