import type { DatabaseSync } from 'node:sqlite';
import type { Store } from '../store.ts';
import type { Write } from './group.ts';

type Claims = Pick<Store, 'claim' | 'claimedUntil' | 'settle' | 'release'>;

/** Claims: the one statement that inserts a row changes it for one caller alone. */
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
