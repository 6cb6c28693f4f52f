import { DateTime } from 'luxon';
import { ianaZone } from '../../base/date-time.ts';
import type { Which } from '../command.ts';
import type { Context, Frame, Known, Sentence } from '../reading.ts';
import { NAME_WHOLE, NAME_WORD } from '../roles/facts.ts';
import type { Act } from '../roles/labels.ts';
import type { Place } from '../roles/roles.ts';
import { cover, isSaidAt, type Said, saidIn } from '../said.ts';
import { tokenize } from '../text/tokens.ts';

/** Small words before a name, and words that want something and so are none. */
const SMALL = ['art', 'mine', 'joins', 'cue', 'polite', 'filler'];
const DOING = ['act', 'moves', 'generic', 'proposes'];
const SHORTEST = 3;

/** So long a meeting that was shown is the one that a bare value speaks of. */
export const FRESH_MINUTES = 60;

type Focus = NonNullable<Context['focus']>;

/** Whether a meeting was shown just now, so that what names none is about it. */
export const isFresh = (focus: Focus | null | undefined): focus is Focus =>
  focus !== null && focus !== undefined && focus.minutesAgo <= FRESH_MINUTES;

const wordsOf = (subject: string | null): string[] =>
  (subject ?? '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const coming = ({ now, context }: Frame): readonly Known[] =>
  (context?.meetings ?? []).filter(({ end }) => DateTime.fromISO(end) > now);

/** Which tokens are times, guests, options or a new name: what they say names no meeting that is there. */
function takenIn({ tokens, times, parts, options, unheard }: Sentence): Uint8Array {
  const said = parts.filter(({ role }) => role !== 'which');
  return cover(tokens.length, [...times.filter(({ weak }) => !weak), ...said, ...options, ...unheard]);
}

/** Whether another meeting is meant than the one at hand. */
export function isOtherSaid(sentence: Sentence): boolean {
  const { tokens, pack, parts } = sentence;
  const said = cover(
    tokens.length,
    parts.filter(({ role }) => role === 'subject' || role === 'option'),
  );
  return saidIn(tokens, pack, 'otherone').some(({ first }) => said[first] === 0);
}

/** Words for more than one meeting: "cancel everything", "both", but not "cancel it for all". */
export const allOf = ({ tokens, pack }: Pick<Sentence, 'tokens' | 'pack'>): Said[] =>
  saidIn(tokens, pack, 'allof').filter(
    ({ first }) =>
      !isSaidAt(tokens, pack, 'cue:for', first - 1) &&
      // "We won't need it [after all]."
      !saidIn(tokens, pack, 'idle').some((place) => place.first < first && place.next > first),
  );

const BESIDE_NAME = ['otherone', 'wrongone', 'corrected', 'negated', 'one', 'art', 'generic', ...SMALL];

/** Whether nothing is said but that another meeting is meant: "not that one, the other", "no, the one with Gina". */
export function isAnotherMeant(sentence: Sentence, context: Context): boolean {
  const { tokens, pack, parts } = sentence;
  const said = parts.filter((part) => part.role === 'which' && part.guests.length + part.subjects.length > 0);
  const no = saidIn(tokens, pack, 'act').filter(({ values }) => values.includes('decline'));
  const plain = cover(tokens.length, [
    ...no,
    ...said,
    ...BESIDE_NAME.flatMap((tag) => saidIn(tokens, pack, tag)),
  ]);
  const rest = tokens.flatMap(({ kind, low }, at) => (kind === 'sign' || plain[at] === 1 ? [] : [low]));
  const isTakenBack =
    no.length > 0 || ['wrongone', 'corrected'].some((tag) => saidIn(tokens, pack, tag).length > 0);
  if (rest.length === 0) return isOtherSaid(sentence) || (isTakenBack && said.length > 0);
  return isTakenBack && isNameOfKnown(rest, context);
}

/** The meetings beside the one at hand. */
function others(frame: Frame): readonly Known[] {
  const { focus } = frame.context ?? {};
  return coming(frame).filter(
    ({ subject, start }) => !focus || subject !== focus.subject || start !== focus.start,
  );
}

/**
 * The one meeting in whose name alone the first word stands that says something: "and the planning one, make it 2 hours".
 * Further on it may be about anything: "make it 4, the demo room is free".
 */
function namedByWord(sentence: Sentence, frame: Frame): Known | null {
  const { tokens, pack } = sentence;
  const meetings = coming(frame);
  if (meetings.length < 2) return null;
  const taken = takenIn(sentence);
  const isSmall = (at: number) => isSaidAt(tokens, pack, SMALL, at);
  const first = tokens.findIndex(({ kind }, at) => kind === 'word' && !isSmall(at));
  const { low = '' } = tokens[first] ?? {};
  if (first < 0 || taken[first] === 1 || low.length < SHORTEST || isSaidAt(tokens, pack, DOING, first))
    return null;
  const named = meetings.filter(({ subject }) => wordsOf(subject).includes(low));
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** Whether a word says which meeting: "cancel it, retro is fine" is about the one at hand. */
const saysOne = ({ tokens, pack, parts }: Sentence): boolean =>
  parts
    .filter(({ role }) => role === 'which')
    .some(({ first, next }) =>
      tokens.slice(first, next).some((_token, index) => !isSaidAt(tokens, pack, 'art', first + index)),
    );

/** Acts that a name anywhere in the words is for: they change nothing, or are shown with the name and wait for a yes. */
const NAMED_ANYWHERE: ReadonlySet<Act> = new Set(['undo', 'show', 'invite', 'cancel', 'renew']);

/**
 * The one meeting whose whole name stands there: "undo the Pricing change", "wrong one, I meant Pricing". Beside another deed
 * it may be about anything.
 */
function namedWhole(sentence: Sentence, frame: Frame): Known | null {
  const { tokens, pack, act } = sentence;
  const isAlone = frame.context !== undefined && isAnotherMeant(sentence, frame.context);
  if ((act === 'cancel' || act === 'renew') && saysOne(sentence)) return null;
  if (!NAMED_ANYWHERE.has(act) && !isAlone) return null;
  const taken = takenIn(sentence);
  const free = tokens.flatMap(({ kind, low }, at) =>
    kind === 'sign' || taken[at] === 1 || isSaidAt(tokens, pack, [...SMALL, ...DOING], at) ? [] : [low],
  );
  const named = coming(frame).filter(({ subject }) => isNameOf(subject, free));
  return named.length === 1 ? (named[0] ?? null) : null;
}

/**
 * Which tokens name one of the person's meetings, each with its mark: its whole name, or a word of it that says something;
 * null where none does. A time names none.
 */
export function namesOfMeetings(
  { tokens, pack, times }: Pick<Sentence, 'tokens' | 'pack' | 'times'>,
  context: Context | undefined,
): Uint8Array | null {
  const { meetings = [], focus, unmade = [] } = context ?? {};
  const known = [...meetings, ...(focus ? [focus] : [])].flatMap(({ subject }) => subject ?? []);
  const subjects = new Set([...known, ...unmade]);
  if (subjects.size === 0) return null;
  const taken = cover(
    tokens.length,
    times.filter(({ weak }) => !weak),
  );
  const says = tokens.map(
    ({ kind }, at) => kind !== 'sign' && taken[at] === 0 && !isSaidAt(tokens, pack, [...SMALL, ...DOING], at),
  );
  const named = new Uint8Array(tokens.length);
  for (const subject of subjects) {
    const name = tokenize(subject, pack.elided).map(({ low }) => low);
    const isHere = (at: number) => name.every((low, nth) => tokens[at + nth]?.low === low);
    for (const at of tokens.keys()) {
      if (isHere(at) && name.some((_low, nth) => says[at + nth]))
        named.fill(NAME_WHOLE, at, at + name.length);
      else if (named[at] === 0 && says[at] && name.includes(tokens[at]?.low ?? '')) named[at] = NAME_WORD;
    }
  }
  return named.some((one) => one !== 0) ? named : null;
}

/** Whether words hold the whole name of one of the person's meetings. */
export function namesMeeting(low: readonly string[], context: Context | undefined): boolean {
  return context?.meetings.some(({ subject }) => isNameOf(subject, low)) ?? false;
}

/** Whether words hold a whole name, one word of it after another. */
function isNameOf(subject: string | null, low: readonly string[]): boolean {
  const name = wordsOf(subject);
  return name.length > 0 && ` ${wordsOf(low.join(' ')).join(' ')} `.includes(` ${name.join(' ')} `);
}

/** Whether every word that says something is of the name of one of the person's meetings: "IRB", "the budget one". */
export function isNameOfKnown(low: readonly string[], context: Context | undefined): boolean {
  const said = wordsOf(low.join(' '));
  const names = (context?.meetings ?? []).map(({ subject }) => wordsOf(subject));
  return said.length > 0 && names.some((name) => said.every((word) => name.includes(word)));
}

/** Whether words are the name of somebody who is invited to one of the person's meetings. */
export function isGuestOfKnown(low: readonly string[], context: Context | undefined): boolean {
  const said = wordsOf(low.join(' ')).join(' ');
  return (
    context?.meetings.some(({ attendees }) => attendees.some((name) => wordsOf(name).join(' ') === said)) ??
    false
  );
}

/** Whether what says which meeting is the name of one of the person's: the act then is about that one. */
export function isKnownByName({ tokens, parts }: Sentence, context: Context | undefined): boolean {
  const places = parts.filter(({ role }) => role === 'which');
  return places.some(({ first, next }) =>
    namesMeeting(
      tokens.slice(first, next).map(({ low }) => low),
      context,
    ),
  );
}

/** How many from the beginning is meant in a place, "the second one"; -1 is the last one. */
export function ordinalIn({ tokens, pack }: Pick<Sentence, 'tokens' | 'pack'>, place: Place): number | null {
  const [ordinal] = saidIn(tokens, pack, 'ordinal', place).flatMap(({ values }) => values);
  if (ordinal !== undefined) return Number(ordinal);
  return saidIn(tokens, pack, 'which', place).some(({ values }) => values.includes('last')) ? -1 : null;
}

const COUNTING = ['art', 'generic', 'mine', 'ordinal', 'which', 'nontime'];

/** "the first one, make it 2pm": words that only count, before the first comma. */
function countedFirst({ tokens, pack }: Sentence): Place | null {
  const next = tokens.findIndex(({ low }) => low === ',');
  const isArticle = (at: number) => isSaidAt(tokens, pack, 'art', at);
  const first = isArticle(0) ? 1 : 0;
  return next > first && isSaidAt(tokens, pack, 'ordinal', first) ? { first: 0, next } : null;
}

/** The words that say nothing of a meeting but its place among others: "push [the first one] to 11". */
function placeCounted(sentence: Sentence): Place | null {
  const { tokens, pack, parts } = sentence;
  const place = countedFirst(sentence) ?? parts.find(({ role }) => role === 'which');
  if (!place || ordinalIn(sentence, place) === null) return null;
  const covered = cover(
    tokens.length,
    COUNTING.flatMap((tag) => saidIn(tokens, pack, tag, place)),
  );
  const isMore = tokens.slice(place.first, place.next).some((_token, at) => covered[place.first + at] === 0);
  return isMore ? null : place;
}

/** One of several meetings. `isSure`: no other way of counting them comes to another. */
type Counted = { meeting: Known; isSure: boolean };

const bySoonest = (a: Known, b: Known) => Date.parse(a.start) - Date.parse(b.start);
const byLatestWord = (a: Known, b: Known) => (a.minutesAgo ?? 0) - (b.minutesAgo ?? 0);
const byMaking = (a: Known, b: Known) => (b.madeMinutesAgo ?? 0) - (a.madeMinutesAgo ?? 0);

/** The meetings that were made, changed or shown here just now. */
const spokenOf = (frame: Frame): readonly Known[] =>
  coming(frame).filter(({ minutesAgo }) => minutesAgo !== undefined && minutesAgo <= FRESH_MINUTES);

/** "the second one": of those that were spoken of here just now, or of all that lie ahead where that is one or none. */
function nthMeant(sentence: Sentence, frame: Frame): Counted | null {
  const place = placeCounted(sentence);
  const ordinal = place && ordinalIn(sentence, place);
  if (ordinal === null) return null;
  const nthOf = (meetings: readonly Known[]) => meetings.at(ordinal > 0 ? ordinal - 1 : -1);
  const here = spokenOf(frame);
  const listed = nthOf(coming(frame).toSorted(bySoonest));
  const meeting = here.length > 1 ? (nthOf(here.toSorted(bySoonest)) ?? listed) : listed;
  if (meeting === undefined) return null;
  // The list may be meant, the order in which they were made, or only the two that were spoken of last.
  const lastTwo = here.toSorted(byLatestWord).slice(0, 2).toSorted(bySoonest);
  const others = [listed, nthOf(here.toSorted(byMaking)), nthOf(lastTwo)];
  const isSame = (other: Known | undefined) => other === undefined || other === meeting;
  return { meeting, isSure: here.length < 2 || others.every(isSame) };
}

/** Words that compare two meetings: "the later one". */
const comparisons = ({ tokens, pack }: Sentence): Said[] => saidIn(tokens, pack, 'compared');

/** "the later one": of the two that were spoken of here last, or of the only two that lie ahead. */
function comparedMeant(sentence: Sentence, frame: Frame): Counted | null {
  const [said] = comparisons(sentence).flatMap(({ values }) => values);
  const here = spokenOf(frame).toSorted(byLatestWord);
  const two = (here.length > 1 ? here.slice(0, 2) : coming(frame)).toSorted(bySoonest);
  const [earlier, later, ...more] = two;
  if (said === undefined || !earlier || !later || more.length > 0 || bySoonest(earlier, later) === 0)
    return null;
  return { meeting: said === 'later' ? later : earlier, isSure: here.length < 3 };
}

/** One of several by its place among them. While drafts of several are shown, it is one of those, which cannot be told apart. */
function counted(sentence: Sentence, frame: Frame): Counted | null {
  const { open } = frame.context ?? {};
  if (open?.kind === 'confirm' && open.areDrafts) return null;
  return comparedMeant(sentence, frame) ?? nthMeant(sentence, frame);
}

/** Whether a meeting is known by its place among the others. */
export const isNthSaid = (sentence: Sentence, frame: Frame): boolean => counted(sentence, frame) !== null;

/** Whether another way of counting comes to another meeting. */
export const isCountUnsure = (sentence: Sentence, frame: Frame): boolean =>
  !isOtherSaid(sentence) && counted(sentence, frame)?.isSure === false;

/** The words that point at one of several meetings and do not name it, whichever that is; null where there are none. */
export function pointedAt(sentence: Sentence, { context }: Frame): Place | null {
  const [words] = [
    ...(isOtherSaid(sentence) ? saidIn(sentence.tokens, sentence.pack, 'otherone') : []),
    ...comparisons(sentence),
  ];
  const areDrafts = context?.open?.kind === 'confirm' && context.open.areDrafts === true;
  return words ?? (areDrafts ? placeCounted(sentence) : null);
}

/** How a meeting is known that nothing but the conversation tells; null where it tells none. */
export function whichKnown(sentence: Sentence, frame: Frame): Which | null {
  const rest = isOtherSaid(sentence) ? others(frame) : null;
  const [only, ...more] = rest ?? [];
  const other = more.length === 0 ? only : null;
  const meeting =
    rest === null
      ? (counted(sentence, frame)?.meeting ?? namedByWord(sentence, frame) ?? namedWhole(sentence, frame))
      : other;
  if (!meeting) return null;
  const start = DateTime.fromISO(meeting.start, {
    zone: frame.zone === null ? frame.now.zone : ianaZone(frame.zone),
  });
  return { subject: meeting.subject, start, day: start.toISODate(), people: [] };
}
