import { inZone } from '../../base/date-time.ts';
import type { Caller } from '../../graph/call-as.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import type { TurnScope } from '../services.ts';
import { beginChange, change } from './change-meeting.ts';

/** Makes it as it was before the last change; a time that has gone by since cannot come back. */
export async function undo(record: MeetingRecord, caller: Caller, scope: TurnScope): Promise<Outcome> {
  const { before } = record;
  if (before === undefined)
    return answerNotice(record.series === undefined ? 'nothingToUndo' : 'noUndoOfSeries');
  const { granted: options = {}, ...rest } = before;
  if (rest.start !== undefined && rest.start < scope.services.now().toMillis())
    return answerNotice('expired');
  return beginChange(record, { wanted: { ...record, ...rest }, options }, caller, scope);
}

/** Takes the other reading of what was asked ("change to 3 AM"). */
export async function takeReading(
  record: MeetingRecord,
  choice: number,
  caller: Caller,
  scope: TurnScope,
): Promise<Outcome> {
  const reading = record.said.guesses[choice]?.other;
  if (!reading || reading.start < scope.services.now().toMillis()) return answerNotice('expired');
  const { zone, subject } = record;
  return change(
    record,
    { start: inZone(reading.start, zone), end: inZone(reading.end, zone), subject },
    caller,
    scope,
  );
}
