import { setTimeout as wait } from 'node:timers/promises';
import { GraphError } from '../../graph/failure.ts';
import type { Caller } from '../../graph/online-meetings.ts';
import { kindOf } from '../../meeting/kind.ts';
import type { Meeting } from '../../meeting/meeting.ts';
import { isOver, type MeetingRecord } from '../../meeting/record.ts';
import type { Reply } from '../../reply.ts';
import type { StoreKey } from '../../store/keys.ts';
import { answers, type Outcome } from '../../teams/outcome.ts';
import { ended, meetingCard } from '../cards/meeting-card.ts';
import { problemReply } from '../cards/problem.ts';
import type { Setting } from '../services.ts';
import { callerOf, type Progress, type Refusal, refusalOf } from '../sign-in/caller.ts';

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
export async function show(record: MeetingRecord, caller: Caller, setting: Setting): Promise<Outcome> {
  const meeting = await meetingOf(record, caller, setting);
  const now = setting.services.now().toMillis();
  return isOver({ ...record, end: meeting.end.toMillis() }, now)
    ? ended('over', record)
    : meetingCard('shown', meeting, record, setting);
}

/** Does something with a meeting in its organiser's name; what Graph refuses becomes a sentence. */
export async function inOrganisersName(
  record: MeetingRecord,
  setting: Setting,
  effect: (caller: Caller) => Promise<Outcome>,
): Promise<Progress> {
  try {
    const caller = await callerOf(setting);
    return 'needs' in caller ? caller : await effect(caller);
  } catch (error) {
    const refusal = refusalOf(error, setting);
    return 'needs' in refusal ? refusal : sayRefusal(refusal, record, setting);
  }
}

/** What a refusal of Graph means for a meeting that is there. */
async function sayRefusal(
  { problem, wait }: Refusal,
  record: MeetingRecord,
  setting: Setting,
): Promise<Outcome> {
  const { services, owner } = setting;
  if (problem === 'gone') {
    const isKept = kindOf(record).isReopened;
    const removed = isKept ? null : await services.store.removeMeeting(owner.tenant, record.id);
    return ended('gone', removed ?? record);
  }
  // Beside the card, not in its place: the card still has the link.
  const reply: Reply = { ...problemReply(problem, setting, null, wait), isChange: true };
  return answers(problem, { kind: 'sentence', reply });
}

/** Who holds it works on the meeting as it is at this revision. A room that was closed and opened again has the same id. */
export const meetingLease = ({ id, revision, createdAt }: MeetingRecord): StoreKey =>
  `meeting:${id}:${revision}:${createdAt}`;
