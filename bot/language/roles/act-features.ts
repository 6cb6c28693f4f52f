import type { Facts } from './facts.ts';
import { PAD } from './facts.ts';
import { mix } from './hash.ts';
import { ROLES, roleOf } from './labels.ts';

/** Rows of the act classifier's table. */
export const ACT_ROWS = 1 << 16;

const TIME = 0x71ae;
const PART = 0x9a27;

/** The words, with each time as one symbol; with `labels` each part of the meeting as one symbol, too. */
function outline({ count, words, times, begins }: Facts, labels: Uint8Array | null): number[] {
  const symbols: number[] = [];
  let last: string | null = null;
  for (let token = 0; token < count; token += 1) {
    const at = token + PAD;
    const role = labels ? roleOf(labels[token] ?? 0) : null;
    const part = role?.replace(/\..*/, '') ?? null;
    if (role !== null) {
      if (part !== last || ((labels?.[token] ?? 0) % 2 === 1 && part !== 'which'))
        symbols.push(mix(PART, ROLES.indexOf(part as (typeof ROLES)[number])));
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

/** What holds for the whole sentence: kinds of time, parts, tags of the lexicon, a question mark at its end. */
function addWhole(add: Add, facts: Facts, labels: Uint8Array, lead: number): void {
  const { count, times, tags, isAsked } = facts;
  let kinds = 0;
  let parts = 0;
  let lastTag = 0;
  for (let token = 0; token < count; token += 1) {
    const tag = tags[token + PAD] ?? 0;
    kinds |= 1 << (times[token + PAD] ?? 0);
    parts |= 1 << (labels[token] === 0 ? 0 : 1 + (((labels[token] ?? 0) - 1) >> 1));
    if (tag === 0 || tag === lastTag) continue;
    add(40, tag);
    add(41, mix(lastTag, tag));
    lastTag = tag;
  }
  add(42, kinds);
  add(43, mix(kinds, lead));
  add(44, mix(kinds, isAsked ? 1 : 0));
  add(45, mix(lead, isAsked ? 1 : 0));
  add(46, parts);
  add(47, mix(parts, kinds));
  add(48, mix(parts, lead));
  add(49, mix(parts, isAsked ? 1 : 0));
}

/** The rows of a sentence's features for the act. */
export function actFeatures(facts: Facts, labels: Uint8Array): Uint32Array {
  const rows: number[] = [];
  const add: Add = (template, value) => {
    rows.push(mix(Math.imul(template + 1, 0x9e3779b1) >>> 0, value >>> 0) & (ACT_ROWS - 1));
  };
  add(0, 0);
  const plain = outline(facts, null);
  addSequence(add, 10, plain);
  addSequence(add, 20, outline(facts, labels));
  addWhole(add, facts, labels, plain[0] ?? 0);
  return Uint32Array.from(rows);
}
