import type { Options } from '../../command/command.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { Begun } from '../../store/store.ts';
import type { Setting } from '../services.ts';

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
