import type { Caller } from '../graph/online-meetings.ts';
import type { MeetingRecord } from '../store/store.ts';
import { ended, headOf } from './on-meeting.ts';
import type { Setting, Step } from './services.ts';

/** *Cancel it* asks once. */
export function confirmCancel(record: MeetingRecord): Step {
  const reply = { kind: 'confirm' as const, id: record.id, revision: record.revision, ...headOf(record) };
  return { kind: 'form', name: 'confirmCancel', reply };
}

/** Deletes the meeting and what is left of older ones; the card becomes "cancelled" only when Graph has confirmed it. */
export async function cancel(record: MeetingRecord, caller: Caller, { services }: Setting): Promise<Step> {
  await services.meetings.delete(record.graphId, caller);
  await Promise.allSettled(record.leftovers.map((graphId) => services.meetings.delete(graphId, caller)));
  await services.store.removeMeeting(record.owner.tenant, record.id);
  return ended('cancelled', record);
}
