import { type Facts, OF_MEETING, PAD } from './facts.ts';
import { ACTS, type Act, LABEL_COUNT, ROLES, roleOf, SITUATIONS, type Situation, TALK } from './labels.ts';
import type { Place } from './roles.ts';
import { addRow, mix, type SparseTable } from './weights.ts';

/** Rows of the act classifier's table. */
export const ACT_ROWS = 1 << 16;

const TIME = 0x71ae;
const PART = 0x9a27;
const NAMED = 0x4e3d;

const NO_PART = -1;
const WHICH = ROLES.indexOf('which');
/** The number of the part that a label belongs to; what stands inside `which` belongs to it. */
const OUTER = Int8Array.from({ length: LABEL_COUNT }, (_none, label) => {
  const role = roleOf(label);
  return role === null ? NO_PART : Math.min(ROLES.indexOf(role), WHICH);
});

/** The words, with each time as one symbol; with `labels` each part of the meeting as one symbol, too. */
function outline(
  { words, times, begins }: Facts,
  { first, next }: Place,
  labels: Uint8Array | null,
): number[] {
  const symbols: number[] = [];
  let last = NO_PART;
  for (let token = first; token < next; token += 1) {
    const at = token + PAD;
    const label = labels?.[token] ?? 0;
    const part = OUTER[label] ?? NO_PART;
    if (part !== NO_PART) {
      if (part !== last || (label % 2 === 1 && part !== WHICH)) symbols.push(mix(PART, part));
    } else if (times[at] === 0) symbols.push(words[at] ?? 0);
    else if (begins[at] === 1) symbols.push(mix(TIME, times[at] ?? 0));
    last = part;
  }
  return symbols;
}

type Add = (template: number, value: number) => void;

/** Words, pairs and triples, and how the sentence begins and ends. */
function addSequence(add: Add, first: number, symbols: readonly number[]): void {
  const { length } = symbols;
  const symbol = (at: number) => symbols[at] ?? 1;
  for (let at = 0; at < length; at += 1) {
    const pair = mix(symbol(at - 1), symbol(at));
    add(first, symbol(at));
    add(first + 1, pair);
    add(first + 2, mix(symbol(at - 2), pair));
    add(first + 3, mix(symbol(at - 2), symbol(at)));
    if (at < 3) add(first + 4, mix(at, symbol(at)));
  }
  const opening = mix(symbol(0), symbol(1));
  add(first + 5, symbol(length - 1));
  add(first + 6, mix(symbol(length - 2), symbol(length - 1)));
  add(first + 7, Math.min(length, 12));
  add(first + 8, mix(opening, symbol(2)));
  add(first + 9, mix(symbol(0), symbol(length - 1)));
}

/** The tags of the lexicon one by one, in pairs, and those of the first entry that is not only polite. */
function addTags(add: Add, { said, leads, tags }: Facts, { first, next }: Place, labels: Uint8Array): void {
  let last = 0;
  let lead = 0;
  for (let token = first; token < next; token += 1) {
    const each = said[token]?.each ?? [];
    if (each.length === 0) continue;
    const isPart = (labels[token] ?? 0) !== 0 ? 1 : 0;
    const leadsHere = lead === 0 && leads[token + PAD] !== 0;
    for (const tag of each) {
      add(40, mix(tag, isPart));
      if (leadsHere) add(41, tag);
      else if (lead !== 0) add(43, mix(lead, tag));
    }
    add(42, mix(last, tags[token + PAD] ?? 0));
    last = tags[token + PAD] ?? 0;
    if (leadsHere) lead = leads[token + PAD] ?? 0;
  }
}

/** What holds for the whole sentence: kinds of time, parts, a question mark at its end. */
function addWhole(add: Add, facts: Facts, { first, next }: Place, labels: Uint8Array, lead: number): void {
  const { times, asks, leads } = facts;
  let kinds = 0;
  let parts = 0;
  let leadTag = 0;
  for (let token = first; token < next; token += 1) {
    kinds |= 1 << (times[token + PAD] ?? 0);
    parts |= 1 << (labels[token] === 0 ? 0 : 1 + (((labels[token] ?? 0) - 1) >> 1));
    if (leadTag === 0) leadTag = leads[token + PAD] ?? 0;
  }
  const asked = asks[next - 1 + PAD] ?? 0;
  add(50, kinds);
  add(51, mix(kinds, lead));
  add(52, mix(kinds, asked));
  add(53, mix(lead, asked));
  add(54, parts);
  add(55, mix(parts, kinds));
  add(56, mix(parts, lead));
  add(57, mix(parts, asked));
  add(58, mix(leadTag, kinds));
  add(59, mix(leadTag, mix(parts, asked)));
}

/** How words end that nobody knows, and what stands beside them: "-ed" tells, "-ung" names. */
function addTails(add: Add, { tails, words }: Facts, { first, next }: Place, labels: Uint8Array): void {
  for (let at = first + PAD; at < next + PAD; at += 1) {
    const tail = tails[at] ?? 0;
    if (tail === 0) continue;
    const isPart = (labels[at - PAD] ?? 0) !== 0 ? 1 : 0;
    add(60, mix(tail, isPart));
    add(61, mix(words[at - 1] ?? 0, tail));
    add(62, mix(tail, words[at + 1] ?? 0));
  }
}

/** What words, tags and times say behind a card or a question, beside what they say anywhere. */
function addSituation(
  add: Add,
  situation: number,
  symbols: readonly number[],
  { said, times, asks }: Facts,
  { first, next }: Place,
): void {
  let kinds = 0;
  add(70, situation);
  for (let at = 0; at < symbols.length; at += 1) {
    const here = mix(situation, symbols[at] ?? 1);
    add(71, here);
    add(72, mix(here, symbols[at - 1] ?? 1));
    if (at < 2) add(73, mix(here, at));
  }
  for (let token = first; token < next; token += 1) {
    kinds |= 1 << (times[token + PAD] ?? 0);
    for (const tag of said[token]?.each ?? []) {
      add(74, mix(situation, tag));
      add(75, mix(mix(situation, tag), Math.min(symbols.length, 6)));
    }
  }
  const asked = mix(situation, asks[next - 1 + PAD] ?? 0);
  add(76, mix(situation, kinds));
  add(77, mix(asked, kinds));
  add(78, mix(situation, Math.min(symbols.length, 12)));
  add(79, mix(mix(situation, kinds), Math.min(symbols.length, 6)));
}

/** What is said around the names of the person's meetings, each as one symbol: "lose the retro". */
function addNamed(add: Add, situation: number, facts: Facts, { first, next }: Place): void {
  const { marks, words, times, begins } = facts;
  const symbols: number[] = [];
  let most = 0;
  for (let at = first + PAD; at < next + PAD; at += 1) most = Math.max(most, (marks[at] ?? 0) & OF_MEETING);
  if (most === 0) return;
  let last = 0;
  let kinds = 0;
  for (let at = first + PAD; at < next + PAD; at += 1) {
    const named = (marks[at] ?? 0) & OF_MEETING;
    const time = times[at] ?? 0;
    kinds |= 1 << time;
    if (named !== 0) {
      if (last === 0) symbols.push(mix(NAMED, named));
    } else if (time === 0) symbols.push(words[at] ?? 0);
    else if (begins[at] === 1) symbols.push(mix(TIME, time));
    last = named;
  }
  addSequence(add, 80, symbols);
  add(90, most);
  add(91, mix(most, kinds));
  add(92, mix(most, situation));
  add(93, mix(mix(most, situation), kinds));
  add(94, mix(mix(most, situation), Math.min(symbols.length, 6)));
  add(95, mix(mix(most, situation), symbols[0] ?? 1));
}

/** The rows of the features of one sentence of a message, for the act. */
export function actFeatures(
  facts: Facts,
  labels: Uint8Array,
  place: Place,
  situation: Situation,
): Uint32Array {
  const rows: number[] = [];
  const add: Add = (template, value) => {
    rows.push(mix(Math.imul(template + 1, 0x9e3779b1), value) & (ACT_ROWS - 1));
  };
  add(0, 0);
  const plain = outline(facts, place, null);
  addSequence(add, 10, plain);
  addSequence(add, 20, outline(facts, place, labels));
  addTags(add, facts, place, labels);
  addWhole(add, facts, place, labels, plain[0] ?? 0);
  addTails(add, facts, place, labels);
  const where = SITUATIONS.indexOf(situation);
  addNamed(add, where, facts, place);
  if (situation !== 'alone') addSituation(add, where, plain, facts, place);
  return new Uint32Array(rows);
}

/**
 * What a message seems to want. `margin`: how far the act is ahead of the next one, which is `next`. `lead`: how far the
 * best act that wants something is ahead of the best one that only talks; below 0 for talk. `further`: the acts behind the
 * next one, and how far the act is ahead of each.
 */
export type ActGuess = {
  act: Act;
  next: Act;
  margin: number;
  lead: number;
  further: readonly { act: Act; margin: number }[];
};

/** The scores of all acts for the features of a sentence. */
export function scoreActs(table: SparseTable, features: Uint32Array): Int32Array {
  const scores = new Int32Array(ACTS.length);
  for (let at = 0; at < features.length; at += 1) addRow(table, features[at] ?? 0, scores);
  return scores;
}

const TALKING = Uint8Array.from(ACTS, (act) => (TALK.has(act) ? 1 : 0));

/** How many acts are known behind the next one. */
const FURTHER = 4;

/** The act with the highest score, and how sure it is; of two alike the first of the list. */
export function guessAct(scores: Int32Array): ActGuess {
  const scoreOf = (act: number) => scores[act] ?? Number.NEGATIVE_INFINITY;
  const bestOf = (isTalk: number) =>
    scores.reduce((best, score, act) => (TALKING[act] === isTalk && score > best ? score : best), -(2 ** 31));
  const [first = 0, ...others] = [...scores.keys()]
    .sort((one, other) => scoreOf(other) - scoreOf(one) || one - other)
    .slice(0, 2 + FURTHER);
  const [next, ...further] = others.map((act) => ({
    act: ACTS[act] ?? 'other',
    margin: scoreOf(first) - scoreOf(act),
  }));
  return {
    act: ACTS[first] ?? 'other',
    next: next?.act ?? 'other',
    margin: next?.margin ?? 0,
    lead: bestOf(0) - bestOf(1),
    further,
  };
}
