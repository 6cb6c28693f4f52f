import { expect } from 'vitest';
import type { Store } from '../../../bot/store/store.ts';
import { ADA, BEN, idOf, meeting, NOW, PAGE, type StoreTest } from './store-test.ts';

/** What a store promises of meetings and their cards. */
export function meetingsContract(test: StoreTest): void {
  test('a meeting comes back as it was, in its tenant only, until it expires', async ({ store, clock }) => {
    await store.addMeeting(meeting());
    expect(await store.meeting('contoso', idOf('m1'))).toEqual(meeting());
    expect(await store.meeting('fabrikam', idOf('m1'))).toBeNull();
    clock.now = meeting().expires;
    expect(await store.meeting('contoso', idOf('m1'))).toBeNull();
  });

  test('of many who replace the same revision, one succeeds', async ({ store, other, race }) => {
    await store.addMeeting(meeting());
    const attempt = (i: number) => meeting({ revision: 2, graphId: `graph-${i}` });
    const done = await race((racer, i) => racer.replaceMeeting(attempt(i), 1));
    const [winner, ...others] = done.filter((stored) => stored !== null);
    expect(others).toEqual([]);
    expect(winner).toEqual(attempt(done.findIndex((stored) => stored !== null)));
    expect(await store.meeting('contoso', idOf('m1'))).toEqual(winner);
    expect(await other.meeting('contoso', idOf('m1'))).toEqual(winner);
  });

  test('of many who add the same meeting, one succeeds', async ({ store, race }) => {
    const attempt = (i: number) => meeting({ graphId: `graph-${i}` });
    const done = await race((racer, i) =>
      racer.addMeeting(attempt(i)).then(
        () => true,
        () => false,
      ),
    );
    expect(done.filter(Boolean)).toHaveLength(1);
    expect(await store.meeting('contoso', idOf('m1'))).toEqual(attempt(done.indexOf(true)));
  });

  test('a meeting that is gone cannot be replaced, nor its card be remembered', async ({ store }) => {
    expect(await store.replaceMeeting(meeting({ revision: 2 }), 1)).toBeNull();
    expect(await store.setCard('contoso', idOf('m1'), 'a:1', 'activity-7')).toBeNull();
    expect(await store.removeMeeting('contoso', idOf('m1'))).toBeNull();
    expect(await store.meeting('contoso', idOf('m1'))).toBeNull();
  });

  test('a meeting is replaced and its card remembered at once: one of the two learns of the other', async ({
    store,
    other,
  }) => {
    await store.addMeeting(meeting());
    const [stored, revision] = await Promise.all([
      store.replaceMeeting(meeting({ revision: 2 }), 1),
      other.setCard('contoso', idOf('m1'), '19:x', 'activity-7'),
    ]);
    expect(stored?.cardId === 'activity-7' || revision === 2).toBe(true);
    const both = meeting({ revision: 2, conversation: '19:x', cardId: 'activity-7' });
    expect(await store.meeting('contoso', idOf('m1'))).toEqual(both);
  });

  test('whoever says where the card stands is told which revision is stored, whoever wrote it', async ({
    store,
    other,
  }) => {
    const set = (by: Store) => by.setCard('contoso', idOf('m1'), 'a:1', 'activity-7');
    await store.addMeeting(meeting());
    expect([await set(store), await set(store), await set(other)]).toEqual([1, 1, 1]);
    await other.replaceMeeting(meeting({ revision: 2 }), 1);
    expect([await set(store), await set(other)]).toEqual([2, 2]);
    await other.removeMeeting('contoso', idOf('m1'));
    expect([await set(store), await set(other)]).toEqual([null, null]);
  });

  test('who replaces a meeting is told where its card stands, and does not change that', async ({
    store,
    other,
  }) => {
    await store.addMeeting(meeting());
    await other.setCard('contoso', idOf('m1'), '19:x', 'activity-7');
    const stored = meeting({ revision: 2, conversation: '19:x', cardId: 'activity-7' });
    expect(await store.replaceMeeting(meeting({ revision: 2 }), 1)).toEqual(stored);
    expect(await store.removeMeeting('contoso', idOf('m1'))).toEqual(stored);
  });

  test('a meeting that was put off is found until it expires anew', async ({ store, clock }) => {
    await store.addMeeting(meeting());
    const { expires } = meeting();
    await store.replaceMeeting(meeting({ revision: 2, expires: expires + 2 }), 1);
    clock.now = expires + 1;
    await store.sweep();
    expect(await store.meeting('contoso', idOf('m1'))).not.toBeNull();
    clock.now = expires + 2;
    expect(await store.meeting('contoso', idOf('m1'))).toBeNull();
    expect((await store.person(ADA, 0)).meetings).toEqual([]);
  });

  test('of a meeting’s cards the newest is told apart from those before, each of which is there once', async ({
    store,
    other,
  }) => {
    await store.addMeeting(meeting());
    const cards = async (...ids: string[]) => {
      for (const id of ids) await (id < 'c' ? store : other).setCard('contoso', idOf('m1'), 'a:1', id);
      const { cardId, olderCards = [] } = (await store.meeting('contoso', idOf('m1'))) ?? {};
      return [...olderCards.map((older) => older.cardId), cardId].join(' ');
    };
    expect(await cards('a')).toBe('a');
    expect(await cards('b', 'c')).toBe('a b c');
    expect(await cards('a', 'a')).toBe('b c a');
    await other.replaceMeeting(meeting({ revision: 2 }), 1);
    expect(await cards('d', 'e', 'f')).toBe('c a d e f');
    expect((await store.removeMeeting('contoso', idOf('m1')))?.olderCards).toHaveLength(4);
  });

  test('a meeting that was removed is gone', async ({ store }) => {
    await store.addMeeting(meeting());
    await store.removeMeeting('fabrikam', idOf('m1'));
    expect(await store.meeting('contoso', idOf('m1'))).not.toBeNull();
    await store.removeMeeting('contoso', idOf('m1'));
    expect(await store.meeting('contoso', idOf('m1'))).toBeNull();
  });

  test('a person’s meetings that have not ended, by start', async ({ store }) => {
    await store.addMeeting(meeting({ id: 'late', start: NOW + 9, end: NOW + 10 }));
    await store.addMeeting(meeting({ id: 'soon', start: NOW + 1, end: NOW + 2 }));
    await store.addMeeting(meeting({ id: 'over', start: NOW - 2, end: NOW }));
    await store.addMeeting(meeting({ id: 'ben', owner: BEN }));
    const found = (await store.person(ADA, NOW)).meetings;
    expect(found.map(({ id }) => id)).toEqual(['soon', 'late'].map((name) => idOf(name)));
  });

  test('a room is still to come until it expires, whenever it was to end', async ({ store }) => {
    const room = { externalId: 'x', isFirst: true };
    const times = { start: NOW - 2, end: NOW - 1, expires: NOW + 9 };
    await store.addMeeting(meeting({ id: 'room', room, ...times }));
    await store.replaceMeeting(meeting({ id: 'room', room, ...times, graphId: 'other' }), 1);
    const ids = async (after: number) => (await store.person(ADA, after)).meetings.map(({ id }) => id);
    expect([await ids(NOW), await ids(NOW + 9)]).toEqual([[idOf('room')], []]);
  });

  test('more meetings than fit one page are all there', async ({ store, clock }) => {
    const ids = Array.from({ length: PAGE + 10 }, (_, i) => `m${i}`);
    await Promise.all(ids.map((id) => store.addMeeting(meeting({ id }))));
    expect((await store.person(ADA, 0)).meetings).toHaveLength(ids.length);
    clock.now = meeting().expires;
    await store.sweep();
    clock.now = NOW;
    expect((await store.person(ADA, 0)).meetings).toEqual([]);
  });
}
