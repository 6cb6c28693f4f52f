import type { Caller } from '../../graph/call-as.ts';
import { kindOf } from '../../meeting/kind.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { Pending } from '../../store/store.ts';
import { answerWith, type Outcome } from '../../teams/outcome.ts';
import { endedCard, headOf } from '../cards/meeting-card.ts';
import { dropDues } from '../dues.ts';
import { leaveRoom } from '../make/room-record.ts';
import { park } from '../park.ts';
import type { TurnScope } from '../services.ts';
import { begin } from './begun-work.ts';

/** *Cancel it* asks once. `request`: what was written and waits for the answer, too. */
export function confirmCancel(record: MeetingRecord, request: string | null = null): Outcome {
  const { id, revision } = record;
  const reply = { kind: 'confirm' as const, id, revision, ...(request && { request }), ...headOf(record) };
  return answerWith('confirmCancel', { kind: 'form', reply });
}

/**
 * Locks and deletes the meeting and what is left of older ones. The card becomes "cancelled" only when Graph has
 * confirmed that all of them are removed; until then a click tries again.
 */
export async function cancel(record: MeetingRecord, caller: Caller, scope: TurnScope): Promise<Outcome> {
  await begin(record, { verb: 'cancel', wanted: record }, scope);
  return cancelNow(record, caller, scope);
}

/** The same, once it is kept that it was begun. */
export async function cancelNow(record: MeetingRecord, caller: Caller, scope: TurnScope): Promise<Outcome> {
  const { services } = scope;
  const all = [record.graphId, ...record.leftovers];
  const locks = await Promise.all(all.map((graphId) => services.meetings.retire(graphId, caller)));
  const removed = await services.store.removeMeeting(record.owner.tenant, record.id);
  await dropDues([record], scope);
  await leaveRoom(record, scope);
  const cancelled = removed ?? record;
  const ended = endedCard('cancelled', cancelled, locks.every(Boolean));
  const isReopened = kindOf(cancelled).isReopened;
  const isLost = isReopened || cancelled.start < services.now().toMillis();
  return isLost ? ended : withAgain(ended, cancelled, scope);
}

/** Offers to make the meeting again; while the request for it waits, it can be asked for in words, too. */
async function withAgain(ended: Outcome, like: MeetingRecord, { services, owner, turn }: TurnScope) {
  const again: Pending = {
    id: services.newId(),
    owner,
    asker: turn.name,
    conversation: turn.conversation,
    utterance: { text: '', people: [] },
    askedAt: services.now().toMillis(),
    zone: turn.zone,
    locale: turn.locale,
    answers: [],
    expires: 0,
    asks: 'again',
    like,
    waitsFor: 'answer',
  };
  await park(again, 'answer', services);
  const { answer } = ended;
  if (answer?.kind !== 'card' || answer.reply.kind !== 'ended') return ended;
  return { ...ended, answer: { ...answer, reply: { ...answer.reply, againId: again.id } } };
}
