import type { Invitee } from '../command.ts';
import type { Sentence } from '../reading.ts';
import type { Part, Place } from '../roles/roles.ts';
import type { Knowledge } from '../roles/vocabulary.ts';
import { isOverlapping, isSaidAt, isWithin, positionsIn, saidIn } from '../said.ts';
import { BEHIND_PEOPLE, inviteesIn, isJointAt, isNameBeside } from './invitees.ts';

/** Who comes, and who does not come any more. */
type Sides = { coming: readonly Invitee[]; leaving: readonly Invitee[] };

type Exchange = { leaving: Place; coming: Place };

const CALLED: ReadonlySet<Knowledge> = new Set(['name', 'called', 'capital']);
const SIDED = ['comes', 'leaves'];
const SMALL = ['art', 'joins', 'polite', 'filler', 'cue', 'act', 'inplaceof', 'inplace', 'back', ...SIDED];
/** Words that begin something else behind "Sam out". */
const ENDING = [
  'cue:and',
  'joint',
  'polite',
  'filler',
  'inplace',
  'butrather',
  'comes:before',
  'leaves:before',
];
/** Words behind which other people are spoken of. */
const PARTING = ['act', 'together', 'negated', 'inplaceof', 'inplace', 'replacedby', 'butrather', ...SIDED];

const isMark = ({ tokens }: Sentence, at: number): boolean =>
  tokens[at]?.kind === 'person' || tokens[at]?.kind === 'email';

/** Where people are named, one name after another; with those that a joint, or the one guest that they are, ties together. */
function namesIn(sentence: Sentence): Place[] {
  const { tokens, pack, knowledge, parts } = sentence;
  const guests = parts.filter(({ role }) => role === 'guest');
  const guestAt = (at: number) => guests.find(({ first, next }) => at >= first && at < next);
  const isGuest = (at: number) =>
    guestAt(at) !== undefined && tokens[at]?.kind === 'word' && !isSaidAt(tokens, pack, SMALL, at);
  const isName = (at: number) =>
    isMark(sentence, at) ||
    CALLED.has(knowledge[at] ?? 'unknown') ||
    isNameBeside(sentence, at) ||
    isGuest(at);
  const isTied = (last: Place, at: number) => {
    const gap = positionsIn({ first: last.next, next: at });
    const isOneGuest = guestAt(at) !== undefined && guestAt(at) === guestAt(last.next - 1);
    return isOneGuest
      ? !gap.some((between) => isSaidAt(tokens, pack, PARTING, between))
      : gap.length < 2 && gap.every((between) => isJointAt(sentence, between));
  };
  const places: Place[] = [];
  for (const at of tokens.keys()) {
    if (!isName(at)) continue;
    const last = places.at(-1);
    if (last && isTied(last, at)) last.next = at + 1;
    else places.push({ first: at, next: at + 1 });
  }
  return places;
}

/** "Ola instead of Sam", "instead of Sam, Ola": who leaves stands right behind the words. */
function insteadIn(sentence: Sentence, names: readonly Place[]): Exchange | null {
  const { tokens, pack } = sentence;
  const [instead] = saidIn(tokens, pack, 'inplaceof');
  const leaving = names.find(({ first }) => first === instead?.next);
  if (!instead || !leaving) return null;
  const coming =
    names.findLast(({ next }) => next <= instead.first) ?? names.find(({ first }) => first > leaving.first);
  if (coming) return { leaving, coming };
  const comma = tokens.findIndex(({ low }, at) => low === ',' && at > leaving.first && at < leaving.next);
  return comma < 0
    ? null
    : { leaving: { ...leaving, next: comma }, coming: { ...leaving, first: comma + 1 } };
}

/** "Replace Sam with Ola". */
function swapIn(sentence: Sentence, names: readonly Place[]): Exchange | null {
  const { tokens, pack } = sentence;
  const [verb] = saidIn(tokens, pack, 'replaces');
  const by = saidIn(tokens, pack, 'replacedby').find(({ first }) => verb !== undefined && first > verb.next);
  const coming = names.find(({ first }) => first === by?.next);
  return verb && by && coming ? { leaving: { first: verb.next, next: by.first }, coming } : null;
}

type Side = 'comes' | 'leaves';

/** `isNear`: nothing but small words is between the people and the word that says so. `isGuest`: they are marked as guests. */
type Sided = { place: Place; side: Side | null; isNear: boolean; isGuest: boolean };

/** "Sam [out], Ola [in]": a word behind people that ends their clause. */
function sideBehind({ tokens, pack, said: times }: Sentence, { next }: Place): Side | null {
  // "Sam can't make it, move it to 3": then they may.
  const isTimed = times.some(({ weak }) => !weak);
  let at = next;
  while (isSaidAt(tokens, pack, ['polite', 'filler'], at) && !isSaidAt(tokens, pack, BEHIND_PEOPLE, at))
    at += 1;
  const place = { first: at, next: tokens.length };
  const [said] = BEHIND_PEOPLE.flatMap((tag) =>
    saidIn(tokens, pack, tag, place)
      .filter(({ first }) => first === at && !(tag === 'leaves:told' && isTimed))
      .map((one) => ({ ...one, side: tag === 'comes:behind' ? ('comes' as const) : ('leaves' as const) })),
  ).toSorted((a, b) => b.next - a.next);
  const isEnd = (end: number) => tokens[end]?.kind !== 'word' || isSaidAt(tokens, pack, ENDING, end);
  return said && isEnd(said.next) ? said.side : null;
}

/** Who alone is named, where nobody is marked as a guest or stands beside a word for coming or leaving: "Sam is ill, take her off". */
export function onlyNamed(sentence: Sentence): Place | null {
  const { parts, unheard } = sentence;
  const names = namesIn(sentence).filter(
    (place) => ![...parts, ...unheard].some((one) => isWithin(place, one)),
  );
  const [only, ...more] = names;
  const isMarked =
    parts.some(({ role }) => role === 'guest') || sidedIn(sentence, namesIn(sentence)).length > 0;
  return only && more.length === 0 && !isMarked ? only : null;
}

/** Where it is told of people that they cannot come, which need not be a wish: "Sam [can't make it]". */
export function toldLeaving(sentence: Sentence): Place[] {
  if (sentence.act === 'cancel' || sentence.said.some(({ weak }) => !weak)) return [];
  const names = namesIn(sentence);
  return saidIn(sentence.tokens, sentence.pack, 'leaves:told').filter(({ first }) =>
    names.some(({ next }) => next === first),
  );
}

/** "[drop] Sam and [add] Ola", "but [not] Sam": the nearest word before people, in their own sentence. */
function sideBefore({ tokens, pack }: Sentence, gap: Place): Pick<Sided, 'side' | 'isNear'> | null {
  const isEnd = (at: number) => tokens[at]?.kind === 'break' || /^[.!?]$/.test(tokens[at]?.low ?? '');
  const start = tokens.findLastIndex((_token, at) => at >= gap.first && at < gap.next && isEnd(at)) + 1;
  const own = { ...gap, first: Math.max(gap.first, start) };
  // "Don't invite Sam", "n'invite pas Sam"; who is not to be dropped stays.
  const isRefused = ({ first, next }: Place) =>
    isSaidAt(tokens, pack, 'refusal:behind', next) ||
    saidIn(tokens, pack, 'refusal:before').some((refusal) => refusal.next === first);
  const of = (side: Side, tag: string) =>
    saidIn(tokens, pack, tag, own).map(({ first, next }) => {
      if (!isRefused({ first, next })) return { first, next, side };
      return { first, next, side: side === 'comes' ? ('leaves' as const) : null };
    });
  // What is refused right before a name is that person: "but not Sam".
  const denied = of('leaves', 'negated').filter(({ next }) => next === gap.next);
  const said = [
    ...denied,
    ...of('leaves', 'leaves:before'),
    ...of('comes', 'comes:before'),
    ...of('comes', 'together'),
  ].toSorted((a, b) => b.next - a.next);
  const [nearest] = said;
  if (!nearest) return own.first > gap.first ? { side: null, isNear: false } : null;
  const between = tokens.slice(nearest.next, gap.next);
  const isNear = between.every((_token, index) => isSaidAt(tokens, pack, SMALL, nearest.next + index));
  return { side: nearest.side, isNear };
}

/** The people of a sentence, each with the nearest word that says whether they come or leave. */
function sidedIn(sentence: Sentence, names: readonly Place[]): Sided[] {
  const { tokens, pack, parts, unheard } = sentence;
  // "later, and [without Sam]" is no option, though it is said like one.
  const isOption = (part: Part) => part.role === 'option' && saidIn(tokens, pack, 'option', part).length > 0;
  const isOther = (part: Part) => part.role === 'which' || part.role === 'subject' || isOption(part);
  const other = [...parts.filter(isOther), ...unheard];
  const guests = parts.filter(({ role }) => role === 'guest');
  let gapFirst = 0;
  let carried: Pick<Sided, 'side' | 'isNear'> = { side: null, isNear: false };
  return names.flatMap((place): Sided[] => {
    const isRather = isSaidAt(tokens, pack, 'butrather', place.first - 1) && carried.side === 'leaves';
    carried = isRather
      ? { side: 'comes', isNear: true }
      : (sideBefore(sentence, { first: gapFirst, next: place.first }) ?? carried);
    gapFirst = place.next;
    const behind = sideBehind(sentence, place);
    const isGuest = guests.some((part) => isOverlapping(part, place)) || isMark(sentence, place.first);
    const sided = { ...carried, ...(behind && { side: behind, isNear: true }), place, isGuest };
    if (other.some((one) => isWithin(place, one))) return [];
    return isGuest || (sided.side !== null && sided.isNear) ? [sided] : [];
  });
}

/**
 * Who the words themselves say is to come and who is not: "add Ola, not Sam", "later, without Sam", "Ola instead of Sam". `open`: of
 * whom they say neither. `beside`: those of them all who are not marked as guests.
 */
export function sidesIn(sentence: Sentence): Sides & Record<'open' | 'beside', readonly Invitee[]> {
  const names = namesIn(sentence);
  const exchange = insteadIn(sentence, names) ?? swapIn(sentence, names);
  if (exchange !== null) {
    const coming = inviteesIn(sentence, exchange.coming);
    const leaving = inviteesIn(sentence, exchange.leaving);
    if (coming.length > 0 && leaving.length > 0) return { coming, leaving, open: [], beside: [] };
  }
  const sided = sidedIn(sentence, names);
  const who = (is: (one: Sided) => boolean) =>
    sided.filter(is).flatMap(({ place }) => inviteesIn(sentence, place));
  return {
    coming: who(({ side }) => side === 'comes'),
    leaving: who(({ side }) => side === 'leaves'),
    open: who(({ side }) => side === null),
    beside: who(({ isGuest }) => !isGuest),
  };
}

/** Who is to come in whose place. Null where the sentence does not name both. */
export function replacedIn(sentence: Sentence): Sides | null {
  const sides = sidesIn(sentence);
  return sides.coming.length > 0 && sides.leaving.length > 0 ? sides : null;
}

/** "With everyone", "mit dem ganzen Team": people are invited by their names. "All developers" are called something. */
export function unnamedIn({ tokens, pack, parts }: Sentence): Place[] {
  const guests = parts.filter(({ role }) => role === 'guest');
  const isWith = (at: number) => isSaidAt(tokens, pack, ['together', 'comes:before', 'leaves:before'], at);
  const isOption = (place: Place) => parts.some((part) => part.role === 'option' && isWithin(place, part));
  const isNamed = ({ first, next }: Place) =>
    guests.some((part) => next > part.first && next < part.next && first < part.next) &&
    tokens[next]?.kind === 'word' &&
    !isSaidAt(tokens, pack, ['cue:and', 'joint', 'besides', 'polite'], next);
  return saidIn(tokens, pack, 'wholegroup').filter(
    (place) =>
      !isNamed(place) &&
      !isOption(place) &&
      (guests.some((part) => isOverlapping(part, place)) ||
        isWith(place.first - 1) ||
        (isSaidAt(tokens, pack, 'art', place.first - 1) && isWith(place.first - 2))),
  );
}
