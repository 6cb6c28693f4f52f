import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { GraphError } from '../../../bot/graph/client.ts';
import { withinLimit } from '../../../bot/handle/once/create-limit.ts';
import type { TurnScope } from '../../../bot/handle/services.ts';
import { openSqlite } from '../../../bot/store/sqlite.ts';

test('what Graph refused is what the person hears, also where it cannot be given back', async () => {
  const store = openSqlite(':memory:', () => 0);
  const services = {
    store,
    createLimit: 5,
    tenantLimit: { take: async () => ({ giveBack: () => Promise.reject(new Error('the store is gone')) }) },
    now: () => DateTime.fromMillis(0, { zone: 'utc' }),
  };
  const scope = { services, owner: { tenant: 't', user: 'u' } } as unknown as TurnScope;
  const refusal = new GraphError(403, 'Forbidden');
  await expect(withinLimit(scope, () => Promise.reject(refusal))).rejects.toBe(refusal);
  expect(await store.count(scope.owner, 'made', 1)).toMatchObject({ count: 1 });
  await store.close();
});
