import type { Invitee } from '../command.ts';
import type { Sentence } from '../reading.ts';
import type { Place } from '../roles/roles.ts';
import type { Knowledge } from '../roles/vocabulary.ts';
import { saidIn } from '../said.ts';
import { inviteesIn } from './invitees.ts';

/** Who comes in whose place. */
export type Replaced = { coming: readonly Invitee[]; leaving: readonly Invitee[] };

const CALLED: ReadonlySet<Knowledge> = new Set(['name', 'called', 'capital']);

/** Where the people end that are named from a token on. */
function endOfNames({ tokens, knowledge, parts }: Sentence, first: number): number {
  const part = parts.find(
    ({ role, ...place }) => role === 'guest' && place.first <= first && place.next > first,
  );
  if (part) return part.next;
  let next = first;
  const isName = (at: number) =>
    tokens[at]?.kind === 'person' || tokens[at]?.kind === 'email' || CALLED.has(knowledge[at] ?? 'unknown');
  while (next < tokens.length && isName(next)) next += 1;
  return next;
}

/** The places of those who leave and of those who come: "Ola instead of Sam", "replace Sam with Ola". */
function placesOf(sentence: Sentence): { leaving: Place; coming: Place } | null {
  const { tokens, pack, parts } = sentence;
  const guest = parts.find(({ role }) => role === 'guest');
  const [instead] = saidIn(tokens, pack, 'inplaceof');
  if (instead && guest && guest.first < instead.first)
    return {
      coming: { first: guest.first, next: instead.first },
      leaving: { first: instead.next, next: endOfNames(sentence, instead.next) },
    };
  const [verb] = saidIn(tokens, pack, 'replaces');
  const by = saidIn(tokens, pack, 'replacedby').find(({ first }) => verb !== undefined && first > verb.next);
  if (!verb || !by) return null;
  return {
    leaving: { first: verb.next, next: by.first },
    coming: { first: by.next, next: endOfNames(sentence, by.next) },
  };
}

/** Who is to come in whose place. Null where the sentence does not name both. */
export function replacedIn(sentence: Sentence): Replaced | null {
  const places = placesOf(sentence);
  if (places === null) return null;
  const coming = inviteesIn(sentence, places.coming);
  const leaving = inviteesIn(sentence, places.leaving);
  return coming.length > 0 && leaving.length > 0 ? { coming, leaving } : null;
}
