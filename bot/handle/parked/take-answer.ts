import { isDeepStrictEqual } from 'node:util';
import type { Command, Deed, Answer as Typed, Which } from '../../language/command.ts';
import { isFresh } from '../../language/conversation/known-meetings.ts';
import type { Reading } from '../../language/reading.ts';
import { applyChange } from '../../meeting/apply-change.ts';
import { onlyOf, whichMeeting } from '../../meeting/which-meeting.ts';
import type { Notice } from '../../say/texts.ts';
import type { Answer, Pending } from '../../store/store.ts';
import { answerNotice, joinOutcomes, type Outcome, replyOf, sayNothing } from '../../teams/outcome.ts';
import { headOf } from '../cards/meeting-card.ts';
import { asMessages, explained } from '../cards/present.ts';
import { askChoice, whichContext } from '../cards/questions.ts';
import { NO_ANSWER, openRequest, withAnswer } from '../request.ts';
import { comingMeetings, type TurnScope, zoneOf } from '../services.ts';
import { type Conversation, lastShown } from './conversation.ts';
import { continueRequest, proceed, sayTaken, toOutcome } from './proceed.ts';
import { toAnswer, yesTo } from './question-answer.ts';
import { besidesTime, isOnce, readAgain, readSeries } from './read-again.ts';

/**
 * Handles a no, or what takes back the open question without one (`said` is null). After something else was said, it is not
 * about the open question; "don't cancel it" drops no meeting that is still to be made.
 */
export async function onNo(
  { open, overtaken, context }: Conversation,
  scope: TurnScope,
  said: Extract<Command, { kind: 'decline' }> | null,
): Promise<Outcome> {
  const refused = said?.refused ?? null;
  // What was done just now stays done: that must not sound as if it were taken back.
  const isUnclear = refused === null && !said?.isKept;
  if (open === null && isUnclear && isFresh(context.focus)) return answerNotice('nothingOpen');
  const asked = DOES[open?.asks ?? 'draft'];
  const isMeant = refused === null || asked.length === 0 || asked.includes(refused);
  if (open !== null && isMeant && overtaken === null) await leave(open, scope);
  return answerNotice('leftAsIs');
}

/** Drops a question. The one meeting that it was about was spoken of, so that "move it" is about that one. */
async function leave({ id, among: [asked, ...more] = [] }: Pending, scope: TurnScope): Promise<void> {
  const { store, now } = scope.services;
  await store.unpark(scope.owner, id);
  const record = (await comingMeetings(scope)).find((one) => one.id === asked);
  if (record !== undefined && more.length === 0)
    await store.replaceMeeting({ ...record, spokenOfAt: now().toMillis() }, record.revision);
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
 * this question. Moving or creating can only be answered by saying which. After something else was said, only a yes that names
 * what is to be done is clearly about the question; a nod may as well be for another meeting that was shown since.
 */
export async function onYes(
  { deed, isNod }: Extract<Command, { kind: 'confirm' }>,
  { open, overtaken }: Conversation,
  scope: TurnScope,
): Promise<Outcome> {
  if (open === null) return isNod ? sayNothing('nod') : answerNotice('nothingAsked');
  const isNamed = deed !== null && open.asks !== undefined && DOES[open.asks].includes(deed);
  if (overtaken !== null && !(overtaken === 'words' && isNamed))
    return isNod && overtaken === 'meeting' ? sayNothing('nod') : askAgain(open, scope, 'stillOpen');
  if (open.asks === 'move') {
    const choice = deed === 'move' ? 0 : deed === 'create' ? 1 : null;
    return choice === null ? askAgain(open, scope) : goOn(withAnswer(open, { ...NO_ANSWER, choice }), scope);
  }
  if (open.asks === 'occurrence' || open.waitsFor === 'signin') return askAgain(open, scope);
  if (deed !== null && !isNamed) return askAgain(open, scope);
  if (open.asks === 'draft') return goOn({ ...open, isAgreed: true }, scope);
  return goOn(withAnswer(open, yesTo(open)), scope);
}

/** How often a request can be answered and corrected in words. */
const MOST_ANSWERS = 20;

/** Takes what was typed as the answer to the open question, with everything that it says besides the time. */
export async function answerTyped(
  typed: Typed,
  reading: Reading,
  { request, open }: { request: Pending; open: Pending },
  scope: TurnScope,
): Promise<Outcome> {
  const value = await toAnswer(typed, open, scope);
  const isOfMeeting = open.asks === undefined && open.among === undefined && open.offer === undefined;
  const isMore = isOfMeeting && besidesTime(reading) !== null;
  if (value === null && !isMore) return sayNotTaken(open, scope);
  const besides = isMore && correctionIn(request);
  return goOn(withAnswer(open, { ...(value ?? NO_ANSWER), ...besides }), scope);
}

/**
 * Takes what was said of a meeting that is to be made, or of a change that is shown, and shows it again. What cannot be taken
 * is said.
 */
export async function correct(request: Pending, open: Pending, scope: TurnScope): Promise<Outcome> {
  const before = await readAgain(open, scope);
  // The person agreed to what was shown before this correction.
  const { isAgreed: _, isPassed: __, ...unagreed } = open;
  const corrected = withAnswer(unagreed, { ...NO_ANSWER, ...correctionIn(request) });
  const after = await readAgain(corrected, scope);
  const isTaken = !isSame(before, after) && open.answers.length < MOST_ANSWERS;
  if (!isTaken) return sayNotTaken(open, scope);
  return open.asks === 'change' || open.asks === 'occurrence'
    ? correctChange(open, corrected, scope)
    : goOn(corrected, scope);
}

/** Asks about a change with more in it. What makes no difference, because it is so already, is said not to be taken. */
async function correctChange(open: Pending, corrected: Pending, scope: TurnScope): Promise<Outcome> {
  const before = await askAgain(open, scope);
  const { asks: _, ...unasked } = corrected;
  const after = await goOn(unasked, scope);
  const isEqual = isDeepStrictEqual(toPlain(replyOf(before)), toPlain(replyOf(after)));
  return isEqual ? explained(after, 'notTaken', scope) : after;
}

/** Says that what was typed is not taken, and asks again what is open. One of several meetings is not changed by itself. */
export async function sayNotTaken(open: Pending, scope: TurnScope): Promise<Outcome> {
  const { others } = await readAgain(open, scope);
  return askAgain(open, scope, others === undefined ? 'notTaken' : 'oneOfSeveral');
}

const correctionIn = ({ utterance, askedAt: at }: Pending): Pick<Answer, 'correction'> => ({
  correction: { utterance, at },
});

/** Whether what is said is of one of several meetings that are shown together. */
export async function isOfSeveral(request: Pending, open: Pending, scope: TurnScope): Promise<boolean> {
  const before = await readAgain(open, scope);
  if (before.others === undefined) return false;
  const corrected = withAnswer(open, { ...NO_ANSWER, ...correctionIn(request) });
  return !isSame(before, await readAgain(corrected, scope));
}

const isSame = (one: Reading, other: Reading): boolean =>
  isDeepStrictEqual(toPlain([one.command, one.others]), toPlain([other.command, other.others]));

/** With times as text, so that equal ones are equal. */
const toPlain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Whether something is said of how the series repeats whose draft is shown, or of its end. */
export async function isOfSeries({ utterance }: Pending, open: Pending, scope: TurnScope): Promise<boolean> {
  const { command, others } = await readAgain(open, scope);
  if (command.kind !== 'create' || others !== undefined) return false;
  const opened = await openRequest(open, scope);
  return isOnce(command, utterance, opened) || readSeries(command, utterance, opened) !== null;
}

/** Takes a waiting request further, with an answer or with a yes. */
export async function goOn(answered: Pending, scope: TurnScope): Promise<Outcome> {
  const outcome = await continueRequest(answered, scope, (progress) => toOutcome(progress, answered, scope));
  return outcome ?? sayTaken(answered, scope);
}

/** Asks a question again. `why`: what is said before it, if what was typed was more than no answer. */
export async function askAgain(pending: Pending, scope: TurnScope, why?: Notice): Promise<Outcome> {
  const asked = await ask(reopened(pending), scope);
  // What was asked about may be gone by now.
  const isGone = replyOf(asked)?.kind === 'notice';
  return why === undefined || isGone ? asked : explained(asked, why, scope);
}

/** Asks the same of another meeting, "no, the other one". Null if the question is about none, or it is not clear which one. */
export async function askOfAnother(
  pending: Pending,
  which: Which,
  scope: TurnScope,
): Promise<Outcome | null> {
  const { among: [asked, ...more] = [], asks: _, ...request } = pending;
  if (asked === undefined || more.length > 0) return null;
  const { zone, asked: at } = await openRequest(pending, scope);
  const fits = whichMeeting(await comingMeetings(scope), which, whichContext(at, zone, scope));
  const other = onlyOf(fits.filter(({ id }) => id !== asked));
  return other && ask({ ...request, among: [other.id] }, scope);
}

/** Adds to what was done the question that still waits for its own yes. */
export async function withOpen(outcome: Outcome, pending: Pending, scope: TurnScope): Promise<Outcome> {
  const asked = await askAgain(pending, scope, 'notDoneYet');
  return joinOutcomes(asMessages(outcome, scope), asMessages(asked, scope));
}

/** What is asked is open anew. A change, and which meetings of a series it is for, is asked as it was the first time. */
function reopened({ isPassed: _, asks, ...pending }: Pending): Pending {
  return asks === undefined || asks === 'change' || asks === 'occurrence' ? pending : { ...pending, asks };
}

async function ask(pending: Pending, scope: TurnScope): Promise<Outcome> {
  if (pending.asks === 'move') {
    const { command } = await readAgain(withAnswer(pending, { ...NO_ANSWER, choice: 0 }), scope);
    const asked = command.kind === 'reschedule' ? await askMoveOrCreate(pending, command, scope) : null;
    return asked ?? answerNotice('expired');
  }
  if (pending.asks === 'signout') {
    const { length: meetings } = await comingMeetings(scope);
    return askChoice(pending, { what: 'signout', meetings }, scope);
  }
  return toOutcome(await proceed(pending, scope), pending, scope);
}

/** Asks whether a time alone moves the last meeting or makes another one. Null if that meeting is gone. */
export async function askMoveOrCreate(
  request: Pending,
  { change, needs }: Extract<Command, { kind: 'reschedule' }>,
  scope: TurnScope,
): Promise<Outcome | null> {
  const { services, turn } = scope;
  const now = services.now();
  const all = await comingMeetings(scope);
  // Asked once more, it is about the same meeting, whichever was shown since.
  const [asked] = request.among ?? [];
  const record = asked === undefined ? lastShown(all, turn) : all.find(({ id }) => id === asked);
  if (record === undefined) return null;
  const zone = (await zoneOf(scope)) ?? 'utc';
  const times = applyChange(record, change, { now, zone });
  const isClear = times.kind === 'changed' && needs.length === 0;
  const to = isClear ? times.start : null;
  const isLonger = isClear && +times.end - +times.start !== record.end - record.start;
  const question = { what: 'move' as const, ...headOf(record), to, ...(isLonger && { until: times.end }) };
  return askChoice(request, question, scope, [record]);
}
