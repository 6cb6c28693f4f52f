import type { Pack } from './pack.ts';
import type { Act } from './roles/labels.ts';
import type { Part, Place } from './roles/roles.ts';
import type { Knowledge } from './roles/vocabulary.ts';
import { cover, isSaidAt, isTimeIn, isWithin, saidIn } from './said.ts';
import type { Tokens } from './text/tokens.ts';
import type { TimeSpan } from './time/spans.ts';

/** What parts are settled by: the words, the act and the times. */
type Around = {
  tokens: Tokens;
  pack: Pack;
  knowledge: readonly Knowledge[];
  act: Act;
  times: readonly TimeSpan[];
};

/** Whether a time belongs to a part rather than to the new meeting. */
export const isInside = (time: TimeSpan, parts: readonly Part[]): boolean =>
  parts.some((part) => (part.role === 'subject' || part.role === 'which') && isTimeIn(time, part));

/** Acts that are about no meeting that is there: nothing in them says which one. */
const NEW: ReadonlySet<Act> = new Set(['create', 'now', 'room', 'answer']);
/** Acts whose time is the new one. */
const TIMED: ReadonlySet<Act> = new Set([...NEW, 'again', 'move', 'find']);

/**
 * The parts as the act makes them: what says which meeting is only a description where a new one is wanted, and a time
 * by itself is the wanted time where no other is said.
 */
function asActed(act: Act, parts: readonly Part[], times: readonly TimeSpan[]): Part[] {
  const isFree = times.some((time) => !time.weak && !isInside(time, parts));
  return parts.flatMap((part): Part[] => {
    if (part.role !== 'which') return [part];
    if (NEW.has(act)) {
      const as = (role: 'subject' | 'guest') => (place: Place) => ({ role, ...place });
      return [...part.subjects.map(as('subject')), ...part.guests.map(as('guest'))];
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
function peel(parts: readonly Part[], times: readonly TimeSpan[]): Part[] {
  const outside = new Set(times.filter((time) => !isInside(time, parts)).map(({ kind }) => kind));
  const isMissed = ({ weak, kind }: TimeSpan) => !weak && SETTLING.has(kind) && !outside.has(kind);
  return parts.flatMap((part): Part[] => {
    if (part.role !== 'subject') return [part];
    let { first, next } = part;
    const missed = times.filter(isMissed);
    for (const time of missed)
      if (time.first === first && time.next < next && isOpenBefore({ first, next }, times)) first = time.next;
    for (const time of missed.toReversed()) if (time.next === next && time.first > first) next = time.first;
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

/** Guests who are to be co-organisers or presenters belong to that option, with the word for it. */
function nameRoles(around: Around, parts: readonly Part[]): Part[] {
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

const NAMES: ReadonlySet<Knowledge> = new Set(['name', 'capital']);

/** "Q3 with Sam": names behind a "with" at a subject's end are guests. */
function peelGuests({ tokens, pack, knowledge }: Around, parts: readonly Part[]): Part[] {
  const isName = (at: number) =>
    NAMES.has(knowledge[at] ?? 'unknown') || tokens[at]?.kind === 'person' || tokens[at]?.kind === 'email';
  const isJoint = (at: number) => isSaidAt(tokens, pack, 'cue', at) || tokens[at]?.kind === 'sign';
  return parts.flatMap((part): Part[] => {
    if (part.role !== 'subject') return [part];
    let from = part.next;
    while (from > part.first && (isName(from - 1) || (from < part.next && isJoint(from - 1)))) from -= 1;
    const isWith = from - 1 > part.first && isSaidAt(tokens, pack, 'joins', from - 1);
    if (!isWith || from === part.next) return [part];
    return [
      { ...part, next: from - 1 },
      { role: 'guest', first: from, next: part.next },
    ];
  });
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

/** The parts of a sentence as its act, its times and the words beside them make them. */
export function settleParts(around: Around, marked: readonly Part[]): Part[] {
  const { act, times } = around;
  const parts = peelGuests(around, peel(nameWhich(around, asActed(act, marked, times)), times));
  return nameRoles(around, findSubject(around, parts));
}
