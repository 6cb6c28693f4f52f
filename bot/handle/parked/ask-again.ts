import type { Command, Which } from '../../language/command.ts';
import { applyChange } from '../../meeting/apply-change.ts';
import { whichMeeting } from '../../meeting/which-meeting.ts';
import type { Notice } from '../../say/texts.ts';
import type { Answer, Pending } from '../../store/store.ts';
import { answerNotice, joinOutcomes, type Outcome, replyOf } from '../../teams/outcome.ts';
import { headOf } from '../cards/meeting-card.ts';
import { asMessages, explained } from '../cards/present.ts';
import { askChoice, whichContext } from '../cards/questions.ts';
import { NO_ANSWER, openRequest } from '../request.ts';
import { comingMeetings, type TurnScope, zoneOf } from '../services.ts';
import { continueRequest, sayTaken } from './continue-request.ts';
import { lastShown } from './conversation.ts';
import { proceed, toOutcome } from './proceed.ts';
import { readAgain } from './read-again.ts';

/** The request with one more answer. */
export const withAnswer = (pending: Pending, answer: Answer): Pending => ({
  ...pending,
  answers: [...pending.answers, answer],
});

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
  const [other, ...others] = fits.filter(({ id }) => id !== asked);
  return other === undefined || others.length > 0 ? null : ask({ ...request, among: [other.id] }, scope);
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
