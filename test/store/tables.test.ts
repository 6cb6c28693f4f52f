import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ownedId } from '../../bot/store/keys.ts';
import type { Store } from '../../bot/store/store.ts';
import { openTables } from '../../bot/store/tables.ts';
import { ADA, meeting, NOW } from '../../deploy/bench/sample-records.ts';
import { type Azurite, startAzurite } from '../../deploy/faults/azurite.ts';
import { type StoreProxy, startProxy } from '../../deploy/faults/store-proxy.ts';
import type { Fault } from '../../deploy/sandbox/faults.ts';
import { PAGE } from './contract/store-test.ts';
import { storeContract } from './contract.ts';

let azurite: Azurite;
let proxy: StoreProxy;
let sparse: StoreProxy;
beforeAll(async () => {
  azurite = await startAzurite();
  proxy = await startProxy(azurite.port);
  sparse = await startProxy(azurite.port, EMPTY_PAGES);
});
afterAll(async () => {
  await proxy.close();
  await sparse.close();
  await azurite.close();
});

const EMPTY_PAGES = 2;
const CONTOSO = { tenant: 'contoso' };
const freshPrefix = () => `t${randomUUID().replaceAll('-', '')}`;
const place = (port?: number) => ({
  kind: 'azurite' as const,
  connectionString: azurite.connectionString(port),
});

/** Two stores that share the tables behind this port. */
const openBoth = (now: () => number, port?: number): [Store, Store] => {
  const prefix = freshPrefix();
  const open = () => openTables(place(port), now, prefix, PAGE);
  return [open(), open()];
};

storeContract('Azure Tables', async (now) => openBoth(now));

// A query over several partitions may answer nothing and where it goes on.
storeContract('Azure Tables whose queries begin with empty pages', async (now) => openBoth(now, sparse.port));

test('a query that only ever brings empty pages is given up', async () => {
  const endless = await startProxy(azurite.port, Number.POSITIVE_INFINITY);
  const [store] = openBoth(() => NOW, endless.port);
  expect(await store.claimDue(9, NOW + 60_000)).toEqual([]);
  expect(endless.count()).toBeLessThan(100);
  await endless.close();
});

describe('a storage that fails', () => {
  afterEach(() => proxy.faults.clear());
  const LATER = NOW + 60_000;
  const LOST: Fault = { kind: 'drop', when: 'after' };
  /** The SDK waits for longer than this. */
  const BEFORE_THE_NEXT_TRY_MS = 40;

  async function fresh(): Promise<Store> {
    const store = openTables(place(proxy.port), () => NOW, freshPrefix());
    await store.check();
    return store;
  }
  const happen = (method: string, fault: Fault, times = 1) =>
    void proxy.faults.add({ service: 'store', method }, fault, times);

  test.each<[string, Fault]>([
    ['whose answer is lost', LOST],
    ['whose connection breaks', { kind: 'drop', when: 'before' }],
    ['that hangs', { kind: 'hang' }],
    ['that is busy', { kind: 'status', status: 503 }],
  ])('a claim over a connection %s is still won once', async (_name, fault) => {
    const store = await fresh();
    happen('POST', fault);
    expect(await store.claim(CONTOSO, 'k', LATER)).toBe(true);
    expect(await store.claim(CONTOSO, 'k', LATER)).toBe(false);
  });

  test('an expired claim is won anew although the answer is lost', async () => {
    const store = await fresh();
    await store.claim(CONTOSO, 'k', NOW);
    happen('PUT', LOST);
    expect(await store.claim(CONTOSO, 'k', LATER)).toBe(true);
  });

  test('a claim is kept and given back by its mark although the answer is lost', async () => {
    const store = await fresh();
    await store.claim(ADA, 'k', LATER, 'mine');
    happen('PATCH', LOST);
    await store.settle(ADA, 'k', LATER + 5, 'mine');
    expect(await store.claimedUntil(ADA, 'k')).toBe(LATER + 5);
    happen('DELETE', LOST);
    await store.release(ADA, 'k', 'mine');
    expect(await store.claimedUntil(ADA, 'k')).toBeNull();
  });

  test('what is counted or taken back while the answer is lost is so once', async () => {
    const store = await fresh();
    await store.count(CONTOSO, 'k', LATER, 5);
    happen('PUT', LOST);
    await store.uncount(CONTOSO, 'k');
    expect(await store.count(CONTOSO, 'k', LATER)).toEqual({ count: 5, until: LATER });
    happen('PUT', LOST);
    expect(await store.count(CONTOSO, 'k', LATER)).toEqual({ count: 6, until: LATER });
    expect(await store.count(CONTOSO, 'k', LATER)).toEqual({ count: 7, until: LATER });
  });

  test('it is so even where others count before the loss is noticed', async () => {
    const prefix = freshPrefix();
    const [store, other] = [place(proxy.port), place()].map((at) => openTables(at, () => NOW, prefix));
    await store?.count(CONTOSO, 'k', LATER);
    const asked = proxy.count();
    happen('PUT', LOST);
    const losing = store?.count(CONTOSO, 'k', LATER);
    while (proxy.count() < asked + 2) await wait(1);
    await wait(BEFORE_THE_NEXT_TRY_MS);
    const others = [await other?.count(CONTOSO, 'k', LATER), await other?.count(CONTOSO, 'k', LATER)];
    const counts = [await losing, ...others].map((one) => one?.count).sort();
    expect(counts).toEqual([2, 3, 4]);
    expect((await other?.count(CONTOSO, 'k', LATER))?.count).toBe(5);
  });

  test('a meeting is added although the answer is lost, and a second one of its id is not', async () => {
    const store = await fresh();
    happen('POST', LOST);
    await store.addMeeting(meeting());
    // Told again because nobody knew whether it had been heard.
    await store.addMeeting(meeting());
    const another = store.addMeeting(meeting({ graphId: 'another' }));
    await expect(another).rejects.toMatchObject({ name: 'StoreError', status: 409 });
    expect(await store.meeting('contoso', 'm1')).toEqual(meeting());
  });

  test('a meeting is replaced although the answer is lost', async () => {
    const store = await fresh();
    await store.addMeeting(meeting());
    happen('PUT', LOST);
    expect(await store.replaceMeeting(meeting({ revision: 2 }), 1)).not.toBeNull();
    expect(await store.replaceMeeting(meeting({ revision: 2 }), 1)).toBeNull();
  });

  test('writes that share a request are done once although its answer is lost', async () => {
    const store = await fresh();
    const record = meeting({ id: ownedId(ADA, 'm1') });
    await store.addMeeting(record);
    const asked = proxy.count();
    happen('POST', LOST);
    const done = await Promise.all([
      store.claim(ADA, 'k', LATER),
      store.count(ADA, 'made', LATER),
      store.setCard('contoso', record.id, 'a:1', 'card'),
      store.replaceMeeting({ ...record, revision: 2 }, 1),
    ]);
    expect(proxy.count()).toBeGreaterThan(asked + 1);
    expect(done).toMatchObject([true, { count: 1 }, expect.any(Number), { revision: 2 }]);
    expect(await store.claim(ADA, 'k', LATER)).toBe(false);
    expect(await store.count(ADA, 'made', LATER)).toMatchObject({ count: 2 });
    expect(await store.meeting('contoso', record.id)).toMatchObject({ revision: 2, cardId: 'card' });
  });

  test('what is written at once is one request', async () => {
    const store = await fresh();
    const asked = proxy.count();
    await Promise.all(['a', 'b', 'c'].map((key) => store.claim(ADA, key, LATER, key)));
    expect(proxy.count()).toBe(asked + 1);
    await Promise.all(['a', 'b', 'c'].map((key) => store.settle(ADA, key, LATER + 1, key)));
    expect(proxy.count()).toBe(asked + 2);
  });

  test('a value is kept although the answer is lost', async () => {
    const store = await fresh();
    happen('POST', LOST);
    expect(await store.keep('key', 'a')).toBe('a');
  });

  test.each<[string, Fault, number]>([
    ['hangs', { kind: 'hang' }, 0],
    ['is gone', { kind: 'drop', when: 'before' }, 0],
    ['is full', { kind: 'status', status: 507 }, 507],
    ['lets nobody in', { kind: 'status', status: 403 }, 403],
  ])('a storage that %s for long is an error, and serves again afterwards', async (_name, fault, status) => {
    const store = await fresh();
    const heal = proxy.faults.add({ service: 'store' }, fault);
    const failed = { name: 'StoreError', status };
    await expect(
      Promise.allSettled([store.claim(CONTOSO, 'k', LATER), store.check()]),
    ).resolves.toMatchObject([{ reason: failed }, { reason: failed }]);
    heal();
    expect(await store.claim(CONTOSO, 'k', LATER)).toBe(true);
    await store.check();
  });

  test('a row that others write each time first is given up, and is no claim of this one', async () => {
    const store = await fresh();
    await store.count(CONTOSO, 'k', LATER);
    await store.addMeeting(meeting());
    await store.claim(CONTOSO, 'expired', NOW);
    const asked = proxy.count();
    const heal = proxy.faults.add({ service: 'store', method: 'PUT' }, 412);
    const healAmending = proxy.faults.add({ service: 'store', method: 'PATCH' }, 412);
    const overtaken = { name: 'StoreError', status: 412 };
    await expect(store.count(CONTOSO, 'k', LATER)).rejects.toMatchObject(overtaken);
    await expect(store.setCard('contoso', 'm1', 'a:1', 'card')).rejects.toMatchObject(overtaken);
    expect(await store.claim(CONTOSO, 'expired', LATER)).toBe(false);
    expect(proxy.count()).toBeLessThan(asked + 200);
    heal();
    healAmending();
    expect(await store.count(CONTOSO, 'k', LATER)).toMatchObject({ count: 2 });
    expect(await store.claim(CONTOSO, 'expired', LATER)).toBe(true);
  });

  test('tables that could not be made at first are made later', async () => {
    const store = openTables(place(proxy.port), () => NOW, freshPrefix());
    const heal = proxy.faults.add({ service: 'store' }, 403);
    await expect(store.check()).rejects.toMatchObject({ status: 403 });
    heal();
    await store.check();
    expect(await store.settings(ADA)).toMatchObject({ zone: null });
  });
});
