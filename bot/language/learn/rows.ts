import { NAME_WHOLE, NAME_WORD, type Sentence } from '../roles/facts.ts';
import { labelOf, type Role, roleOf, type Situation, TALK } from '../roles/labels.ts';
import { type Place, partsOf } from '../roles/roles.ts';
import type { WordLists } from '../roles/vocabulary.ts';
import { cover } from '../said.ts';
import type { Example } from './expand.ts';
import type { Random } from './random.ts';

/** Finds the tokens and the times of a text. */
export type Analyse = (text: string) => Sentence;

/** An example as it is learned from. `isDrawn`: the tokens in whose place any other word might stand: of long lists, names and people. */
export type Row = {
  example: Example;
  situation: Situation;
  sentence: Sentence;
  labels: Uint8Array;
  isDrawn: Uint8Array;
};

const NAMING: ReadonlySet<Role | null> = new Set(['subject', 'guest', 'which.subject', 'which.guest']);

/** Puts the labels of an example onto its tokens; the inner ones of `which` win. */
export function rowOf(example: Example, situation: Situation, analyse: Analyse, random: Random): Row {
  const analysed = analyse(example.text);
  const { tokens } = analysed;
  const labels = new Uint8Array(tokens.length);
  const isDrawn = new Uint8Array(tokens.length);
  const parts = [...example.parts].sort((one, other) => one.role.length - other.role.length);
  for (const { role, from, to } of parts) {
    let isFirst = true;
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at];
      if (!token || token.from < from || token.to > to) continue;
      labels[at] = labelOf(role, isFirst);
      isFirst = false;
    }
  }
  for (let at = 0; at < tokens.length; at += 1) if (NAMING.has(roleOf(labels[at] ?? 0))) isDrawn[at] = 1;
  for (const { from, to, isOpen } of example.drawn)
    for (let at = 0; at < tokens.length; at += 1)
      if (isOpen && (tokens[at]?.from ?? 0) >= from && (tokens[at]?.to ?? 0) <= to) isDrawn[at] = 1;
  const named = namesKnown(analysed, labels, TALK.has(example.template.act), random);
  return { example, situation, sentence: { ...analysed, ...(named && { named }) }, labels, isDrawn };
}

/** How often the bot knows the person's meetings at all; then how often it knows the one that is meant by its name, or by a word of it. */
const KNOWS = 0.5;
const KNOWN_NAME = 0.6;
const KNOWN_WORD = 0.25;
/** How often a new meeting, a guest, or any other word is called as a meeting is; what is told is often of one. */
const NAMESAKE = { subject: 0.2, guest: 0.15, word: 0.06, talk: 0.1 } as const;

/** Which tokens are to be taken for names of the person's meetings. */
function namesKnown(
  { tokens, times, pack }: Sentence,
  labels: Uint8Array,
  isTalk: boolean,
  random: Random,
): Uint8Array | null {
  if (random() >= KNOWS) return null;
  const named = new Uint8Array(tokens.length);
  const isTime = cover(
    tokens.length,
    times.filter(({ weak }) => !weak),
  );
  const oneOf = ({ first, next }: Place) => first + Math.floor(random() * (next - first));
  const markNamesake = (place: Place, chance: number) => {
    if (random() >= chance) return;
    if (random() < 0.4) named.fill(NAME_WHOLE, place.first, place.next);
    else named[oneOf(place)] = random() < 0.5 ? NAME_WHOLE : NAME_WORD;
  };
  const markMeant = (place: Place) => {
    const chance = random();
    if (chance < KNOWN_NAME) named.fill(NAME_WHOLE, place.first, place.next);
    else if (chance < KNOWN_NAME + KNOWN_WORD) named[oneOf(place)] = NAME_WORD;
  };
  for (const part of partsOf(labels)) {
    if (part.role === 'which') part.subjects.forEach(markMeant);
    else if (part.role !== 'option') markNamesake(part, NAMESAKE[part.role]);
  }
  const chance = isTalk ? NAMESAKE.talk : NAMESAKE.word;
  for (const [at, { kind }] of tokens.entries())
    if (kind === 'word' && labels[at] === 0 && isTime[at] === 0 && pack.matchesAt(tokens, at).length === 0)
      markNamesake({ first: at, next: at + 1 }, chance);
  return named.some((one) => one !== 0) ? named : null;
}

const count = (counts: Map<string, number>, word: string) => counts.set(word, (counts.get(word) ?? 0) + 1);
const most = (counts: Map<string, number>, least: number) =>
  [...counts]
    .filter(([, times]) => times >= least)
    .map(([word]) => word)
    .sort();

/** How often a word of a template must be seen, and one that a list drew: those of lists are to stay exchangeable. */
const LEAST_WRITTEN = 3;
const LEAST_DRAWN = 25;
const LEAST_NAMED = 2;
const LEAST_OPENING = 40;

/** Which list of openers a part belongs to. */
function openedBy(label: number): number {
  const role = roleOf(label);
  return role === 'subject' ? 0 : role === 'guest' ? 1 : 2;
}

/** The words that rows know, but for what is typed wrong in them; which of them are names, as all `givenNames` are, and behind which parts begin. */
export function wordsOf(
  rows: readonly Row[],
  nameSlots: ReadonlySet<string>,
  givenNames: readonly string[],
): WordLists {
  const written = new Map<string, number>();
  const drawn = new Map<string, number>();
  const named = new Map<string, number>();
  const opening = [0, 1, 2].map(() => new Map<string, number>());
  for (const { sentence, labels, isDrawn, example } of rows) {
    // A slip is no word: where it is one of time, it must be doubted.
    if (example.isSlipped) continue;
    const { tokens } = sentence;
    const spans = example.drawn.filter(({ slot }) => nameSlots.has(slot));
    for (const [at, { kind, low, from, to }] of tokens.entries()) {
      if (kind !== 'word' && kind !== 'sign') continue;
      count(isDrawn[at] ? drawn : written, low);
      if (kind === 'word' && spans.some((span) => from >= span.from && to <= span.to)) count(named, low);
      const label = labels[at + 1] ?? 0;
      if (!isDrawn[at] && label % 2 === 1) count(opening[openedBy(label)] as Map<string, number>, low);
    }
  }
  const words = new Set([...most(written, LEAST_WRITTEN), ...most(drawn, LEAST_DRAWN)]);
  return {
    words: [...words].sort().join(' '),
    names: [...new Set([...most(named, LEAST_NAMED), ...givenNames])].sort().join(' '),
    openers: opening.map((counts) =>
      most(counts, LEAST_OPENING)
        .filter((word) => (counts.get(word) ?? 0) * 5 > (written.get(word) ?? 0))
        .join(' '),
    ) as WordLists['openers'],
  };
}
