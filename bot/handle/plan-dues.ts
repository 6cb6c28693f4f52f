import { duesOf } from '../meeting/due.ts';
import type { ConversationReference, MeetingRecord } from '../meeting/record.ts';
import type { TurnBase } from '../teams/turn.ts';
import type { TurnScope } from './services.ts';

/** How the bot reaches the conversation of this turn, and the person who speaks in it, by itself. */
export const conversationReferenceOf = ({
  serviceUrl,
  bot,
  teamsId,
  name,
  locale,
  zone,
}: TurnBase): ConversationReference => ({
  serviceUrl,
  bot,
  teamsId,
  name,
  locale,
  zone,
});

type PlanScope = Pick<TurnScope, 'services' | 'owner'>;

/**
 * Notes what is to be done about these meetings later. It is noted before a meeting is stored as it is to be, so that a
 * crash between the two loses nothing: what fits no stored meeting is dropped when it is due.
 */
export async function planDues(
  records: readonly MeetingRecord[],
  { services, owner }: PlanScope,
): Promise<void> {
  const { store, now } = services;
  const { remind = null } = await store.settings(owner);
  await store.addDue(records.flatMap((record) => duesOf(record, remind, now().toMillis())));
}

/** Drops what was to be done about meetings that are no more. */
export async function dropDues(
  records: readonly MeetingRecord[],
  { services, owner }: PlanScope,
): Promise<void> {
  const { store, now } = services;
  const { remind = null } = await store.settings(owner);
  await store.removeDue(records.flatMap((record) => duesOf(record, remind, now().toMillis())));
}
