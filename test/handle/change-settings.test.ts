import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { replanDues } from '../../bot/handle/change-settings.ts';
import type { Services } from '../../bot/handle/services.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { meeting } from '../../deploy/bench/sample-records.ts';

const NOW = 1_800_000_000_000;
const HOUR_MS = 3_600_000;

test('another reminder takes the place of the one before', async () => {
  let now = NOW;
  const store = openSqlite(':memory:', () => now);
  const services = { store, now: () => DateTime.fromMillis(now) } as unknown as Services;
  const conversationReference = { serviceUrl: '', bot: '', teamsId: '', name: '', locale: 'en', zone: null };
  const start = NOW + 24 * HOUR_MS;
  const record = { ...meeting({ id: 'm1', start, end: start + HOUR_MS }), conversationReference };
  for (const remind of [10, 20, 30])
    await replanDues([record], { before: remind === 10 ? null : remind - 10, after: remind }, { services });
  now = start + 2 * HOUR_MS;
  const due = await store.claimDue(10, now + 1);
  expect(due.map(({ step, at }) => [step, (start - at) / 60_000])).toEqual([['remind', 30]]);
  await store.close();
});
