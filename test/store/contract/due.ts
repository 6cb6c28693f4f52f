import { expect } from 'vitest';
import type { Due } from '../../../bot/meeting/due.ts';
import { idOf, LATER, meeting, NOW, type StoreTest } from './store-test.ts';

const due = (change: Partial<Due> = {}): Due => ({
  ...{ tenant: 'contoso', meeting: 'm1', step: 'remind', at: NOW },
  ...change,
});

/** What a store promises of what is to be done later. */
export function dueContract(test: StoreTest): void {
  test('what is due about a meeting is noted with it', async ({ store, other }) => {
    await store.addMeeting(meeting(), [due({ meeting: idOf('m1') })]);
    await store.replaceMeeting(meeting({ revision: 2 }), 1, [due({ meeting: idOf('m1'), step: 'started' })]);
    const claimed = await other.claimDue(9, LATER);
    expect(claimed.map(({ step }) => step).sort()).toEqual(['remind', 'started']);
  });

  test('what is due is claimed once it is due, and not before', async ({ store, clock }) => {
    await store.addDue([due({ at: LATER }), due({ meeting: 'm2', at: NOW + 1 })]);
    expect(await store.claimDue(9, LATER)).toEqual([]);
    clock.now = NOW + 1;
    expect(await store.claimDue(9, LATER + 9)).toEqual([due({ meeting: 'm2', at: NOW + 1 })]);
    clock.now = LATER;
    expect(await store.claimDue(9, LATER + 9)).toEqual([due({ at: LATER })]);
  });

  test('of many who claim at once each gets something else, and together they get all of it', async ({
    store,
    race,
  }) => {
    const all = Array.from({ length: 40 }, (_, i) => due({ meeting: `m${i}` }));
    await store.addDue(all);
    const won: Due[] = [];
    while (won.length < all.length) {
      const claimed = (await race((racer) => racer.claimDue(4, LATER))).flat();
      expect(claimed.length).toBeGreaterThan(0);
      won.push(...claimed);
    }
    expect(won.map(({ meeting }) => meeting).sort()).toEqual(all.map(({ meeting }) => meeting).sort());
    expect(await store.claimDue(9, LATER)).toEqual([]);
  });

  test('a claim on what is due runs out where nobody settles it, can be kept and given back', async ({
    store,
    other,
    clock,
  }) => {
    await store.addDue([due()]);
    expect(await store.claimDue(9, LATER)).toEqual([due()]);
    clock.now = LATER - 1;
    expect(await other.claimDue(9, LATER + 9)).toEqual([]);
    await store.keepDue(due(), LATER + 5);
    clock.now = LATER;
    expect(await other.claimDue(9, LATER + 9)).toEqual([]);
    clock.now = LATER + 5;
    expect(await other.claimDue(9, LATER + 9)).toEqual([due()]);
    await other.keepDue(due(), clock.now);
    expect(await store.claimDue(9, LATER + 9)).toEqual([due()]);
  });

  test('what is done is not due again, and what is noted twice is due once', async ({ store, other }) => {
    await Promise.all([store.addDue([due()]), other.addDue([due()])]);
    expect(await store.claimDue(9, LATER)).toEqual([due()]);
    await store.addDue([due()]);
    expect(await store.claimDue(9, LATER)).toEqual([]);
    await store.removeDue([due()]);
    await store.keepDue(due(), NOW);
    expect(await store.claimDue(9, LATER)).toEqual([]);
  });

  test('what is removed before it is due never is, and only that', async ({ store }) => {
    const others = [
      due({ tenant: 'fabrikam' }),
      due({ meeting: 'm2' }),
      due({ step: 'started' }),
      due({ at: NOW - 1 }),
    ];
    await store.addDue([due(), ...others]);
    await store.removeDue([due()]);
    const key = ({ tenant, meeting, step, at }: Due) => [tenant, meeting, step, at].join();
    expect((await store.claimDue(9, LATER)).map(key).sort()).toEqual(others.map(key).sort());
  });

  test('when the next is due can be asked, as far as one looks', async ({ store, clock }) => {
    expect(await store.nextDue(NOW + 9)).toBeNull();
    await store.addDue([due({ at: NOW + 9 }), due({ at: NOW + 70_000 })]);
    expect(await store.nextDue(NOW + 9)).toBeNull();
    expect(await store.nextDue(NOW + 10)).toBe(NOW + 9);
    clock.now = NOW + 9;
    await store.claimDue(9, clock.now + 90_000);
    expect(await store.nextDue(NOW + 80_000)).toBe(NOW + 70_000);
  });

  test('what somebody has claimed who may have died can be claimed next when the claim runs out', async ({
    store,
  }) => {
    await store.addDue([due({ at: NOW })]);
    await store.claimDue(9, NOW + 20_000);
    expect(await store.nextDue(NOW + 20_000)).toBeNull();
    expect(await store.nextDue(NOW + 30_000)).toBe(NOW + 20_000);
  });
}
