import { DateTime } from 'luxon';
import { wordsOf } from '../base/similarity.ts';
import type { Answer, Which } from '../language/command.ts';
import { FRESH_MINUTES } from '../language/conversation/known-meetings.ts';
import type { MeetingWords } from '../language/pack.ts';
import { scorePeople, scoreSubject } from './match-names.ts';
import { isOver, isSamePlace, lastWord, type MeetingRecord } from './record.ts';
import { occurrencesAfter } from './series.ts';

/** Where and when somebody speaks of a meeting. */
export type WhichContext = {
  now: DateTime;
  /** IANA name of the zone in which the person speaks of days and clocks. */
  zone: string;
  conversation: string;
  words: MeetingWords;
};

/** What a meeting is recognized by. */
export type Candidate = Pick<
  MeetingRecord,
  | 'id'
  | 'subject'
  | 'start'
  | 'end'
  | 'guests'
  | 'room'
  | 'series'
  | 'conversation'
  | 'createdAt'
  | 'spokenOfAt'
  | 'expires'
>;

/** How well a meeting fits one thing that was said; 0 is not at all. */
type Fit = { time: number; subject: number; people: number };

/**
 * Which of a person's meetings is meant, soonest first. One: it is clear. Several: they fit equally well, and the
 * person must be asked. None: nothing that is still to come fits.
 *
 * All that was said must fit. A meeting gives way to one that fits better in something and no worse in anything; what
 * is equal then is settled by the place: meetings made in this thread, then in this channel, come before others. If
 * all are meant, these are all that fit. If nothing was said ("make it 45 minutes"), it is the last one made or spoken of here, or the only one there is. A day in `which`
 * holds strictly; a start without a day ("the 3pm") is a clock, which fits on other days too, only less well.
 */
export function whichMeeting<M extends Candidate>(
  records: readonly M[],
  which: Which,
  context: WhichContext,
): readonly M[] {
  const now = context.now.toMillis();
  const coming = records.filter((record) => !isOver(record, now)).sort(bySoonest);
  const words = namingWords(which, coming, context.words);
  const pointer = pointerOf(words, coming, context.words);
  const said = { ...which, words: pointer === null ? words : [] };
  const { start, day, people } = which;
  const isNothing = said.words.length === 0 && start === null && day === null && people.length === 0;
  const fitting = coming.filter((record) => isFit(fitOf(record, said, context)));
  if (which.isAll) return fitting;
  if (pointer !== null) return pointer(fitting, context);
  if (isNothing) return atHand(fitting, context);
  return nearest(best(fitting, said, context), context.conversation);
}

/** Which of a person's meetings a new one is to be like: as `whichMeeting`, but one that is over may be meant as well. */
export function whichLike(
  records: readonly MeetingRecord[],
  which: Which,
  context: WhichContext,
): MeetingRecord[] {
  const open = records.map((record) => ({ ...record, end: Number.POSITIVE_INFINITY }));
  const fits = new Set(whichMeeting(open, which, context).map(({ id }) => id));
  return records.filter(({ id }) => fits.has(id));
}

/** The words that name a meeting. An idle word counts only if a meeting's name ends with it ("Interview A"). */
function namingWords(
  { subject }: Which,
  coming: readonly Candidate[],
  { idle }: MeetingWords,
): readonly string[] {
  const last = new Set(coming.map((record) => wordsOf(record.subject ?? '').at(-1)));
  return wordsOf(subject ?? '').filter(
    (word, i) => !idle.has(word) || (i > 0 && word.length === 1 && last.has(word)),
  );
}

type Said = Pick<Which, 'start' | 'day' | 'people'> & { words: readonly string[] };

type Pointer = <M extends Candidate>(fitting: readonly M[], context: WhichContext) => readonly M[];

/** Handles words that point instead of naming ("the next one", "the last one", "all", "the later one" of several), unless a meeting has such a name. */
function pointerOf(
  words: readonly string[],
  coming: readonly Candidate[],
  { next, newest, all, pointing }: MeetingWords,
): Pointer | null {
  const isAll = (set: ReadonlySet<string>) => words.length > 0 && words.every((word) => set.has(word));
  if (coming.some(({ subject }) => wordsOf(subject ?? '').some((word) => words.includes(word)))) return null;
  if (isAll(next))
    return (fitting, { now }) => fitting.filter(({ start }) => start > now.toMillis()).slice(0, 1);
  if (isAll(newest)) return (fitting) => [...fitting].sort(byNewest).slice(0, 1);
  return isAll(all) || isAll(pointing) ? (fitting) => fitting : null;
}

function fitOf(record: Candidate, said: Said, context: WhichContext): Fit {
  return {
    time: timeFit(record, said, context),
    subject: Math.max(
      scoreSubject(said.words, record, context.words),
      hourFit(said.words, record, context.zone),
    ),
    people: scorePeople(said.people, record),
  };
}

const isFit = ({ time, subject, people }: Fit) => time > 0 && subject > 0 && people > 0;

function timeFit(record: Candidate, { start, day }: Said, { now, zone }: WhichContext): number {
  const from = DateTime.fromMillis(record.start, { zone });
  if (start === null) return day === null ? 1 : dayFit(record, day, zone);
  const said = start.setZone(zone);
  const isClock = from.toFormat('HH:mm') === said.toFormat('HH:mm');
  if (day !== null) return isClock && from.toISODate() === day ? 2 : 0;
  if (isClock && from.hasSame(said, 'day')) return 2;
  // Without a day the reader took the next time that the clock shows it; further off, a day was said.
  if (!isClock || said.diff(now, 'hours').hours > 24) return 0;
  return record.start <= now.toMillis() ? 2 : 1;
}

/** A meeting fits the day on which it begins, and less well the days into which it lasts. */
function dayFit(record: Candidate, day: string, zone: string): number {
  const from = DateTime.fromMillis(record.start, { zone });
  if (from.toISODate() === day) return 2;
  const midnight = DateTime.fromISO(day, { zone }).toMillis();
  return record.start < midnight && record.end > midnight ? 1 : 0;
}

/** Handles an hour alone ("the 7"). Which half of the day is meant follows from the meetings. */
function hourFit(words: readonly string[], record: Candidate, zone: string): number {
  const [word = ''] = words;
  if (words.length !== 1 || !/^\d{1,2}$/.test(word)) return 0;
  const { hour, minute } = DateTime.fromMillis(record.start, { zone });
  const isSame = Number(word) === hour || Number(word) === (hour % 12 || 12);
  return isSame && minute === 0 ? 1 : 0;
}

function best<M extends Candidate>(fitting: readonly M[], said: Said, context: WhichContext): M[] {
  const all = fitting.map((record) => ({ record, fit: fitOf(record, said, context) }));
  return all.filter(({ fit }) => !all.some((other) => isBetter(other.fit, fit))).map(({ record }) => record);
}

function isBetter(a: Fit, b: Fit): boolean {
  const differences = [a.time - b.time, a.subject - b.subject, a.people - b.people];
  return differences.every((one) => one >= 0) && differences.some((one) => one > 0);
}

/** 2: the same chat or thread. 1: another thread of the same channel. 0: elsewhere. */
function closeness(a: string, b: string): number {
  if (a === b) return 2;
  return isSamePlace(a, b) ? 1 : 0;
}

function nearest<M extends Candidate>(records: readonly M[], conversation: string): M[] {
  const most = Math.max(...records.map((record) => closeness(record.conversation, conversation)));
  return records.filter((record) => closeness(record.conversation, conversation) === most);
}

function atHand<M extends Candidate>(coming: readonly M[], { now, conversation }: WhichContext): M[] {
  const near = nearest(coming, conversation);
  const [newest] = [...near].sort(byLastWord);
  if (newest === undefined || newest.conversation !== conversation) return near;
  const isFresh = now.toMillis() - lastWord(newest) <= FRESH_MINUTES * 60_000;
  return isFresh ? [newest] : near;
}

const bySoonest = (a: Candidate, b: Candidate) => a.start - b.start || byNewest(a, b);
const byNewest = (a: Candidate, b: Candidate) => b.createdAt - a.createdAt;
/** Orders by the last word, then by id, so that "it" is always the same meeting. */
const byLastWord = (a: Candidate, b: Candidate) => lastWord(b) - lastWord(a) || (a.id < b.id ? -1 : 1);

/**
 * Which of a person's meetings that have begun is meant, the newest first: all that fit what was said, or the newest one where
 * nothing was said. A series fits each day on which one of its meetings has begun.
 */
export function pastMeetings(
  records: readonly MeetingRecord[],
  which: Which,
  context: WhichContext,
): MeetingRecord[] {
  const { zone } = context;
  const isOn = (start: number) =>
    which.day === null || DateTime.fromMillis(start, { zone }).toISODate() === which.day;
  const newestStart = (record: MeetingRecord) =>
    occurrencesAfter(record, Number.NEGATIVE_INFINITY).findLast(
      ({ start }) => start <= context.now.toMillis() && isOn(start),
    )?.start;
  const begun = records
    .map((record) => ({ record, start: newestStart(record) ?? Number.NaN }))
    .filter(({ start }) => !Number.isNaN(start))
    .sort((a, b) => b.start - a.start)
    .map(({ record }) => record);
  const { subject, start, people } = which;
  if (subject === null && start === null && people.length === 0) return begun.slice(0, 1);
  return whichLike(begun, { ...which, day: null }, context);
}

/** The only one of them. Null if there is none, or if there are several. */
export const onlyOf = <T>(all: readonly T[]): T | null => (all.length === 1 ? (all[0] ?? null) : null);

/** Whether an answer says nothing of when. */
export const isTimeless = ({ when, clock, day }: Answer): boolean =>
  when === null && clock === null && day === null;

/** The index of "the second one" or "the last one" among `count`. Null if there is none. */
export function ordinalIndex({ ordinal }: Answer, count: number): number | null {
  if (ordinal === null) return null;
  const at = ordinal < 0 ? count + ordinal : ordinal - 1;
  return at >= 0 && at < count ? at : null;
}

/**
 * The index of the one meeting that a typed answer picks among those that were offered, by its number, its time or its name.
 * Null if none fits, if several do, or if "2" may be the second one as well as the one at 2. A meeting that is gone by now
 * keeps its place in `offered` as null.
 */
export function pickAmong(
  answer: Answer,
  offered: readonly (Candidate | null)[],
  context: WhichContext,
): number | null {
  const numbered = ordinalIndex(answer, offered.length);
  if (numbered !== null && isTimeless(answer)) return numbered;
  const named = placeNamed(answer, offered, context);
  if (numbered === null || named === null) return numbered ?? named;
  return numbered === named ? named : null;
}

function placeNamed(
  answer: Answer,
  offered: readonly (Candidate | null)[],
  context: WhichContext,
): number | null {
  const which = isTimeless(answer)
    ? { subject: answer.text, start: null, day: null, people: [] }
    : {
        subject: null,
        start: answer.when?.start ?? null,
        day: answer.when === null && answer.saysDay ? answer.day : null,
        people: [],
      };
  const left = offered.filter((meeting) => meeting !== null);
  const only = onlyOf(whichMeeting(left, which, context));
  return only && offered.indexOf(only);
}
