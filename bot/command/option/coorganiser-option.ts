import type { Rule, Tokens } from '../text/pattern.ts';
import { first, maybe, seq, tokenAt, word, words } from '../text/pattern.ts';
import type { OptionSaid } from './option-said.ts';

const coorganiserWord = words('co organiser|organisers|organizer|organizers|host|hosts');
const coorganiserSolid = word('coorganiser coorganisers coorganizer coorganizers cohost cohosts');
const helper = first<string>(coorganiserWord, coorganiserSolid);
const joint = word('and & ,');
const MOST_PEOPLE = 10;
/** Up to ten people, as marks, addresses or short names. */
export const people: Rule<null> = (tokens, at) => {
  let next = at;
  for (let count = 0; count < MOST_PEOPLE; count += 1) {
    const one = person(tokens, next);
    if (!one) break;
    next = one.next;
    const and = joint(tokens, next);
    if (!and || !person(tokens, and.next)) break;
    const isComma = tokenAt(tokens, next).low === ',';
    const { kind } = tokenAt(tokens, and.next);
    // Around a comma a bare word is something else that is said rather than another person.
    const isBare = tokenAt(tokens, and.next - 2).kind === 'word';
    if (isComma && (isBare || (kind !== 'person' && kind !== 'email'))) break;
    next = and.next;
  }
  return next > at ? { value: null, next } : null;
};
const NOT_A_NAME = /^(and|with|as|is|are|be|the|a|an|at|on|for|about|me|please|it|record|no|only|in|to)$/;
const person: Rule<null> = (tokens, at) => {
  const { kind, low, means } = tokenAt(tokens, at);
  if (kind === 'person' || kind === 'email') return { value: null, next: at + 1 };
  if (kind !== 'word' || means || NOT_A_NAME.test(low)) return null;
  const second = tokenAt(tokens, at + 1);
  const isTwo =
    second.kind === 'word' &&
    !second.means &&
    !NOT_A_NAME.test(second.low) &&
    !/^(co|coorganiser|coorganizer|cohost)$/.test(second.low);
  return { value: null, next: isTwo ? at + 2 : at + 1 };
};
const HELPER_STARTS = /^co(?:org|host|$)/;

/** Whether a co-organiser is spoken of at all: anybody's name may begin the rule, and few messages need it. */
export const hasHelper = (tokens: Tokens): boolean =>
  tokens.some(({ low }) => low.startsWith('co') && HELPER_STARTS.test(low));

/** Within reach: names may stand before the word, but not all of a long message. */
function isHelperNear(tokens: Tokens, at: number): boolean {
  return hasHelper(tokens.slice(at, at + 12));
}
const roleFirst = seq(
  maybe(words('with|and|add|plus|my|the|our')),
  helper,
  maybe(word(': = is are will')),
  maybe(word('be')),
);
const roleLast = seq(maybe(word('as to be')), maybe(word('a my our the')), helper);
const makeOf = maybe(word('make with add and have'));

/** "co-organiser Luis", "make Tessa co-organizer", "with Ana as a co-host". */
export const coorganiserOption: Rule<OptionSaid> = (tokens, at) => {
  if (!isHelperNear(tokens, at)) return null;
  const title = roleFirst(tokens, at);
  const after = title && people(tokens, title.next);
  if (title && after) return { value: asHelpers(title.next, after.next), next: after.next };
  const lead = makeOf(tokens, at);
  const named = lead && people(tokens, lead.next);
  const role = named && roleLast(tokens, named.next);
  const isRole = role && (role.value[0] || role.value[1] || (lead && lead.next > at));
  return isRole ? { value: asHelpers(lead.next, named.next), next: role.next } : null;
};

function asHelpers(first: number, next: number): OptionSaid {
  return { set: {}, who: { as: 'coorganisers', first, next } };
}
