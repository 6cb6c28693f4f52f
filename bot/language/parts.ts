import { NEW } from './choose-act.ts';
import type { Pack } from './pack.ts';
import { cutGuests, nameRoles, peelGuests } from './people/guests.ts';
import type { Act } from './roles/labels.ts';
import type { Part, Place } from './roles/roles.ts';
import type { Knowledge } from './roles/vocabulary.ts';
import { cover, isSaidAt, isTimeIn, saidIn } from './said.ts';
import type { Tokens } from './text/tokens.ts';
import type { TimeSpan } from './time/spans.ts';
import { namePlace } from './which.ts';

/** What parts are settled by: the words, the act and the times. */
export type Around = {
  tokens: Tokens;
  pack: Pack;
  knowledge: readonly Knowledge[];
  act: Act;
  times: readonly TimeSpan[];
};

/** Whether a time belongs to a part rather than to the new meeting. */
export const isInside = (time: TimeSpan, parts: readonly Part[]): boolean =>
  parts.some((part) => (part.role === 'subject' || part.role === 'which') && isTimeIn(time, part));

/** Acts whose time is the new one. */
const TIMED: ReadonlySet<Act> = new Set([...NEW, 'again', 'move', 'find']);

/**
 * The parts as the act makes them: what says which meeting is only a description where a new one is wanted, and a time
 * by itself is the wanted time where no other is said.
 */
function asActed({ tokens, pack, act, times }: Around, parts: readonly Part[]): Part[] {
  const isFree = times.some((time) => !time.weak && !isInside(time, parts));
  return parts.flatMap((part): Part[] => {
    if (part.role !== 'which') return [part];
    if (NEW.has(act)) {
      const as = (role: 'subject' | 'guest') => (place: Place) => ({ role, ...place });
      const name = namePlace({ tokens, pack }, part, times);
      const isNamed = part.subjects.length > 0 || name.next <= name.first;
      const subjects = isNamed ? part.subjects : [name];
      return [...subjects.map(as('subject')), ...part.guests.map(as('guest'))];
    }
    const inside = times.filter((time) => isTimeIn(time, part));
    const length = inside.reduce((sum, { first, next }) => sum + next - first, 0);
    return TIMED.has(act) && !isFree && length >= part.next - part.first ? [] : [part];
  });
}

const SETTLING: ReadonlySet<TimeSpan['kind']> = new Set(['clock', 'date', 'relative', 'now']);

/** Whether a time stands right before a place, or nothing at all: a time at its beginning then says when. */
const isOpenBefore = ({ first }: Place, times: readonly TimeSpan[]): boolean =>
  first === 0 || times.some(({ next }) => next === first);

/**
 * A subject without the times at its end, and at its beginning behind another time, where the sentence has no other of
 * their kind: "Q3 tomorrow 3pm" is about Q3. A time that only may be one ("May", "4") stays.
 */
function peel({ tokens, times }: Around, parts: readonly Part[]): Part[] {
  const outside = new Set(times.filter((time) => !isInside(time, parts)).map(({ kind }) => kind));
  const isMissed = ({ weak, kind }: TimeSpan) => !weak && SETTLING.has(kind) && !outside.has(kind);
  // "for Friday 10/4": a time that goes on outside is not the subject's.
  const isContinued = ({ weak, kind, next }: TimeSpan) =>
    !weak &&
    SETTLING.has(kind) &&
    times.some(
      (time) => !time.weak && SETTLING.has(time.kind) && time.first === next && !isInside(time, parts),
    );
  return parts.flatMap((part): Part[] => {
    if (part.role !== 'subject') return [part];
    let { first, next } = part;
    const isDayBefore = ({ first: at }: Place) =>
      times.some(({ kind, next: end }) => kind === 'date' && end === at && tokens[at - 1]?.kind !== 'sign');
    // "tomorrow thursday sync": a day right behind a day is no name, whether or not they agree.
    const missed = times.filter((time) => isMissed(time) || (time.kind === 'date' && isDayBefore(time)));
    for (const time of missed)
      if (time.first === first && time.next < next && isOpenBefore({ first, next }, times)) first = time.next;
    for (const time of times.filter((time) => missed.includes(time) || isContinued(time)).toReversed())
      if (time.next === next && time.first > first) next = time.first;
    return [{ ...part, first, next }];
  });
}

/** "my 3 to 5pm": where only the beginning of a range says which meeting, its end is the new time. */
export function splitTimes(times: readonly TimeSpan[], parts: readonly Part[]): TimeSpan[] {
  const whiches = parts.filter(({ role }) => role === 'which');
  return times.flatMap((time): TimeSpan[] => {
    const which = whiches.find(
      ({ first, next }) => time.first >= first && time.first < next && time.next > next,
    );
    if (time.kind !== 'clock' || time.to === null || !which) return [time];
    const { to, toDate } = time;
    return [
      { ...time, to: null, toDate: null, next: which.next },
      { ...time, from: to, to: null, fromDate: toDate, toDate: null, first: which.next, weak: false },
    ];
  });
}

const NAMING: ReadonlySet<Act> = new Set([
  'move',
  'set',
  'add',
  'remove',
  'renew',
  'cancel',
  'show',
  'invite',
  'undo',
]);

/** Where a meeting that is there is changed, a name that is not said to be new says which one it is. */
function nameWhich({ act }: Around, parts: readonly Part[]): Part[] {
  const subjects = parts.filter(({ role }) => role === 'subject');
  const isNamed = parts.some(({ role }) => role === 'which');
  const old = NAMING.has(act)
    ? subjects
    : act === 'rename' && subjects.length > 1 && !isNamed
      ? subjects.slice(0, 1)
      : [];
  return parts.map((part) =>
    old.includes(part) ? { ...part, role: 'which', subjects: [part], guests: [] } : part,
  );
}

/** What stands behind "about", up to the next part or time, where the model saw no subject. */
function findSubject({ tokens, pack, act, times }: Around, parts: readonly Part[]): Part[] {
  if (!NEW.has(act) || parts.some(({ role }) => role === 'subject')) return [...parts];
  const taken = cover(tokens.length, [...parts, ...times.filter(({ weak }) => !weak)]);
  const about = saidIn(tokens, pack, 'about').find(
    ({ values, first, next }) => values.includes('cue') && taken[first] === 0 && taken[next] === 0,
  );
  if (!about) return [...parts];
  let next = about.next;
  while (next < tokens.length && taken[next] === 0 && !/^[,;.!?\n]$/.test(tokens[next]?.low ?? '')) next += 1;
  return next > about.next ? [...parts, { role: 'subject', first: about.next, next }] : [...parts];
}

/** Whether every word is one that names nobody: "and one", "us". */
function isNobody({ tokens, pack }: Around, { role, first, next }: Part): boolean {
  const isIdle = (at: number) =>
    tokens[at]?.kind === 'word' && ['generic', 'anew'].some((tag) => isSaidAt(tokens, pack, tag, at));
  return role === 'guest' && Array.from({ length: next - first }, (_, at) => first + at).every(isIdle);
}

/** The parts of a sentence as its act, its times and the words beside them make them. */
export function settleParts(around: Around, marked: readonly Part[]): Part[] {
  const named = nameWhich(
    around,
    asActed(
      around,
      marked.filter((part) => !isNobody(around, part)),
    ),
  );
  const parts = cutGuests(around, peelGuests(around, peel(around, named)));
  return nameRoles(around, findSubject(around, parts));
}
