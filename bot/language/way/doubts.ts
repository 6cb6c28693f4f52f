import { isForeignDay } from '../cldr.ts';
import { subjectsPassedOver } from '../commands/change.ts';
import { openLengths } from '../commands/new-time.ts';
import { onlyNamed, replacedIn, toldLeaving, unnamedIn } from '../people/coming-and-leaving.ts';
import { rowsIn } from '../people/invitees.ts';
import type { Doubt, Sentence } from '../reading.ts';
import type { Place } from '../roles/roles.ts';
import type { Knowledge } from '../roles/vocabulary.ts';
import { cover, isOverlapping, isSaidAt, isWithin, positionsIn, saidIn, textOf } from '../said.ts';
import { dayIn, weekdayOf } from '../time/calendar.ts';
import { withoutWeak } from '../time/choose-times.ts';
import { STARTS, type TimeSpan } from '../time/spans.ts';

const LONGEST_SIGNATURE = 6;

/** The last line, where nothing but names and signs stand in it: who wrote the message. */
function signature({ tokens, knowledge }: Sentence): Place[] {
  const first = tokens.findLastIndex(({ kind }) => kind === 'break') + 1;
  const isName = (at: number) => NAMED.has(knowledge[at] ?? 'unknown') || tokens[at]?.kind === 'sign';
  const places = tokens.slice(first).map((_token, index) => first + index);
  const isSigned = first > 0 && places.length <= LONGEST_SIGNATURE && places.every(isName);
  return isSigned ? [{ first, next: tokens.length }] : [];
}

const NAMED: ReadonlySet<Knowledge> = new Set(['name', 'called', 'capital']);

/** Words that no language knows and that play no part. */
function strangers(sentence: Sentence): Place[] {
  const { tokens, knowledge, parts, times, options, unheard } = sentence;
  if (!knowledge.includes('unknown') && !knowledge.includes('capital')) return [];
  const said = [...parts, ...times, ...options, ...unheard, ...signature(sentence)];
  const explained = cover(tokens.length, said);
  return tokens.flatMap((_token, at): Place[] => {
    const isStrange = knowledge[at] === 'unknown' || knowledge[at] === 'capital';
    if (explained[at] === 1 || !isStrange) return [];
    return [{ first: at, next: at + 1 }];
  });
}

/** "Monday 9am steerco with Ada": a word right behind the time may be the name, where nothing is one. */
function nameBehindTime(sentence: Sentence): Place[] {
  const { tokens, knowledge, parts, said, options, unheard } = sentence;
  if (parts.some(({ role }) => role === 'subject')) return [];
  const explained = cover(tokens.length, [...parts, ...said, ...options, ...unheard]);
  return tokens.flatMap((_token, at): Place[] => {
    const isBehind = said.some(({ next, weak, kind }) => next === at && !weak && STARTS.has(kind));
    return isBehind && knowledge[at] === 'corpus' && explained[at] === 0 ? [{ first: at, next: at + 1 }] : [];
  });
}

/** "Move it up 30 min": earlier for some, later for others. */
function eitherWays({ tokens, pack, said }: Sentence): Place[] {
  const isBeforeLength = ({ next }: Place) =>
    said.some(({ kind, first }) => (kind === 'length' || kind === 'shift') && first === next);
  return saidIn(tokens, pack, 'eitherway').filter(isBeforeLength);
}

/** "tomorrow or Thursday budget", "tomorrow, wait, Thursday budget", "tomorrow 3pm Monday metrics": the day that is meant, perhaps. */
function isOtherDay({ kind, first }: TimeSpan, { said, tokens, pack }: Sentence): boolean {
  if (kind !== 'date' || !said.some((time) => time.kind === 'date' && !time.weak)) return false;
  const isJoined = (at: number) => isSaidAt(tokens, pack, ['cue:or', 'cue:and', 'corrected'], at);
  return said.some(({ next }) => next === first) || isJoined(first - 1) || isJoined(first - 2);
}

/** "metting with sam abuot roadmap": a word within a name that leads on to another part, were it spelled right. */
function slipsInParts({ tokens, parts, knowledge, pack }: Sentence): Place[] {
  const named = cover(
    tokens.length,
    parts.filter(({ role }) => role === 'subject' || role === 'guest'),
  );
  return tokens.flatMap(({ low }, at): Place[] => {
    const isStrange = knowledge[at] === 'unknown' || (at === 0 && knowledge[at] === 'capital');
    if (named[at] === 0 || !isStrange || !pack.isSlip(low)) return [];
    return [{ first: at, next: at + 1 }];
  });
}

/** Times that lie in the subject and speak of when, where the sentence names no other; and those without a value. */
function looseTimes(sentence: Sentence): Place[] {
  const { times, said, when } = sentence;
  const isOutside = new Set(said);
  const strong = said.filter(
    ({ weak, kind }) => !weak && (kind === 'clock' || kind === 'date' || kind === 'relative'),
  );
  const swallowed = times.filter(
    (time) =>
      !isOutside.has(time) &&
      !time.weak &&
      (time.kind === 'clock' || time.kind === 'relative' || isOtherDay(time, sentence)) &&
      strong.length > 0,
  );
  const vague = said.filter(({ kind }) => kind === 'vague' && when.when !== null);
  return [...swallowed, ...vague];
}

/**
 * A length in a sentence that nothing else is read from, or a weekday or an hour without a date: "the pump failed on
 * Monday" is no wish for next Monday. A whole date that lies ahead is the one that the request speaks of.
 */
function timesBeside({ said, unheard }: Sentence): Place[] {
  const isDated = said.some((time) => time.kind === 'date' && time.said.source === 'calendar');
  const isBeside = (time: TimeSpan) =>
    !time.weak &&
    (time.kind === 'length' || (STARTS.has(time.kind) && !isDated)) &&
    unheard.some((place) => isWithin(time, place));
  return said.filter(isBeside);
}

/** "3pm Puddletown time", "15h heure de Trifouilly": a zone that nobody knows, right behind an hour. */
function strangeZones({ said, times, tokens, pack }: Sentence): Place[] {
  const clocks = said.filter(({ kind, weak }) => kind === 'clock' && !weak);
  const explained = cover(tokens.length, times);
  const isBehind = (at: number) => clocks.some(({ next }) => at === next);
  const named = saidIn(tokens, pack, 'timeword').filter(
    ({ first }) => tokens[first - 1]?.kind === 'word' && isBehind(first - 1),
  );
  const headed = saidIn(tokens, pack, 'zonehead').filter(
    ({ first }) => isBehind(first) || (tokens[first - 1]?.kind === 'sign' && isBehind(first - 1)),
  );
  return [...named, ...headed].filter(({ first }) => explained[first] === 0);
}

/** "She has time on Friday. Please book 1:30pm": an hour without a day, and news that names one. */
function daysTold({ said, unheardDays, when }: Sentence): Place[] {
  const isDayless = when.when !== null && !said.some(({ kind }) => kind === 'date' || kind === 'relative');
  const days = unheardDays.filter((time) => time.kind === 'date' && time.said.day !== null);
  return isDayless ? days : [];
}

/** "eleven till half past": the beginning of a time whose end was not read. */
function unfinishedTimes({ tokens, times, pack }: Sentence): Place[] {
  return saidIn(tokens, pack, 'unfinished').filter(
    (place) => !times.some((time) => !time.weak && isWithin(place, time)),
  );
}

/** "by 5pm" says when something is to be done; nobody meets by then. */
export function deadlines({ said, tokens, pack }: Sentence): Place[] {
  const isDeadline = ({ kind, weak, first }: TimeSpan) =>
    STARTS.has(kind) && !weak && [first, first - 1].some((at) => isSaidAt(tokens, pack, 'deadline', at));
  return said.filter(isDeadline);
}

/** Whether it is a copy of an invitation: that meeting is there already. */
export const isCopied = ({ tokens, pack }: Sentence): boolean => saidIn(tokens, pack, 'copied').length > 0;

/** "whoops wrong day. wednesday, 4pm": what is a sentence before the time need not be a name, where no word asks for a meeting. */
function namesApart({ tokens, said, parts, opinion }: Sentence): Place[] {
  const isStart = (at: number) => said.some(({ kind, first }) => STARTS.has(kind) && first === at);
  if (opinion !== 'fits') return [];
  return parts.filter(
    ({ role, next }) => role === 'subject' && /^[.!]$/.test(tokens[next]?.low ?? '') && isStart(next + 1),
  );
}

/** Another name than the one that the meeting gets; what every meeting is called is none. */
function otherNames(sentence: Sentence): Place[] {
  const { tokens, pack } = sentence;
  const isName = (place: Place) =>
    positionsIn(place).some(
      (at) =>
        tokens[at]?.kind === 'number' ||
        (tokens[at]?.kind === 'word' && !isSaidAt(tokens, pack, ['noun', 'generic'], at)),
    );
  return subjectsPassedOver(sentence).filter(isName);
}

/** "5pm tom": a word right behind an hour that may be a day or a name, where no day is said. */
function maybeDays({ said, tokens, pack }: Sentence): Place[] {
  if (said.some(({ kind }) => kind === 'date' || kind === 'relative')) return [];
  const isBehindClock = (at: number) => said.some(({ kind, next }) => kind === 'clock' && next === at);
  return saidIn(tokens, pack, 'maybeday').filter(
    ({ first }) => isBehindClock(first) && tokens[first]?.text === tokens[first]?.low,
  );
}

/** Of several days that were said, those that are not the one taken. */
function otherDays({ said, when }: Sentence): Place[] {
  const days = said.flatMap((time) =>
    time.kind === 'date' && !time.weak && time.said.day !== null ? [time] : [],
  );
  if (days.length < 2 || when.when === null) return [];
  const taken = dayIn(when.when.start);
  return days.filter(({ said: { day, weekday } }) => day !== taken && weekday !== weekdayOf(taken));
}

/** Days of another language, which this one reads as a name. */
function foreignDays({ tokens, pack }: Sentence): Place[] {
  return tokens.flatMap((_token, at): Place[] =>
    isForeignDay(tokens, at, pack) ? [{ first: at, next: at + 1 }] : [],
  );
}

/** "with Tess, not Kim": somebody who is named and is not to come; a comma may stand before it. */
function deniedGuests(sentence: Sentence): Place[] {
  const { tokens, pack, parts } = sentence;
  const guests = parts.filter(({ role }) => role === 'guest');
  const told = toldLeaving(sentence);
  return saidIn(tokens, pack, 'negated')
    .filter((place) => !told.some((one) => isOverlapping(one, place)))
    .filter((place) => guests.some(({ first, next }) => place.next >= first && place.first <= next + 1))
    .map(({ first, next }) => ({ first, next: Math.min(next + 1, tokens.length) }));
}

/** "with him": a guest whom the words do not name. */
function unnamedGuests({ tokens, pack, parts }: Sentence): Place[] {
  const guests = parts.filter(({ role }) => role === 'guest');
  return saidIn(tokens, pack, 'pronoun').filter((place) => guests.some((guest) => isWithin(place, guest)));
}

/** "Luc can't, put Anne instead": somebody is to come in the place of another, who is not named beside it. */
function halfReplaced(sentence: Sentence): Place[] {
  const { tokens, pack, parts, said } = sentence;
  if (said.length > 0 || !parts.some(({ role }) => role === 'guest') || replacedIn(sentence)) return [];
  return saidIn(tokens, pack, 'inplace');
}

/** "Meera is coming instead of Sam": told of people, where no part of what is wanted is seen. */
function toldReplaced(sentence: Sentence): Place[] {
  const isSeen = sentence.parts.some(({ role }) => role === 'guest');
  return isSeen || replacedIn(sentence) === null ? [] : saidIn(sentence.tokens, sentence.pack, 'inplaceof');
}

/** "Sam is ill, take her off": whoever is named may be somebody else than who is meant. */
function onlyNames(sentence: Sentence): Place[] {
  const only = sentence.act === 'add' || sentence.act === 'remove' ? onlyNamed(sentence) : null;
  return only ? [only] : [];
}

/** "An hour later, with everyone": people whom the words do not name. A new meeting tells it on its card. */
const unnamedPeople = (sentence: Sentence): Place[] =>
  sentence.act === 'create' || sentence.act === 'again' || sentence.act === 'now' ? [] : unnamedIn(sentence);

/** "gina chandra": two people, or one with both names. */
const namesInRow = (sentence: Sentence): Place[] =>
  sentence.parts.filter(({ role }) => role === 'guest').flatMap((part) => rowsIn(sentence, part));

/** Options whose words were not all understood. */
function unclearOptions({ options }: Sentence): Place[] {
  return options.filter(({ isClear }) => !isClear);
}

/** Wishes that nobody speaks of by chance. */
const WISHES = ['template', 'coorganiser', 'lobby', 'encrypted'];

/** Words of a wish that stand outside of everything that was understood: they would be dropped without a word. */
function leftWishes({ tokens, pack, parts, options }: Sentence): Place[] {
  const topics = saidIn(tokens, pack, 'option');
  if (topics.length === 0) return [];
  const explained = cover(tokens.length, [...parts, ...options]);
  return topics.filter(
    ({ first, values }) => explained[first] === 0 && values.some((value) => WISHES.includes(value)),
  );
}

/** A number that nothing explains, or that nobody is called: it may be the hour, the day or the length that was meant. */
function loneNumbers(sentence: Sentence): Place[] {
  const { tokens, parts, said, times, options, pack, unheard } = sentence;
  if (!tokens.some(({ kind }) => kind === 'number')) return [];
  const inside = times.filter((time) => !said.includes(time));
  const used = withoutWeak(said, tokens, pack);
  const named = parts.filter(({ role }) => role !== 'guest');
  // "1 on 1"
  const noTimes = saidIn(tokens, pack, 'nontime');
  const explained = cover(tokens.length, [...named, ...inside, ...used, ...options, ...unheard, ...noTimes]);
  return tokens.flatMap(({ kind }, at): Place[] =>
    kind === 'number' && explained[at] === 0 && !isSaidAt(tokens, pack, 'crowd', at + 1)
      ? [{ first: at, next: at + 1 }]
      : [],
  );
}

/** What is looked for in a sentence, and why its words are doubted. */
type Finder = readonly [why: Doubt['why'], find: (sentence: Sentence) => readonly Place[]];

const found = (finders: readonly Finder[], sentence: Sentence): Doubt[] =>
  finders.flatMap(([why, find]) =>
    find(sentence).map((place) => ({ why, words: textOf(sentence.text, sentence.tokens, place) })),
  );

/** What is doubted as a whole, and not in some of its words. */
const NO_WORDS: Place = { first: 0, next: 0 };

const OF_MAKING: readonly Finder[] = [
  ['words', strangers],
  ['words', nameBehindTime],
  ['words', slipsInParts],
  ['time', looseTimes],
  ['time', timesBeside],
  ['time', unfinishedTimes],
  ['time', deadlines],
  ['act', (sentence) => (isCopied(sentence) ? [NO_WORDS] : [])],
  ['words', namesApart],
  ['words', otherNames],
  ['time', otherDays],
  ['time', maybeDays],
  ['time', loneNumbers],
  ['time', foreignDays],
  ['time', strangeZones],
  ['time', daysTold],
];

/** What is doubted of a new meeting besides its act. */
export const doubtsOfMaking = (sentence: Sentence): Doubt[] => found(OF_MAKING, sentence);

const OF_WISHES: readonly Finder[] = [
  ['words', deniedGuests],
  ['words', unnamedGuests],
  ['words', halfReplaced],
  // "Sam can't make it": what is told of people need not be a wish.
  ['words', toldLeaving],
  ['words', toldReplaced],
  ['words', onlyNames],
  ['words', namesInRow],
  ['words', unnamedPeople],
  ['option', unclearOptions],
  ['option', leftWishes],
  ['time', openLengths],
  ['time', eitherWays],
];

/** Changes whose time would be dropped without a word if it was not understood. */
const BESIDE_TIME: ReadonlySet<Sentence['act']> = new Set(['add', 'remove', 'set', 'rename']);

/** What is doubted of everything that is made or changed. */
export const doubtsOfWishes = (sentence: Sentence): Doubt[] => [
  ...found(OF_WISHES, sentence),
  ...(BESIDE_TIME.has(sentence.act) ? found([['time', loneNumbers]], sentence) : []),
];
