import type { Command, Need } from '../command.ts';
import { halfIn, zoneNamed } from '../commands/commands.ts';
import { saysDay } from '../commands/new-time.ts';
import type { Context, Doubt, Frame, Sentence } from '../reading.ts';
import { type Act, TALK } from '../roles/labels.ts';
import { marginOf } from '../roles/model.ts';
import { isSaidAt, isWithin, saidIn } from '../said.ts';
import { NEW } from '../sentence/choose-act.ts';
import { STARTS, type TimeSpan } from '../time/spans.ts';
import {
  AT_HAND,
  asLearned,
  isAboutIt,
  type Meant,
  type Rule,
  refused,
  settled,
  shownFirst,
  toGuests,
} from './at-hand.ts';
import { BARE, deedAlone, doubtsOfValue, isAsked, isBare, isMore, TOLD, yesNoIn } from './bare-messages.ts';
import { isAnotherMeant, isCountUnsure, isFresh, isKnownByName, isNameOfKnown } from './known-meetings.ts';
import { isNamedTwice, isNoOne } from './which-meeting.ts';

// What a sentence is to the question that is open.

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
function isAnswering(sentence: Sentence, { needs }: { needs: readonly Need[] }, context: Context): boolean {
  const { act, said, parts } = sentence;
  if (needs.includes('tz') && (TOLD.has(act) || act === 'greet') && zoneNamed(sentence) !== null) return true;
  // "morning" greets, unless the half of the day was asked.
  const isHalf = act === 'greet' && sentence.tokens.length === 1 && halfIn(sentence) !== null;
  if (needs.includes('ampm') && isHalf) return true;
  const isTime = said.some(({ kind, weak }) => STARTS.has(kind) && !weak);
  if (needs.length === 0 && isNameOfKnown([wordsThatName(sentence)], context)) return true;
  if (isAnswerWithMore(sentence, needs)) return true;
  return act === 'move' && isTime && parts.length === 0 && needs.some((need) => TIMED.has(need));
}

/** Whether nothing but a value is said, or more of the length of the meeting at hand. */
function isValueAlone(sentence: Sentence, { open, focus }: Context): boolean {
  const { act } = sentence;
  const isLonger = isFresh(focus) && (act === 'again' || act === 'move') && isMore(sentence);
  return isLonger || isBare(sentence, open?.kind === 'question');
}

/** "No, the other one": the same is asked of another meeting. */
const another: Rule = (sentence, context) =>
  context.open?.kind === 'confirm' && isAnotherMeant(sentence, context) ? settled('move') : null;

/** What was asked for. */
const answered: Rule = (sentence, context) => {
  const { open } = context;
  if (open?.kind !== 'question') return null;
  return isValueAlone(sentence, context) || isAnswering(sentence, open, context) ? settled('answer') : null;
};

/** A yes or a no, in these or other words: "create it". */
const agreed: Rule = (sentence, { open }) => {
  if (!open) return null;
  const act = yesNoIn(sentence) ?? (open.kind === 'confirm' ? deedAlone(sentence) : null);
  return act && settled(act);
};

/** "Still on Friday, yes?": what asks about something that is shown is no yes. */
const doubted: Rule = (sentence, { open }) => {
  const isOfSomething = sentence.parts.length > 0 || sentence.said.some(({ weak }) => !weak);
  return open && sentence.act === 'confirm' && isOfSomething && isAsked(sentence) ? asLearned('ask') : null;
};

/** "No, forget that, 9 is fine": what is wanted instead is not dropped with what was asked. */
const instead: Rule = ({ act, next, said }, { open }) => {
  const isTimed = said.some(({ kind, weak }) => STARTS.has(kind) && !weak);
  const isNo = act === 'decline' || act === 'undo' || (act === 'other' && next === 'decline');
  return open && isTimed && isNo ? shownFirst('move') : null;
};

/** In this order. */
const TO_QUESTION: readonly Rule[] = [another, answered, agreed, doubted, instead];

const RULES: readonly Rule[] = [toGuests, refused, ...TO_QUESTION, ...AT_HAND];

const ALONE: Context = { open: null, focus: null, meetings: [] };

/**
 * What an act is in its conversation: what it says to the open question comes before what it says of the meeting at hand, and a
 * bare value answers the question or moves the meeting.
 */
export function inContext(sentence: Sentence, context: Context = ALONE): Meant {
  for (const rule of RULES) {
    const meant = rule(sentence, context);
    if (meant !== null) return meant;
  }
  return isValueAlone(sentence, context)
    ? ofValue(sentence, context)
    : {
        ...asLearned(sentence.act),
        isSettled: isAtHand(sentence, context) && isAboutIt(sentence) && !mayBeNew(sentence),
      };
}

/** "Meet the retro people at 4": no word moves anything, and a new meeting is as likely. */
const mayBeNew = ({ next, opinion, margin, margins }: Sentence): boolean =>
  NEW.has(next) && next !== 'answer' && opinion !== 'agrees' && margin < marginOf(margins, 90);

const isAtHand = (sentence: Sentence, context: Context): boolean =>
  isFresh(context.focus) || isKnownByName(sentence, context);

const VALUES: ReadonlySet<TimeSpan['kind']> = new Set([
  'clock',
  'date',
  'relative',
  'length',
  'shift',
  'until',
]);

/** What a value alone is, where nothing was asked. */
function ofValue(sentence: Sentence, { focus }: Context): Meant {
  const { act, next, margin, margins, said } = sentence;
  const values = said.filter(({ kind, weak }) => !weak && VALUES.has(kind));
  if (isFresh(focus) && values.length > 0) return { ...settled('move'), doubts: doubtsOfValue(sentence) };
  if (act !== 'answer') return asLearned(act);
  // "From Monday the shop opens at 6": as likely news, where nothing was asked.
  if (TALK.has(next) && margin < marginOf(margins, 50)) return asLearned(next);
  return values.some(({ kind }) => STARTS.has(kind))
    ? { ...shownFirst('create'), isSettled: false }
    : asLearned('other');
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
  return isStale || isCountUnsure(sentence, frame) || isZoneTaken || isEndUnsure || isNamedTwice(sentence)
    ? [{ why: 'context', words: '' }]
    : [];
}
