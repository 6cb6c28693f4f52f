import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { memo } from '../memo.ts';
import { isForeignDay } from './foreign.ts';
import { loadPack } from './pack.ts';
import { readModel } from './roles/model.ts';
import type { Knowledge } from './roles/vocabulary.ts';
import { knowledgeIn, shareKnown } from './roles/vocabulary.ts';
import type { Language } from './sentence.ts';
import { tokenize } from './text/tokens.ts';

const PACKS = new URL('packs/', import.meta.url);
const modelOf = (tag: string) => new URL(`${tag}/model.bin`, PACKS);

/** The tags of all languages that can be read. */
export const LANGUAGES: readonly string[] = readdirSync(PACKS)
  .filter((tag) => existsSync(modelOf(tag)))
  .sort();

/** A language, loaded when it is first needed and kept. */
export const languageOf = memo(
  100,
  (tag): Language => ({
    pack: loadPack(tag),
    model: readModel(new Uint8Array(readFileSync(modelOf(tag)))),
  }),
);

/** The share of the words that a language must know to be taken for the one of a text. */
const ENOUGH = 0.75;
const LEAST = 0.45;
/** Another language must know this much more than the person's own. */
const BETTER = 0.15;

/** The languages that may be meant: the person's own first, then English, then those that are configured. */
export function candidates(locale: string, languages: readonly string[]): string[] {
  const own = [locale, locale.split('-')[0] ?? ''].map((tag) => tag.toLowerCase());
  const wanted = [...own, 'en', ...languages.map((tag) => tag.toLowerCase())];
  return [...new Set(wanted)].flatMap((tag) => LANGUAGES.find((known) => known.toLowerCase() === tag) ?? []);
}

/** How well a language explains a text: one letter explains nothing, and a day that only another language has is not explained. */
function shareOf(text: string, { pack, model }: Language): number {
  const tokens = tokenize(text, pack.elided);
  const knowledge = knowledgeIn(tokens, pack, model.vocabulary);
  const weigh = (known: Knowledge, at: number): Knowledge => {
    if (isForeignDay(tokens, at, pack)) return 'unknown';
    return tokens[at]?.low.length === 1 ? 'neutral' : known;
  };
  return shareKnown(knowledge.map(weigh));
}

/** Whether a text speaks of a day in another language than this one. */
function hasForeignDay(text: string, { pack }: Language): boolean {
  const tokens = tokenize(text, pack.elided);
  return tokens.some((_token, at) => isForeignDay(tokens, at, pack));
}

/** The language that explains a text best; null where none knows enough of its words. The first wins a tie. */
export function chooseLanguage(text: string, tags: readonly string[]): Language | null {
  let best: { language: Language; share: number } | null = null;
  for (const tag of tags) {
    const language = languageOf(tag);
    const share = shareOf(text, language);
    if (best === null || share > best.share + BETTER) best = { language, share };
    if (best.share >= ENOUGH + BETTER) break;
  }
  if (best === null || best.share < LEAST) return null;
  return best.share < ENOUGH && hasForeignDay(text, best.language) ? null : best.language;
}
