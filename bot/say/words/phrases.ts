import type { Say } from '../say.ts';
import type { Value } from '../template.ts';

/** Where phrases are read: in a person's own chat, or where the bot hears only what mentions it. */
export type PhrasePlace = 'personal' | 'group';

/** To begin with: each works as it stands, also for a person who has made nothing yet. */
export const FIRST = {
  personal: ['create', 'now', 'room', 'list'],
  group: ['mention', 'now', 'relative', 'room'],
} as const satisfies Record<PhrasePlace, readonly string[]>;

/** What else there is. Lists, settings and signing out are private, and not answered in a group. */
export const MORE = {
  personal: ['range', 'move', 'add', 'option', 'link', 'invitation', 'cancel', 'show', 'signout'],
  group: ['move', 'add', 'option', 'link', 'cancel'],
} as const satisfies Record<PhrasePlace, readonly string[]>;

/** What unknown text is held against, by place. What deletes something is never offered. */
const KNOWN = {
  personal: [
    ...([
      'create',
      'range',
      'now',
      'relative',
      'room',
      'move',
      'add',
      'option',
      'link',
      'invitation',
    ] as const),
    ...(['list', 'show', 'zone', 'settings', 'help', 'signin'] as const),
  ],
  group: [
    'create',
    'range',
    'now',
    'relative',
    'room',
    'move',
    'add',
    'option',
    'link',
    'invitation',
    'help',
  ],
} as const satisfies Record<PhrasePlace, readonly string[]>;

type PhraseName = (typeof FIRST | typeof MORE | typeof KNOWN)[PhrasePlace][number];
/** As much of unknown text as is compared and said back. */
export const QUOTED_SHOWN = 200;

/** A phrase of ours as it is written there, and what it does. */
export type Phrase = { phrase: string; does: string };

/** These phrases as they are written in that place. */
export function wordPhrases(names: readonly PhraseName[], place: PhrasePlace, { text }: Say): Phrase[] {
  return names.map((name) => {
    const phrase = text(`phrase.${name}`);
    return {
      phrase: place === 'personal' ? phrase : text('phrase.inGroup', { phrase }),
      does: text(`phrase.${name}.does`),
    };
  });
}

/**
 * Rows of a card, one list or the other: `taps` send their phrase when they are tapped, `rows` are only read. Teams sends
 * without a mention, which the bot hears in a person's own chat only.
 */
export function phraseRows(phrases: readonly Phrase[], place: PhrasePlace): { taps: Value; rows: Value } {
  return place === 'personal' ? { taps: phrases, rows: [] } : { taps: [], rows: phrases };
}

/** What was probably meant, by the pairs of letters that both have: typing errors count little. Mostly none. */
export function findLikely(written: string, place: PhrasePlace, say: Say): Phrase[] {
  const pairs = pairsOf(written.slice(0, QUOTED_SHOWN));
  const likeness = (name: PhraseName) => {
    const own = pairsOf(say.text(`phrase.${name}`));
    return (2 * [...own].filter((pair) => pairs.has(pair)).length) / (own.size + pairs.size || 1);
  };
  const likely = KNOWN[place]
    .map((name) => ({ name, likeness: likeness(name) }))
    .filter((one) => one.likeness >= LIKELY)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, MOST_LIKELY);
  return wordPhrases(
    likely.map(({ name }) => name),
    place,
    say,
  );
}

/** The share of pairs from which on two texts are more than a few words alike. */
const LIKELY = 0.7;
const MOST_LIKELY = 2;

function pairsOf(text: string): Set<string> {
  const letters = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2)));
}
