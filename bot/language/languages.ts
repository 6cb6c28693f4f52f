import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { memo } from '../base/cache.ts';
import { loadPack, type MeetingWords, type Pack, toMeetingWords } from './pack.ts';
import { type Model, readModel } from './roles/model.ts';

/** A language that can read: its words, and what was learned of its sentences. */
export type Language = { pack: Pack; model: Model };

const PACKS = new URL('packs/', import.meta.url);
const modelOf = (tag: string) => new URL(`${tag}/model.bin`, PACKS);

/** The tags of all languages that can be read. */
export const LANGUAGES: readonly string[] = readdirSync(PACKS)
  .filter((tag) => existsSync(modelOf(tag)))
  .sort();

/** The largest model that is read, in bytes before it was compressed, so that a damaged file cannot fill the memory. */
const LARGEST = 4_000_000;

/** A model out of its compressed file. Throws where the file is damaged. */
export function readModelFile(file: URL): Model {
  const compressed = readFileSync(file);
  try {
    return readModel(brotliDecompressSync(compressed, { maxOutputLength: LARGEST }));
  } catch (cause) {
    throw new Error('A language model is damaged: make it again with `npm run learn`.', { cause });
  }
}

/** A language, loaded when it is first needed and kept: that takes a tenth of a second, once in a process. */
export const languageOf = memo(
  100,
  (tag): Language => ({
    pack: loadPack(tag),
    model: readModelFile(modelOf(tag)),
  }),
);

/**
 * The words for meetings and people of all languages together: a meeting that was made in one is asked for in another,
 * and a roster knows none.
 */
export function meetingWords(): MeetingWords {
  allWords ??= toMeetingWords((name) => LANGUAGES.flatMap((tag) => [...loadPack(tag).meetings[name]]));
  return allWords;
}

let allWords: MeetingWords | null = null;
