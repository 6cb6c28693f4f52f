import type { DateTime } from 'luxon';
import type { Command } from '../../language/command.ts';
import { applyChange } from '../../meeting/apply-change.ts';
import { toWished } from '../../meeting/granted-options.ts';
import { writtenName } from '../../meeting/guest-list.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { ChangeQuestion } from '../../say/cards/choice.ts';
import type { Outcome } from '../../teams/outcome.ts';
import { headOf } from '../cards/meeting-card.ts';
import { askChoice } from '../cards/questions.ts';
import type { OpenRequest } from '../park.ts';
import type { TurnScope } from '../services.ts';
import { partOf } from './series-part.ts';

type ChangeCommand = Extract<Command, { kind: 'reschedule' | 'undo' }>;

/** Whether a command is carried out at once if it is clear. Cancelling and giving a new link are always asked first. */
export const isChange = (command: Command): command is ChangeCommand =>
  command.kind === 'reschedule' || command.kind === 'undo';

/** Shows a change that may have been read wrongly. One click or a typed yes makes it. */
export async function askToChange(
  record: MeetingRecord,
  command: ChangeCommand,
  { pending, asked }: OpenRequest,
  scope: TurnScope,
): Promise<Outcome> {
  const question = {
    what: 'change' as const,
    ...headOf(record),
    isUndo: command.kind === 'undo',
    ...(record.series && partOf(command.which, record, pending) !== 'one' && { isSeries: true as const }),
    ...(command.kind === 'undo' ? NOTHING : differences(record, command, asked)),
  };
  return askChoice(pending, question, scope, [record]);
}

type Differences = Pick<ChangeQuestion, 'to' | 'name' | 'joining' | 'leaving' | 'options'>;

const NOTHING: Differences = { to: null, name: null, joining: [], leaving: [], options: [] };

function differences(
  record: MeetingRecord,
  { change, needs }: Extract<Command, { kind: 'reschedule' }>,
  asked: DateTime,
): Differences {
  const times = applyChange(record, change, { now: asked, zone: asked.zoneName ?? 'utc' });
  const isClear = times.kind === 'changed' && needs.length === 0;
  const isMoved = isClear && (times.start.toMillis() !== record.start || times.end.toMillis() !== record.end);
  return {
    to: isMoved ? { start: times.start, end: times.end } : null,
    name: change.subject,
    joining: (change.invitees ?? []).map(writtenName),
    leaving: (change.leaving ?? []).map(writtenName),
    options: toWished(change.options ?? {}),
  };
}
