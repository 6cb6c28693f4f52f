import type { DatabaseSync } from 'node:sqlite';
import type { Store } from '../store.ts';
import type { Write } from './group.ts';

/** Numbers that are counted up until their time is over. */
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
