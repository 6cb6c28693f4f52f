import type { Stage } from '../../store/store.ts';
import type { Turn } from '../../teams/turn.ts';
import type { Services } from '../services.ts';

/** What was begun with these meetings is finished: their cards show it. */
export async function finishAll(stages: readonly Stage[], turn: Turn, { store }: Services): Promise<void> {
  if (turn.kind === 'ignored' || turn.user === null) return;
  const owner = { tenant: turn.tenant, user: turn.user };
  for (const stage of stages) await store.finish(owner, stage);
}
