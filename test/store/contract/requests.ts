import { expect } from 'vitest';
import { ADA, BEN, idOf, LATER, NOW, pending, type StoreTest } from './store-test.ts';

/** What a store promises of requests that wait. */
export function requestsContract(test: StoreTest): void {
  test('what was parked comes back as it was, in its tenant only, until it expires', async ({
    store,
    clock,
  }) => {
    await store.park(pending());
    expect(await store.parked('contoso', idOf('p1'))).toEqual(pending());
    expect(await store.parked('fabrikam', idOf('p1'))).toBeNull();
    clock.now = LATER;
    expect(await store.parked('contoso', idOf('p1'))).toBeNull();
  });

  test('what waits is found by its person, oldest first, until it expires', async ({
    store,
    other,
    clock,
  }) => {
    await store.park(pending({ id: 'second', askedAt: NOW + 2, waitsFor: 'answer' }));
    await store.park(pending({ id: 'first', askedAt: NOW + 1, conversation: 'a:2' }));
    await store.park(pending({ id: 'ben', owner: BEN }));
    const names = async () => (await other.person(ADA, NOW)).requests.map(({ id }) => id);
    expect(await names()).toEqual([idOf('first'), idOf('second')]);
    clock.now = LATER;
    expect(await names()).toEqual([]);
  });

  test('parking again replaces, unparking removes', async ({ store }) => {
    await store.park(pending());
    await store.park(pending({ waitsFor: 'answer' }));
    expect((await store.person(ADA, NOW)).requests).toHaveLength(1);
    await store.unpark(BEN, idOf('p1', BEN));
    expect(await store.parked('contoso', idOf('p1'))).toMatchObject({ waitsFor: 'answer' });
    await store.unpark(ADA, idOf('p1'));
    expect(await store.parked('contoso', idOf('p1'))).toBeNull();
  });

  test('sweeping drops what has expired and nothing else', async ({ store, clock }) => {
    await store.park(pending());
    await store.park(pending({ id: 'p2', expires: LATER + 1 }));
    clock.now = LATER;
    await store.sweep();
    clock.now = NOW;
    expect(await store.parked('contoso', idOf('p1'))).toBeNull();
    expect(await store.parked('contoso', idOf('p2'))).not.toBeNull();
  });
}
