import { expect } from 'vitest';
import { ADA, CONTOSO, FABRIKAM, LATER, RACERS, type StoreTest } from './store-test.ts';

/** What a store promises of counts. */
export function countsContract(test: StoreTest): void {
  test('many who count at once are all counted, and no two alike', async ({ race }) => {
    const counts = await race((racer) => racer.count(CONTOSO, 'k', LATER));
    const inOrder = counts.map(({ count }) => count).sort((a, b) => a - b);
    expect(inOrder).toEqual(Array.from({ length: RACERS }, (_, i) => i + 1));
    expect(new Set(counts.map(({ until }) => until))).toEqual(new Set([LATER]));
  });

  test('a count is of one tenant and key, and keeps its end until that is over', async ({ store, clock }) => {
    await store.count(CONTOSO, 'k', LATER);
    expect(await store.count(FABRIKAM, 'k', LATER)).toEqual({ count: 1, until: LATER });
    expect(await store.count(CONTOSO, 'l', LATER)).toEqual({ count: 1, until: LATER });
    clock.now = LATER - 1;
    expect(await store.count(CONTOSO, 'k', LATER + 9)).toEqual({ count: 2, until: LATER });
    clock.now = LATER;
    expect(await store.count(CONTOSO, 'k', LATER + 9)).toEqual({ count: 1, until: LATER + 9 });
  });

  test('several are counted at once', async ({ store, clock }) => {
    expect(await store.count(CONTOSO, 'k', LATER, 20)).toEqual({ count: 20, until: LATER });
    expect(await store.count(CONTOSO, 'k', LATER, 3)).toEqual({ count: 23, until: LATER });
    clock.now = LATER;
    expect(await store.count(CONTOSO, 'k', LATER + 9, 5)).toEqual({ count: 5, until: LATER + 9 });
  });

  test('many who count and take back at once are all heard', async ({ store, race }) => {
    await store.count(CONTOSO, 'k', LATER, RACERS);
    await race(async (racer, i) => {
      if (i % 4 < 2) await racer.count(CONTOSO, 'k', LATER);
      else await racer.uncount(CONTOSO, 'k');
    });
    expect(await store.count(CONTOSO, 'k', LATER)).toEqual({ count: RACERS + 1, until: LATER });
  });

  test('what was counted can be taken back, never below nothing', async ({ store }) => {
    await store.uncount(CONTOSO, 'k');
    await store.count(CONTOSO, 'k', LATER);
    await store.count(CONTOSO, 'k', LATER);
    for (let i = 0; i < 3; i += 1) await store.uncount(CONTOSO, 'k');
    expect(await store.count(CONTOSO, 'k', LATER)).toEqual({ count: 1, until: LATER });
  });

  test('forgetting a person does not forget what was counted', async ({ store }) => {
    await store.count(CONTOSO, 'made:ada', LATER);
    await store.forget(ADA);
    expect((await store.count(CONTOSO, 'made:ada', LATER)).count).toBe(2);
  });
}
