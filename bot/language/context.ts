import { AT_HAND, isAboutIt, refused, toGuests } from './at-hand.ts';
import { doubtsOfValue } from './bare.ts';
import type { Command } from './command.ts';
import { isCountUnsure, isFresh, isKnownByName } from './known.ts';
import { asLearned, type Meant, type Rule, settled, shownFirst } from './meant.ts';
import type { Context, Doubt, Frame, Sentence } from './reading.ts';
import { STARTS, type TimeSpan } from './time/spans.ts';
import { isValueAlone, TO_QUESTION } from './to-question.ts';
import { isNamedBesideIt, isNoOne } from './which.ts';

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
    : { ...asLearned(sentence.act), isSettled: isAtHand(sentence, context) && isAboutIt(sentence) };
}

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
  const { act, said } = sentence;
  const values = said.filter(({ kind, weak }) => !weak && VALUES.has(kind));
  if (isFresh(focus) && values.length > 0) return { ...settled('move'), doubts: doubtsOfValue(sentence) };
  if (act !== 'answer') return asLearned(act);
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
  return isStale || isCountUnsure(sentence, frame) || isZoneTaken || isEndUnsure || isNamedBesideIt(sentence)
    ? [{ why: 'context', words: '' }]
    : [];
}
