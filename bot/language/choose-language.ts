import { isForeignDay } from './cldr.ts';
import { LANGUAGES, type Language, languageOf } from './languages.ts';
import { hasTag, type Match } from './lexicon.ts';
import type { Pack } from './pack.ts';
import { type Knowledge, knowledgeIn, shareKnown } from './roles/vocabulary.ts';
import { type Tokens, tokenize } from './text/tokens.ts';

/** The share of the words that a language must know to be taken for the one of a text. */
const ENOUGH = 0.75;
const LEAST = 0.45;
/** With so many words in small letters that it does not know, it only may be the one unless it knows this share. */
const DOUBTFUL = 0.65;
const STRANGE = 2;
/** Another language must know this much more than the person's own. */
const BETTER = 0.15;

const BY_LOWER_CASE = new Map(LANGUAGES.map((tag) => [tag.toLowerCase(), tag]));

/** The languages that may be meant: the person's own first, then English, then those that are configured. */
export function candidates(locale: string, languages: readonly string[]): string[] {
  const wanted = [locale, locale.split('-')[0] ?? '', 'en', ...languages];
  return [...new Set(wanted.flatMap((tag) => BY_LOWER_CASE.get(tag.toLowerCase()) ?? []))];
}

/** A text in a language: its tokens, and how well that language knows each. */
export type InLanguage = {
  language: Language;
  tokens: Tokens;
  knowledge: readonly Knowledge[];
  /** Whether it knows so little of it that it only may be the one. */
  isDoubtful: boolean;
};

type Weighed = InLanguage & { share: number; hasForeignDay: boolean };

/** The same pack, which remembers the entries at each token of one text, and their tags: they are asked for again and again. */
function remembering(pack: Pack, tokens: Tokens): Pack {
  const known: (readonly Match[] | undefined)[] = new Array(tokens.length);
  const matchesAt: Pack['matchesAt'] = (asked, at) => {
    if (asked !== tokens || at < 0 || at >= tokens.length) return pack.matchesAt(asked, at);
    known[at] ??= pack.matchesAt(tokens, at);
    return known[at];
  };
  let tags: Set<string> | undefined;
  const tagsIn = () => {
    const found = new Set<string>();
    for (const at of tokens.keys())
      for (const { said } of matchesAt(tokens, at)) for (const tag of said.keys()) found.add(tag);
    return found;
  };
  const maySay: Pack['maySay'] = (asked, tag) => {
    if (asked !== tokens) return true;
    tags ??= tagsIn();
    return tags.has(tag);
  };
  return { ...pack, matchesAt, maySay };
}

/** A text in a language that is known to be its own. */
export function inLanguage(text: string, { pack: general, model }: Language): InLanguage {
  const tokens = tokenize(text, general.elided);
  const pack = remembering(general, tokens);
  const knowledge = knowledgeIn(tokens, pack, model.vocabulary);
  return { language: { pack, model }, tokens, knowledge, isDoubtful: false };
}

/** How well a language explains a text: one letter explains nothing, and a day that only another language has is not explained. */
function weigh(text: string, own: Language): Weighed {
  const { language, tokens, knowledge } = inLanguage(text, own);
  const { pack } = language;
  let hasForeignDay = false;
  let strange = 0;
  const weights = knowledge.map((known, at): Knowledge => {
    const isForeign = isForeignDay(tokens, at, pack);
    hasForeignDay ||= isForeign;
    const weight = isForeign ? 'unknown' : tokens[at]?.low.length === 1 ? 'neutral' : known;
    if (weight === 'unknown') strange += 1;
    return weight;
  });
  const share = shareKnown(weights);
  const isDoubtful = share < LEAST || (share < DOUBTFUL && strange >= STRANGE);
  return { language, tokens, knowledge, isDoubtful, share, hasForeignDay };
}

/** So few words may be a name or a slip, and say little of a language. */
const FEW_WORDS = 3;
const OTHER_LETTERS = /(?!\p{ASCII})\p{L}/u;

/** Whether a weekday of the person's own language, right before a clock, is none in the chosen one: "Fr. 12:30 Lunch & Learn". */
function losesDay(own: Weighed, chosen: Weighed): boolean {
  if (own === chosen) return false;
  const kept = new Set(daysBeforeClocks(chosen));
  return daysBeforeClocks(own).some((from) => !kept.has(from));
}

/** Where in the text the weekdays before a clock like 12:30 or "16 Uhr" begin. */
function daysBeforeClocks({ tokens, language: { pack } }: Weighed): number[] {
  return tokens.flatMap(({ from }, at) => {
    const hour = tokens[at + 1]?.low === '.' ? at + 2 : at + 1;
    const isMinuteOrHour =
      tokens[hour + 1]?.low === ':' || hasTag(pack.matchesAt(tokens, hour + 1), 'hourword');
    const isClock = tokens[hour]?.kind === 'number' && isMinuteOrHour;
    return isClock && hasTag(pack.matchesAt(tokens, at), 'weekday') ? [from] : [];
  });
}

/** A text in the language that explains it best, or why nobody can read it. The first language wins a tie. */
export function chooseLanguage(text: string, tags: readonly string[]): InLanguage | 'language' | 'unknown' {
  let best: Weighed | null = null;
  let own: Weighed | null = null;
  for (const tag of tags) {
    const weighed = weigh(text, languageOf(tag));
    own ??= weighed;
    if (best === null || weighed.share > best.share + BETTER) best = weighed;
    // None can be so much better.
    if (best.share + BETTER >= 1) break;
  }
  if (best === null || own === null) return 'language';
  if (own.share > 0 && losesDay(own, best)) best = own;
  const least = best.hasForeignDay ? ENOUGH : LEAST;
  if (best.share >= least) return best;
  const words = best.tokens.filter(({ kind }) => kind === 'word').length;
  if (best.hasForeignDay || words > FEW_WORDS || OTHER_LETTERS.test(text)) return 'language';
  return best.share > 0 ? best : 'unknown';
}
