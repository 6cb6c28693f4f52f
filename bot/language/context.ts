import type { Command, Need } from './command.ts';
import { CHANGES } from './commands.ts';
import type { Context, Doubt, Sentence } from './reading.ts';
import type { Opinion } from './roles/cues.ts';
import type { Act } from './roles/labels.ts';
import { marginOf } from './roles/model.ts';
import type { Said } from './said.ts';
import { cover, saidIn } from './said.ts';
import { zoneNamed } from './settings.ts';
import type { TimeSpan } from './time/spans.ts';
import { isNoOne } from './which.ts';

/** So long a meeting that was shown is the one that a bare value speaks of. */
const FRESH_MINUTES = 60;

/** What a sentence wants here and now. `isSettled`: the conversation leaves no doubt about it. */
type Meant = { act: Act; isSettled: boolean; doubts: readonly Doubt[] };

const BARE: ReadonlySet<Act> = new Set(['answer', 'create', 'now', 'move', 'tell', 'other', 'ask']);

const TOLD: ReadonlySet<Act> = new Set(['tell', 'other', 'ask']);

/** Words that say nothing by themselves: "no, just", "sorry", "please". */
const SMALL = ['filler', 'polite'];
const YES_NO: ReadonlySet<string> = new Set(['confirm', 'decline']);

/** The places of words that say nothing by themselves, and of yes and no. */
function smallIn({ tokens, pack }: Sentence): Said[] {
  const isYesNo = ({ values }: Said) => values.some((value) => YES_NO.has(value));
  return [
    ...SMALL.flatMap((tag) => saidIn(tokens, pack, tag)),
    ...saidIn(tokens, pack, 'act').filter(isYesNo),
  ];
}

/** A yes or no with nothing beside it; where both are said, it is no: "hmm actually no". */
function yesNoIn(sentence: Sentence): Act | null {
  const { tokens, pack } = sentence;
  const covered = cover(tokens.length, smallIn(sentence));
  if (tokens.some(({ kind }, at) => kind !== 'sign' && kind !== 'break' && covered[at] === 0)) return null;
  const said = saidIn(tokens, pack, 'act').flatMap(({ values }) => values);
  return said.includes('decline') ? 'decline' : said.includes('confirm') ? 'confirm' : null;
}

/** Whether nothing but a value is said: times, lengths, an ordinal, a place, and no meeting or deed. */
function isBare(sentence: Sentence, isAsked: boolean): boolean {
  const { tokens, times, parts, act } = sentence;
  if (act === 'answer') return true;
  if (!BARE.has(act) || parts.some(({ role }) => role !== 'guest')) return false;
  const covered = cover(tokens.length, [...times, ...smallIn(sentence)]);
  const words = tokens.filter(({ kind }, at) => kind === 'word' && covered[at] === 0);
  // Where nothing was asked, a word beside a time makes news of it.
  return words.length <= (TOLD.has(act) && !isAsked ? 0 : 1);
}

const VALUES: ReadonlySet<TimeSpan['kind']> = new Set([
  'clock',
  'date',
  'relative',
  'length',
  'shift',
  'until',
]);

const FOLLOWING: ReadonlySet<Act> = new Set([...CHANGES, 'cancel', 'undo', 'renew']);

/** How far ahead it must be to be done to the meeting at hand, by what the words say; as in `evidence.ts`, but less far. */
const LIKELY: Readonly<Record<Opinion, number>> = { agrees: 0, silent: 2, contradicts: 4 };

/** Whether something is done to the meeting at hand: it was shown just now, so that is likely. */
const isAboutIt = ({ act, opinion, margin, margins }: Sentence): boolean =>
  FOLLOWING.has(act) && margin >= LIKELY[opinion] * marginOf(margins, 50);

const STARTS: ReadonlySet<TimeSpan['kind']> = new Set(['clock', 'date', 'relative']);
const ADDING: ReadonlySet<Act> = new Set([...BARE, 'add', 'set']);

/** Whether one more meeting is wanted, and nothing but its time is said: "and one at 1pm", "another on Friday". */
function isAnew({ tokens, pack, said, act }: Sentence): boolean {
  const starts = said.filter(({ kind, weak }) => STARTS.has(kind) && !weak);
  const isStart = (at: number) => starts.some(({ first }) => first === at);
  return ADDING.has(act) && saidIn(tokens, pack, 'anew').some(({ next }) => isStart(next));
}

const TIMED: ReadonlySet<Need> = new Set(['date', 'time', 'past', 'ampm']);

/** Whether a sentence says what was asked for, though it is more than a value: "oh I meant tomorrow", "they're in Dresden". */
function isAnswering(sentence: Sentence, needs: readonly Need[]): boolean {
  const { act, said, parts } = sentence;
  if (needs.includes('tz') && TOLD.has(act) && zoneNamed(sentence) !== null) return true;
  const isTime = said.some(({ kind, weak }) => STARTS.has(kind) && !weak);
  return act === 'move' && isTime && parts.length === 0 && needs.some((need) => TIMED.has(need));
}

/** Whether what is always so is to be otherwise, not one meeting: "change my usual meeting length". */
function isHabit({ act, tokens, pack }: Sentence): boolean {
  const topics = saidIn(tokens, pack, 'setting').flatMap(({ values }) => values);
  return CHANGES.has(act) && topics.includes('length') && saidIn(tokens, pack, 'habit').length > 0;
}

/** What an act is in its conversation: a bare value answers the open question, or moves the meeting at hand. */
export function inContext(sentence: Sentence, context: Context | undefined): Meant {
  const { act, said } = sentence;
  const { open, focus } = context ?? {};
  const isValue = isBare(sentence, open?.kind === 'question');
  const isAnswer = open?.kind === 'question' && (isValue || isAnswering(sentence, open.needs));
  if (isAnswer) return { act: 'answer', isSettled: true, doubts: [] };
  const yesNo = open ? yesNoIn(sentence) : null;
  if (yesNo) return { act: yesNo, isSettled: true, doubts: [] };
  if (isHabit(sentence)) return { act: 'settings', isSettled: true, doubts: [] };
  if (isFresh(focus) && isAnew(sentence)) return { act: 'again', isSettled: false, doubts: [] };
  if (!isValue) return { act, isSettled: isFresh(focus) && isAboutIt(sentence), doubts: [] };
  const values = said.filter(({ kind, weak }) => !weak && VALUES.has(kind));
  const isTime = values.some(({ kind }) => STARTS.has(kind));
  if (isFresh(focus) && values.length > 0) return { act: 'move', isSettled: true, doubts: [] };
  if (act !== 'answer') return { act, isSettled: false, doubts: [] };
  return isTime
    ? { act: 'create', isSettled: false, doubts: [{ why: 'bare', words: '' }] }
    : { act: 'other', isSettled: false, doubts: [] };
}

const isFresh = (focus: Context['focus'] | undefined): boolean =>
  focus !== null && focus !== undefined && focus.minutesAgo <= FRESH_MINUTES;

/** A change that names no meeting is about the one at hand; where none was shown for a while, it is offered with its name. */
export function doubtsOfFocus(command: Command, context: Context | undefined): Doubt[] {
  const isUnnamed = command.kind === 'reschedule' && isNoOne(command.which);
  return isUnnamed && context !== undefined && !isFresh(context.focus) ? [{ why: 'context', words: '' }] : [];
}
