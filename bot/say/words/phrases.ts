import type { Value } from '../card-template.ts';
import type { Say } from '../say.ts';

/** Where a phrase is read: in the person's own chat with the bot, or where the bot only receives messages that mention it. */
export type PhrasePlace = 'personal' | 'group';

/** Returns which of the two a place of Teams is. */
export const phrasePlace = (place: 'personal' | 'groupChat' | 'channel'): PhrasePlace =>
  place === 'personal' ? 'personal' : 'group';

/** The first examples. Each works as it is written, also for a person who has no meeting yet. */
export const FIRST = {
  personal: ['create', 'now', 'room', 'list'],
  group: ['mention', 'now', 'relative', 'room'],
} as const satisfies Record<PhrasePlace, readonly string[]>;

/** Further examples. Lists, settings and signing out are private, and not answered in a group. */
export const MORE = {
  personal: ['range', 'move', 'add', 'option', 'link', 'invitation', 'cancel', 'show', 'signout'],
  group: ['move', 'add', 'option', 'link', 'cancel'],
} as const satisfies Record<PhrasePlace, readonly string[]>;

const EVERYWHERE = [
  ...(['create', 'range', 'now', 'relative', 'room'] as const),
  ...(['move', 'add', 'option', 'link', 'invitation'] as const),
] as const;

/** The phrases that may be offered for text that was not understood, by place. None of them deletes anything. */
const KNOWN = {
  personal: [...EVERYWHERE, 'list', 'show', 'zone', 'settings', 'help', 'signin'],
  group: [...EVERYWHERE, 'help'],
} as const satisfies Record<PhrasePlace, readonly string[]>;

/** All phrases. */
export type PhraseName =
  | (typeof FIRST | typeof MORE | typeof KNOWN)[PhrasePlace][number]
  | (typeof ANSWERING)[number];

/** Phrases that only appear in answers. */
const ANSWERING = ['coorganiser', 'newLink', 'noPasscode', 'present', 'record'] as const;

/** Phrases without example values: anybody may send them as they are. */
const WHOLE: ReadonlySet<PhraseName> = new Set<PhraseName>([
  ...(['create', 'now', 'room', 'list', 'show', 'help', 'signin'] as const),
  ...(['noPasscode', 'present', 'record'] as const),
]);

/** Phrases that are answered in the person's own chat only. */
const PRIVATE: ReadonlySet<PhraseName> = new Set<PhraseName>(['list', 'show', 'settings', 'zone', 'signout']);

/** The most characters of unknown text that are compared and quoted. */
export const QUOTED_SHOWN = 200;

/** A phrase in the reader's language, and what it does. `isTapped`: a button sends it. */
export type Phrase = { phrase: string; does: string; isTapped: boolean };

/**
 * The phrases that work in a place, as they are written there. Teams sends a tapped phrase without a mention, so taps work in
 * a person's own chat only.
 */
export function wordPhrases(names: readonly PhraseName[], place: PhrasePlace, { text }: Say): Phrase[] {
  const isPersonal = place === 'personal';
  return names
    .filter((name) => isPersonal || !PRIVATE.has(name))
    .map((name) => {
      const phrase = text(`phrase.${name}`);
      return {
        phrase: isPersonal ? phrase : text('phrase.inGroup', { phrase }),
        does: text(`phrase.${name}.does`),
        isTapped: isPersonal && WHOLE.has(name),
      };
    });
}

/** The rows of a card: `taps` are written by a tap, `rows` are only read. No list where there are none. */
export function phraseRows(phrases: readonly Phrase[]): { taps: Value; rows: Value }[] {
  const those = (isTapped: boolean) =>
    phrases.filter((one) => one.isTapped === isTapped).map(({ phrase, does }) => ({ phrase, does }));
  return phrases.length === 0 ? [] : [{ taps: those(true), rows: those(false) }];
}

/** The phrases that were probably meant, by the pairs of letters in common, so that typing errors matter little. Often empty. */
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

/** The share of common pairs from which two texts count as similar. */
const LIKELY = 0.7;
const MOST_LIKELY = 2;

function pairsOf(text: string): Set<string> {
  const letters = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2)));
}
