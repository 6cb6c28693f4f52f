import type { Invitee, Utterance } from '../command.ts';
import type { Rule, Tokens } from '../text/pattern.ts';
import { first, maybe, seq, tokenAt, word, words } from '../text/pattern.ts';
import type { Place } from '../text/tokens.ts';
import { bareName, isNameWord } from './names.ts';

const joint = first<unknown>(
  seq(word(','), maybe(word('and & plus'))),
  seq(word('and & + plus /'), maybe(word('with'))),
  word(';'),
);
const myself = words('me|myself|us|i');

const affiliation: Rule<unknown> = seq(word('from at in of'), maybe(word('the our')), (tokens, at) =>
  isNameWord(tokens, at) ? { value: null, next: at + 1 } : null,
);

type One = { invitee: Invitee | null; next: number };

/** A mention or an address. */
export function marked(tokens: Tokens, at: number, utterance: Utterance): One | null {
  const token = tokenAt(tokens, at);
  if (token.kind === 'email') {
    return {
      invitee: { kind: 'email', email: utterance.text.slice(token.from, token.to).replace(/^mailto:/i, '') },
      next: at + 1,
    };
  }
  if (token.kind !== 'person') return null;
  const person = utterance.people[token.nth ?? 0];
  return { invitee: person ? { kind: 'mention', name: person.name, id: person.id } : null, next: at + 1 };
}

/** "Sam", "Sam (sam@example.com)", "<sam@example.com>", a mark, "me". */
function one(tokens: Tokens, at: number, utterance: Utterance, isFree: (at: number) => boolean): One | null {
  const me = myself(tokens, at);
  if (me) return { invitee: null, next: me.next };
  const open = /^[<([]$/.test(tokenAt(tokens, at).low) ? 1 : 0;
  const mark = marked(tokens, at + open, utterance);
  if (mark) {
    const close = /^[>)\]]$/.test(tokenAt(tokens, mark.next).low) ? 1 : 0;
    return { ...mark, next: mark.next + (open ? close : 0) };
  }
  if (open || !isFree(at)) return null;
  const name = bareName(tokens, at, utterance.text, isFree);
  if (!name) return null;
  const address = one(tokens, name.next, utterance, () => false);
  if (address?.invitee?.kind === 'email') return address;
  const from = affiliation(tokens, name.next);
  return {
    invitee: { kind: 'name', name: name.name },
    next: from && isFree(name.next) ? from.next : name.next,
  };
}

/** One or more people, with the signs and small words between them. */
export function list(
  tokens: Tokens,
  at: number,
  utterance: Utterance,
  isFree: (at: number) => boolean,
): { invitees: Invitee[]; next: number } | null {
  const invitees: Invitee[] = [];
  let next = at;
  for (let count = 0; count < 50; count += 1) {
    const hit = one(tokens, next, utterance, isFree);
    if (!hit) break;
    if (hit.invitee) invitees.push(hit.invitee);
    next = hit.next;
    const and = joint(tokens, next);
    const follows = and && one(tokens, and.next, utterance, isFree);
    if (and && !follows) break;
    if (!and && !marked(tokens, next, utterance)) break;
    const isComma = and !== null && and.next === next + 1 && tokenAt(tokens, next).low === ',';
    if (isComma && follows?.invitee?.kind === 'name') {
      const isAlike = invitees.every((other) => isSameCase(other, follows.invitee));
      if (!isAlike || !isListed(tokens, follows.next)) break;
    }
    next = and?.next ?? next;
  }
  return next > at ? { invitees, next } : null;
}

/** "with Sam, budget and forecast": names of one list are written alike. */
function isSameCase(one: Invitee, other: Invitee | null): boolean {
  if (one.kind !== 'name' || other?.kind !== 'name') return false;
  const isUpper = ({ name }: { name: string }) => name.charAt(0) !== name.charAt(0).toLowerCase();
  return isUpper(one) === isUpper(other);
}

/** After a comma a bare name counts only in "Sam, Tom and Ella": the list must end with "and". */
function isListed(tokens: Tokens, at: number): boolean {
  for (let next = at; next < at + 12; next += 1) {
    const { low, kind } = tokenAt(tokens, next);
    if (low === 'and' || low === '&') return true;
    if (low !== ',' && !(kind === 'word' && isNameWord(tokens, next))) return false;
  }
  return false;
}

/** The people among the tokens of a place, each mark, address or else the words as one name. */
export function peopleIn(tokens: Tokens, place: Place, utterance: Utterance): Invitee[] {
  const cut = tokens.slice(0, place.next);
  const invitees: Invitee[] = [];
  for (let at = place.first; at < place.next; ) {
    const hit = one(cut, at, utterance, () => true);
    if (hit?.invitee) invitees.push(hit.invitee);
    at = hit?.next ?? at + 1;
  }
  return invitees;
}
