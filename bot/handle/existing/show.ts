import { setTimeout as wait } from 'node:timers/promises';
import { GraphError } from '../../graph/failure.ts';
import type { Caller } from '../../graph/online-meetings.ts';
import type { Meeting } from '../../meeting/meeting.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { Problem } from '../../say/cards/problem.ts';
import type { Reply } from '../../say/reply.ts';
import type { StoreKey } from '../../store/keys.ts';
import { ended, meetingCard } from '../cards/meeting-card.ts';
import { problemReply } from '../cards/problem.ts';
import type { Step } from '../cards/step.ts';
import type { Setting } from '../services.ts';

const SPREADS_MS = 1_000;

/** The meeting as Graph has it. Teams asks for a card's newest view at once, when Graph may not know it everywhere yet. */
async function meetingOf(
  { graphId }: MeetingRecord,
  caller: Caller,
  { services }: Setting,
): Promise<Meeting> {
  try {
    return await services.meetings.get(graphId, caller);
  } catch (error) {
    if (!(error instanceof GraphError && error.status === 404)) throw error;
    await wait(SPREADS_MS);
    return services.meetings.get(graphId, caller);
  }
}

/** How things are, read from Graph. */
export async function show(record: MeetingRecord, caller: Caller, setting: Setting): Promise<Step> {
  const meeting = await meetingOf(record, caller, setting);
  const isOver = record.room === undefined && meeting.end < setting.services.now();
  return isOver ? ended('over', record) : meetingCard('shown', meeting, record, setting);
}

/** What a refusal of Graph means for a meeting that is there. */
export async function refused(
  problem: Problem,
  record: MeetingRecord,
  setting: Setting,
  wait: number | null = null,
): Promise<Step> {
  const { services, owner } = setting;
  if (problem === 'gone') {
    // A room is opened again by its name, with those who were in it.
    const removed =
      record.room === undefined ? await services.store.removeMeeting(owner.tenant, record.id) : null;
    return ended('gone', removed ?? record);
  }
  // Beside the card, not in its place: the card still has the link.
  const reply: Reply = { ...problemReply(problem, setting, null, wait), isChange: true };
  return { kind: 'aside', name: problem, reply };
}

/** Who holds it works on the meeting as it is at this revision. A room that was closed and opened again has the same id. */
export const meetingLease = ({ id, revision, createdAt }: MeetingRecord): StoreKey =>
  `meeting:${id}:${revision}:${createdAt}`;
