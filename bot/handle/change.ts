import { DateTime } from 'luxon';
import type { Caller } from '../graph/online-meetings.ts';
import type { MeetingRecord } from '../store/store.ts';
import { meetingCard } from './on-meeting.ts';
import { type Setting, type Step, says } from './services.ts';

/**
 * Takes the other reading of what was asked ("change to 3 AM"): the same meeting and link at another time. What it was
 * before becomes the other reading, so the way back is one click too.
 */
export async function takeReading(
  record: MeetingRecord,
  choice: number,
  caller: Caller,
  { services }: Setting,
): Promise<Step> {
  const reading = record.readings[choice];
  if (!reading || reading.start < services.now().toMillis()) return says('expired');
  const { zone, subject } = record;
  const start = DateTime.fromMillis(reading.start, { zone });
  const end = DateTime.fromMillis(reading.end, { zone });
  const before = { start: record.start, end: record.end };
  const changed: MeetingRecord = {
    ...record,
    ...reading,
    revision: record.revision + 1,
    readings: [before],
    expires: record.expires + Math.max(0, reading.end - record.end),
  };
  const meeting = await services.meetings.update(record.graphId, { subject, start, end }, caller);
  if (!(await services.store.replaceMeeting(changed, record.revision))) return says('alreadyDone');
  const back = {
    start: DateTime.fromMillis(before.start, { zone }),
    end: DateTime.fromMillis(before.end, { zone }),
  };
  const kind = start.hasSame(back.start, 'day') ? ('time' as const) : ('date' as const);
  const assumed = [{ kind, said: '', taken: start, alternative: back }];
  return meetingCard('changed', meeting, changed, { assumed, notes: ['moved'] });
}
