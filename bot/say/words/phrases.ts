import type { Say } from '../say.ts';

export const PHRASES = [
  ...(['create', 'range', 'now', 'room', 'move', 'option', 'cancel'] as const),
  ...(['link', 'invitation', 'list', 'show', 'signout'] as const),
] as const;
/** For a place with many people, where the bot hears only what mentions it. */
export const GROUP_PHRASES = ['mention', 'mentionHelp'] as const;
/** What unknown text is held against; the two nearest are offered. */
export const KNOWN = [...PHRASES, 'relative', 'add', 'zone', 'settings', 'help', 'signin'] as const;
type PhraseName = (typeof KNOWN | typeof GROUP_PHRASES)[number];
const NEAREST = 2;
/** As much of unknown text as is compared and said back. */
export const QUOTED_SHOWN = 200;

type Phrase = { phrase: string; does: string };

/** Phrases of ours, each with what it does. */
export function wordPhrases({ text }: Say, names: readonly PhraseName[]): Phrase[] {
  return names.map((name) => ({ phrase: text(`phrase.${name}`), does: text(`phrase.${name}.does`) }));
}

/** The phrases that share most with what was written, by pairs of letters: typing errors and other forms still count. */
export function findNearest(written: string, known: readonly Phrase[]): Phrase[] {
  const pairs = pairsOf(written.slice(0, QUOTED_SHOWN));
  const likeness = ({ phrase }: Phrase) => {
    const own = pairsOf(phrase);
    return (2 * [...own].filter((pair) => pairs.has(pair)).length) / (own.size + pairs.size || 1);
  };
  return known.toSorted((a, b) => likeness(b) - likeness(a)).slice(0, NEAREST);
}

function pairsOf(text: string): Set<string> {
  const letters = text.toLowerCase();
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2)));
}
