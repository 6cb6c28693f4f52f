import type { Meaning } from './lexicon.ts';
import type { Token } from './tokens.ts';
import { EDGE } from './tokens.ts';
import { enrol, vocabularySize } from './vocabulary.ts';

/** What a rule found at a place, and where it stopped. */
export type Hit<T> = { value: T; next: number };

/** A whole text; a rule is given all of it and a place, so that it can look back. */
export type Tokens = readonly Token[];
/**
 * A rule tried at one place. Rules look a bounded number of tokens ahead, which keeps the whole linear.
 * `openers` are the words (and "#sorts" of words) that it can begin with, where that is known: they let a list of
 * rules look up the few that can fit instead of trying all.
 */
export type Rule<T> = {
  (tokens: Tokens, at: number): Hit<T> | null;
  openers?: readonly string[];
  /** May fit without taking anything. */
  isOptional?: boolean;
};

/** The token at a place; a blank one outside the text. */
export function tokenAt(tokens: Tokens, at: number): Token {
  return tokens[at] ?? EDGE;
}

/** States what a hand-written rule can begin with: words, or whatever other rules begin with. */
export function opens<R extends (...args: never[]) => unknown>(
  by: readonly (string | { openers?: readonly string[] })[],
  rule: R,
): R {
  if (by.some((one) => typeof one !== 'string' && !one.openers)) return rule;
  const openers = by.flatMap((one) => (typeof one === 'string' ? one.split(' ') : (one.openers ?? [])));
  for (const opener of openers) enrol(opener);
  return Object.assign(rule, { openers });
}

/** One of the listed words or signs. */
export function word(list: string): Rule<string> {
  const words = new Set(list.split(' ').map(enrol));
  return opens([list], (tokens: Tokens, at: number) => {
    const { low, key } = tokenAt(tokens, at);
    return words.has(key) ? { value: low, next: at + 1 } : null;
  });
}

const HYPHEN = enrol('-');

/**
 * Words in a short notation: "no|without a? passcode|pin" takes "no passcode" and "without a pin".
 * Hyphens in the text may stand where the notation has a space.
 */
export function words(notation: string): Rule<string> {
  const steps = notation.split(' ').map((step) => {
    const isOptional = step.endsWith('?');
    const options = (isOptional ? step.slice(0, -1) : step).split('|');
    return { isOptional, options, keys: new Set(options.map(enrol)) };
  });
  const required = steps.findIndex(({ isOptional }) => !isOptional);
  const leads = steps
    .slice(0, required < 0 ? steps.length : required + 1)
    .flatMap(({ options }) => [...options]);
  return opens([leads.join(' ')], (tokens: Tokens, at: number) => {
    let next = at;
    for (const { isOptional, keys } of steps) {
      const skip = next > at && tokenAt(tokens, next).key === HYPHEN && !keys.has(HYPHEN) ? 1 : 0;
      if (keys.has(tokenAt(tokens, next + skip).key)) next += skip + 1;
      else if (!isOptional) return null;
    }
    return next > at ? { value: notation, next } : null;
  });
}

/** Any of several runs of words, each in the notation of `words`. */
export function phrases(...notations: readonly string[]): Rule<string> {
  return first(...notations.map(words));
}

/** A word with the given meaning: meaning('weekday') yields 1 to 7. */
export function meaning<K extends keyof Meaning>(key: K): Rule<NonNullable<Meaning[K]>> {
  return opens([`#${key}`], (tokens: Tokens, at: number) => {
    const value = tokenAt(tokens, at).means?.[key];
    return value === undefined ? null : { value: value as NonNullable<Meaning[K]>, next: at + 1 };
  });
}

/** A whole number in digits, with at most `count` of them. */
export function digits(least: number, most: number, count = 4): Rule<number> {
  return opens(['#digits'], (tokens: Tokens, at: number) => {
    const { kind, low } = tokenAt(tokens, at);
    if (kind !== 'number' || low.length > count) return null;
    const value = Number(low);
    return value >= least && value <= most ? { value, next: at + 1 } : null;
  });
}

type Indexed = { openers?: readonly string[] };

/** Room for sorts of words that text brings up after the rules were made. */
const SPARE = 64;

/** Looks up which rules of a list can begin at a token; the order of the list is kept. */
export function byOpener<R extends Indexed>(rules: readonly R[]): (token: Token) => readonly R[] {
  // Small and dense, because hundreds of these tables are looked into for every word.
  let slots: Uint16Array | null = null;
  const lists: (readonly R[])[] = [];
  const find = (token: Token) => {
    const sorts = sortsOf(token);
    return rules.filter(
      ({ openers }) => !openers || openers.some((opener) => opener === token.low || sorts.includes(opener)),
    );
  };
  return (token) => {
    slots ??= new Uint16Array(vocabularySize() + SPARE);
    const known = lists[(slots[token.key] ?? 0) - 1];
    if (known) return known;
    const found = find(token);
    if (token.key < slots.length) slots[token.key] = lists.push(found);
    return found;
  };
}

function sortsOf({ kind, means }: Token): string[] {
  return kind === 'number' ? ['#digits'] : Object.keys(means ?? {}).map((key) => `#${key}`);
}

/** The first rule that fits. */
export function first<T>(...rules: readonly Rule<T>[]): Rule<T> {
  const candidates = byOpener(rules);
  const rule: Rule<T> = (tokens, at) => {
    for (const candidate of candidates(tokenAt(tokens, at))) {
      const hit = candidate(tokens, at);
      if (hit) return hit;
    }
    return null;
  };
  return rules.every(({ openers, isOptional }) => openers && !isOptional) ? opens(rules, rule) : rule;
}

/** The rule if it fits, else nothing taken. */
export function maybe<T>(rule: Rule<T>): Rule<T | null> {
  const optional: Rule<T | null> = (tokens, at) => rule(tokens, at) ?? { value: null, next: at };
  return Object.assign(optional, { openers: rule.openers, isOptional: true });
}

/** Something else made of what the rule found; null refuses it after all. */
export function map<A, B>(rule: Rule<A>, make: (value: A) => B | null): Rule<B> {
  const mapped: Rule<B> = (tokens, at) => {
    const hit = rule(tokens, at);
    const value = hit && make(hit.value);
    return hit && value !== null ? { value: value as B, next: hit.next } : null;
  };
  return rule.openers ? opens([rule], mapped) : mapped;
}

/** All rules one after the other. */
export function seq<T extends readonly unknown[]>(...rules: { [K in keyof T]: Rule<T[K]> }): Rule<T> {
  const list = rules as readonly Rule<unknown>[];
  const whole: Rule<T> = (tokens, at) => {
    let values: unknown[] | null = null;
    let next = at;
    for (const rule of list) {
      const hit = rule(tokens, next);
      if (!hit) return null;
      // Most attempts end with the first rule, and need no list.
      if (values === null) values = [hit.value];
      else values.push(hit.value);
      next = hit.next;
    }
    return { value: (values ?? []) as unknown as T, next };
  };
  const required = list.findIndex(({ isOptional }) => !isOptional);
  const leads = list.slice(0, required + 1);
  return required >= 0 && leads.every(({ openers }) => openers) ? opens(leads, whole) : whole;
}
