import { halfIn } from './answer.ts';
import {
  BARE,
  deedAlone,
  doubtsOfValue,
  isAddress,
  isAside,
  isBare,
  isCalendarAlone,
  isKept,
  isMore,
  isRefused,
  isTimeBehind,
  isTimeInstead,
  isWishAlone,
  TOLD,
  yesNoIn,
} from './bare.ts';
import { saysDay } from './change.ts';
import { CONFIRMED, FOLLOWING } from './choose-way.ts';
import type { Command, Need } from './command.ts';
import { CHANGES } from './commands.ts';
import { isAnotherMeant, isCountUnsure, isFresh, isKnownByName, isNameOfKnown } from './known.ts';
import { sidesIn } from './people/replaced.ts';
import type { Context, Doubt, Frame, Sentence } from './reading.ts';
import type { Opinion } from './roles/cues.ts';
import type { Act } from './roles/labels.ts';
import { marginOf } from './roles/model.ts';
import { cover, isOverlapping, isSaidAt, isWithin, type Said, saidIn } from './said.ts';
import { settingsIn, zoneNamed } from './settings.ts';
import { STARTS, type TimeSpan } from './time/spans.ts';
import { isNamedBesideIt, isNoOne } from './which.ts';

/** What a sentence wants here and now. `isSettled`: the conversation leaves no doubt about it. */
type Meant = { act: Act; isSettled: boolean; doubts: readonly Doubt[] };

const VALUES: ReadonlySet<TimeSpan['kind']> = new Set([
  'clock',
  'date',
  'relative',
  'length',
  'shift',
  'until',
]);

/** How far ahead it must be to be done to the meeting at hand, by what the words say; as in `choose-way.ts`, but less far. */
const LIKELY: Readonly<Record<Opinion, number>> = {
  agrees: 0,
  begins: 1,
  fits: 0,
  silent: 1,
  contradicts: 4,
};

/** Whether something is done to the meeting at hand: it was shown just now, so that is likely. */
const isAboutIt = ({ act, opinion, margin, margins }: Sentence): boolean =>
  FOLLOWING.has(act) &&
  ((CONFIRMED.has(act) && opinion === 'agrees') || margin >= LIKELY[opinion] * marginOf(margins, 50));

const ADDING: ReadonlySet<Act> = new Set([...BARE, 'add', 'set', 'confirm']);

/** Whether one more meeting is wanted, and nothing but its time is said: "and one at 1pm", "another on Friday". */
function isAnew({ tokens, pack, said, act }: Sentence): boolean {
  const starts = said.filter(({ kind, weak, isCued }) => STARTS.has(kind) && (!weak || isCued));
  const isStart = (at: number) => starts.some(({ first }) => first === at);
  return ADDING.has(act) && saidIn(tokens, pack, 'anew').some(({ next }) => isStart(next));
}

/** "The same a week later": a word for another one, and days that count from the meeting at hand, which no word moves. */
function isAgainLater({ tokens, pack, said, act }: Sentence): boolean {
  const days = said.find((span) => span.kind === 'shift' && span.days > 0);
  if (days === undefined || !BARE.has(act)) return false;
  const beside = (tag: string) => saidIn(tokens, pack, tag).filter((place) => !isOverlapping(place, days));
  const isAgain = beside('act').some(({ values }) => values.includes('again'));
  return isAgain && beside('moves').length === 0;
}

const UNHEARD: ReadonlySet<Act> = new Set([...BARE, ...CHANGES, 'greet', 'decline', 'settings']);

/**
 * What the words for coming and leaving want of the meeting at hand, where they name a guest of it who leaves: "Meera is coming
 * instead of Ravi", "nah, leave out Ravi". A word that puts a meeting back puts back who is named behind it. Else null.
 */
function deedToGuests(sentence: Sentence, { focus, meetings }: Context): Act | null {
  const { act, tokens, pack, parts } = sentence;
  const isNamed = parts.some(({ role }) => role === 'subject') || saidIn(tokens, pack, 'noun').length > 0;
  const isNew = act === 'create' && isNamed;
  if (isNew || (CHANGES.has(act) && isAboutIt(sentence))) return null;
  const isUndo = ({ first, values }: Said) =>
    values.includes('undo') && !isSaidAt(tokens, pack, 'comes:before', first);
  const isPutBack = act === 'undo' && !saidIn(tokens, pack, 'act').some(isUndo);
  if (!UNHEARD.has(act) && !isPutBack) return null;
  const { coming, leaving } = sidesIn(sentence);
  if (isPutBack && coming.length > 0) return 'add';
  const known = meetings.find(({ subject, start }) => subject === focus?.subject && start === focus.start);
  const isGuest = (name: string) =>
    (known?.attendees ?? []).some((one) => one.toLowerCase().split(/[ .@]/).includes(name));
  const [one] = leaving;
  if (one === undefined || one.kind === 'email' || !isGuest(one.name.toLowerCase().split(' ')[0] ?? ''))
    return null;
  return CHANGES.has(act) ? act : coming.length > 0 ? 'add' : 'remove';
}

const OPENING = ['about', 'topical', 'joins'];
const BESIDE_PART = [...OPENING, 'art', 'polite', 'filler', 'cue:and'];

/** "About pricing", "with Ada": what the meeting at hand is to be called, or who is to come, and nothing else. */
function partAlone({ act, tokens, pack, parts, said }: Sentence): Act | null {
  const [part, ...more] = parts;
  const isOpened = isSaidAt(tokens, pack, OPENING, 0);
  if (!part || more.length > 0 || said.length > 0 || !isOpened || !BARE.has(act)) return null;
  const covered = cover(tokens.length, [
    ...parts,
    ...BESIDE_PART.flatMap((tag) => saidIn(tokens, pack, tag)),
  ]);
  if (tokens.some(({ kind }, at) => kind !== 'sign' && covered[at] === 0)) return null;
  return part.role === 'guest' ? 'add' : part.role === 'subject' ? 'rename' : null;
}

/** "Make it 20 minutes and call it Daily": a new name is given, in the words for that. */
function isRenamed({ act, tokens, pack, parts, said }: Sentence): boolean {
  const isSaid = saidIn(tokens, pack, 'act').some(({ values }) => values.includes('rename'));
  const isWhole = ['date', 'clock'].every((kind) => said.some((span) => span.kind === kind && !span.weak));
  return BARE.has(act) && isSaid && !isWhole && parts.some(({ role }) => role === 'subject');
}

const TIMED: ReadonlySet<Need> = new Set(['date', 'time', 'past', 'ampm']);

/** The words of a sentence in small letters, as they are spaced, without those that name nothing: "the", "one". */
function wordsThatName({ tokens, pack }: Sentence): string {
  const naming = tokens.filter((_token, at) => !isSaidAt(tokens, pack, ['art', 'one', 'generic'], at));
  return naming.map(({ low, glued }) => (glued ? low : ` ${low}`)).join('');
}

const WANTED: ReadonlySet<Act> = new Set([...BARE, 'add', 'set', 'rename']);

/**
 * "11, with Ben": a time that was asked for, and who else is to come or how. A word for a meeting or for making one begins a
 * new one, and so does another day than the one that is known.
 */
function isAnswerWithMore(sentence: Sentence, needs: readonly Need[]): boolean {
  const { act, tokens, pack, said, parts } = sentence;
  const deeds = saidIn(tokens, pack, 'act');
  const does = (deed: Act) => deeds.filter(({ values }) => values.includes(deed));
  const isMaking = does('create').some(({ values }) => !values.includes('add'));
  const isMeeting = saidIn(tokens, pack, 'noun').some(
    (noun) => !does('rename').some((one) => isWithin(noun, one)),
  );
  const isOpening = ({ first, next }: TimeSpan) =>
    first === 0 && (tokens[next]?.kind === 'sign' || isSaidAt(tokens, pack, ['joins', 'cue'], next));
  const isTime = said.some((span) => STARTS.has(span.kind) && (!span.weak || isOpening(span)));
  const isOfOther =
    isMaking ||
    isMeeting ||
    parts.some(({ role }) => role === 'which' || (role === 'subject' && does('rename').length === 0)) ||
    (saysDay(sentence) && !needs.includes('date'));
  return WANTED.has(act) && parts.length > 0 && isTime && !isOfOther && needs.some((need) => TIMED.has(need));
}

/** Whether a sentence says what was asked for, though it is more than a value: "oh I meant tomorrow", "they're in Dresden". */
function isAnswering(
  sentence: Sentence,
  { needs }: { needs: readonly Need[] },
  context: Context | undefined,
): boolean {
  const { act, said, parts } = sentence;
  if (needs.includes('tz') && TOLD.has(act) && zoneNamed(sentence) !== null) return true;
  // "morning" greets, unless the half of the day was asked.
  const isHalf = act === 'greet' && sentence.tokens.length === 1 && halfIn(sentence) !== null;
  if (needs.includes('ampm') && isHalf) return true;
  const isTime = said.some(({ kind, weak }) => STARTS.has(kind) && !weak);
  if (needs.length === 0 && isNameOfKnown([wordsThatName(sentence)], context)) return true;
  if (isAnswerWithMore(sentence, needs)) return true;
  return act === 'move' && isTime && parts.length === 0 && needs.some((need) => TIMED.has(need));
}

/** Whether what is always so is to be otherwise, not one meeting: "my usual meeting length", "turn off reminders". */
function isHabit({ act, tokens, pack }: Sentence): boolean {
  if (!CHANGES.has(act)) return false;
  const topics = saidIn(tokens, pack, 'setting').flatMap(({ values }) => values);
  const isReminder = act === 'set' && topics.includes('remind');
  return isReminder || (topics.includes('length') && saidIn(tokens, pack, 'habit').length > 0);
}

/** "invitations in French": a language beside what it is to be used for, where nothing was asked. */
function isLanguageSet(sentence: Sentence): boolean {
  const topics = saidIn(sentence.tokens, sentence.pack, 'setting').flatMap(({ values }) => values);
  return (
    sentence.act === 'answer' && topics.includes('language') && settingsIn(sentence)?.language !== undefined
  );
}

const saysLink = ({ tokens, pack }: Sentence): boolean =>
  saidIn(tokens, pack, 'detail').some(({ values }) => values.includes('link'));

/** What an act is in its conversation: a bare value answers the open question, or moves the meeting at hand. */
export function inContext(sentence: Sentence, context: Context | undefined): Meant {
  const { act, said } = sentence;
  const { open, focus } = context ?? {};
  const isLonger = isFresh(focus) && (act === 'again' || act === 'move') && isMore(sentence);
  const isValue = isLonger || isBare(sentence, open?.kind === 'question');
  const deed = context && isFresh(focus) ? deedToGuests(sentence, context) : null;
  const isTold = TOLD.has(act) || sentence.opinion === 'contradicts';
  const toGuests: Meant | null = deed && {
    act: deed,
    isSettled: true,
    doubts: isTold ? [{ why: 'bare', words: '' }] : [],
  };
  if (toGuests && !open) return toGuests;
  if (isRefused(sentence) && (open || isFresh(focus) || !TOLD.has(act)))
    return isTimeBehind(sentence)
      ? { act: 'other', isSettled: false, doubts: [] }
      : { act: 'decline', isSettled: true, doubts: [] };
  if (context && open?.kind === 'confirm' && isAnotherMeant(sentence, context))
    return { act: 'move', isSettled: true, doubts: [] };
  const isAnswer = open?.kind === 'question' && (isValue || isAnswering(sentence, open, context));
  if (isAnswer) return { act: 'answer', isSettled: true, doubts: [] };
  const yesNo = open ? (yesNoIn(sentence) ?? (open.kind === 'confirm' ? deedAlone(sentence) : null)) : null;
  if (yesNo) return { act: yesNo, isSettled: true, doubts: [] };
  const isTimed = said.some(({ kind, weak }) => STARTS.has(kind) && !weak);
  // "No, forget that, 9 is fine": what is wanted instead is not dropped with what was asked.
  if (open && isTimed && (act === 'decline' || act === 'undo'))
    return { act: 'move', isSettled: true, doubts: [{ why: 'bare', words: '' }] };
  // A link takes no time: "make a new one on Monday" is another meeting.
  if (isFresh(focus) && isTimed && act === 'renew' && !saysLink(sentence))
    return { act: 'again', isSettled: true, doubts: [{ why: 'bare', words: '' }] };
  if (isFresh(focus) && isWishAlone(sentence)) return { act: 'set', isSettled: true, doubts: [] };
  if (isHabit(sentence) || (!open && isLanguageSet(sentence)))
    return { act: 'settings', isSettled: true, doubts: [] };
  if ((open || isFresh(focus)) && isCalendarAlone(sentence))
    return { act: 'calendar', isSettled: true, doubts: [] };
  if (isFresh(focus) && isAnew(sentence)) return { act: 'again', isSettled: false, doubts: [] };
  if (isFresh(focus) && isKept(sentence)) return { act: 'decline', isSettled: true, doubts: [] };
  if (!open && isAside(sentence)) return { act: 'other', isSettled: false, doubts: [] };
  const alone =
    isFresh(focus) && open?.kind !== 'question'
      ? (partAlone(sentence) ?? (isRenamed(sentence) ? 'rename' : null))
      : null;
  if (alone !== null) return { act: alone, isSettled: true, doubts: [{ why: 'bare', words: '' }] };
  if (isFresh(focus) && isAgainLater(sentence))
    return { act: 'again', isSettled: true, doubts: [{ why: 'bare', words: '' }] };
  if (toGuests) return toGuests;
  if (isFresh(focus) && TOLD.has(act) && isTimeInstead(sentence))
    return { act: 'move', isSettled: true, doubts: [{ why: 'bare', words: '' }] };
  const isAtHand = isFresh(focus) || isKnownByName(sentence, context);
  if (!isValue) return { act, isSettled: isAtHand && isAboutIt(sentence), doubts: [] };
  const values = said.filter(({ kind, weak }) => !weak && VALUES.has(kind));
  const isTime = values.some(({ kind }) => STARTS.has(kind));
  if (isFresh(focus) && values.length > 0)
    return { act: 'move', isSettled: true, doubts: doubtsOfValue(sentence) };
  if (act !== 'answer') return { act, isSettled: false, doubts: [] };
  const doubts = [{ why: 'bare' as const, words: '' }];
  if (isTime) return { act: 'create', isSettled: false, doubts };
  return isFresh(focus) && isAddress(sentence)
    ? { act: 'add', isSettled: true, doubts }
    : { act: 'other', isSettled: false, doubts: [] };
}

const saysZone = ({ said }: Sentence): boolean =>
  said.some((time) => time.kind === 'zone' || (time.kind === 'clock' && time.zone !== null));

/**
 * What makes it unsure which meeting is changed. One that is not named is the one at hand; where none was shown for a
 * while, or a cancellation waits for a yes, it is offered with its name. A change that is long ago is not taken back
 * without a look at it.
 */
export function doubtsOfWhich(command: Command, sentence: Sentence, frame: Frame): Doubt[] {
  const { context } = frame;
  const { open, focus } = context ?? {};
  if (command.kind === 'undo') return focus && !isFresh(focus) ? [{ why: 'context', words: '' }] : [];
  if (command.kind !== 'reschedule') return [];
  const isOpen = context !== undefined && isNoOne(command.which);
  const isStale = isOpen && (!isFresh(focus) || open?.kind === 'confirm');
  const { clockZone } = command.change;
  const isZoneTaken = clockZone !== undefined && clockZone === focus?.clockZone && !saysZone(sentence);
  // An end says no zone of its own: the person's and the one that the start was said in are two instants.
  const isEndUnsure =
    command.change.until !== undefined && focus?.clockZone !== undefined && !saysZone(sentence);
  return isStale || isCountUnsure(sentence, frame) || isZoneTaken || isEndUnsure || isNamedBesideIt(sentence)
    ? [{ why: 'context', words: '' }]
    : [];
}
