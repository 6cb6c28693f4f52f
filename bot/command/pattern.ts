import type { Meaning } from './lexicon.ts';
import type { Token } from './tokens.ts';
import { EDGE } from './tokens.ts';

/** What a rule found at a place, and where it stopped. */
export type Hit<T> = { value: T; next: number };
export type Tokens = readonly Token[];
/** A rule tried at one place. Rules look a bounded number of tokens ahead, which keeps the whole linear. */
export type Rule<T> = (tokens: Tokens, at: number) => Hit<T> | null;

/** The token at a place; a blank one outside the text. */
export function tokenAt(tokens: Tokens, at: number): Token {
  return tokens[at] ?? EDGE;
}

/** One of the listed words or signs. */
export function word(list: string): Rule<string> {
  const words = new Set(list.split(' '));
  return (tokens, at) => {
    const { low } = tokenAt(tokens, at);
    return low !== '' && words.has(low) ? { value: low, next: at + 1 } : null;
  };
}

/** A run of words exactly as written, hyphens between them allowed: phrase('end of day') takes "end-of-day" too. */
export function phrase(text: string): Rule<string> {
  const words = text.split(' ');
  return (tokens, at) => {
    let next = at;
    for (const expected of words) {
      if (next > at && tokenAt(tokens, next).low === '-') next += 1;
      if (tokenAt(tokens, next).low !== expected) return null;
      next += 1;
    }
    return { value: text, next };
  };
}

/** A word with the given meaning: meaning('weekday') yields 1 to 7. */
export function meaning<K extends keyof Meaning>(key: K): Rule<NonNullable<Meaning[K]>> {
  return (tokens, at) => {
    const value = tokenAt(tokens, at).means?.[key];
    return value === undefined ? null : { value: value as NonNullable<Meaning[K]>, next: at + 1 };
  };
}

/** A whole number in digits, with at most `digits` of them. */
export function digits(least: number, most: number, count = 4): Rule<number> {
  return (tokens, at) => {
    const { kind, low } = tokenAt(tokens, at);
    if (kind !== 'number' || low.length > count) return null;
    const value = Number(low);
    return value >= least && value <= most ? { value, next: at + 1 } : null;
  };
}

/** The first rule that fits. */
export function first<T>(...rules: readonly Rule<T>[]): Rule<T> {
  return (tokens, at) => {
    for (const rule of rules) {
      const hit = rule(tokens, at);
      if (hit) return hit;
    }
    return null;
  };
}

/** The rule if it fits, else nothing taken. */
export function maybe<T>(rule: Rule<T>): Rule<T | null> {
  return (tokens, at) => rule(tokens, at) ?? { value: null, next: at };
}

/** Something else made of what the rule found; null refuses it after all. */
export function map<A, B>(rule: Rule<A>, make: (value: A) => B | null): Rule<B> {
  return (tokens, at) => {
    const hit = rule(tokens, at);
    const value = hit && make(hit.value);
    return hit && value !== null ? { value: value as B, next: hit.next } : null;
  };
}

/** All rules one after the other. */
export function seq<T extends readonly unknown[]>(...rules: { [K in keyof T]: Rule<T[K]> }): Rule<T> {
  return (tokens, at) => {
    const values: unknown[] = [];
    let next = at;
    for (const rule of rules as readonly Rule<unknown>[]) {
      const hit = rule(tokens, next);
      if (!hit) return null;
      values.push(hit.value);
      next = hit.next;
    }
    return { value: values as unknown as T, next };
  };
}

/**
 * Words in a short notation: "no|without a? passcode|pin" takes "no passcode" and "without a pin".
 * Hyphens in the text may stand where the notation has a space.
 */
export function words(notation: string): Rule<string> {
  const steps = notation.split(' ').map((step) => {
    const isOptional = step.endsWith('?');
    return { isOptional, options: new Set((isOptional ? step.slice(0, -1) : step).split('|')) };
  });
  return (tokens, at) => {
    let next = at;
    for (const { isOptional, options } of steps) {
      const skip = next > at && tokenAt(tokens, next).low === '-' && !options.has('-') ? 1 : 0;
      const { low } = tokenAt(tokens, next + skip);
      if (low !== '' && options.has(low)) next += skip + 1;
      else if (!isOptional) return null;
    }
    return next > at ? { value: notation, next } : null;
  };
}
