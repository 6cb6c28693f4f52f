import type { Store } from './store.ts';
import { begunIn } from './tables/begun.ts';
import { claimsIn } from './tables/claims.ts';
import { countsIn } from './tables/counts.ts';
import { meetingsIn } from './tables/meetings.ts';
import { removeAll } from './tables/owned.ts';
import { pendingIn } from './tables/pending.ts';
import { keptKeys, settingsIn, settingsKeys } from './tables/settings.ts';
import { createSweep } from './tables/sweep.ts';
import { openTable, type TablePlace } from './tables/table.ts';

export type { TablePlace } from './tables/table.ts';

/**
 * A Store that many replicas share, in four Azure tables whose names begin with `prefix`. A partition is one person's,
 * one claim's or one id's, and begins with the tenant. Opening asks nothing of the network; the tables are made at the
 * first `check` or use. `now` answers epoch milliseconds.
 */
export function openTables(place: TablePlace, now: () => number, prefix = 'parley'): Store {
  const open = (name: string) => openTable(place, `${prefix}${name}`);
  const claims = open('claims');
  const pending = open('pending');
  const meetings = open('meetings');
  const settings = open('settings');
  const sweep = createSweep([pending, claims, meetings]);
  return {
    ...claimsIn(claims, now),
    ...countsIn(claims, now),
    ...pendingIn(pending, now),
    ...begunIn(pending, now),
    ...meetingsIn(meetings, now),
    ...settingsIn(settings),
    forget: async (owner) => {
      await Promise.all([
        removeAll(pending, owner),
        removeAll(meetings, owner),
        settings.remove(settingsKeys(owner)),
      ]);
    },
    sweep: () => sweep(now()),
    check: async () => {
      for (const table of [claims, pending, meetings]) await table.made();
      await settings.get(keptKeys('check'));
    },
    close: async () => undefined,
  };
}
