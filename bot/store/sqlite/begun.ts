import type { DatabaseSync } from 'node:sqlite';
import type { Begun, Stage, Store } from '../store.ts';
import type { Write } from './group.ts';
import { fromRow } from './rows.ts';

/** Work that was begun: rows among the requests that wait, so that they expire and are forgotten with them. */
export function begunIn(
  db: DatabaseSync,
  write: Write,
  now: () => number,
): Pick<Store, 'begin' | 'begunBy' | 'finish'> {
  const begin = db.prepare("INSERT OR REPLACE INTO pending VALUES (?, ?, ?, ?, 'begun', ?, ?, ?)");
  const begunBy = db.prepare(
    "SELECT body FROM pending WHERE tenant = ? AND user = ? AND waits_for = 'begun' AND expires > ? ORDER BY asked_at",
  );
  const finish = db.prepare('DELETE FROM pending WHERE tenant = ? AND user = ? AND id = ?');
  return {
    begin: async (begun) => {
      const { tenant, user } = begun.owner;
      const values = [idOf(begun.wanted), begun.wanted.conversation, begun.at, begun.expires];
      await write(() => begin.run(tenant, user, ...values, JSON.stringify(begun)));
    },
    begunBy: async ({ tenant, user }) => begunBy.all(tenant, user, now()).map(fromRow<Begun>),
    finish: async ({ tenant, user }, stage) =>
      void (await write(() => finish.run(tenant, user, idOf(stage)))),
  };
}

/** A meeting bears the id of its request, which may wait at the same time. */
const idOf = ({ id, revision }: Stage) => `begun:${id}:${revision}`;
