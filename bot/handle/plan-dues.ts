import { duesOf } from '../meeting/due.ts';
import type { ConversationReference, MeetingRecord } from '../meeting/record.ts';
import type { TurnBase } from '../teams/turn.ts';
import type { TurnScope } from './services.ts';

/** How the bot reaches the conversation of this turn, and the person who speaks in it, by itself. */
export function conversationReferenceOf(turn: TurnBase): ConversationReference {
  const { serviceUrl, bot, teamsId, name, locale, zone } = turn;
  return { serviceUrl, bot, teamsId, name, locale, zone };
}

type PlanScope = Pick<TurnScope, 'services' | 'owner'>;

/**
 * Notes what is to be done about these meetings later. It is noted before a meeting is stored as it is to be, so that a
 * crash between the two loses nothing: what fits no stored meeting is dropped when it is due.
 */
export async function planDues(records: readonly MeetingRecord[], scope: PlanScope): Promise<void> {
  await scope.services.store.addDue(duesNow(records, await reminderOf(scope), scope));
}

/** Drops what was to be done about meetings that are no more. */
export async function dropDues(records: readonly MeetingRecord[], scope: PlanScope): Promise<void> {
  await scope.services.store.removeDue(duesNow(records, await reminderOf(scope), scope));
}

/** Plans anew for a person who has chosen another reminder. `before`: the minutes of the reminder until now, or null. */
export async function replanDues(
  records: readonly MeetingRecord[],
  before: number | null,
  scope: PlanScope,
): Promise<void> {
  await scope.services.store.removeDue(duesNow(records, before, scope));
  await planDues(records, scope);
}

async function reminderOf({ services, owner }: PlanScope): Promise<number | null> {
  return (await services.store.settings(owner)).remind ?? null;
}

const duesNow = (records: readonly MeetingRecord[], remind: number | null, { services }: PlanScope) =>
  records.flatMap((record) => duesOf(record, remind, services.now().toMillis()));
