import type { DatabaseSync } from 'node:sqlite';
import type { Due } from '../../meeting/due.ts';
import type { Store } from '../store.ts';
import type { Write } from './transaction.ts';

const KEY = 'at = ? AND tenant = ? AND meeting = ? AND step = ?';

const keyOf = ({ at, tenant, meeting, step }: Due) => [at, tenant, meeting, step];

/** Notes what is due, as a part of a transaction. */
export function noteDue(db: DatabaseSync): (dues: readonly Due[]) => void {
  const add = db.prepare('INSERT INTO due VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING');
  return (dues) => dues.forEach((due) => void add.run(...keyOf(due)));
}

/** What is due later, ordered by when. One statement claims, so each row goes to one caller. */
export function dueIn(db: DatabaseSync, write: Write, now: () => number) {
  const note = noteDue(db);
  const claim = db.prepare(
    `UPDATE due SET claimed_until = ? WHERE (at, tenant, meeting, step) IN
     (SELECT at, tenant, meeting, step FROM due WHERE at <= ? AND claimed_until <= ? ORDER BY at LIMIT ?)
     RETURNING at, tenant, meeting, step`,
  );
  const next = db.prepare(
    'SELECT MIN(MAX(at, claimed_until)) AS at FROM due WHERE at < ?1 AND claimed_until < ?1',
  );
  const keep = db.prepare(`UPDATE due SET claimed_until = ? WHERE ${KEY}`);
  const remove = db.prepare(`DELETE FROM due WHERE ${KEY}`);
  return {
    addDue: async (dues) => {
      await write(() => note(dues));
    },
    claimDue: async (most, until) => {
      // Most of the time nothing is due, and a look costs less than a write.
      if ((next.get(now() + 1)?.at ?? null) === null) return [];
      return write(() => claim.all(until, now(), now(), most) as Due[]);
    },
    nextDue: async (until) => {
      const at = next.get(until)?.at ?? null;
      return at === null ? null : Number(at);
    },
    keepDue: async (due, until) => void (await write(() => keep.run(until, ...keyOf(due)))),
    removeDue: async (dues) => {
      await write(() => dues.forEach((due) => void remove.run(...keyOf(due))));
    },
  } satisfies Partial<Store>;
}
