import { type Due, duesOf } from '../meeting/due.ts';
import type { MeetingRecord } from '../meeting/record.ts';
import type { TurnScope } from './services.ts';

type PlanScope = Pick<TurnScope, 'services' | 'person'>;

/**
 * What is to be done next about a meeting. It is stored with the meeting; what follows it is noted when it is due. What
 * no longer fits the stored meeting is dropped then.
 */
export async function dueNext(record: MeetingRecord, scope: PlanScope): Promise<Due[]> {
  const { remind = null } = (await scope.person()).settings;
  return firstOf(record, remind, scope.services.now().toMillis());
}

/** Notes what is to be done about a meeting after this. `remind`: minutes, null for no reminder. */
export async function planNext(
  due: Due,
  record: MeetingRecord,
  remind: number | null,
  { services }: Pick<TurnScope, 'services'>,
): Promise<void> {
  await services.store.addDue(firstOf(record, remind, due.at));
}

/** Drops what was to be done about meetings that no longer exist. */
export async function dropDues(records: readonly MeetingRecord[], scope: PlanScope): Promise<void> {
  const all = await Promise.all(records.map((record) => dueNext(record, scope)));
  await scope.services.store.removeDue(all.flat());
}

/** Plans anew for a person who has chosen another reminder, in minutes; null for none. */
export async function replanDues(
  records: readonly MeetingRecord[],
  { before, after }: { before: number | null; after: number | null },
  { services }: Pick<TurnScope, 'services'>,
): Promise<void> {
  const { store, now } = services;
  const first = (remind: number | null) =>
    records.flatMap((record) => firstOf(record, remind, now().toMillis()));
  await store.removeDue(first(before));
  await store.addDue(first(after));
}

/** What is due first; several steps where they fall together, since what follows is looked for after that instant. */
function firstOf(record: MeetingRecord, remind: number | null, after: number): Due[] {
  const dues = duesOf(record, remind, after);
  return dues.filter(({ at }) => at === dues[0]?.at);
}
