import { beforeEach, expect, test } from 'vitest';
import { createTenantLimit } from '../../../bot/handle/once/create-limit.ts';
import type { TenantLimit } from '../../../bot/handle/services.ts';
import { openSqlite } from '../../../bot/store/sqlite.ts';
import type { Store } from '../../../bot/store/store.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const HOUR_MS = 3_600_000;

let now = NOW;
let store: Store;
let asked: number;
beforeEach(() => {
  now = NOW;
  asked = 0;
  store = openSqlite(':memory:', () => now);
});

/** Replicas that count in the same store, and how often that is asked. */
function replicas(count: number, limit: number): TenantLimit[] {
  const counted = (...args: Parameters<Store['count']>) => {
    asked += 1;
    return store.count(...args);
  };
  return Array.from({ length: count }, () =>
    createTenantLimit({ key: 'made', store: { count: counted }, limit, now: () => now }),
  );
}

/** How many of so many who ask at once are let through. */
async function many(limits: readonly TenantLimit[], wishes: number): Promise<number> {
  const all = Array.from({ length: wishes }, (_, i) => limits[i % limits.length]?.take('contoso'));
  return (await Promise.all(all)).filter((taken) => taken && !('until' in taken)).length;
}

test.each([
  [1, 3],
  [3, 3],
  [3, 60],
  [4, 5_000],
])('%i replicas together give out %i meetings and no more', async (count, limit) => {
  const limits = replicas(count, limit);
  expect(await many(limits, limit * 2)).toBe(limit);
  expect(await many(limits, 10)).toBe(0);
});

test('what no limit counts asks nobody', async () => {
  expect(await many(replicas(1, 0), 1_000)).toBe(1_000);
  expect(asked).toBe(0);
});

test('a large limit is counted in portions', async () => {
  const [limit] = replicas(1, 20_000);
  for (let i = 0; i < 100; i += 1) await limit?.take('contoso');
  expect(asked).toBe(5);
});

test('many who come at once ask the store together', async () => {
  expect(await many(replicas(1, 200), 200)).toBe(200);
  expect(asked).toBeLessThan(5);
});

test('whoever is refused hears until when, and nobody asks the store for that any more', async () => {
  const [limit] = replicas(1, 1);
  await limit?.take('contoso');
  now += 1_000;
  expect(await limit?.take('contoso')).toEqual({ until: NOW + HOUR_MS });
  const before = asked;
  expect(await limit?.take('contoso')).toEqual({ until: NOW + HOUR_MS });
  expect(asked).toBe(before);
});

test('when the hour is over the next begins with its first meeting', async () => {
  const limits = replicas(2, 4);
  expect(await many(limits, 10)).toBe(4);
  now = NOW + HOUR_MS;
  expect(await many(limits, 10)).toBe(4);
  now += HOUR_MS - 1;
  expect(await many(limits, 10)).toBe(0);
});

test('a tenant’s limit is its own', async () => {
  const [limit] = replicas(1, 1);
  await limit?.take('contoso');
  expect(await limit?.take('fabrikam')).not.toHaveProperty('until');
});

test('what is given back can be taken once more, within its hour', async () => {
  const [limit] = replicas(1, 1);
  const taken = await limit?.take('contoso');
  if (taken === undefined || 'until' in taken) throw new Error('there was one');
  await taken.giveBack();
  expect(await limit?.take('contoso')).not.toHaveProperty('until');
  expect(await limit?.take('contoso')).toHaveProperty('until');
  now = NOW + HOUR_MS;
  await limit?.take('contoso');
  await taken.giveBack();
  expect(await limit?.take('contoso')).toHaveProperty('until');
});

test('a store whose every portion is used up at once refuses for a minute, and is not asked for ever', async () => {
  const limit = createTenantLimit({
    key: 'made',
    // Another replica's clock is behind this one's.
    store: {
      count: async () => {
        asked += 1;
        return { count: asked, until: now - 1 };
      },
    },
    limit: 10,
    now: () => now,
  });
  expect(await limit.take('contoso')).toEqual({ until: now + 60_000 });
  expect(asked).toBeLessThan(20);
});

test('a store that fails for a moment fails those who ask then, and nobody afterwards', async () => {
  let isBroken = true;
  const limit = createTenantLimit({
    key: 'made',
    store: { count: (...args) => (isBroken ? Promise.reject(new Error('gone')) : store.count(...args)) },
    limit: 10,
    now: () => now,
  });
  await expect(limit.take('contoso')).rejects.toThrow('gone');
  isBroken = false;
  expect(await limit.take('contoso')).not.toHaveProperty('until');
});
