import type { Which } from '../command.ts';
import { distinct, inviteesIn } from '../people/invitees.ts';
import type { Frame, Sentence } from '../reading.ts';
import type { Part, Place } from '../roles/roles.ts';
import {
  cover,
  isOverlapping,
  isSaidAt,
  isTimeIn,
  isWithin,
  positionsIn,
  type Said,
  saidIn,
  textOf,
} from '../said.ts';
import { subjectIn } from '../sentence/subject-name.ts';
import { isoDay } from '../time/calendar.ts';
import { resolveTimes } from '../time/resolve.ts';
import type { TimeSpan } from '../time/spans.ts';
import { allOf, isNthSaid, isOtherSaid, pointedAt, whichKnown } from './known-meetings.ts';

/** Nothing was said of the meeting: the one at hand is meant. */
export const NO_ONE: Which = { subject: null, start: null, day: null, people: [] };

type WhichPart = Extract<Part, { role: 'which' }>;

const isWhich = (part: Part): part is WhichPart => part.role === 'which';

/** Words that name no meeting by themselves: articles, "my", "call", "with", signs. */
const IDLE = ['art', 'mine', 'generic', 'joins', 'cue', 'polite'];

/** The words of a part that name the meeting: not its times, not its guests, and nothing that every meeting has. */
export function namePlace(
  { tokens, pack }: Pick<Sentence, 'tokens' | 'pack'>,
  part: WhichPart,
  times: readonly TimeSpan[],
): Place {
  const other = cover(tokens.length, [
    ...times.filter(({ weak, kind }) => !weak || kind === 'clock'),
    ...part.guests,
    ...occurrencesIn({ tokens, pack }, [part]),
    ...saidIn(tokens, pack, 'compared'),
  ]);
  const isIdle = (at: number) =>
    other[at] === 1 || tokens[at]?.kind === 'sign' || isSaidAt(tokens, pack, IDLE, at);
  const isVerb = (at: number) => at === 0 && isSaidAt(tokens, pack, ['act', 'moves'], at) && isIdle(at + 1);
  let { first, next } = part;
  while (first < next && (isIdle(first) || isVerb(first))) first += 1;
  while (next > first && isIdle(next - 1)) next -= 1;
  let end = first;
  while (end < next && other[end] === 0) end += 1;
  return { first, next: end };
}

/** The words that say how much of a series is meant. Inside a name "series" stands at its end: "the Series B round". */
function occurrencesIn({ tokens, pack }: Pick<Sentence, 'tokens' | 'pack'>, parts: readonly Part[]): Said[] {
  return saidIn(tokens, pack, 'occurrence').filter((place) => {
    const part = parts.find((one) => isWithin(place, one));
    const isName = place.values.includes('series') && place.next !== part?.next;
    return !part || (part.role === 'which' && !isName);
  });
}

/** How much of a series is meant: all of it, one of its meetings, as a day says too, or that one and all later ones. */
function occurrenceSaid(sentence: Sentence, isTimed: boolean): Pick<Which, 'occurrence'> {
  const values = occurrencesIn(sentence, sentence.parts).flatMap((place) => place.values);
  const occurrence = (['rest', 'series', 'one'] as const).find((one) => values.includes(one));
  return occurrence || isTimed ? { occurrence: occurrence ?? 'one' } : {};
}

/** An hour without its half of the day is looked for as it was said. */
function bareHour(times: readonly TimeSpan[], start: Which['start']): string | null {
  const [clock] = times.flatMap((time) => (time.kind === 'clock' ? [time] : []));
  return clock && start === null && clock.from.half === null ? String(clock.from.hour) : null;
}

/** Whether nothing is said of the meeting. */
export const isNoOne = ({ subject, start, day, people, isAll }: Which): boolean =>
  !isAll && subject === null && start === null && day === null && people.length === 0;

/** Which meeting is meant: what the sentence says of it, or what the conversation tells of "the other one". */
export function whichIn(sentence: Sentence, frame: Frame): Which {
  const said = whichSaid(sentence, frame);
  const isOpen = isOtherSaid(sentence) || isNoOne(said) || isNthSaid(sentence, frame);
  const known = isOpen ? whichKnown(sentence, frame) : null;
  if (known !== null) return known;
  // Of several none is chosen: a name that none of them has is asked about.
  const words = isNoOne(said) ? pointedAt(sentence, frame) : null;
  return words ? { ...said, subject: textOf(sentence.text, sentence.tokens, words) } : said;
}

/** Whether more than one meeting is meant: "cancel everything", "both", but not "cancel all hands". */
function isAllSaid(sentence: Sentence): boolean {
  const { tokens, pack, parts, times, act } = sentence;
  const words = allOf(sentence);
  if (words.length === 0) return false;
  const plain = cover(tokens.length, [...words, ...times]);
  const isNamed = (part: Part) => isWhich(part) && positionsIn(part).some((at) => plain[at] === 0);
  const isPlain = (at: number) => plain[at] === 1 || isSaidAt(tokens, pack, IDLE, at);
  return words.some((word) => {
    const part = parts.find((one) => isOverlapping(one, word));
    // "cancel it, that's all"
    if (part === undefined) return act === 'cancel' && !parts.some(isNamed);
    return part.role === 'which' && positionsIn(part).every(isPlain);
  });
}

/** "the Wednesday one": the meeting, and no hour. */
const isOne = ({ kind, first, next }: TimeSpan, part: Place, { tokens, pack }: Sentence): boolean =>
  kind === 'clock' &&
  next === part.next &&
  next - first === 1 &&
  isSaidAt(tokens, pack, 'generic', first) &&
  isSaidAt(tokens, pack, 'art', part.first);

/** What is said of the meeting, out of every part that says so. */
function whichSaid(sentence: Sentence, frame: Frame): Which {
  const parts = partsMeant(sentence);
  const times = sentence.times.filter((time) =>
    parts.some((part) => isTimeIn(time, part) && !isOne(time, part, sentence)),
  );
  const { when, day } = resolveTimes(times, sentence.tokens, sentence.pack, frame);
  const hasDay = times.some(
    (time) => time.kind === 'date' || (time.kind === 'clock' && time.fromDate !== null),
  );
  const hasClock = times.some(({ kind }) => kind === 'clock' || kind === 'relative');
  const start = hasClock ? (when?.start ?? null) : null;
  const known = hasDay ? (day ?? when?.start.toISODate() ?? dayGone(times)) : null;
  const isAll = isAllSaid(sentence);
  const names = isAll
    ? []
    : parts.flatMap((part) => subjectIn(sentence, namePlace(sentence, part, times)) ?? []);
  return {
    subject: names.join(' ') || bareHour(times, start),
    start,
    day: known,
    people: distinct(parts.flatMap((part) => part.guests.flatMap((place) => inviteesIn(sentence, place)))),
    ...(isAll ? { isAll } : occurrenceSaid(sentence, known !== null)),
  };
}

/** A day that has gone by: nothing can be made on it, but a meeting may have been. */
function dayGone(times: readonly TimeSpan[]): string | null {
  const days = times.flatMap((time) => (time.kind === 'date' ? (time.said.day ?? []) : []));
  return days[0] === undefined ? null : isoDay(days[0]);
}

function isNamed(sentence: Sentence, part: WhichPart): boolean {
  const { first, next } = namePlace(sentence, part, sentence.times);
  return next > first;
}

/** "it", "that one": nothing is said of the meeting. */
const isPointing = (sentence: Sentence, part: WhichPart): boolean =>
  !isNamed(sentence, part) &&
  part.guests.length === 0 &&
  !sentence.times.some((time) => isTimeIn(time, part));

/** The parts that say which meeting is meant: behind "make it 4pm," a name may be of anything. */
function partsMeant(sentence: Sentence): readonly WhichPart[] {
  const parts = sentence.parts.filter(isWhich);
  const [it] = parts;
  if (it === undefined || !isPointing(sentence, it)) return parts;
  const comma = sentence.tokens.findIndex(({ kind }, at) => kind === 'sign' && at >= it.next);
  return comma < 0 ? parts : parts.filter(({ first }) => first < comma);
}

/** Whether a meeting is named, and another part names one as well or only says "it": one of them may be something else. */
export function isNamedTwice(sentence: Sentence): boolean {
  const parts = sentence.parts.filter(isWhich);
  const named = parts.filter((part) => isNamed(sentence, part));
  return named.length > 1 || (named.length > 0 && parts.some((part) => isPointing(sentence, part)));
}
