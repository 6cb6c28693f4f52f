import type { Command, CreateCommand } from '../command.ts';
import { isEmptyChange } from '../commands/change.ts';
import { isNoOne } from '../conversation/which-meeting.ts';
import type { Doubt, Sentence, Way } from '../reading.ts';
import { ALIKE, MAKING, type Opinion } from '../roles/cues.ts';
import { type Act, CHANGES } from '../roles/labels.ts';
import { marginOf } from '../roles/model.ts';
import type { Place } from '../roles/roles.ts';
import { cover, saidIn } from '../said.ts';
import { isLooking } from '../sentence/choose-act.ts';
import { deadlines, doubtsOfMaking, doubtsOfWishes, isCopied } from './doubts.ts';

/** Acts after which something is otherwise than before. */
const ACTING: ReadonlySet<string> = new Set([...MAKING, ...CHANGES, 'renew', 'cancel', 'undo', 'signout']);

/** Acts that are about a meeting that is there. */
export const FOLLOWING: ReadonlySet<Act> = new Set([...CHANGES, 'cancel', 'undo', 'renew']);

/** How far a guess must be ahead to be sure, by what the words say of it; 1 is what half of the wrong guesses stay below. */
const SURE: Readonly<Record<Opinion, number>> = {
  agrees: 1.5,
  begins: 4,
  fits: 2.5,
  silent: 4,
  contradicts: 7,
};
/** The same for acts that are only done after a yes. */
const SURE_CONFIRMED: typeof SURE = { agrees: 1, begins: 4, fits: 3, silent: 4, contradicts: 7 };
/** Acts that are only done after a yes. */
export const CONFIRMED: ReadonlySet<Act> = new Set(['cancel', 'renew']);
/** How far it must be ahead of mere talk to be worth a question. */
const ASKED: Readonly<Record<Opinion, number>> = {
  agrees: 0.1,
  begins: 0.25,
  fits: 0.5,
  silent: 1.5,
  contradicts: 3,
};

/** The same where a meeting was shown just now and it would be changed: then it is likely to be spoken of. */
const ASKED_AT_HAND: typeof ASKED = { ...ASKED, silent: 0.25, contradicts: 1 };

/** Whether a guess is so far ahead. */
const isAhead = (by: number, { margins }: Sentence, least: number): boolean =>
  by >= least * marginOf(margins, 50);

/** Whether it matters little which of both acts is meant, or the words say which: what counts then is the lead over talk. */
function isUndisputed({ act, next, margin, opinion, parts, when, tokens, pack }: Sentence): boolean {
  if (margin < 0) return false;
  if (ALIKE.has(act) && ALIKE.has(next)) return true;
  // "switch my one-on-one": within a name, "my" may say which meeting behind a verb that nobody taught us.
  const isMine = ({ first, next: end }: Place) =>
    saidIn(tokens, pack, 'mine', { first: first + 1, next: end }).length > 0;
  const subjects = parts.filter(({ role }) => role === 'subject');
  const isNamed =
    subjects.length > 0 && !subjects.some(isMine) && !parts.some(({ role }) => role === 'which');
  const isMeant = opinion === 'agrees' || opinion === 'fits';
  return (
    act === 'create' && (ACTING.has(next) || next === 'answer') && isMeant && isNamed && when.when !== null
  );
}

/** Whether nothing is said but that it is a meeting, when, and with whom: "meeting tomorrow 10am". */
function isPlain({ opinion, tokens, pack, parts, times }: Sentence): boolean {
  if (opinion !== 'fits' || parts.some(({ role }) => role !== 'guest')) return false;
  const small = ['noun', 'polite', 'art', 'joins', 'cue'].flatMap((tag) => saidIn(tokens, pack, tag));
  const covered = cover(tokens.length, [...parts, ...times, ...small]);
  return tokens.every(({ kind }, at) => kind === 'sign' || covered[at] === 1);
}

/** The same, with a day and an hour: nobody tells news so. */
const isBooking = (sentence: Sentence): boolean =>
  ['date', 'clock'].every((kind) => sentence.said.some((time) => time.kind === kind)) && isPlain(sentence);

/** The same, with its hour, a guest and a name: "call Asif 5pm re van leases". */
const isFilled = ({ act, opinion, said, parts }: Sentence): boolean =>
  act === 'create' &&
  opinion === 'fits' &&
  said.some(({ kind, weak }) => kind === 'clock' && !weak) &&
  (['guest', 'subject'] as const).every((role) => parts.some((part) => part.role === role));

/** Both opinions on the act. */
function doubtedAct(act: Act, sentence: Sentence): Doubt[] {
  const { margin, lead } = sentence;
  if (act === 'create' && isBooking(sentence) && lead > 0) return [];
  const opinion = sentence.when.when !== null && isPlain(sentence) ? 'agrees' : sentence.opinion;
  const least = (CONFIRMED.has(act) ? SURE_CONFIRMED : SURE)[opinion];
  const by = isUndisputed(sentence) ? lead : margin;
  return act !== sentence.act || isAhead(by, sentence, least) ? [] : [{ why: 'act', words: '' }];
}

/** What makes a reading unsure; nothing where it is as good as certain. `isSettled`: the act is beyond doubt. */
export function doubtsOf(act: Act, sentence: Sentence, isSettled: boolean): Doubt[] {
  if (!ACTING.has(act)) return [];
  return [
    ...(isSettled ? [] : doubtedAct(act, sentence)),
    ...(MAKING.has(act) ? doubtsOfMaking(sentence) : []),
    ...doubtsOfWishes(sentence),
  ];
}

/** The hour of another meeting, and what counts from its day, are known once that one is. */
function isAsked(command: Command): boolean {
  if (command.kind !== 'create') return command.kind === 'reschedule' && command.needs.length > 0;
  const { needs, daysLater, copies } = command;
  return daysLater === undefined && needs.some((need) => copies === undefined || need !== 'time');
}

/** People whom nobody names are told of on the card, and leave nothing open. */
const isUnmet = ({ unmet = [] }: CreateCommand): boolean => unmet.some((wish) => wish !== 'unnamed');

/** Whether a word asks for the act, so that a reading which is unsure is worth a question. */
const isAskedFor = ({ opinion }: Sentence): boolean => opinion === 'agrees' || opinion === 'begins';

/** Whether the language is doubtful, and something else is as well: then it is another one. */
const isForeign = (doubts: readonly Doubt[]): boolean =>
  doubts.length > 1 && doubts.some(({ why, words }) => why === 'words' && words === '');

/**
 * Whether a meeting would be made of what only looks like one: no word asks for it, and what stands there is a copied
 * invitation or what is to be done by when; or the words ask for something else, the guess is weak, and not even the
 * time is whole.
 */
function isUnasked(command: Command, sentence: Sentence, doubts: readonly Doubt[]): boolean {
  if (command.kind !== 'create' || isAskedFor(sentence)) return false;
  if (deadlines(sentence).length > 0 || isCopied(sentence)) return true;
  return sentence.opinion === 'contradicts' && isAsked(command) && doubts.some(({ why }) => why === 'act');
}

/** How far a time that has gone by must be ahead of talk where no word asks for a meeting: "down since 8pm". */
const ASKED_PAST = 1;

/** News that only might be a wish is left alone. An act that another one gave way to is not behind: it is offered. */
function isNews(sentence: Sentence, doubts: readonly Doubt[], isAtHand: boolean): boolean {
  const { lead, margin, opinion, when } = sentence;
  if (opinion === 'fits' && when.needs.includes('past') && !isAhead(lead, sentence, ASKED_PAST)) return true;
  // Nothing is cancelled without a yes: where a word asks for it, that is worth the question.
  const isHarmless =
    (CONFIRMED.has(sentence.act) && isAskedFor(sentence)) || isBooking(sentence) || isFilled(sentence);
  const isTold = CONFIRMED.has(sentence.act) && opinion === 'contradicts';
  const asked = isAtHand && FOLLOWING.has(sentence.act) && !isTold ? ASKED_AT_HAND : ASKED;
  const least = isHarmless ? 0 : asked[opinion];
  return doubts.some(({ why }) => why === 'act') && margin >= 0 && !isAhead(lead, sentence, least);
}

/** A weak guess that something is to be shown or told, which no word asks for. */
const isGuessed = ({ act, opinion, margin, margins }: Sentence): boolean =>
  isLooking(act) && margin < (GUESSED[opinion] ?? -Infinity) * marginOf(margins, 50);

/** How far ahead it must be to be answered all the same. */
const GUESSED: Partial<Record<Opinion, number>> = { silent: 0.5, contradicts: 0.5 };

/** A change that says nothing, of no meeting: where no word asks for one, it would only be asked what is meant. */
const isIdle = (command: Command, { opinion, said, parts }: Sentence): boolean =>
  command.kind === 'reschedule' &&
  isNoOne(command.which) &&
  isEmptyChange(command.change) &&
  parts.length === 0 &&
  said.every(({ weak }) => weak) &&
  (command.needs.length === 0 || (opinion !== 'agrees' && opinion !== 'begins'));

/** A weak guess of settings of which none is said, and for which no word asks: "let me ask her first". */
const isUnset = (command: Command, sentence: Sentence): boolean =>
  command.kind === 'settings' &&
  command.change === null &&
  !isAskedFor(sentence) &&
  !isAhead(sentence.margin, sentence, UNSET);

const UNSET = 0.5;

/** What is to be done with a command, given what is doubted. `isAtHand`: a meeting was shown just now. */
export function wayOf(
  command: Command,
  sentence: Sentence,
  doubts: readonly Doubt[],
  isAtHand: boolean,
): Way {
  if (command.kind === 'none' || isForeign(doubts) || isUnasked(command, sentence, doubts)) return 'leave';
  if (
    isGuessed(sentence) ||
    isIdle(command, sentence) ||
    isUnset(command, sentence) ||
    isNews(sentence, doubts, isAtHand)
  )
    return 'leave';
  if (isAsked(command)) return 'ask';
  if (command.kind === 'create' && isUnmet(command)) return 'ask';
  return doubts.length > 0 ? 'draft' : 'do';
}
