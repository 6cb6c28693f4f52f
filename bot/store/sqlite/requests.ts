import type { DatabaseSync } from 'node:sqlite';
import type { Begun, Pending, Stage, Store } from '../store.ts';
import { fromFound, fromRow } from './meetings.ts';
import type { Write } from './transaction.ts';

type Pendings = Pick<Store, 'park' | 'parked' | 'parkedIn' | 'unpark'>;

/** Requests that wait, found by their id, or by person, conversation and what they wait for. */
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

/** Work that has begun. Its rows are in the table of waiting requests, so they expire and are forgotten with them. */
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

/** A meeting has the id of its request, and the request may still wait in the same table. */
const idOf = ({ id, revision }: Stage) => `begun:${id}:${revision}`;
