import type { Choices, OptionName } from '../../meeting/options.ts';
import { isOver, type MeetingRecord } from '../../meeting/record.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import type { GraphScope } from '../services.ts';
import { beginWork, changeTo } from './change-meeting.ts';

/** Restores the meeting as it was before the last change. A time that has passed cannot be restored. */
export async function undo(record: MeetingRecord, scope: GraphScope): Promise<Outcome> {
  const { before } = record;
  if (before === undefined)
    return answerNotice(record.series === undefined ? 'nothingToUndo' : 'noUndoOfSeries');
  const { granted: options = {}, ...rest } = before;
  const stuck = stuckOptions(record);
  const isStuck = Object.keys(stuck).length > 0 && Object.keys({ ...rest, ...options }).length === 1;
  if (isStuck) return answerNotice('noUndoOfOption');
  const wanted = { ...record, ...rest, options: { ...(rest.options ?? record.options), ...stuck } };
  if (wanted.start !== record.start && hasPassed(wanted, scope.services.now().toMillis()))
    return answerNotice('timePassed');
  return changeTo(record, await beginWork(record, { wanted, options }, scope), scope);
}

/** A series goes on although its first meeting has passed. Epoch milliseconds. */
const hasPassed = (wanted: MeetingRecord, now: number): boolean =>
  wanted.series === undefined ? wanted.start < now : isOver(wanted, now);

/** The options of the last change of which Graph told no value before: they cannot be set back, and stay as they are. */
function stuckOptions({ options, before = {} }: MeetingRecord): Choices {
  const { options: were = options, granted = {} } = before;
  const isStuck = (name: string) =>
    options[name as OptionName] !== were[name as OptionName] && !(name in granted);
  return Object.fromEntries(Object.entries(options).filter(([name]) => isStuck(name)));
}
