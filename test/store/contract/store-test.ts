import { test } from 'vitest';
import type { MeetingRecord, Owner } from '../../../bot/meeting/record.ts';
import { ownedId } from '../../../bot/store/keys.ts';
import type { Pending, Store } from '../../../bot/store/store.ts';
import * as samples from '../../../deploy/bench/sample-records.ts';
import { ADA, NOW } from '../../../deploy/bench/sample-records.ts';

export { ADA, NOW };
export const BEN: Owner = { tenant: 'contoso', user: 'ben' };
export const LATER = NOW + 60_000;
export const CONTOSO = { tenant: 'contoso' };
export const FABRIKAM = { tenant: 'fabrikam' };

/** Ids begin with their owner: `m1` is Ada's, who owns what nobody else is said to own. */
export const idOf = (name: string, owner = ADA) => ownedId(owner, name);
export const meeting = ({ id = 'm1', owner = ADA, ...change }: Partial<MeetingRecord> = {}) =>
  samples.meeting({ ...change, owner, id: idOf(id, owner) });
export const pending = ({ id = 'p1', owner = ADA, ...change }: Partial<Pending> = {}) =>
  samples.pending({ ...change, owner, id: idOf(id, owner) });

/** So many rows make a page of those stores that are read by pages. */
export const PAGE = 50;

/** Twenty at once, half of them through each of two processes' worth of store. */
export const RACERS = 20;

/** Makes an empty store on the given clock (epoch milliseconds), and opens the same once more where two can share one. */
export type OpenStores = (now: () => number) => Promise<[Store, Store?]>;

/** A test that gets a new store, the same through another process's eyes, and the clock of both. */
export const storeTest = (open: OpenStores) =>
  test
    .extend('clock', () => ({ now: NOW }))
    .extend('stores', async ({ clock }, { onCleanup }) => {
      const [store, second] = await open(() => clock.now);
      onCleanup(async () => void (await Promise.all([store.close(), second?.close()])));
      return { store, other: second ?? store };
    })
    .extend('store', ({ stores }) => stores.store)
    .extend('other', ({ stores }) => stores.other)
    .extend('race', ({ stores: { store, other } }) => {
      const racers = Array.from({ length: RACERS }, (_, i) => (i % 2 === 0 ? store : other));
      return <T>(work: (racer: Store, i: number) => Promise<T>): Promise<T[]> =>
        Promise.all(racers.map(work));
    });

export type StoreTest = ReturnType<typeof storeTest>;
