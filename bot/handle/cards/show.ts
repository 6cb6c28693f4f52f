import { setTimeout as wait } from 'node:timers/promises';
import { GraphError } from '../../graph/failure.ts';
import type { Caller } from '../../graph/online-meetings.ts';
import type { Meeting } from '../../meeting/meeting.ts';
import { isOver, type MeetingRecord } from '../../meeting/record.ts';
import type { Outcome } from '../../teams/outcome.ts';
import type { Setting } from '../services.ts';
import { endedCard, meetingCard } from './meeting-card.ts';

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
    ? endedCard('over', record)
    : meetingCard('shown', meeting, record, setting);
}
