import type { Answer, Command, CreateCommand } from '../../language/command.ts';
import { isEmptyChange } from '../../language/commands/change.ts';
import { isAgreed, isCorrection, isTimeAlone } from '../../language/conversation/bare-messages.ts';
import { isNoOne } from '../../language/conversation/which-meeting.ts';
import type { Reading } from '../../language/reading.ts';
import { CHANGES } from '../../language/roles/labels.ts';
import type { Pending } from '../../store/store.ts';
import { type Outcome, replyOf } from '../../teams/outcome.ts';
import { NO_ANSWER, withAnswer } from '../request.ts';
import { comingMeetings, type TurnScope, waitingFor } from '../services.ts';
import { aboutNamed, type Conversation, isDraft, isMeant, isOfDraft } from './conversation.ts';
import { onRequest } from './proceed.ts';
import { besidesTime, readAgain } from './read-again.ts';
import {
  answerTyped,
  askAgain,
  askMoveOrCreate,
  askOfAnother,
  correct,
  goOn,
  isOfSeries,
  isOfSeveral,
  onNo,
  onYes,
  sayNotTaken,
} from './take-answer.ts';

/** Handles a message that means something only in its conversation. Null if the message stands by itself. */
export async function onAnswer(
  request: Pending,
  reading: Reading,
  newest: Conversation,
  scope: TurnScope,
): Promise<Outcome | null> {
  const { command } = reading;
  const named = OF_MEETING.has(command.kind) && 'which' in command ? command.which : null;
  const conversation = named ? await aboutNamed(named, newest, scope) : newest;
  const { open, again } = conversation;
  if (open !== null && (await isOfOpenSeries(request, reading, conversation, scope)))
    return correct(request, open, scope);
  const isOfOne = command.kind === 'reschedule' || command.kind === 'cancel';
  if (open !== null && isDraft(open) && isOfOne && conversation.overtaken !== 'meeting')
    if (await isOfSeveral(request, open, scope)) return correct(request, open, scope);
  switch (command.kind) {
    case 'confirm':
      return onYes(command, conversation, scope);
    case 'decline':
      return onNo(conversation, scope, command);
    case 'undo':
      if (again !== null) return goOn(again, scope);
      // What is asked was said last: that is taken back, and no older change.
      return open !== null && conversation.overtaken === null && isNoOne(command.which)
        ? onNo(conversation, scope, null)
        : null;
    case 'create':
      // "Create another", where that is one of the two answers.
      if (open?.asks === 'move' && conversation.overtaken === null && command.copies && isSame(command))
        return goOn(withAnswer(open, { ...NO_ANSWER, choice: 1 }), scope);
      if (again?.like === undefined || command.copies === undefined || !isNoOne(command.copies)) return null;
      return isSame(command)
        ? goOn(again, scope)
        : onRequest({ ...request, like: again.like }, scope, reading);
    case 'cancel':
      // "Yes, cancel", where another meeting was shown since, is about what was asked.
      if (open !== null && conversation.overtaken !== null && isNoOne(command.which) && saysYes(reading))
        return onYes({ kind: 'confirm', deed: 'cancel', isNod: false }, conversation, scope);
      if (open === null || !(await isMeant(command.which, open, scope))) return null;
      // "Cancel everything" means the meetings that are there, where there are any.
      if (command.which.isAll && (await comingMeetings(scope)).length > 0) return null;
      // A name that fits more than one of several takes none of them away.
      return !isNoOne(command.which) &&
        !command.which.isAll &&
        (await readAgain(open, scope)).others !== undefined
        ? sayNotTaken(open, scope)
        : onNo({ ...conversation, overtaken: null }, scope, null);
    case 'answer':
      return open && answerTyped(command.answer, reading, { request, open }, scope);
    case 'reschedule':
      return onChange(request, reading, command, conversation, scope);
    case 'invite':
      // The draft says who will be mailed; its button makes and invites.
      return open !== null && (await isOfDraft(command.which, conversation, scope))
        ? askAgain(open, scope)
        : null;
    case 'show':
      return open !== null && (await isOfDraft(command.which, conversation, scope))
        ? askAgain(open, scope, 'notMadeYet')
        : null;
    case 'none':
      if (command.why === 'thanks') return onThanks(conversation, scope);
      // "Yes please cancel", where something else was said since.
      if (open !== null && conversation.overtaken !== null && saysYes(reading))
        return onYes({ kind: 'confirm', deed: null, isNod: false }, conversation, scope);
      return isMumbled(reading, request) ? onMumbled(request, reading, conversation, scope) : null;
    default:
      return isMumbled(reading, request) ? onMumbled(request, reading, conversation, scope) : null;
  }
}

/** What may be said of a meeting by its name while another one is asked about. */
const OF_MEETING: ReadonlySet<Command['kind']> = new Set(['cancel', 'reschedule', 'show', 'invite']);

const saysYes = ({ sentence }: Reading): boolean => sentence !== null && isAgreed(sentence);

/** Handles thanks: they are no yes, so what only waits for one is asked once more, and not taken for done. */
async function onThanks({ open, overtaken }: Conversation, scope: TurnScope): Promise<Outcome | null> {
  const isShown = open !== null && overtaken === null && open.waitsFor === 'answer';
  return isShown ? askAgain(open, scope, 'notDoneYet') : null;
}

/** Handles a few words that want nothing by themselves: "with Anna" is about the draft that is shown. */
async function onMumbled(
  request: Pending,
  reading: Reading,
  { open, overtaken, asked, context }: Conversation,
  scope: TurnScope,
): Promise<Outcome | null> {
  if (open === null) return null;
  if (overtaken === 'meeting') {
    const late = await readAgain({ ...request, context: { ...context, open: asked } }, scope);
    if (late.command.kind === 'answer' && isChoice(late.command.answer))
      return answerTyped(late.command.answer, late, { request, open }, scope);
  }
  if (open.asks === undefined && !isDraft(open)) return sayNotTaken(open, scope);
  const isSaid = overtaken !== 'meeting' && isDraft(open) && besidesTime(reading)?.invitees !== undefined;
  return isSaid ? correct(request, open, scope) : null;
}

/** "Evening", "the second one", "Berlin": it can only be about what was asked, whatever was shown since. */
const isChoice = ({ half, ordinal, zone }: Answer): boolean =>
  [half, ordinal, zone].some((one) => one !== null);

/** A longer message that is not understood does not count as an answer. */
const LONGEST_ANSWER = 60;

type Move = Extract<Command, { kind: 'reschedule' }>;

/** Handles a change that may be about what is open. */
async function onChange(
  request: Pending,
  reading: Reading,
  move: Move,
  conversation: Conversation,
  scope: TurnScope,
): Promise<Outcome | null> {
  const { open, overtaken } = conversation;
  const isAsked = open !== null && overtaken !== 'meeting';
  if (isAsked && isEmptyChange(move.change) && !isNoOne(move.which)) {
    // "Yes, and the kick-off too" says two things, of which only one could be taken.
    if (saysYes(reading)) return sayNotTaken(open, scope);
    const other = await askOfAnother(open, move.which, scope);
    if (other !== null) return other;
  }
  if (isAsked && open.asks === 'move' && isOnlyMove(move, reading))
    return goOn(withAnswer(open, { ...NO_ANSWER, choice: 0 }), scope);
  if (isAsked && open.asks === 'move' && isNoOne(move.which) && !saysStart(move) && move.needs.length === 0)
    return sayNotTaken(open, scope);
  if (isAsked && (open.asks === 'change' || open.asks === 'occurrence') && isNoOne(move.which))
    return correct(request, open, scope);
  if (open !== null && (await isOfDraft(move.which, conversation, scope)))
    return correct(request, open, scope);
  // What is said of a time that is looked for is about no meeting that is there.
  const isSearched =
    isAsked && isNoOne(move.which) && (await readAgain(open, scope)).command.kind === 'findtime';
  if (isSearched) return sayNotTaken(open, scope);
  return isBareTime(reading, open) ? askMoveOrCreate(request, move, scope) : null;
}

/** Whether it is said of a series whose draft was shown last how it repeats or when it ends. */
async function isOfOpenSeries(
  request: Pending,
  { command }: Reading,
  { open, overtaken }: Conversation,
  scope: TurnScope,
): Promise<boolean> {
  if (open === null || overtaken === 'meeting' || !isDraft(open)) return false;
  return (
    OF_SERIES.has(command.kind) &&
    request.utterance.text.length <= LONGEST_ANSWER &&
    isOfSeries(request, open, scope)
  );
}

/** What words about a series may look like by themselves: "no series" like a no, or like a setting. */
const OF_SERIES: ReadonlySet<Command['kind']> = new Set([
  'none',
  'topic',
  'reschedule',
  'decline',
  'settings',
  'answer',
]);

/**
 * What is said of something that is not found, while a question is open: it may have been about that, so the question follows
 * once more.
 */
export async function keepOpen(
  outcome: Outcome,
  { open, overtaken }: Conversation,
  scope: TurnScope,
): Promise<Outcome> {
  const reply = replyOf(outcome);
  const isLost = reply?.kind === 'notice' && LOST.has(reply.notice);
  return isLost && open !== null && overtaken !== 'meeting' ? sayNotTaken(open, scope) : outcome;
}

const LOST: ReadonlySet<string> = new Set(['noSuchMeeting', 'noneOfYours', 'forgotMeetings']);

/** Notes that something else was said or pressed, so that a later yes or no is not about what was asked before. */
export async function passBy(scope: TurnScope): Promise<void> {
  for (const pending of await waitingFor('answer', scope))
    if (pending.asks !== 'again' && !pending.isPassed)
      await scope.services.store.park({ ...pending, isPassed: true });
}

/** Whether the meeting that is wanted once more is to be exactly as it was. */
const isSame = ({ when, day, clock, subject, daysLater }: CreateCommand): boolean =>
  [when, day, clock, subject].every((said) => said === null) && daysLater === undefined;

const isMumbled = ({ command, question, sentence }: Reading, { utterance }: Pending) =>
  command.kind === 'none' &&
  (command.why === 'unknown' || (command.why === 'statement' && sentence?.tokens.length === 1)) &&
  question === undefined &&
  utterance.text.length <= LONGEST_ANSWER;

/** Whether only "move it" was said, without a time, even one that cannot be. */
const isOnlyMove = ({ which, change }: Move, { sentence }: Reading): boolean =>
  sentence?.times.length === 0 &&
  isNoOne(which) &&
  Object.values(change).every((said) => said === null || said === undefined);

const saysStart = ({ change: { when, day, clock, shiftMinutes } }: Move): boolean =>
  [when, day, clock, shiftMinutes].some((said) => said !== null);

/**
 * Whether only a start was said, which the conversation turned into a move. A length alone cannot be a new meeting; what corrects
 * a time moves, unless that was asked.
 */
function isBareTime({ command, sentence }: Reading, open: Pending | null): boolean {
  if (command.kind !== 'reschedule' || sentence === null) return false;
  const isOpen = isTimeAlone(sentence) && (open?.asks === 'move' || !isCorrection(sentence));
  if (CHANGES.has(sentence.act) && !isOpen) return false;
  const { when, day, clock } = command.change;
  return when !== null || day !== null || clock !== null;
}
