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

const IDLE = [
  'art',
  'joins',
  'about',
  'polite',
  'myself',
  'filler',
  'approx',
  'hesitation',
  'lastverb',
  'back',
  'besides',
  'noname',
];

/** Words that stand beside a name and are no part of it: "the", "with", "um". */
function isIdle({ tokens, pack }: Named, at: number): boolean {
  return isSaidAt(tokens, pack, IDLE, at) && !isNameBeside({ tokens, pack }, at);
}

/** Words that stand right behind people. */
export const BEHIND_PEOPLE = ['comes:behind', 'leaves:behind', 'leaves:told'];

/**
 * Whether a word of the language is somebody's name where it stands: one that people are called as well, beside a word for
 * people ("avec [ben]", "[Sam] raus"); a small word with a capital inside of a sentence ("mit [Kurz]"); any behind a title.
 */
export function isNameBeside({ tokens, pack }: Pick<Named, 'tokens' | 'pack'>, at: number): boolean {
  const isTitled = isSaidAt(tokens, pack, 'title', at - (tokens[at - 1]?.low === '.' ? 2 : 1));
  const isCapital = /^\p{Lu}\p{Ll}/u.test(tokens[at]?.text ?? '');
  const isInside = tokens[at - 1]?.kind === 'word' || tokens[at - 1]?.low === ',';
  if (isCapital && (isTitled || (isInside && isSaidAt(tokens, pack, ['filler', 'hesitation', 'approx'], at))))
    return true;
  if (!isSaidAt(tokens, pack, 'alsoname', at)) return false;
  if (isSaidAt(tokens, pack, 'together', at - 1) || isSaidAt(tokens, pack, BEHIND_PEOPLE, at + 1))
    return true;
  // "mets sam 15h": a day stands before its hour or its number.
  const isBehindVerb = isSaidAt(tokens, pack, ['comes:before', 'leaves:before'], at - 1);
  return isBehindVerb && tokens[at + 1]?.kind !== 'number';
}

/** "à la place de [Sam], Miriam": a day in whose place somebody is to come is a name. */
const isReplaced = ({ tokens, pack }: Pick<Named, 'tokens' | 'pack'>, at: number): boolean =>
  pack.isGivenName(tokens[at]?.low ?? '') &&
  saidIn(tokens, pack, 'inplaceof').some(({ next }) => next === at);

/** Times without those that are somebody's name: "avec [Sam]", "mit Frau [Sonntag]". */
export const withoutPeople = <Time extends Place>(
  words: Pick<Named, 'tokens' | 'pack'>,
  times: readonly Time[],
): Time[] =>
  times.filter(({ first, next }) => {
    const day = words.tokens.slice(first, next).findLastIndex(({ kind }) => kind === 'word') + first;
    return !(next - first === 1 && isNameBeside(words, first)) && !isReplaced(words, day);
  });

/** "everyone", "the whole team", "nobody": none by name. */
const isNoOneNamed = ({ tokens, pack }: Named, { first, next }: Place) =>
  saidIn(tokens, pack, 'who', { first, next }).some(
    (said) => said.first === first && said.next === next && said.values.some((who) => NOT_NAMED.has(who)),
  ) ||
  pack
    .matchesAt(tokens, first)
    .some((match) => match.next >= next && EVERYBODY.some((tag) => match.said.has(tag)));

const EVERYBODY = ['wholegroup', 'samepeople'];
const NOT_NAMED: ReadonlySet<string> = new Set(['everyone', 'nobody']);

/** "him": somebody who was spoken of, and whom the words do not name. */
const isPronoun = ({ tokens, pack }: Named, { first, next }: Place): boolean =>
  next - first === 1 && isSaidAt(tokens, pack, 'pronoun', first);

const isGivenAt = ({ tokens, pack }: Named, at: number): boolean =>
  tokens[at]?.text === tokens[at]?.low && pack.isGivenName(tokens[at]?.low ?? '');

const LONGEST_ROW = 2;

/**
 * "gina chandra und dmitri": given names in small letters one after another, which are as many people where others are named
 * beside them. With capitals one of them may be a surname: "Kurt Ernst"; "jean luc" is one.
 */
export function rowsIn(named: Named, { first, next }: Place): Place[] {
  const rows: Place[] = [];
  for (let from = first; from < next; from += 1) {
    let to = from;
    while (to < next && isGivenAt(named, to)) to += 1;
    if (to - from > 1) rows.push({ first: from, next: to });
    from = Math.max(from, to);
  }
  const isList = positionsIn({ first, next }).some((at) => isJointAt(named, at));
  const isDoubled = (row: Place) =>
    positionsIn({ ...row, next: row.next - 1 }).some((at) =>
      named.pack.doubled.has(named.tokens[at]?.low ?? ''),
    );
  return rows.filter((row) => !isDoubled(row) && (isList || row.next - row.first > LONGEST_ROW));
}

/** One name between two joints, without the small words around it: "her accountant" is no name with "her". */
function nameIn(named: Named, place: Place): Invitee[] {
  const { text, tokens, pack } = named;
  let { first, next } = place;
  const isNoName = (at: number) =>
    isIdle(named, at) || tokens[at]?.kind === 'sign' || tokens[at]?.kind === 'opaque';
  while (first < next && (isNoName(first) || isSaidAt(tokens, pack, 'mine', first))) first += 1;
  // "at 9 with Tess, at 11 with Kim, each for an hour"
  while (next > first && (isNoName(next - 1) || isSaidAt(tokens, pack, 'each', next - 1))) next -= 1;
  const name = textOf(text, tokens, { first, next });
  const isNobody =
    isNoOneNamed(named, place) || isNoOneNamed(named, { first, next }) || isPronoun(named, { first, next });
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
  const rows = rowsIn(named, { first, next });
  const isInRow = (at: number) => rows.some((row) => at > row.first && at < row.next);
  const found: Invitee[] = [];
  for (let from = first; from < next; ) {
    let to = from;
    while (to < next && !isJointAt(named, to) && !(to > from && isInRow(to))) to += 1;
    found.push(...groupIn(named, { first: from, next: to }));
    from = isInRow(to) ? to : to + 1;
  }
  return distinct(found);
}

/** The same people, each once. */
export function distinct(people: readonly Invitee[]): Invitee[] {
  return [...new Map(people.toReversed().map((one) => [keyOf(one), one])).values()].reverse();
}
