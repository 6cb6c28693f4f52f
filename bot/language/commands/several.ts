import { DateTime } from 'luxon';
import { inLanguage } from '../choose-language.ts';
import type { CreateCommand, Utterance } from '../command.ts';
import type { Language } from '../languages.ts';
import { hasTag } from '../lexicon.ts';
import type { Frame, Sentence } from '../reading.ts';
import type { Act } from '../roles/labels.ts';
import type { Place } from '../roles/roles.ts';
import { isOverlapping, isWithin, saidIn } from '../said.ts';
import { readSentence } from '../sentence/read-sentence.ts';
import { STARTS } from '../time/spans.ts';
import { createIn } from './create.ts';
import { saysDay, weekdayAlone } from './new-time.ts';

/** So many meetings are made of one message at the most. */
const MOST = 10;

/** What one meeting of several may be read as: its time may be all that is said of it. */
const MADE: ReadonlySet<Act> = new Set(['create', 'again', 'answer', 'move', 'add']);

/** Whether a day and an hour are said in a place, each outside of what the meetings are called. */
function hasWholeStart({ said }: Sentence, { first, next }: Place): boolean {
  const inside = said.filter((time) => time.first >= first && time.next <= next && STARTS.has(time.kind));
  const hasDay = inside.some(
    (time) => time.kind === 'date' || (time.kind === 'clock' && time.fromDate !== null),
  );
  const isSoon = inside.some(({ kind, weak }) => kind === 'relative' && !weak);
  return isSoon || (hasDay && inside.some(({ kind }) => kind === 'clock'));
}

/** Whether an hour is said in a place, and somebody who comes then or what it is called: "at 5 with Kim", "review at 2". */
function hasOwnHour({ said, parts }: Sentence, place: Place): boolean {
  const isHour = said.some(
    (time) => time.kind === 'clock' && (!time.weak || time.isCued) && isWithin(time, place),
  );
  const isOwn = ({ role }: { role: string }) => role === 'guest' || role === 'subject';
  return isHour && parts.some((part) => isOwn(part) && isOverlapping(part, place));
}

/** Whether each of two places says a meeting of its own. Where no other day is said, the second is on the day of the first. */
const areTwo = (sentence: Sentence, one: Place, other: Place): boolean =>
  [one, other].every((place) => hasWholeStart(sentence, place)) ||
  [one, other].every((place) => hasOwnHour(sentence, place));

const SEPARATOR = /^[,;.&+\n]$/;

/** How much a token parts what stands around it: a comma more than "and", and "…, and" more than both; 0 where it does not. */
function partingAt({ tokens, pack, said }: Sentence, at: number): number {
  if (said.some(({ first, next }) => at > first && at < next - 1)) return 0;
  const { kind, low = '' } = tokens[at] ?? {};
  if (kind === 'break' || low === ';') return 4;
  if (SEPARATOR.test(low)) return 2;
  if (!hasTag(pack.matchesAt(tokens, at), 'cue:and')) return 0;
  return SEPARATOR.test(tokens[at - 1]?.low ?? '') ? 3 : 1;
}

/** The stretches of a message that each say a meeting; one where it says only one. */
function stretchesIn(sentence: Sentence): Place[] {
  const { tokens, said } = sentence;
  const end = tokens.length;
  const joints = tokens.flatMap((_token, at) => (partingAt(sentence, at) > 0 ? [at] : []));
  const stretches: Place[] = [];
  let first = 0;
  while (stretches.length < MOST) {
    const possible = joints.filter(
      (at) => at > first && areTwo(sentence, { first, next: at }, { first: at + 1, next: end }),
    );
    // Of those before the next time, the one that parts most: "at 9 with Ben and Kim, at 11 with Lee".
    const opening = said.find((time) => STARTS.has(time.kind) && time.first > (possible[0] ?? end));
    const between = possible.filter((at) => at <= (opening?.first ?? end));
    const most = Math.max(...between.map((at) => partingAt(sentence, at)));
    const joint = between.find((at) => partingAt(sentence, at) === most);
    if (joint === undefined) break;
    stretches.push({ first, next: joint });
    first = joint + 1;
  }
  return [...stretches, { first, next: end }];
}

/** A stretch of a message as a message of its own, with the people who are mentioned in it. */
function utteranceOf({ text, tokens, people }: Sentence, { first, next }: Place): Utterance {
  const stretch = tokens.slice(first, next);
  const named = stretch.flatMap(({ nth }) => (nth === null ? [] : (people[nth] ?? [])));
  return { text: text.slice(stretch[0]?.from, stretch.at(-1)?.to), people: named };
}

/** One of several meetings, with the sentence that says it. */
type One = { sentence: Sentence; command: CreateCommand };

const hasPeople = ({ command }: One): boolean => command.invitees.length > 0;

/** Whether several are told apart by their names, or by words for what they are: one of either alone may be of all. */
const areToldApart = (all: readonly One[]): boolean =>
  all.filter(({ command }) => command.subject !== null).length > 1 ||
  all.filter(({ sentence: { tokens, pack } }) => saidIn(tokens, pack, 'noun').length > 0).length > 1;

type Shared = Pick<CreateCommand, 'subject' | 'invitees' | 'minutes' | 'options'>;

/** One meeting at several times: what is said of it once holds for all of them. */
function saidOnce(commands: readonly CreateCommand[]): Shared {
  return {
    subject: commands.find(({ subject }) => subject !== null)?.subject ?? null,
    invitees: commands.find(({ invitees }) => invitees.length > 0)?.invitees ?? [],
    minutes: commands.find(({ minutes }) => minutes !== null)?.minutes ?? null,
    options: commands.find(({ options }) => Object.keys(options).length > 0)?.options ?? {},
  };
}

/** What is said of all meetings at once: before the first of them, "with Ben: …", or with a word for it, "45 minutes each". */
function saidOfAll(all: readonly One[], head: One | null): Shared {
  const said = all.flatMap(({ command, sentence: { tokens, pack, parts } }) => {
    const [each] = saidIn(tokens, pack, 'each');
    if (each === undefined) return [];
    const areBehind = parts.every(({ role, first }) => role !== 'guest' || first >= each.next);
    return [{ ...command, invitees: areBehind ? command.invitees : [] }];
  });
  return saidOnce(head ? [head.command, ...said] : said);
}

/**
 * What is said of all holds for those of which nothing is said. Several with names or people of their own are different
 * meetings: a length, a wish or a guest that stands with one of them is of that one.
 */
function completed(all: readonly One[], head: One | null): CreateCommand[] {
  const commands = all.map(({ command }) => command);
  const areNamed = areToldApart(all);
  const areApart = areNamed || all.filter(hasPeople).length > 1;
  const once = saidOnce(commands);
  const shared = areApart ? saidOfAll(all, head) : once;
  return commands.map((command) => ({
    ...command,
    subject: command.subject ?? (areNamed ? null : once.subject),
    invitees: command.invitees.length > 0 ? command.invitees : shared.invitees,
    minutes: command.when?.end ? command.minutes : (command.minutes ?? shared.minutes),
    options: Object.keys(command.options).length > 0 ? command.options : shared.options,
  }));
}

/**
 * A meeting of which only the hour was said, on the day of the one before it. An hour that may be in either half of the day,
 * or has gone by today, is the next one after that: "tomorrow at 6 with Kim, at 7 with Lee".
 */
function onDayOf(command: CreateCommand, before: CreateCommand | undefined): CreateCommand {
  const isOpen = command.needs.every((need) => need === 'ampm' || need === 'past');
  const possible = command.when === null && isOpen ? command.choices : [];
  const isAsSaid = ({ start }: { start: DateTime }) => start.toFormat('HH:mm') === command.clock;
  if (before === undefined)
    return command.needs.includes('ampm') ? command : onlyHour(command, possible.find(isAsSaid));
  const from = before.when?.start ?? (before.day === null ? null : DateTime.fromISO(before.day));
  if (from === null) return command;
  const { year, month, day } = from;
  const dated = (command.when ? [command.when] : possible).map(({ start, end }) => {
    const there = start.set({ year, month, day });
    const { days } = there.startOf('day').diff(start.startOf('day'), 'days');
    return { start: there, end: end?.plus({ days }) ?? null };
  });
  return onlyHour(command, dated.find(({ start }) => start > from) ?? (command.when && dated[0]));
}

/** A meeting whose hour is settled; as it was where it is not. */
const onlyHour = (command: CreateCommand, when: CreateCommand['when'] | undefined): CreateCommand =>
  when ? { ...command, when, needs: [], choices: [] } : command;

/** "Monday and Tuesday", when it is Monday afternoon: both are in next week. */
function notBefore(command: CreateCommand, before: CreateCommand | undefined): CreateCommand {
  const { when } = command;
  const isSameDay = before?.when && when?.start.hasSame(before.when.start, 'day');
  if (when === null || !before?.when || isSameDay || when.start >= before.when.start) return command;
  const later = { start: when.start.plus({ weeks: 1 }), end: when.end?.plus({ weeks: 1 }) ?? null };
  return { ...command, when: later };
}

/** What stands before all meetings, "with Ben: Monday 9, Tuesday 10"; null where no colon ends it. */
function headOf(sentence: Sentence, { next }: Place): Place | null {
  const colon = sentence.tokens.findIndex(({ low }, at) => low === ':' && at < next);
  const isTimeBefore = sentence.said.some(({ first, kind }) => STARTS.has(kind) && first < colon);
  return colon > 0 && !isTimeBefore ? { first: 0, next: colon } : null;
}

/** The meetings of a message that asks for several, each with its whole time; none where it does not. */
export function severalIn(sentence: Sentence, language: Language, frame: Frame): CreateCommand[] {
  const stretches = stretchesIn(sentence);
  const [opening] = stretches;
  if (opening === undefined || stretches.length < 2 || stretches.length > MOST) return [];
  const readOne = (place: Place): One => {
    const utterance = utteranceOf(sentence, place);
    const one = readSentence(utterance, inLanguage(utterance.text, language), frame);
    return { sentence: one, command: createIn({ ...one, act: 'create' }, 'scheduled', frame) };
  };
  const all: One[] = [];
  for (const one of stretches.map(readOne).filter(({ sentence: { act } }) => MADE.has(act))) {
    const before = all.at(-1)?.command;
    const { command } = one;
    const dated = saysDay(one.sentence) ? command : onDayOf(command, before);
    all.push({ ...one, command: weekdayAlone(one.sentence) === null ? dated : notBefore(command, before) });
  }
  // What must be asked of one is told beside the others.
  const isOneWhole = all.some(
    ({ command: { when, needs } }) => when !== null && when.start >= frame.now && needs.length === 0,
  );
  const head = headOf(sentence, opening);
  return isOneWhole && all.length === stretches.length ? completed(all, head && readOne(head)) : [];
}
