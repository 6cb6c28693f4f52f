import type { Change, CreateCommand, Intent, Invitee, Need, Reading } from '../command.ts';
import { NO_CHANGE } from '../command.ts';
import type { Understood } from '../create.ts';
import { toCreate, understand } from '../create.ts';
import { withoutThroat } from '../text/sentence.ts';
import { corrected } from '../text/spelling.ts';
import { lowerCase } from '../text/tokens.ts';
import { isCancel, isCancelLater } from './cancel.ts';
import { isChangeWord, isOtherObject } from './change-verbs.ts';
import { isChangedBehind, isMove, isMoveLater } from './move.ts';
import { renamed } from './rename.ts';
import { readRenewal, withOptions } from './renew.ts';
import { isMadeLength, shiftOf } from './shift.ts';
import { timeAlone } from './time-alone.ts';
import { whichIn } from './which-meeting.ts';

/** Sentences that only mention such a verb. */
const MENTION =
  /^(?:i|we|he|she|they|who|why|when|someone|the meeting|it) (?:was|were|have|has|had|is|are|will be|got|moved|cancelled|canceled|pushed|postponed)\b/;

/** Enough to say which meeting and what about it; the rest of a long message is not read again. */
const MOST = 300;

/** Whether the first word may be an order to change or cancel something. */
export const isOrderToChange = (low: string): boolean => isChangeWord(low.split(' ', 1)[0] ?? '');

/** Cancelling, moving, and a new link: commands about a meeting that exists. Null for anything else. */
export function readChange(low: string, understood: Understood, reading: Reading): Intent | null {
  if (!understood.tokens.some(({ low: word }) => isChangeWord(word))) return null;
  if (MENTION.test(low) && !isCancelLater(low) && !isMoveLater(low)) return null;
  if (isOtherObject(low)) return { kind: 'none', why: 'statement' };
  const text = withoutThroat(understood.text.slice(0, MOST)).replace(/^\p{L}+/u, spelled);
  const renewal = readRenewal(low, text, understood, reading);
  if (renewal) return renewal;
  if (isCancel(low)) {
    const leaving = namedLeaving(text, understood, reading);
    const which = whichIn(text, reading, understood);
    return { kind: 'cancel', which, ...(leaving.length > 0 && { leaving }) };
  }
  if (!isMove(low, understood)) return null;
  const { before, change, needs } = readMove(text, understood, reading);
  return {
    kind: 'reschedule',
    which: whichIn(before, reading, understood),
    change: { ...change, ...withOptions(understood) },
    needs,
  };
}

/** "Remove Sam", "take Lee off": perhaps people, which only the guests of the meeting tell. */
const LEAVING =
  /^(?:please )?(?:(?:remove|drop|uninvite|disinvite) (?<names>(?!the |my |our |all |this |that |it\b|every)[^:;!?]{2,80}?)|take (?<off>(?!the |my |our |all |this |that |it\b|every)[^:;!?]{2,80}?) (?:off|out))(?: (?:please|pls|then|too|as well))*[ .!?]*$/iu;

function namedLeaving(text: string, { invitees }: Understood, reading: Reading): readonly Invitee[] {
  const { names, off } = LEAVING.exec(text)?.groups ?? {};
  const said = names ?? off;
  if (said === undefined) return [];
  const people = invitees.flatMap((one) => (one.kind === 'mention' ? [one] : []));
  return understand({ text: `with ${said}`, people }, reading).invitees;
}

/** The verb as it was meant. */
function spelled(verb: string): string {
  const meant = corrected(lowerCase(verb));
  return meant === lowerCase(verb) ? verb : meant;
}

/** The words before the new time, which name the meeting, and what is to change. */
type Move = { before: string; change: Change; needs: readonly Need[] };

const MADE = /^(?:please )?(?:let'?s )?(?:make|change) (?:it|that|this)\b(.*)$/i;
/** "Make the 3pm a 4pm": the first names the meeting. */
const SPLIT_SAME = /^(.*?\bmake (?:the|my|our) \d\S*(?: ?[ap]m)?)(?: meeting| call)? an? (\d.*)$/i;
/** "Let's do it Friday 11 instead". */
const DONE_INSTEAD =
  /^(?:please )?(?:let'?s )?(?:make|move|do|have|hold|start) (?:it|that|this) (.*)\binstead\b/i;
/** "Pricing needs 90 minutes, please change that", "45 minutes is enough for it, shorten it": the length, and what it is for. */
const LENGTH_SAID =
  /^(.*?) ?\bneeds? (?:to be )?\d.*$|^(?:\d\S*|half an?|an?|one|two) (?:\p{L}+ )?(?:is|are|will be|would be) (?:enough|fine|plenty|ok|okay)(?: for (.*?))?,.*$/iu;
/** "make it 3 to 4pm": both are the new time. */
const MADE_RANGE =
  /^(?:please )?(?:let'?s )?(?:make|change) (?:it|that|this) (?:to |from |at )?\d[\d:.]{0,4} ?(?:[ap]m)? ?(?:to|until|till|-|–) ?\d/i;
const SPLIT = /^(.*?)(?:\bto\b|\buntil\b|\btill\b|\bfor\b|\bby\b|\bat\b|->|→)(?!.*\bto\b)(.*)$/i;
/** "do the retro on Friday instead": the day behind its own preposition is the new one. */
const SPLIT_INSTEAD = /^(.*?) (on (?!.* on ).*\binstead\b.*)$/i;
const BARE_HOUR = /^\s*\d{1,4}\s*(?:please|instead)?[.!?]*$/;
/** "Make it 90": no clock goes so far. */
const MINUTES = /^\s*(?:2[5-9]|[3-9]\d|1\d\d)\s*(?:please|instead)?[.!?]*$/;

function readMove(text: string, { picked }: Understood, reading: Reading): Move {
  const alone = timeBehindIt(text, reading);
  if (alone !== null) return { before: '', ...newTime(alone, reading) };
  const naming = renamed(text);
  if (naming) return { before: naming.before, change: { ...NO_CHANGE, subject: naming.name }, needs: [] };
  const cut = MADE_RANGE.test(text)
    ? null
    : (SPLIT_SAME.exec(text) ?? SPLIT.exec(text) ?? SPLIT_INSTEAD.exec(text));
  const done = DONE_INSTEAD.exec(text)?.[1];
  const before = MADE_RANGE.test(text) || (!cut && done) ? '' : (cut?.[1] ?? text);
  const after = cut?.[2] ?? MADE.exec(text)?.[1] ?? done ?? '';
  const lengthFor =
    isChangedBehind(lowerCase(text)) && picked.minutes !== null ? LENGTH_SAID.exec(text) : null;
  if (lengthFor)
    return {
      before: lengthFor[1] ?? lengthFor[2] ?? '',
      change: { ...NO_CHANGE, minutes: picked.minutes },
      needs: [],
    };
  const shift = shiftOf(lowerCase(text), picked.minutes);
  if (shift !== null) return { before, change: { ...NO_CHANGE, ...shift }, needs: [] };
  if (after === '' && isMadeLength(lowerCase(text), picked))
    return { before, change: { ...NO_CHANGE, minutes: picked.minutes }, needs: [] };
  if (after === '' && !MADE.test(text)) return { before, change: NO_CHANGE, needs: ['time'] };
  return { before, ...newTime(after === '' ? text : after, reading) };
}

/** "Make it 4pm", "let's do Thursday instead": a time alone says nothing of which meeting is meant. */
function timeBehindIt(text: string, reading: Reading): string | null {
  const made = MADE.exec(text)?.[1];
  if (made !== undefined && MINUTES.test(made)) return `for ${made.trim()} minutes`;
  return timeAlone(made ?? text, reading)?.text ?? null;
}

/** The new time that a text names. Without a day the meeting's own counts, so a clock that has gone by is no question. */
export function newTime(text: string, reading: Reading): Omit<Move, 'before'> {
  const plain = understand({ text, people: [] }, reading);
  const isBareHour = !plain.picked.clock && BARE_HOUR.test(text);
  const read = isBareHour ? understand({ text: `at ${text}`, people: [] }, reading) : plain;
  const { clock, date, inMinutes } = read.picked;
  const create = toCreate(read, reading, 'scheduled');
  const { when, minutes } = create;
  const hasDay = date !== null;
  const change = {
    ...NO_CHANGE,
    when: hasDay || inMinutes !== null ? when : null,
    day: hasDay ? create.day : null,
    clock: when && !hasDay ? when.start.toFormat('HH:mm') : create.clock,
    minutes: minutes ?? lengthOf(when),
  };
  if (!hasDay && !clock && inMinutes === null) return { change, needs: minutes === null ? ['time'] : [] };
  const settled: Partial<Record<Need, boolean>> = {
    time: hasDay && !read.picked.isClockOpen,
    past: !hasDay,
    date: clock !== null,
  };
  return { change, needs: create.needs.filter((need) => !settled[need]) };
}

function lengthOf(when: CreateCommand['when']): number | null {
  return when?.end ? when.end.diff(when.start, 'minutes').minutes : null;
}
