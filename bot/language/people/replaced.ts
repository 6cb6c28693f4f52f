import type { Invitee } from '../command.ts';
import type { Sentence } from '../reading.ts';
import type { Place } from '../roles/roles.ts';
import type { Knowledge } from '../roles/vocabulary.ts';
import { isSaidAt, saidIn } from '../said.ts';
import { inviteesIn, isJointAt } from './invitees.ts';

/** Who comes in whose place. */
export type Replaced = { coming: readonly Invitee[]; leaving: readonly Invitee[] };

type Exchange = { leaving: Place; coming: Place };

const CALLED: ReadonlySet<Knowledge> = new Set(['name', 'called', 'capital']);
const SMALL = ['art', 'joins', 'polite', 'filler', 'cue', 'act', 'inplaceof', 'inplace'];

/** Where people are named, one name after another; with those that a joint ties together. */
function namesIn(sentence: Sentence): Place[] {
  const { tokens, pack, knowledge, parts } = sentence;
  const guests = parts.filter(({ role }) => role === 'guest');
  const isGuest = (at: number) =>
    guests.some(({ first, next }) => at >= first && at < next) &&
    tokens[at]?.kind === 'word' &&
    !isSaidAt(tokens, pack, SMALL, at);
  const isName = (at: number) =>
    tokens[at]?.kind === 'person' ||
    tokens[at]?.kind === 'email' ||
    CALLED.has(knowledge[at] ?? 'unknown') ||
    isGuest(at);
  const places: Place[] = [];
  for (const at of tokens.keys()) {
    if (!isName(at)) continue;
    const last = places.at(-1);
    const isTied = last?.next === at || (last?.next === at - 1 && isJointAt(sentence, at - 1));
    if (last && isTied) last.next = at + 1;
    else places.push({ first: at, next: at + 1 });
  }
  return places;
}

/** "Ola instead of Sam", "instead of Sam, Ola": who leaves stands right behind the words. */
function insteadIn(sentence: Sentence, names: readonly Place[]): Exchange | null {
  const { tokens, pack } = sentence;
  const [instead] = saidIn(tokens, pack, 'inplaceof');
  const leaving = names.find(({ first }) => first === instead?.next);
  if (!instead || !leaving) return null;
  const coming =
    names.findLast(({ next }) => next <= instead.first) ?? names.find(({ first }) => first > leaving.first);
  if (coming) return { leaving, coming };
  const comma = tokens.findIndex(({ low }, at) => low === ',' && at > leaving.first && at < leaving.next);
  return comma < 0
    ? null
    : { leaving: { ...leaving, next: comma }, coming: { ...leaving, first: comma + 1 } };
}

/** "Replace Sam with Ola". */
function swapIn(sentence: Sentence, names: readonly Place[]): Exchange | null {
  const { tokens, pack } = sentence;
  const [verb] = saidIn(tokens, pack, 'replaces');
  const by = saidIn(tokens, pack, 'replacedby').find(({ first }) => verb !== undefined && first > verb.next);
  const coming = names.find(({ first }) => first === by?.next);
  return verb && by && coming ? { leaving: { first: verb.next, next: by.first }, coming } : null;
}

/** "Sam out, Ola in"; "not Sam but Ola". */
function sidesIn({ tokens, pack }: Sentence, names: readonly Place[]): Exchange | null {
  const [one, other] = names;
  if (!one || !other) return null;
  const isOut = isSaidAt(tokens, pack, 'goesout', one.next) && isSaidAt(tokens, pack, 'comesin', other.next);
  const isNot =
    isSaidAt(tokens, pack, 'negated', one.first - 1) && isSaidAt(tokens, pack, 'butrather', other.first - 1);
  return isOut || isNot ? { leaving: one, coming: other } : null;
}

/** Who is to come in whose place. Null where the sentence does not name both. */
export function replacedIn(sentence: Sentence): Replaced | null {
  const names = namesIn(sentence);
  const exchange = insteadIn(sentence, names) ?? swapIn(sentence, names) ?? sidesIn(sentence, names);
  if (exchange === null) return null;
  const coming = inviteesIn(sentence, exchange.coming);
  const leaving = inviteesIn(sentence, exchange.leaving);
  return coming.length > 0 && leaving.length > 0 ? { coming, leaving } : null;
}
