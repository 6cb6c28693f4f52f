import type { Command, CreateCommand, Deed } from '../../language/command.ts';
import { CHANGES } from '../../language/commands.ts';
import type { Reading } from '../../language/reading.ts';
import { isNoOne } from '../../language/which.ts';
import { applyChange } from '../../meeting/apply-change.ts';
import type { Answer, Pending } from '../../store/store.ts';
import { answerNotice, type Outcome, sayNothing } from '../../teams/outcome.ts';
import { headOf } from '../cards/meeting-card.ts';
import { askChoice } from '../cards/questions.ts';
import { NO_ANSWER, readAgain } from '../request.ts';
import { comingMeetings, type TurnScope, zoneOf } from '../services.ts';
import { continueRequest, sayTaken } from './continue-request.ts';
import { type Conversation, isMeant, isOfDraft, lastShown } from './conversation.ts';
import { onRequest, proceed, toOutcome } from './proceed.ts';
import { toAnswer, yesTo } from './question-answer.ts';

/** Handles a message that means something only in its conversation. Null if the message stands by itself. */
export async function onAnswer(
  request: Pending,
  reading: Reading,
  conversation: Conversation,
  scope: TurnScope,
): Promise<Outcome | null> {
  const { command } = reading;
  const { open, again } = conversation;
  switch (command.kind) {
    case 'confirm':
      return onYes(command, conversation, scope);
    case 'decline':
      return onNo(conversation, scope);
    case 'undo':
      return again === null ? null : goOn(again, scope);
    case 'create':
      if (again?.like === undefined || command.copies === undefined || !isNoOne(command.copies)) return null;
      return isSame(command)
        ? goOn(again, scope)
        : onRequest({ ...request, like: again.like }, scope, reading);
    case 'cancel':
      return open !== null && (await isMeant(command.which, open, scope))
        ? onNo({ ...conversation, isOvertaken: false }, scope)
        : null;
    case 'answer': {
      if (open === null) return null;
      const answer = await toAnswer(command.answer, open, scope);
      return answer === null ? askAgain(open, scope) : goOn(withAnswer(open, answer), scope);
    }
    case 'reschedule':
      if (open?.asks === 'move' && !conversation.isOvertaken && isOnlyMove(command))
        return goOn(withAnswer(open, { ...NO_ANSWER, choice: 0 }), scope);
      if (await isOfDraft(command.which, conversation, scope))
        return correctDraft(request, conversation, scope);
      return isBareTime(reading) ? askMoveOrCreate(request, command, scope) : null;
    case 'invite':
      // The draft says who will be mailed; its button makes and invites.
      return open !== null && (await isOfDraft(command.which, conversation, scope))
        ? askAgain(open, scope)
        : null;
    default:
      return open !== null && open.asks === undefined && isMumbled(reading, request)
        ? askAgain(open, scope)
        : null;
  }
}

/** A longer message that is not understood does not count as an answer. */
const LONGEST_ANSWER = 60;
/** How often a draft can be corrected in words. */
const MOST_ANSWERS = 20;

/** Takes a waiting request further, with an answer or with a yes. */
async function goOn(answered: Pending, scope: TurnScope): Promise<Outcome> {
  const outcome = await continueRequest(answered, scope, (progress) => toOutcome(progress, answered, scope));
  return outcome ?? sayTaken(answered, scope);
}

const withAnswer = (pending: Pending, answer: Answer): Pending => ({
  ...pending,
  answers: [...pending.answers, answer],
});

async function onNo({ open, isOvertaken }: Conversation, scope: TurnScope): Promise<Outcome> {
  if (open !== null && !isOvertaken) await scope.services.store.unpark(scope.owner, open.id);
  return answerNotice('leftAsIs');
}

/** What a yes to each question can say that is to be done. */
const DOES: Record<NonNullable<Pending['asks']>, readonly Deed[]> = {
  cancel: ['cancel'],
  renew: ['renew', 'create'],
  move: ['move', 'create'],
  draft: ['create'],
  change: ['move'],
  signout: [],
  invite: [],
  occurrence: [],
  again: ['create'],
  time: ['create'],
};

/**
 * Handles a yes. If it names something else to be done than the question asks ("create it" to a cancellation), it is no yes to
 * this question. Moving or creating can only be answered by saying which.
 */
async function onYes(
  { deed, isNod }: Extract<Command, { kind: 'confirm' }>,
  { open, isOvertaken }: Conversation,
  scope: TurnScope,
): Promise<Outcome> {
  if (open === null || isOvertaken) return isNod ? sayNothing('nod') : answerNotice('nothingAsked');
  if (open.asks === 'move') {
    const choice = deed === 'move' ? 0 : deed === 'create' ? 1 : null;
    return choice === null ? askAgain(open, scope) : goOn(withAnswer(open, { ...NO_ANSWER, choice }), scope);
  }
  if (open.asks === 'occurrence' || open.waitsFor === 'signin') return askAgain(open, scope);
  if (deed !== null && !(open.asks && DOES[open.asks].includes(deed))) return askAgain(open, scope);
  if (open.asks === 'draft') return goOn({ ...open, isAgreed: true }, scope);
  return goOn(withAnswer(open, yesTo(open)), scope);
}

/** Notes that something else was said, so that a later yes or no is not about the open question. */
export async function passBy({ open }: Conversation, scope: TurnScope): Promise<void> {
  if (open !== null && open.waitsFor === 'answer' && !open.isPassed)
    await scope.services.store.park({ ...open, isPassed: true });
}

/** Asks the question again, because what was typed does not answer it. */
async function askAgain(pending: Pending, scope: TurnScope): Promise<Outcome> {
  if (pending.asks === 'move') {
    const { command } = await readAgain(withAnswer(pending, { ...NO_ANSWER, choice: 0 }), scope);
    const asked = command.kind === 'reschedule' ? await askMoveOrCreate(pending, command, scope) : null;
    return asked ?? answerNotice('expired');
  }
  return toOutcome(await proceed(pending, scope), pending, scope);
}

/** Whether the meeting that is wanted once more is to be exactly as it was. */
const isSame = ({ when, day, clock, subject }: CreateCommand): boolean =>
  [when, day, clock, subject].every((said) => said === null);

const isMumbled = ({ command, question }: Reading, { utterance }: Pending) =>
  command.kind === 'none' &&
  command.why === 'unknown' &&
  question === undefined &&
  utterance.text.length <= LONGEST_ANSWER;

/** Shows the draft with the correction applied. */
async function correctDraft({ utterance, askedAt }: Pending, { open }: Conversation, scope: TurnScope) {
  if (open === null) return null;
  if (open.answers.length >= MOST_ANSWERS) return askAgain(open, scope);
  // The person agreed to the draft as it was before this correction.
  const { isAgreed: _, ...unagreed } = open;
  return goOn(withAnswer(unagreed, { ...NO_ANSWER, correction: { utterance, at: askedAt } }), scope);
}

type Move = Extract<Command, { kind: 'reschedule' }>;

/** Whether only "move it" was said, without a time. */
const isOnlyMove = ({ which, change }: Move): boolean =>
  isNoOne(which) && Object.values(change).every((said) => said === null || said === undefined);

/** Whether only a start was said, which the conversation turned into a move. A length alone cannot be a new meeting. */
function isBareTime({ command, sentence }: Reading): boolean {
  if (command.kind !== 'reschedule' || sentence === null || CHANGES.has(sentence.act)) return false;
  const { when, day, clock } = command.change;
  return when !== null || day !== null || clock !== null;
}

/** Asks whether a time alone moves the last meeting or makes another one. Null if that meeting is gone. */
async function askMoveOrCreate(
  request: Pending,
  { change, needs }: Move,
  scope: TurnScope,
): Promise<Outcome | null> {
  const { services, turn } = scope;
  const now = services.now();
  const record = lastShown(await comingMeetings(scope), turn);
  if (record === undefined) return null;
  const zone = (await zoneOf(scope)) ?? 'utc';
  const times = applyChange(record, change, { now, zone });
  const to = times.kind === 'changed' && needs.length === 0 ? times.start : null;
  return askChoice(request, { what: 'move', ...headOf(record), to }, scope, [record]);
}
