import type { Part, Place } from '../roles/roles.ts';
import type { Knowledge } from '../roles/vocabulary.ts';
import { isOverlapping, isSaidAt, isWithin, positionsIn, saidIn } from '../said.ts';
import type { Around } from '../sentence/parts.ts';
import { isJointAt } from './invitees.ts';

/** How far behind people the verb may stand of a clause that begins among them: "Aisha the server [room is] down". */
const REACH = 3;

const ANY_NAME: ReadonlySet<Knowledge> = new Set(['name', 'capital', 'called']);

/** The first token of the name, between two joints, that a token belongs to. */
function nameStart(around: Around, { first }: Part, at: number): number {
  let start = at;
  while (start > first && !isJointAt(around, start - 1)) start -= 1;
  return start;
}

/** "with Ada and [Will]": a verb inside of a sentence has no capital, and is not all that an "and" joins. */
function isCalled({ tokens, pack, times }: Around, at: number): boolean {
  if (/^\p{Lu}\p{Ll}/u.test(tokens[at]?.text ?? '')) return true;
  const isEnd = tokens[at + 1]?.kind !== 'word' || times.some(({ first }) => first === at + 1);
  return isSaidAt(tokens, pack, 'alsoname', at) && isJointAt({ tokens, pack }, at - 1) && isEnd;
}

/** The verb of a clause that begins among people: inside of the part, or a few words behind it. */
function verbIn(around: Around, { first, next }: Part): number | null {
  const { tokens, pack } = around;
  const [verb] = saidIn(tokens, pack, 'clause:verb', { first: first + 1, next: next + REACH + 1 }).filter(
    (said) => !isCalled(around, said.first),
  );
  if (!verb) return null;
  const between = tokens.slice(next, verb.first);
  return between.every(({ kind }) => kind === 'word') ? verb.first : null;
}

/**
 * Where a clause begins whose subject is among the people: at its article ("Sam the lift [is stuck]"), or behind a
 * comma with the name itself ("Timo and Elif, they [want ...]").
 */
function subjectOfVerb(around: Around, part: Part): number | null {
  const { tokens, pack } = around;
  const verb = verbIn(around, part);
  if (verb === null) return null;
  const start = nameStart(around, part, Math.min(verb, part.next) - 1);
  for (let at = verb - 1; at > start; at -= 1) if (isSaidAt(tokens, pack, 'art', at)) return at;
  if (start > part.first) return start;
  // "me and Mr Nguyen want to meet"
  const isBesideMe = isSaidAt(tokens, pack, 'myself', start - 2);
  const isInvited = isBesideMe || [start, start - 1].some((at) => isSaidAt(tokens, pack, 'joins', at));
  return isInvited ? verb : start;
}

/** People end where a clause of its own begins: "with the ward team [it is about the rota]", "with Kim, [we must speak]". */
function beforeClause(around: Around, part: Part): number {
  const { tokens, pack } = around;
  const [own] = saidIn(tokens, pack, 'clause:subject', { ...part, next: part.next + REACH });
  const ends = [own?.first, subjectOfVerb(around, part)].filter((at) => at !== undefined && at !== null);
  return Math.min(part.next, ...ends);
}

const MOST_LETTERS = 4;

/** "with [Dr]. Pelletier": a short form and its full stop end no name. */
function behindShortForm({ tokens, knowledge }: Around, part: Part): number {
  const next = tokens[part.next - 1]?.low === '.' ? part.next - 1 : part.next;
  const isName = (at: number) => tokens[at]?.kind === 'word' && ANY_NAME.has(knowledge[at] ?? 'unknown');
  const isShort = tokens[next - 1]?.kind === 'word' && (tokens[next - 1]?.low.length ?? 0) <= MOST_LETTERS;
  if (!isShort || tokens[next]?.low !== '.' || !isName(next + 1)) return part.next;
  let end = next + 1;
  while (isName(end)) end += 1;
  return end;
}

/** Whether nobody is invited: who is spoken to at the beginning ("Sir, please book"), or who signs at the end. */
function isSpeaking({ tokens, pack }: Around, { first, next }: Part): boolean {
  const isSign = (at: number) => tokens[at]?.kind === 'sign' || tokens[at]?.kind === 'break';
  const behind = isSign(next) ? next + 1 : next;
  if (first === 0) return isSaidAt(tokens, pack, ['polite', 'act:create'], behind);
  let before = first - 1;
  while (before > 0 && isSign(before)) before -= 1;
  const isSigned = before < first - 1 && isSaidAt(tokens, pack, ['closing', 'thanks'], before);
  return isSigned && tokens.slice(next).every((_token, at) => isSign(next + at));
}

/** People with the whole of their names, and without what is said behind them. "Is Léa free" is one clause with its people. */
export function endAtClauses(around: Around, parts: readonly Part[]): Part[] {
  if (around.act === 'find') return [...parts];
  return parts.flatMap((part): Part[] => {
    if (part.role !== 'guest') return [part];
    if (isSpeaking(around, part)) return [];
    const whole = { ...part, next: behindShortForm(around, part) };
    const next = beforeClause(around, whole);
    return next > part.first ? [{ ...part, next }] : [];
  });
}

const ROLE_TOPICS: ReadonlySet<string> = new Set(['coorganiser', 'present']);

/** The word for a role, "co-organiser" or "presenter", beside a guest: before it, or behind it without a comma between. */
function roleWordBeside({ tokens, pack }: Around, guest: Place, parts: readonly Part[]): Place | null {
  const isGuestAt = (at: number) => parts.some(({ role, first }) => role === 'guest' && first === at);
  const isSmall = (at: number) => isSaidAt(tokens, pack, 'idle', at) || /^[:=]$/.test(tokens[at]?.low ?? '');
  const words = saidIn(tokens, pack, 'option').filter(({ values }) =>
    values.some((value) => ROLE_TOPICS.has(value)),
  );
  const skip = (from: number, step: 1 | -1) => {
    let at = from;
    while (isSmall(at) && !words.some(({ first, next }) => at >= first && at < next)) at += step;
    return at;
  };
  const before = words.find(({ next }) => next === skip(guest.first - 1, -1) + 1);
  if (before) return before;
  const behind = words.find(({ first }) => first === skip(guest.next, 1));
  return behind && !isGuestAt(skip(behind.next, 1)) ? behind : null;
}

/** "Sam, presenters Kim and Lee", "Q3, co-organiser Kim": behind a comma a word for a role begins others. */
function splitAtRoles({ tokens, pack }: Around, parts: readonly Part[]): Part[] {
  const words = saidIn(tokens, pack, 'option').filter(({ values }) =>
    values.some((value) => ROLE_TOPICS.has(value)),
  );
  return parts.flatMap((part): Part[] => {
    const word = words.find(({ first, next }) => first > part.first && next < part.next);
    const isApart = word && tokens[word.first - 1]?.kind === 'sign';
    if ((part.role !== 'guest' && part.role !== 'subject') || !word || !isApart) return [part];
    return [
      { ...part, next: word.first - 1 },
      { role: 'guest', first: word.next, next: part.next },
    ];
  });
}

/** Guests who are to be co-organisers or presenters belong to that option, with the word for it. */
export function nameRoles(around: Around, marked: readonly Part[]): Part[] {
  const parts = splitAtRoles(around, marked);
  const roles = parts.flatMap((part) => {
    const word = part.role === 'guest' ? roleWordBeside(around, part, parts) : null;
    return word
      ? [
          {
            role: 'option' as const,
            first: Math.min(part.first, word.first),
            next: Math.max(part.next, word.next),
          },
        ]
      : [];
  });
  if (roles.length === 0) return [...parts];
  const others = parts.flatMap((part): Part[] => {
    if (roles.some((role) => isWithin(part, role))) return [];
    const cut = roles.find(({ first }) => first > part.first && first < part.next);
    return [cut ? { ...part, next: cut.first } : part];
  });
  return [...others, ...roles].toSorted((a, b) => a.first - b.first);
}

/** Whether a token is a mention or an address. */
const isMark = ({ tokens }: Pick<Around, 'tokens'>, at: number): boolean =>
  tokens[at]?.kind === 'person' || tokens[at]?.kind === 'email';

const NAMES: ReadonlySet<Knowledge> = new Set(['name', 'capital']);

/**
 * "about Q3 with Sam", where nobody else is named: a word that is a name as well is one behind a topic. Behind a title
 * ("called 1:1 with Sam") it may be part of it.
 */
function isTopic({ tokens, pack }: Around, { first }: Part, parts: readonly Part[]): boolean {
  const isTopical = (at: number) => isSaidAt(tokens, pack, 'topical', at);
  return (isTopical(first - 1) || isTopical(first)) && !parts.some(({ role }) => role === 'guest');
}

/** "Q3 with Sam": names behind a "with" at a subject's end are guests. */
export function peelGuests(around: Around, parts: readonly Part[]): Part[] {
  const { tokens, pack, knowledge } = around;
  const isNamed = (at: number) => NAMES.has(knowledge[at] ?? 'unknown') || isMark({ tokens }, at);
  const isJoint = (at: number) => isSaidAt(tokens, pack, 'cue', at) || tokens[at]?.kind === 'sign';
  return parts.flatMap((part): Part[] => {
    if (part.role !== 'subject') return [part];
    const isAmong = isTopic(around, part, parts);
    const isName = (at: number) => isNamed(at) || (isAmong && knowledge[at] === 'called');
    let from = part.next;
    while (from > part.first && (isName(from - 1) || (from < part.next && isJoint(from - 1)))) from -= 1;
    const isWith = from - 1 > part.first && isSaidAt(tokens, pack, 'joins', from - 1);
    const isKnown = tokens.slice(from, part.next).some((_token, index) => isNamed(from + index));
    const isAsked = isKnown || isSaidAt(tokens, pack, 'together', from - 1);
    if (!isWith || !isAsked || from === part.next) return [part];
    return [
      { ...part, next: from - 1 },
      { role: 'guest', first: from, next: part.next },
    ];
  });
}

/** "with Just and [Will]": guests do not end with an "and" behind which a name is. */
function beyondJoint({ tokens, pack, times }: Around, part: Part, parts: readonly Part[]): Part {
  const behind = { first: part.next, next: part.next + 1 };
  const token = tokens[part.next];
  const isName =
    token?.kind === 'word' && (!isLower(token.text) || isSaidAt(tokens, pack, 'alsoname', part.next));
  const isTaken = [...parts, ...times].some((place) => isOverlapping(place, behind));
  return part.role === 'guest' && isName && !isTaken && isJointAt({ tokens, pack }, part.next - 1)
    ? { ...part, next: behind.next }
    : part;
}

/** "with Steeve pis Chantal": a name behind a guest and a word for "and" is another guest, and no subject. */
export function joinGuests(around: Around, marked: readonly Part[]): Part[] {
  const { tokens, pack, knowledge } = around;
  const parts = marked.map((part) => beyondJoint(around, part, marked));
  const isName = (at: number) => NAMES.has(knowledge[at] ?? 'unknown') || !isLower(tokens[at]?.text ?? '');
  return parts.map((part): Part => {
    const isBehind = parts.some(({ role, next }) => role === 'guest' && next === part.first);
    const names = positionsIn(part).slice(1);
    const isGuest =
      isBehind && isJointAt({ tokens, pack }, part.first) && names.length > 0 && names.every(isName);
    return part.role === 'subject' && isGuest
      ? { role: 'guest', first: part.first + 1, next: part.next }
      : part;
  });
}

/** "with Thandi on Tuesday": people end where a time begins, with the small word before it; a time alone is nobody. */
export function endGuests({ tokens, pack, times }: Around, parts: readonly Part[]): Part[] {
  const isSmall = (at: number) =>
    tokens[at]?.kind === 'word' && isLower(tokens[at].text) && isSaidAt(tokens, pack, ['cue', 'beyond'], at);
  return parts.flatMap((part): Part[] => {
    if (part.role !== 'guest') return [part];
    const within = times.filter(({ first, next, weak }) => !weak && first < part.next && next > part.first);
    if (within.some(({ first, next }) => first <= part.first && next >= part.next)) return [];
    let next = within.find(({ first }) => first > part.first)?.first ?? part.next;
    while (next > part.first + 1 && isSmall(next - 1)) next -= 1;
    return [{ ...part, next }];
  });
}

const isLower = (text: string): boolean => text === text.toLowerCase();

/** "annual review of Ana": a person behind an "of" at the end of a subject belongs to it. */
export function joinOwners({ tokens, pack }: Around, parts: readonly Part[]): Part[] {
  const isOf = (at: number) => isSaidAt(tokens, pack, 'cue:of', at);
  const owners = parts.flatMap((part) => {
    const owner = parts.find(({ role, first }) => role === 'guest' && first === part.next);
    return part.role === 'subject' && owner && isOf(part.next - 1) ? [owner] : [];
  });
  return parts
    .filter((part) => !owners.includes(part))
    .map((part) => {
      const owner = owners.find(({ first }) => first === part.next);
      return owner ? { ...part, next: owner.next } : part;
    });
}
