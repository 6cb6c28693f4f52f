import type { Options } from '../../language/command.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { StoreKey } from '../../store/keys.ts';
import type { Begun, Stage } from '../../store/store.ts';
import type { Turn } from '../../teams/turn.ts';
import type { Services, Setting } from '../services.ts';

/** A token that would be needed to go on with it is had again much sooner, or never. */
const KEEP_MS = 24 * 3_600_000;

type Work = { verb: Begun['verb']; wanted: MeetingRecord; options?: Options };

/** Keeps what is going to be done to a meeting, before Graph is told: a process that is killed leaves it to another. */
export async function begin(
  { owner }: MeetingRecord,
  { verb, wanted, options = {} }: Work,
  { services }: Setting,
): Promise<void> {
  const at = services.now().toMillis();
  await services.store.begin({ owner, verb, at, wanted, options, expires: at + KEEP_MS });
}

/** What was begun with the meeting as it is at this revision. */
export async function begunOn(
  { id, revision }: MeetingRecord,
  { services, owner }: Setting,
): Promise<Begun | undefined> {
  const all = await services.store.begunBy(owner);
  return all.find(({ wanted }) => wanted.id === id && wanted.revision === revision);
}

/** What was begun with these meetings is finished: their cards show it. */
export async function finishAll(stages: readonly Stage[], turn: Turn, { store }: Services): Promise<void> {
  if (turn.user === null) return;
  const owner = { tenant: turn.tenant, user: turn.user };
  for (const stage of stages) await store.finish(owner, stage);
}

/** The lease of the process that works on the meeting as it is at this revision. A room that was closed and opened again has the same id. */
export const meetingLease = ({ id, revision, createdAt }: MeetingRecord): StoreKey =>
  `meeting:${id}:${revision}:${createdAt}`;
