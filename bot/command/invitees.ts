import type { Invitee, Utterance } from './command.ts';
import type { Place } from './items.ts';
import type { Rule, Tokens } from './pattern.ts';
import { first, maybe, seq, tokenAt, word, words } from './pattern.ts';

/** Somebody named in the text, and the tokens that name them (with the "with" before them). */
export type Named = Place & { invitees: readonly Invitee[] };

const with_ = first<unknown>(
  words('w /'),
  words('along with'),
  words('together with'),
  words('and? please? loop in'),
  words('and? please? bring in'),
  words('and? please? invite|inviting|include|including|adding|cc|cc:'),
  words('and please? add'),
  words('get|put|fit|squeeze|slot|book|pencil|have|pop|stick me|us and|&|+'),
  seq(words('between|for me|myself|us'), word('and , &')),
  words('talk|talking|speak|speaking|chat|chatting to|with'),
  words('catch up with'),
  words('with|w me and'),
  words('with|w both?'),
  words('with the following people|guests|attendees :'),
  words('attendees :'),
  words('attendees'),
  words('participants :'),
  words('guests :'),
  words('invitees :'),
  words('invite :'),
  word('w'),
);
const joint = first<unknown>(
  seq(word(','), maybe(word('and & plus'))),
  seq(word('and & + plus /'), maybe(word('with'))),
  word(';'),
);
const myself = words('me|myself|us|i');

const STOP = new Set(
  'is are was were will would shall must may might cannot could has had do does did be been a about after again all an and any are as asap at be before book by call can cover for from has have i if in into is it its me meeting my no now of off on or our out please pls re record regarding schedule set should so some that the their them then there these this those through to today tomorrow until up us was we were what when where which who why will with you your thanks thx lunch coffee no new titled called named concerning subject topic agenda title about invite inviting include cc'.split(
    ' ',
  ),
);
const GROUP_LEADS = new Set('the our my all whole entire everyone rest of'.split(' '));
const NOT_PEOPLE = new Set(
  'chat lobby passcode password recording transcript camera cameras mic mics video audio lunch coffee agenda slides drinks food time notes care pleasure interpreter captions subtitles template option options link dial-in view regards respect reference breaks q break demo'.split(
    ' ',
  ),
);

const TITLES = new Set('dr mr mrs ms prof'.split(' '));
const GROUPS = new Set(
  'team teams office offices squad crew group department dept folks people guys board committee panel staff leads lead managers unit desk hub branch client clients site plant factory store warehouse supplier suppliers vendor vendors partner partners account customer customers agency contractor contractors reps side end'.split(
    ' ',
  ),
);

/** One bare name: up to three words that are neither small words nor times; "Bank of Foo" and "Dr. Lee" are one. */
function bareName(
  tokens: Tokens,
  at: number,
  text: string,
  isFree: (at: number) => boolean,
): { name: string; next: number } | null {
  let from = at;
  while (GROUP_LEADS.has(tokenAt(tokens, from).low) && from < at + 3) from += 1;
  const isTitled = isCapital(tokens, from, text);
  // "The UK sales leads": behind an article the noun goes with its name.
  const isDefinite = from > at;
  if (isDefinite && tokenAt(tokens, from).low === 'new') from += 1;
  let next = from;
  let words = 0;
  while (words < (isDefinite ? 4 : 3) && isFree(next) && isNameWord(tokens, next)) {
    const isApart = !isCapital(tokens, next, text) && !GROUPS.has(tokenAt(tokens, next).low);
    const isOwned = tokenAt(tokens, next - 1).low.endsWith("'s");
    if (words > 0 && isTitled && isApart && !isDefinite && !isOwned) break;
    const isGroup = GROUPS.has(tokenAt(tokens, next).low);
    if (words > 0 && GROUPS.has(tokenAt(tokens, next - 1).low) && !isGroup) break;
    const { low } = tokenAt(tokens, next);
    words += 1;
    next += 1;
    if (TITLES.has(low) && tokenAt(tokens, next).low === '.') next += 1;
    if (tokenAt(tokens, next).low === '-' && tokenAt(tokens, next).glued && isNameWord(tokens, next + 1))
      next += 2;
    if (isTitled && tokenAt(tokens, next).low === 'of' && isCapital(tokens, next + 1, text)) next += 1;
  }
  if (
    next === from ||
    NOT_PEOPLE.has(tokenAt(tokens, from).low) ||
    NOT_PEOPLE.has(tokenAt(tokens, next - 1).low)
  )
    return null;
  return { name: text.slice(tokenAt(tokens, from).from, tokenAt(tokens, next - 1).to), next };
}

/** April, May and June are people as well. */
const MONTH_NAMES = /^(january|april|may|june|july|august|september|october)$/;

function isNameWord(tokens: Tokens, at: number): boolean {
  const { kind, low, means } = tokenAt(tokens, at);
  const isMonthName = means?.month !== undefined && MONTH_NAMES.test(low);
  const behind = tokenAt(tokens, at + 1);
  // The R of "R&D" is nobody.
  const isLetter = low.length === 1 && behind.low === '&' && behind.glued;
  const isShift = means?.part !== undefined && GROUPS.has(behind.low);
  return (
    kind === 'word' &&
    (!means || isMonthName || isShift || low === 'a' || low === 'hr') &&
    !STOP.has(low) &&
    !/'(?:ll|re|ve|d|m)$|n't$/.test(low) &&
    !isLetter
  );
}

function isCapital(tokens: Tokens, at: number, text: string): boolean {
  const letter = text[tokenAt(tokens, at).from] ?? '';
  return letter !== letter.toLowerCase();
}

const affiliation: Rule<unknown> = seq(word('from at in of'), maybe(word('the our')), (tokens, at) =>
  isNameWord(tokens, at) ? { value: null, next: at + 1 } : null,
);

type One = { invitee: Invitee | null; next: number };

function marked(tokens: Tokens, at: number, utterance: Utterance): One | null {
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

function list(
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

/** Everybody the text names, left to right. Bare names only behind "with", "invite" and the like. */
export function findPeople(tokens: Tokens, utterance: Utterance, isFree: (at: number) => boolean): Named[] {
  const found: Named[] = [];
  for (let at = 0; at < tokens.length; ) {
    const cue = isFree(at) ? with_(tokens, at) : null;
    const hit = cue
      ? list(tokens, cue.next, utterance, isFree)
      : (parties(tokens, at, utterance, isFree) ??
        met(tokens, at, utterance, isFree) ??
        ourselves(tokens, at, utterance, isFree));
    const plain = hit ? null : (markedList(tokens, at, utterance) ?? null);
    const named = hit ?? plain;
    if (named)
      found.push({ first: plain ? leadIn(tokens, at) : at, next: named.next, invitees: named.invitees });
    at = named?.next ?? at + 1;
  }
  return found;
}

/** "between Fatima and Joel": two or more, written as names are. */
function parties(
  tokens: Tokens,
  at: number,
  utterance: Utterance,
  isFree: (at: number) => boolean,
): { invitees: Invitee[]; next: number } | null {
  if (tokenAt(tokens, at).low !== 'between' || !isFree(at)) return null;
  const { kind } = tokenAt(tokens, at + 1);
  if (kind === 'word' && !isCapital(tokens, at + 1, utterance.text)) return null;
  const hit = list(tokens, at + 1, utterance, isFree);
  return hit && hit.invitees.length > 1 ? hit : null;
}

const MEETING_VERBS = new Set('meet see grab catch call ring phone'.split(' '));
/** Verbs that bring people somewhere: "get Sam on a call", "loop Sam in". */
const BRINGING_VERBS = new Set('get need want bring pull have put patch dial loop'.split(' '));
const BEHIND_BROUGHT = /^(?:on|onto|into|together|meet)$/;
/** Of these, those that take people alone: "put Grants in" is a title. */
const BROUGHT_IN = new Set('bring pull patch dial loop'.split(' '));
const BEFORE_VERB = /^(?:|to|please|pls|you|we|i|let's|lets|us|me|and|just|[,:.!])$/;
const BEHIND_PEOPLE = /^(?:|about|re|on|regarding|to|at|for|and|in|over|please|[,.;:!?–—\n-])$/;

/** "meet Ben and Ana", "to grab Tom": whom a verb of meeting has as its object, where it is written as names are. */
function met(
  tokens: Tokens,
  at: number,
  utterance: Utterance,
  isFree: (at: number) => boolean,
): { invitees: Invitee[]; next: number } | null {
  const verb = tokenAt(tokens, at).low;
  const isBrought = BRINGING_VERBS.has(verb);
  const isVerb = (isBrought || MEETING_VERBS.has(verb)) && BEFORE_VERB.test(tokenAt(tokens, at - 1).low);
  if (!isVerb || !isCapital(tokens, at + 1, utterance.text)) return null;
  const hit = list(tokens, at + 1, utterance, isFree);
  if (hit && isBrought) {
    const { low } = tokenAt(tokens, hit.next);
    return BEHIND_BROUGHT.test(low) || (low === 'in' && BROUGHT_IN.has(verb)) ? hit : null;
  }
  if (!hit || (isFree(hit.next) && !BEHIND_PEOPLE.test(tokenAt(tokens, hit.next).low))) return null;
  return hit;
}

const self = words('me|myself|us and|&|+');
const andSelf = words('and|&|+ me|i|myself');

/** "me and Sam tomorrow", "Sam & me": who begins a message together with its writer. */
function ourselves(
  tokens: Tokens,
  at: number,
  utterance: Utterance,
  isFree: (at: number) => boolean,
): { invitees: Invitee[]; next: number } | null {
  if (at > 0 || !isFree(at)) return null;
  const lead = self(tokens, at);
  if (lead && isCapital(tokens, lead.next, utterance.text)) return list(tokens, lead.next, utterance, isFree);
  const first = isCapital(tokens, at, utterance.text) ? bareName(tokens, at, utterance.text, isFree) : null;
  return first && andSelf(tokens, first.next) ? list(tokens, at, utterance, isFree) : null;
}

function leadIn(tokens: Tokens, at: number): number {
  return /^(with|and|&|for|to|invite|cc|@|<|\()$/.test(tokenAt(tokens, at - 1).low) ? at - 1 : at;
}

/** Marks and addresses wherever they stand, with "and me" behind them. */
function markedList(
  tokens: Tokens,
  at: number,
  utterance: Utterance,
): { invitees: Invitee[]; next: number } | null {
  if (!marked(tokens, at, utterance)) return null;
  return list(tokens, at, utterance, () => false);
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
