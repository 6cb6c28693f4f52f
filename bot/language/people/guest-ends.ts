import type { Around } from '../parts.ts';
import type { Part } from '../roles/roles.ts';
import type { Knowledge } from '../roles/vocabulary.ts';
import { isSaidAt, saidIn } from '../said.ts';
import { isJointAt } from './invitees.ts';

/** How far behind people the verb may stand of a clause that begins among them: "Aisha the server [room is] down". */
const REACH = 3;

const NAMES: ReadonlySet<Knowledge> = new Set(['name', 'capital', 'called']);

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
  const isName = (at: number) => tokens[at]?.kind === 'word' && NAMES.has(knowledge[at] ?? 'unknown');
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
