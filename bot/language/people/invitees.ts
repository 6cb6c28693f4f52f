import type { Invitee, Mentioned } from '../command.ts';
import { hasTag } from '../lexicon.ts';
import type { Pack } from '../pack.ts';
import type { Place } from '../roles/roles.ts';
import { isSaidAt, positionsIn, saidIn, textOf } from '../said.ts';
import type { Token, Tokens } from '../text/tokens.ts';

/** A text with those who are mentioned in it. */
export type Named = { text: string; tokens: Tokens; pack: Pack; people: readonly Mentioned[] };

const JOINING = /^[,;&+/\n]$/;

const mailOf = ({ text }: Token) => text.replace(/^mailto:/i, '');

/** Whether a token stands between two people: a comma, "and", "n", a line break. */
export function isJointAt({ tokens, pack }: Pick<Named, 'tokens' | 'pack'>, at: number): boolean {
  const token = tokens[at];
  if (token?.kind === 'break' || JOINING.test(token?.low ?? '')) return true;
  return hasTag(pack.matchesAt(tokens, at), 'cue:and', 'joint');
}

const IDLE = ['art', 'joins', 'about', 'polite', 'myself', 'filler', 'approx', 'hesitation', 'lastverb'];

/** Words that stand beside a name and are no part of it: "the", "with", "um". By itself a word like French "ben" is a name. */
function isIdle({ tokens, pack }: Named, at: number, place: Place): boolean {
  const isAlone = positionsIn(place).every((one) => one === at || isSaidAt(tokens, pack, IDLE, one));
  const tags = isAlone ? IDLE.filter((tag) => tag !== 'filler') : IDLE;
  return isSaidAt(tokens, pack, tags, at);
}

/** "everyone": nobody by name. */
const isEverybody = ({ tokens, pack }: Named, place: Place) =>
  saidIn(tokens, pack, 'who', place).some(
    ({ first, next, values }) => first === place.first && next === place.next && values.includes('everyone'),
  );

/** "him": somebody who was spoken of, and whom the words do not name. */
const isPronoun = ({ tokens, pack }: Named, { first, next }: Place): boolean =>
  next - first === 1 && isSaidAt(tokens, pack, 'pronoun', first);

/** One name between two joints, without the small words around it: "her accountant" is no name with "her". */
function nameIn(named: Named, place: Place): Invitee[] {
  const { text, tokens, pack } = named;
  let { first, next } = place;
  const isNoName = (at: number) =>
    isIdle(named, at, place) || tokens[at]?.kind === 'sign' || tokens[at]?.kind === 'opaque';
  while (first < next && (isNoName(first) || isSaidAt(tokens, pack, 'mine', first))) first += 1;
  while (next > first && isNoName(next - 1)) next -= 1;
  const name = textOf(text, tokens, { first, next });
  const isNobody = isEverybody(named, { first, next }) || isPronoun(named, { first, next });
  return /\p{L}/u.test(name) && !isNobody ? [{ kind: 'name', name }] : [];
}

/** Mentions and addresses are people by themselves; words beside them are another name for the same. */
function groupIn(named: Named, { first, next }: Place): Invitee[] {
  const marked = named.tokens.slice(first, next).flatMap((token): Invitee[] => {
    if (token.kind === 'email') return [{ kind: 'email', email: mailOf(token) }];
    const person = token.nth === null ? undefined : named.people[token.nth];
    return person ? [{ kind: 'mention', ...person }] : [];
  });
  return marked.length > 0 ? marked : nameIn(named, { first, next });
}

const keyOf = (one: Invitee) => (one.kind === 'email' ? one.email : one.name).toLowerCase();

/** The people that a place names, each once: mentions, addresses, and names as written. */
export function inviteesIn(named: Named, { first, next }: Place): Invitee[] {
  const found: Invitee[] = [];
  for (let from = first; from < next; ) {
    let to = from;
    while (to < next && !isJointAt(named, to)) to += 1;
    found.push(...groupIn(named, { first: from, next: to }));
    from = to + 1;
  }
  return distinct(found);
}

/** The same people, each once. */
export function distinct(people: readonly Invitee[]): Invitee[] {
  return [...new Map(people.toReversed().map((one) => [keyOf(one), one])).values()].reverse();
}
