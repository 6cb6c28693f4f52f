import type { Invitee, Utterance } from '../command.ts';
import type { Tokens } from '../text/pattern.ts';
import { tokenAt, words } from '../text/pattern.ts';
import { bareName, isCapital } from './names.ts';
import { list } from './people-list.ts';

/** "between Fatima and Joel": two or more, written as names are. */
export function parties(
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
export function met(
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
export function ourselves(
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
