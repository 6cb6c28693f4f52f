import { expect, test } from 'vitest';
import { createScheduler } from '../../bot/app/scheduler.ts';
import type { Due } from '../../bot/meeting/due.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';

/** Far less than the half minute for which a scheduler sleeps where nothing is due. */
const SOON_MS = 5_000;

test('a store that fails for a moment delays what is due by a moment', async () => {
  const store = openSqlite(':memory:', Date.now);
  const due: Due = { tenant: 'contoso', meeting: 'm1', step: 'remind', at: Date.now() - 1 };
  await store.addDue([due]);
  const { promise: done, resolve } = Promise.withResolvers<Due>();
  const faults: unknown[] = [];
  const scheduler = createScheduler({
    store: {
      ...store,
      claimDue: (...asked) =>
        faults.length === 0 ? Promise.reject(new Error('the store is gone')) : store.claimDue(...asked),
    },
    work: async (one) => {
      resolve(one);
      return true;
    },
    onFault: (error) => void faults.push(error),
    now: Date.now,
  });
  const started = performance.now();
  scheduler.start();
  expect(await done).toEqual(due);
  expect(performance.now() - started).toBeLessThan(SOON_MS);
  expect(faults).toHaveLength(1);
  await scheduler.stop();
  await store.close();
}, 60_000);
