import { hasTag } from './lexicon.ts';
import type { Pack } from './pack.ts';
import type { Part, Place } from './roles/roles.ts';
import type { Tokens } from './text/tokens.ts';

/** An entry of the lexicon in its place, with the values that one tag has there. */
export type Said = Place & { values: readonly string[] };

/** The entries with a tag, from left to right, the longest first; without those that overlap one before them. */
export function saidIn(tokens: Tokens, pack: Pack, tag: string, place: Place = all(tokens)): Said[] {
  if (!pack.maySay(tokens, tag)) return [];
  const found: Said[] = [];
  for (let at = place.first; at < place.next; ) {
    let behind = at + 1;
    for (const { next, said } of pack.matchesAt(tokens, at)) {
      const values = next <= place.next ? said.get(tag) : undefined;
      if (values === undefined) continue;
      found.push({ first: at, next, values });
      behind = next;
      break;
    }
    at = behind;
  }
  return found;
}

/** The whole text as a place. */
export const all = (tokens: Tokens): Place => ({ first: 0, next: tokens.length });

/** Whether a token begins an entry with a tag, or with one of several. */
export function isSaidAt(tokens: Tokens, pack: Pack, tag: string | readonly string[], at: number): boolean {
  const matches = pack.matchesAt(tokens, at);
  return typeof tag === 'string' ? hasTag(matches, tag) : hasTag(matches, ...tag);
}

/** The tokens of a place, by their numbers. */
export function positionsIn({ first, next }: Place): number[] {
  const positions: number[] = [];
  for (let at = first; at < next; at += 1) positions.push(at);
  return positions;
}

/** Whether the whole of a place is within another. */
export const isWithin = (inner: Place, outer: Place): boolean =>
  inner.first >= outer.first && inner.next <= outer.next;

/** Whether two places share a token. */
export const isOverlapping = (a: Place, b: Place): boolean => a.first < b.next && b.first < a.next;

/** Whether a time is inside a part; the small word before it may stand outside: "from [tomorrow's standup]". */
export const isTimeIn = (time: Place, part: Place): boolean =>
  time.next > part.first &&
  time.next <= part.next &&
  time.first >= part.first - (time.next - time.first > 1 ? 1 : 0);

/** Whether a time belongs to a part rather than to the new meeting. */
export const isInside = (time: Place, parts: readonly Part[]): boolean =>
  parts.some((part) => (part.role === 'subject' || part.role === 'which') && isTimeIn(time, part));

/** The words of a place as written. */
export function textOf(text: string, tokens: Tokens, { first, next }: Place): string {
  return next > first ? text.slice(tokens[first]?.from ?? 0, tokens[next - 1]?.to ?? 0) : '';
}

/** Marks the tokens that are in one of the places. */
export function cover(length: number, places: readonly Place[]): Uint8Array {
  const covered = new Uint8Array(length);
  for (const { first, next } of places) covered.fill(1, first, next);
  return covered;
}
