import type { MeetingRecord } from '../../meeting/record.ts';
import type { StoreKey } from '../../store/keys.ts';
import type { Begun } from '../../store/store.ts';
import { reopenScope, type TurnScope } from '../services.ts';

/** How long unfinished work is kept: a person who comes back later does not expect it to go on. */
const KEEP_MS = 24 * 3_600_000;

type Work = Pick<Begun, 'verb' | 'wanted'> & Partial<Pick<Begun, 'options' | 'calendar' | 'comment'>>;

/** Notes what will be done to a meeting before Graph is called, so that another process can finish it if this one is killed. */
export async function begin(
  { owner }: MeetingRecord,
  { options = {}, ...work }: Work,
  { services }: TurnScope,
): Promise<void> {
  const at = services.now().toMillis();
  await services.store.begin({ owner, at, options, expires: at + KEEP_MS, ...work });
}

/** The work that has begun on this revision of the meeting, as it is now. */
export async function findBegun(
  { id, revision }: MeetingRecord,
  scope: TurnScope,
): Promise<Begun | undefined> {
  const { begun } = await reopenScope(scope).person();
  return begun.find(({ wanted }) => wanted.id === id && wanted.revision === revision);
}

/** The key of the lease for work on this revision of a meeting. `createdAt` is part of it, because a room that is opened again keeps its id. */
export const meetingLease = ({ id, revision, createdAt }: MeetingRecord): StoreKey =>
  `meeting:${id}:${revision}:${createdAt}`;
