import { isAnswered } from '../../graph/client.ts';
import type { ChangeWish } from '../../meeting/change-record.ts';
import { listDeclined, selectPossible } from '../../meeting/granted-options.ts';
import { kindOf } from '../../meeting/kind.ts';
import { type Choices, type Granted, isUpdatable, type OptionName, rowOf } from '../../meeting/options.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { GraphScope } from '../services.ts';

/**
 * The options that Graph does not grant to this meeting, and perhaps to a new one. `uncertain`: those of which only a try can
 * tell. If another option needs a new link anyway, nothing is tried before the person has agreed.
 */
export async function findFixedWishes(
  record: MeetingRecord,
  { options = {} }: ChangeWish,
  scope: GraphScope,
): Promise<{ fixed: Choices; uncertain: Choices }> {
  const { services } = scope;
  const none = { fixed: {}, uncertain: {} };
  if (!kindOf(record).isFixedByLink) return none;
  const { options: sent } = selectPossible(options, services.offer);
  const asked = pickOptions(sent, (name) => rowOf(name).change !== 'yes');
  if (Object.keys(asked).length === 0) return none;
  const { granted } = await services.meetings.get(record.graphId, scope.caller);
  const open = findDeclined(asked, granted);
  return Object.keys(open).every((name) => isUpdatable(name as OptionName))
    ? { fixed: {}, uncertain: open }
    : { fixed: open, uncertain: {} };
}

/** The options after Graph was asked to change them. A refusal counts as an answer. */
export async function tryChange(
  graphId: string,
  options: Choices,
  { caller, services: { meetings } }: GraphScope,
): Promise<Granted> {
  try {
    return (await meetings.update(graphId, { options }, caller)).granted;
  } catch (error) {
    if (isAnswered(error, 400)) return {};
    throw error;
  }
}

function pickOptions(options: Choices, isWanted: (name: OptionName) => boolean): Choices {
  return Object.fromEntries(Object.entries(options).filter(([name]) => isWanted(name as OptionName)));
}

/** Those of the options that Graph has not granted. */
export function findDeclined(options: Choices, granted: Granted): Choices {
  const open = new Set<string>(listDeclined(options, granted).map(({ option }) => option));
  return pickOptions(options, (name) => open.has(name));
}
