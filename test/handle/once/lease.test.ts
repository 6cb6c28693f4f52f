import { DateTime } from 'luxon';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LEASE_MS, type Lease, takeLease } from '../../../bot/handle/once/once.ts';
import type { StoreKey } from '../../../bot/store/keys.ts';
import { openSqlite } from '../../../bot/store/sqlite.ts';
import type { Store } from '../../../bot/store/store.ts';

const START = DateTime.fromISO('2026-11-22T12:00:00Z').toMillis();
const KEY: StoreKey = 'pending:x';
const owner = { tenant: 't', user: 'u' };

let clock: number;
let store: Store<StoreKey>;
const taken: Lease[] = [];
beforeEach(() => {
  clock = START;
  store = openSqlite(':memory:', () => clock);
});
afterEach(async () => {
  for (const lease of taken.splice(0)) lease.leave();
  await store.close();
});

async function take(): Promise<Lease | null> {
  const lease = await takeLease(KEY, { services: { store, now: () => DateTime.fromMillis(clock) }, owner });
  if (lease !== null) taken.push(lease);
  return lease;
}

async function mustTake(): Promise<Lease> {
  const lease = await take();
  if (lease === null) throw new Error('somebody holds the lease');
  return lease;
}

test('one at a time holds a lease, until it is given back', async () => {
  const first = await mustTake();
  expect(await take()).toBeNull();
  await first.giveBack();
  expect(await take()).not.toBeNull();
});

// Its process stood still for longer than the lease lasts, and another one has taken over.
test.each<[string, (late: Lease) => Promise<void>]>([
  ['gives it back', (late) => late.giveBack()],
  ['ends its work', async (late) => void (await late[Symbol.asyncDispose]())],
  ['keeps it', (late) => late.keep(60_000)],
])('who %s after it ran out leaves the lease of the next one alone', async (_name, end) => {
  const late = await mustTake();
  clock += LEASE_MS;
  await mustTake();
  await end(late);
  expect(await store.claimedUntil(owner, KEY)).toBe(START + 2 * LEASE_MS);
  expect(await take()).toBeNull();
});

test('what is done stays done where nobody has taken over', async () => {
  const late = await mustTake();
  clock += LEASE_MS;
  await late.keep(60_000);
  expect(await store.claimedUntil(owner, KEY)).toBe(clock + 60_000);
});
