import type { Token } from '../text/tokens.ts';
import { type ActGuess, actFeatures, guessAct, scoreActs } from './acts.ts';
import { type Chosen, chooseClause, clausesIn, isClosing } from './clauses.ts';
import { type Facts, PAD, readFacts, type Sentence } from './facts.ts';
import { labelOf, type Role, roleOf, type Situation } from './labels.ts';
import { type Model, marginOf } from './model.ts';
import { tagTokens, tokenFeatures } from './tagger.ts';
import { OPENS_SUBJECT } from './vocabulary.ts';

/** Tokens from `first` up to but not including `next`. */
export type Place = { first: number; next: number };

/** Tokens that play a part. `which` says which meeting is meant, with the subject and the guests said of it. */
export type Part =
  | (Place & { role: 'subject' | 'guest' | 'option' })
  | (Place & { role: 'which'; subjects: readonly Place[]; guests: readonly Place[] });

/** What a model reads out of a message: which words play which part, and what is wanted. */
export type Roles = ActGuess & { parts: readonly Part[] } & Pick<Chosen, 'asking' | 'telling' | 'unheard'>;

/** The runs of labels that belong together, each with its role. */
function runsIn(labels: Uint8Array): (Place & { role: Role })[] {
  const runs: (Place & { role: Role })[] = [];
  for (let at = 0; at < labels.length; at += 1) {
    const role = roleOf(labels[at] ?? 0);
    const last = runs.at(-1);
    const goesOn =
      role !== null && last?.role === role && last.next === at && labels[at] !== labelOf(role, true);
    if (goesOn && last) last.next = at + 1;
    else if (role !== null) runs.push({ role, first: at, next: at + 1 });
  }
  return runs;
}

type Which = Place & { role: 'which'; subjects: Place[]; guests: Place[] };

/** The parts that labels mark; what stands inside `which` becomes its own. */
export function partsOf(labels: Uint8Array): Part[] {
  const parts: Part[] = [];
  let which: Which | undefined;
  for (const { role, first, next } of runsIn(labels)) {
    if (role === 'subject' || role === 'guest' || role === 'option') {
      parts.push({ role, first, next });
      continue;
    }
    if (which?.next !== first) {
      which = { role: 'which', first, next, subjects: [], guests: [] };
      parts.push(which);
    }
    which.next = next;
    if (role === 'which.subject') which.subjects.push({ first, next });
    if (role === 'which.guest') which.guests.push({ first, next });
  }
  return parts;
}

/** Signs that join two halves of one word: "4.2", "drop-in", "Q&A". */
const JOINER = /^[-.&'/+_]$/;
const isHalf = (token: Token | undefined) => token?.kind === 'word' || token?.kind === 'number';

/** Whether the token at `at` joins its neighbours to one word, none of which is a time. */
function isJoint({ tokens }: Sentence, at: number, isTime: Uint8Array): boolean {
  const [before, sign, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (!isHalf(before) || !isHalf(after) || !sign?.glued || !after?.glued || !JOINER.test(sign.low))
    return false;
  return isTime[at - 1] === 0 && isTime[at + 1] === 0;
}

/** Lets a part go on to the end, and from the beginning, of a word that it would be cut inside; changes the labels. */
function finishWords(labels: Uint8Array, sentence: Sentence): void {
  const { tokens, times } = sentence;
  const isTime = new Uint8Array(tokens.length);
  for (const { first, next, weak } of times) if (!weak) isTime.fill(1, first, next);
  for (let at = 1; at + 1 < tokens.length; at += 1) {
    const role = roleOf(labels[at - 1] ?? 0);
    if (role !== null && labels[at + 1] === 0 && isJoint(sentence, at, isTime))
      labels.fill(labelOf(role, false), at, at + 2);
  }
  for (let at = tokens.length - 2; at > 0; at -= 1) {
    const role = roleOf(labels[at + 1] ?? 0);
    if (role === null || labels[at - 1] !== 0 || !isJoint(sentence, at, isTime)) continue;
    labels[at - 1] = labelOf(role, true);
    labels.fill(labelOf(role, false), at, at + 2);
  }
}

/** Of several subjects those right behind a word that opens one ("about"), if there are such. */
function withoutRivals(parts: readonly Part[], { opens, times }: Facts): readonly Part[] {
  const isOpened = ({ role, first }: Part) =>
    role === 'subject' &&
    times[first - 1 + PAD] === 0 &&
    ((opens[first - 1 + PAD] ?? 0) & OPENS_SUBJECT) !== 0;
  const hasRivals = parts.filter(({ role }) => role === 'subject').length > 1 && parts.some(isOpened);
  return hasRivals ? parts.filter((part) => part.role !== 'subject' || isOpened(part)) : parts;
}

/** Reads the parts and the act of a sentence, as they are meant in its situation. Linear in its tokens. */
export function readRoles(sentence: Sentence, model: Model, situation: Situation = 'alone'): Roles {
  const facts = readFacts(sentence, model.vocabulary);
  const labels = tagTokens(model.tagger, tokenFeatures(facts));
  finishWords(labels, sentence);
  const clauses = clausesIn(sentence.tokens, sentence.times).map((place) => ({
    place,
    isClosing: isClosing(sentence, place),
    guess: guessAct(scoreActs(model.acts, actFeatures(facts, labels, place, situation))),
  }));
  const { guess, ...places } = chooseClause(clauses, marginOf(model.head.margins, 50));
  for (const { first, next } of places.unheard) labels.fill(0, first, next);
  return { ...guess, parts: withoutRivals(partsOf(labels), facts), ...places };
}
