import { expect } from 'vitest';
import { ADA, CONTOSO, FABRIKAM, LATER, NOW, type StoreTest } from './store-test.ts';

/** What a store promises of claims: who holds one, and until when. */
export function claimsContract(test: StoreTest): void {
  test('a claim is won by exactly one of many', async ({ race }) => {
    const won = await race((racer) => racer.claim(CONTOSO, 'k', LATER));
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  test('a claim that has expired is won by exactly one of many', async ({ store, race }) => {
    await store.claim(CONTOSO, 'k', NOW);
    const won = await race((racer) => racer.claim(CONTOSO, 'k', LATER));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await store.claimedUntil(CONTOSO, 'k')).toBe(LATER);
  });

  test('a claim is won by exactly one of many while expired ones are swept', async ({
    store,
    other,
    race,
  }) => {
    for (let round = 0; round < 5; round++) {
      const key = `k${round}`;
      await store.claim(CONTOSO, key, NOW);
      const sweeping = other.sweep();
      const won = await race((racer) => racer.claim(CONTOSO, key, LATER));
      await sweeping;
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await store.claim(CONTOSO, key, LATER)).toBe(false);
    }
  });

  test('a claim that nobody holds cannot be kept for longer', async ({ store }) => {
    await store.settle(CONTOSO, 'k', LATER);
    expect(await store.claimedUntil(CONTOSO, 'k')).toBeNull();
    await store.release(CONTOSO, 'k');
  });

  test('who claimed what has run out since keeps and gives back nobody else’s', async ({
    store,
    other,
    clock,
  }) => {
    await store.claim(ADA, 'k', LATER, 'first');
    await store.settle(ADA, 'k', LATER + 1, 'first');
    expect(await other.claimedUntil(ADA, 'k')).toBe(LATER + 1);
    clock.now = LATER + 1;
    expect(await other.claim(ADA, 'k', LATER + 9, 'second')).toBe(true);
    await store.settle(ADA, 'k', LATER + 60_000, 'first');
    expect(await store.claimedUntil(ADA, 'k')).toBe(LATER + 9);
    await store.release(ADA, 'k', 'first');
    expect(await store.claim(ADA, 'k', LATER + 9, 'third')).toBe(false);
    await other.release(ADA, 'k', 'second');
    expect(await store.claim(ADA, 'k', LATER + 9, 'third')).toBe(true);
  });

  test('a claim that ran out can be kept for longer while nobody else wants it', async ({ store, clock }) => {
    await store.claim(ADA, 'k', LATER, 'first');
    clock.now = LATER;
    await store.settle(ADA, 'k', LATER + 9, 'first');
    expect(await store.claim(ADA, 'k', LATER + 9, 'second')).toBe(false);
  });

  test('a claim of which others have set the end is still its holder’s', async ({ store, other }) => {
    await store.claim(CONTOSO, 'k', LATER, 'mine');
    await other.settle(CONTOSO, 'k', LATER + 5);
    await store.settle(CONTOSO, 'k', LATER + 9, 'mine');
    expect(await other.claimedUntil(CONTOSO, 'k')).toBe(LATER + 9);
    await other.settle(CONTOSO, 'k', LATER + 5);
    await store.release(CONTOSO, 'k', 'mine');
    expect(await other.claimedUntil(CONTOSO, 'k')).toBeNull();
  });

  test('a claim is of one tenant and key', async ({ store }) => {
    expect(await store.claim(CONTOSO, 'k', LATER)).toBe(true);
    expect(await store.claim(FABRIKAM, 'k', LATER)).toBe(true);
    expect(await store.claim(CONTOSO, 'l', LATER)).toBe(true);
  });

  test('a claim can be won again when it has expired or was given back, not before', async ({
    store,
    clock,
  }) => {
    await store.claim(CONTOSO, 'k', LATER);
    clock.now = LATER - 1;
    expect(await store.claim(CONTOSO, 'k', LATER)).toBe(false);
    clock.now = LATER;
    expect(await store.claim(CONTOSO, 'k', LATER + 1_000)).toBe(true);
    await store.release(CONTOSO, 'k');
    expect(await store.claim(CONTOSO, 'k', LATER + 1_000)).toBe(true);
  });

  test('until when a claim is held can be asked without winning it', async ({ store, clock }) => {
    expect(await store.claimedUntil(CONTOSO, 'k')).toBeNull();
    await store.claim(CONTOSO, 'k', LATER);
    expect(await store.claimedUntil(CONTOSO, 'k')).toBe(LATER);
    await store.settle(CONTOSO, 'k', LATER + 5);
    expect(await store.claimedUntil(CONTOSO, 'k')).toBe(LATER + 5);
    expect(await store.claimedUntil(FABRIKAM, 'k')).toBeNull();
    clock.now = LATER + 5;
    expect(await store.claimedUntil(CONTOSO, 'k')).toBeNull();
  });

  test('a settled claim holds for longer', async ({ store, clock }) => {
    await store.claim(CONTOSO, 'k', LATER);
    await store.settle(CONTOSO, 'k', LATER + 1_000);
    clock.now = LATER;
    expect(await store.claim(CONTOSO, 'k', LATER + 1_000)).toBe(false);
  });
}
