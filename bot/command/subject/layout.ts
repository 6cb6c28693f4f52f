import type { Tokens } from '../text/pattern.ts';
import type { Place } from '../text/tokens.ts';
import type { Item } from '../when/items.ts';
import type { Named } from '../who/invitees.ts';

/** A text with what was found in it, indexed by token so that looking around costs nothing. */
export type Layout = {
  tokens: Tokens;
  items: readonly Item[];
  /** The item that begins at a token, and the one that ends right before it. */
  itemFrom: (at: number) => Item | undefined;
  itemUpTo: (next: number) => Item | undefined;
  isItem: (at: number) => boolean;
  isPersonFrom: (at: number) => boolean;
  isPerson: (at: number) => boolean;
  isQuoted: (at: number) => boolean;
};

/** Which tokens lie inside any of the places; one pass, so that long texts stay cheap. */
export function cover(length: number, places: readonly Place[]): (at: number) => boolean {
  const covered = new Uint8Array(length);
  for (const { first, next } of places) covered.fill(1, Math.max(0, first), next);
  return (at) => covered[at] === 1;
}

/** Indexes items, people and quotes by the tokens they cover. */
export function createLayout(
  tokens: Tokens,
  items: readonly Item[],
  people: readonly Named[],
  quotes: readonly Place[],
): Layout {
  const from = new Map(items.map((item) => [item.first, item]));
  const upTo = new Map(items.map((item) => [item.next, item]));
  const persons = new Set(people.map(({ first }) => first));
  return {
    tokens,
    items,
    itemFrom: (at) => from.get(at),
    itemUpTo: (next) => upTo.get(next),
    isItem: cover(tokens.length, items),
    isPersonFrom: (at) => persons.has(at),
    isPerson: cover(tokens.length, people),
    isQuoted: cover(tokens.length, quotes),
  };
}
