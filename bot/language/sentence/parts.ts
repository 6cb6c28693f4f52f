import { namePlace } from '../conversation/which-meeting.ts';
import { partOptions } from '../options/wishes-in-parts.ts';
import type { Pack } from '../pack.ts';
import {
  endAtClauses,
  endGuests,
  joinGuests,
  joinOwners,
  nameRoles,
  peelGuests,
} from '../people/guest-places.ts';
import type { Act } from '../roles/labels.ts';
import type { Part, Place } from '../roles/roles.ts';
import type { Knowledge } from '../roles/vocabulary.ts';
import { isInside, isOverlapping, isSaidAt, isTimeIn, positionsIn, saidIn } from '../said.ts';
import type { Tokens } from '../text/tokens.ts';
import { weekdayOf } from '../time/calendar.ts';
import type { TimeSpan } from '../time/spans.ts';
import { NEW } from './choose-act.ts';
import { findSubject, peel } from './subject-place.ts';

/** What parts are settled by: the words, the act and the times. */
export type Around = {
  tokens: Tokens;
  pack: Pack;
  knowledge: readonly Knowledge[];
  act: Act;
  times: readonly TimeSpan[];
};

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
    // "*5:30": what corrects a time is the new one.
    const isNew = TIMED.has(act) || saidIn(tokens, pack, 'corrected').length > 0;
    return isNew && !isFree && length >= part.next - part.first ? [] : [part];
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
  'calendar',
  'undo',
]);

/** Where a meeting that is there is changed, a name that is not said to be new says which one it is. */
function nameWhich({ act, tokens, pack }: Around, parts: readonly Part[]): Part[] {
  // "make it an hour, call it [Daily]"
  const given = saidIn(tokens, pack, 'act').filter(({ values }) => values.includes('rename'));
  const isNew = ({ first }: Place) => given.some(({ next }) => next === first);
  const subjects = parts.filter((part) => part.role === 'subject' && (act === 'rename' || !isNew(part)));
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

/** Whether every word is one that names nobody, "and one", "us", or no new meeting: "call", "45 minutes each". */
function isNobody({ tokens, pack, act }: Around, part: Part): boolean {
  const isIdle = (at: number) =>
    tokens[at]?.kind === 'word' &&
    isSaidAt(tokens, pack, [...(part.role === 'subject' ? ['corrected'] : []), 'generic', 'anew'], at);
  const isEach = (at: number) => isSaidAt(tokens, pack, 'each', at);
  const isName = part.role === 'subject' && NEW.has(act);
  return (
    (part.role === 'guest' || isName) && positionsIn(part).every((at) => isIdle(at) || (isName && isEach(at)))
  );
}

/** A day that was said, and is known. */
const isKnownDay = (time: TimeSpan) => time.kind === 'date' && !time.weak && time.said.day !== null;

/**
 * "tomorrow at 10, the Thursday numbers": a weekday with an article, or one that is not the day said elsewhere, belongs to the
 * name right behind it. "tomorrow Thursday sync" may say either day.
 */
function withWeekdays({ tokens, pack, times, act }: Around, parts: readonly Part[]): Part[] {
  const days = times.filter(isKnownDay);
  const isOneName = parts.filter(({ role }) => role === 'subject').length === 1;
  if (!NEW.has(act) || days.length < 2 || !isOneName) return [...parts];
  const hasArticle = ({ first }: TimeSpan) =>
    [first - 1, first].some((at) => isSaidAt(tokens, pack, 'art', at));
  const isOther = (day: TimeSpan) =>
    days.every((other) => other === day || !isSameWeekday(other, day)) &&
    tokens[day.first - 1]?.kind !== 'word';
  return parts.map((part) => {
    const before = days.find(({ next }) => next === part.first);
    const isNamed = before?.kind === 'date' && before.said.source === 'weekday';
    return part.role === 'subject' && isNamed && (hasArticle(before) || isOther(before))
      ? { ...part, first: before.first }
      : part;
  });
}

/** Whether a day is on the weekday that another one is said as. */
const isSameWeekday = (day: TimeSpan, other: TimeSpan): boolean =>
  day.kind === 'date' &&
  other.kind === 'date' &&
  day.said.day !== null &&
  weekdayOf(day.said.day) === other.said.weekday;

/** "the later one": it says which meeting, and is nobody's name. */
function withCompared({ tokens, pack }: Around, parts: readonly Part[]): Part[] {
  const places = saidIn(tokens, pack, 'compared');
  if (places.length === 0) return [...parts];
  const others = parts.flatMap((part): Part[] => {
    const place = part.role === 'which' ? undefined : places.find((one) => isOverlapping(one, part));
    if (place === undefined) return [part];
    return place.first > part.first ? [{ ...part, next: place.first }] : [];
  });
  const isWhich = (place: Place) =>
    others.some((part) => part.role === 'which' && isOverlapping(part, place));
  const added = places
    .filter((place) => !isWhich(place))
    .map(({ first, next }) => ({ role: 'which' as const, first, next, subjects: [], guests: [] }));
  return [...others, ...added].toSorted((a, b) => a.first - b.first);
}

/** The parts of a sentence as its act, its times and the words beside them make them. */
export function settleParts(around: Around, marked: readonly Part[]): Part[] {
  const named = nameWhich(
    around,
    asActed(
      around,
      withCompared(around, marked).filter((part) => !isNobody(around, part)),
    ),
  );
  const timeless = withWeekdays(around, peel(around, named)).filter((part) => !isNobody(around, part));
  const peeled = peelGuests(around, partOptions(around, timeless));
  const parts = endAtClauses(around, endGuests(around, joinGuests(around, joinOwners(around, peeled))));
  return nameRoles(around, findSubject(around, parts));
}
