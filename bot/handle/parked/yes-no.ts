import type { Command, Deed } from '../../language/command.ts';
import { isFresh } from '../../language/conversation/known-meetings.ts';
import type { Pending } from '../../store/store.ts';
import { answerNotice, type Outcome, sayNothing } from '../../teams/outcome.ts';
import { NO_ANSWER } from '../request.ts';
import { comingMeetings, type TurnScope } from '../services.ts';
import { askAgain, goOn, withAnswer } from './ask-again.ts';
import type { Conversation } from './conversation.ts';
import { yesTo } from './question-answer.ts';

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
