import { settingsIn } from '../commands/commands.ts';
import { sidesIn } from '../people/coming-and-leaving.ts';
import type { Context, Doubt, Sentence } from '../reading.ts';
import type { Opinion } from '../roles/cues.ts';
import { type Act, CHANGES } from '../roles/labels.ts';
import { marginOf } from '../roles/model.ts';
import { cover, isOverlapping, isSaidAt, type Said, saidIn } from '../said.ts';
import { STARTS } from '../time/spans.ts';
import { CONFIRMED, FOLLOWING } from '../way/choose-way.ts';
import {
  BARE,
  isAddress,
  isAside,
  isKept,
  isRefused,
  isTimeBehind,
  isWishAlone,
  TOLD,
} from './bare-messages.ts';
import { isFresh } from './known-meetings.ts';

/** What a sentence wants here and now. `isSettled`: the conversation leaves no doubt about the act. */
export type Meant = { act: Act; isSettled: boolean; doubts: readonly Doubt[] };

/** One thing that a sentence may mean in its conversation; null where it does not. */
export type Rule = (sentence: Sentence, context: Context) => Meant | null;

/** The act is beyond doubt. */
export const settled = (act: Act): Meant => ({ act, isSettled: true, doubts: [] });

/** The act is the likely one, and is shown first. */
export const shownFirst = (act: Act): Meant => ({
  act,
  isSettled: true,
  doubts: [{ why: 'bare', words: '' }],
});

/** The act is as sure as it was learned. */
export const asLearned = (act: Act): Meant => ({ act, isSettled: false, doubts: [] });

// What a sentence is to the meeting that was made, changed or shown just now.

/** How far ahead it must be to be done to the meeting at hand, by what the words say; as in `choose-way.ts`, but less far. */
const LIKELY: Readonly<Record<Opinion, number>> = {
  agrees: 0,
  begins: 1,
  fits: 0,
  silent: 1,
  contradicts: 4,
};

/** Whether something is done to the meeting at hand: it was shown just now, so that is likely. */
export const isAboutIt = ({ act, opinion, margin, margins }: Sentence): boolean =>
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
  const isAlone = BARE.has(act) || act === 'add' || act === 'rename';
  if (!part || more.length > 0 || said.length > 0 || !isOpened || !isAlone) return null;
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
  // "Set the language to French", "spoken language French" are of the meeting at hand.
  const isOfIt = ['act', 'option:language'].some(
    (tag) => saidIn(sentence.tokens, sentence.pack, tag).length > 0,
  );
  const isOfNone = sentence.act === 'answer' || (sentence.act === 'set' && !isOfIt);
  return isOfNone && topics.includes('language') && settingsIn(sentence)?.language !== undefined;
}

/** The rule, where a meeting was shown just now. */
const ofFresh =
  (rule: Rule): Rule =>
  (sentence, context) =>
    isFresh(context.focus) ? rule(sentence, context) : null;

/**
 * The deed to the guests of the meeting at hand, where nothing is asked, so that nothing else can be meant by it; shown first where
 * it only was told.
 */
export const toGuests = ofFresh((sentence, context) => {
  const deed = context.open ? null : deedToGuests(sentence, context);
  const isTold = TOLD.has(sentence.act) || sentence.opinion === 'contradicts';
  return deed && (isTold ? shownFirst(deed) : settled(deed));
});

/** "Don't cancel it"; beside a time something else is wanted, which is not dropped. */
export const refused: Rule = (sentence, { open, focus }) => {
  // "Standup Monday 8:30, please don't record it" is a meeting without a wish.
  const isNew =
    sentence.act === 'create' && sentence.said.some(({ kind, weak }) => STARTS.has(kind) && !weak);
  if (isNew || !isRefused(sentence) || !(open || isFresh(focus) || !TOLD.has(sentence.act))) return null;
  return isTimeBehind(sentence) ? asLearned('other') : settled('decline');
};

const wishAlone = ofFresh((sentence) => (isWishAlone(sentence) ? settled('set') : null));

const habit: Rule = (sentence, { open }) =>
  isHabit(sentence) || (!open && isLanguageSet(sentence)) ? settled('settings') : null;

const anotherOne = ofFresh((sentence) => (isAnew(sentence) ? asLearned('again') : null));

const kept = ofFresh((sentence) => (isKept(sentence) ? settled('decline') : null));

const aside: Rule = (sentence, { open }) => (!open && isAside(sentence) ? asLearned('other') : null);

const partOrName = ofFresh((sentence, { open }) => {
  const act = partAlone(sentence) ?? (isRenamed(sentence) ? 'rename' : null);
  return act && open?.kind !== 'question' ? shownFirst(act) : null;
});

const addressAlone = ofFresh((sentence, { open }) =>
  open === null && isAddress(sentence) ? shownFirst('add') : null,
);

const againLater = ofFresh((sentence) => (isAgainLater(sentence) ? shownFirst('again') : null));

/** In this order. */
export const AT_HAND: readonly Rule[] = [
  wishAlone,
  habit,
  anotherOne,
  kept,
  aside,
  partOrName,
  addressAlone,
  againLater,
];
