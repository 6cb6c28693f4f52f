import type { DatabaseSync } from 'node:sqlite';
import type { Store } from '../store.ts';
import type { Write } from './transaction.ts';

type Claims = Pick<Store, 'claim' | 'claimedUntil' | 'settle' | 'release'>;

/** Claims. One statement inserts or renews the row, so only one caller changes it. */
export function claimsIn(db: DatabaseSync, write: Write, now: () => number): Claims {
  const claim = db.prepare(
    'INSERT INTO claimed VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET expires = excluded.expires WHERE claimed.expires <= ?',
  );
  const until = db.prepare('SELECT expires FROM claimed WHERE tenant = ? AND key = ? AND expires > ?');
  const settle = db.prepare('UPDATE claimed SET expires = ? WHERE tenant = ? AND key = ?');
  const release = db.prepare('DELETE FROM claimed WHERE tenant = ? AND key = ?');
  return {
    claim: async (tenant, key, expires) => {
      const { changes } = await write(() => claim.run(tenant, key, expires, now()));
      return changes === 1;
    },
    claimedUntil: async (tenant, key) => {
      const row = until.get(tenant, key, now());
      return row === undefined ? null : Number(row.expires);
    },
    settle: async (tenant, key, expires) => void (await write(() => settle.run(expires, tenant, key))),
    release: async (tenant, key) => void (await write(() => release.run(tenant, key))),
  };
}

/** Counts, each until it expires. */
export function countsIn(
  db: DatabaseSync,
  write: Write,
  now: () => number,
): Pick<Store, 'count' | 'uncount'> {
  const count = db.prepare(
    `INSERT INTO counted VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET
     count = CASE WHEN expires > ? THEN count ELSE 0 END + excluded.count,
     expires = CASE WHEN expires > ? THEN expires ELSE excluded.expires END RETURNING count, expires`,
  );
  const uncount = db.prepare(
    'UPDATE counted SET count = count - 1 WHERE tenant = ? AND key = ? AND expires > ? AND count > 0',
  );
  return {
    count: async (tenant, key, until, by = 1) => {
      const row = await write(() => count.get(tenant, key, by, until, now(), now()));
      return { count: Number(row?.count), until: Number(row?.expires) };
    },
    uncount: async (tenant, key) => void (await write(() => uncount.run(tenant, key, now()))),
  };
}
