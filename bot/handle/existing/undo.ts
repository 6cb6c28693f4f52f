import { inZone } from '../../base/date-time.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import type { GraphScope } from '../services.ts';
import { beginChange, change } from './change-meeting.ts';

/** Restores the meeting as it was before the last change. A time that has passed cannot be restored. */
export async function undo(record: MeetingRecord, scope: GraphScope): Promise<Outcome> {
  const { before } = record;
  if (before === undefined)
    return answerNotice(record.series === undefined ? 'nothingToUndo' : 'noUndoOfSeries');
  const { granted: options = {}, ...rest } = before;
  if (rest.start !== undefined && rest.start < scope.services.now().toMillis())
    return answerNotice('expired');
  return beginChange(record, { wanted: { ...record, ...rest }, options }, scope);
}

/** Changes the meeting to the other reading of what was asked ("change to 3 AM"). */
export async function takeReading(
  record: MeetingRecord,
  choice: number,
  scope: GraphScope,
): Promise<Outcome> {
  const reading = record.said.guesses[choice]?.other;
  if (!reading || reading.start < scope.services.now().toMillis()) return answerNotice('expired');
  const { zone, subject } = record;
  return change(
    record,
    { start: inZone(reading.start, zone), end: inZone(reading.end, zone), subject },
    scope,
  );
}
