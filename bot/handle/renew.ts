import { DateTime } from 'luxon';
import type { Caller } from '../graph/online-meetings.ts';
import type { MeetingRequest } from '../meeting/meeting.ts';
import type { MeetingRecord } from '../store/store.ts';
import { meetingCard } from './on-meeting.ts';
import { type Setting, type Step, says } from './services.ts';

/**
 * *New link*: a new meeting, and then the old one deleted. The old link is called dead only when Graph has confirmed
 * it; a leftover that Graph would not delete is tried again at the next click.
 */
export async function renew(record: MeetingRecord, caller: Caller, setting: Setting): Promise<Step> {
  const { services } = setting;
  const meeting = await services.meetings.create(requestOf(record), caller);
  const renewed: MeetingRecord = {
    ...record,
    graphId: meeting.graphId,
    revision: record.revision + 1,
    leftovers: [...record.leftovers, record.graphId],
  };
  if (!(await services.store.replaceMeeting(renewed, record.revision))) {
    await services.meetings.delete(meeting.graphId, caller);
    return says('alreadyDone');
  }
  const leftovers = await bury(renewed.leftovers, caller, services);
  const notes = [leftovers.includes(record.graphId) ? ('oldLinkAlive' as const) : ('oldLinkGone' as const)];
  const settled: MeetingRecord = {
    ...renewed,
    leftovers,
    said: { guesses: [], assumedMinutes: null, notes },
  };
  await services.store.replaceMeeting(settled, renewed.revision);
  return meetingCard('renewed', meeting, settled, setting);
}

function requestOf({ subject, start, end, zone, guests, options }: MeetingRecord): MeetingRequest {
  const at = (instant: number) => DateTime.fromMillis(instant, { zone });
  return { subject, start: at(start), end: at(end), guests, options };
}

/** Deletes what can be deleted; answers what Graph still has. */
async function bury(
  graphIds: readonly string[],
  caller: Caller,
  { meetings }: Setting['services'],
): Promise<string[]> {
  const results = await Promise.allSettled(graphIds.map((graphId) => meetings.delete(graphId, caller)));
  return graphIds.filter((_, i) => results[i]?.status === 'rejected');
}
