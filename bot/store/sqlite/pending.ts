import type { DatabaseSync } from 'node:sqlite';
import type { Pending, Store } from '../store.ts';
import type { Write } from './group.ts';
import { fromFound, fromRow } from './rows.ts';

type Pendings = Pick<Store, 'park' | 'parked' | 'parkedIn' | 'unpark'>;

/** Requests that wait, by their id and by who must sign in where. */
export function pendingIn(db: DatabaseSync, write: Write, now: () => number): Pendings {
  const park = db.prepare('INSERT OR REPLACE INTO pending VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const parked = db.prepare('SELECT body FROM pending WHERE tenant = ? AND id = ? AND expires > ?');
  const parkedIn = db.prepare(
    `SELECT body FROM pending WHERE tenant = ? AND user = ? AND conversation = ? AND waits_for = ?
     AND expires > ? ORDER BY asked_at`,
  );
  const unpark = db.prepare('DELETE FROM pending WHERE tenant = ? AND user = ? AND id = ?');
  return {
    park: async (p) => {
      const { tenant, user } = p.owner;
      const values = [p.id, p.conversation, p.waitsFor, p.askedAt, p.expires, JSON.stringify(p)];
      await write(() => park.run(tenant, user, ...values));
    },
    parked: async (tenant, id) => fromFound<Pending>(parked.get(tenant, id, now())),
    parkedIn: async ({ tenant, user }, conversation, waitsFor) =>
      parkedIn.all(tenant, user, conversation, waitsFor, now()).map(fromRow<Pending>),
    unpark: async ({ tenant, user }, id) => void (await write(() => unpark.run(tenant, user, id))),
  };
}
