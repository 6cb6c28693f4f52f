import { isDeepStrictEqual } from 'node:util';
import type { Answer as Typed } from '../../language/command.ts';
import type { Reading } from '../../language/reading.ts';
import type { Answer, Pending } from '../../store/store.ts';
import { type Outcome, replyOf } from '../../teams/outcome.ts';
import { explained } from '../cards/present.ts';
import { NO_ANSWER, openRequest } from '../request.ts';
import type { TurnScope } from '../services.ts';
import { askAgain, goOn, withAnswer } from './ask-again.ts';
import { toAnswer } from './question-answer.ts';
import { besidesTime, readAgain } from './read-again.ts';
import { isOnce, readSeries } from './read-series.ts';

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
  const besides = isMore && { correction: correctionOf(request) };
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
  const corrected = withAnswer(unagreed, { ...NO_ANSWER, correction: correctionOf(request) });
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

const correctionOf = ({ utterance, askedAt }: Pending): NonNullable<Answer['correction']> => ({
  utterance,
  at: askedAt,
});

/** Whether what is said is of one of several meetings that are shown together. */
export async function isOfSeveral(request: Pending, open: Pending, scope: TurnScope): Promise<boolean> {
  const before = await readAgain(open, scope);
  if (before.others === undefined) return false;
  const corrected = withAnswer(open, { ...NO_ANSWER, correction: correctionOf(request) });
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
