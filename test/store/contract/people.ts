import { expect } from 'vitest';
import type { Begun } from '../../../bot/store/store.ts';
import {
  ADA,
  BEN,
  CONTOSO,
  idOf,
  LATER,
  meeting,
  NOW,
  pending,
  RACERS,
  type StoreTest,
} from './store-test.ts';

/** What a store promises of a person: what is kept of them, and that it can be forgotten. */
export function peopleContract(test: StoreTest): void {
  test('a person’s claims and counts are not anybody’s, nor another person’s', async ({ store, other }) => {
    for (const holder of [CONTOSO, ADA, BEN]) {
      expect(await store.claim(holder, 'k', LATER)).toBe(true);
      expect(await store.count(holder, 'k', LATER)).toEqual({ count: 1, until: LATER });
    }
    await store.release(ADA, 'k');
    const held = [CONTOSO, ADA, BEN].map((holder) => other.claimedUntil(holder, 'k'));
    expect(await Promise.all(held)).toEqual([LATER, null, LATER]);
  });

  test('what is kept of a person is read at once', async ({ store, other, clock }) => {
    expect(await store.person(ADA, NOW)).toEqual({
      settings: { zone: null, minutes: null, language: null },
      ...{ requests: [], begun: [], meetings: [], signedOutUntil: null },
    });
    const settings = { zone: 'Europe/Berlin', minutes: 25, language: 'de' };
    await store.saveSettings(ADA, settings);
    await store.claim(ADA, 'signedOut', LATER);
    await store.claim(ADA, 'activity', LATER);
    await store.count(ADA, 'made', LATER);
    await store.park(pending());
    await store.addMeeting(meeting({ id: 'over', start: NOW - 2, end: NOW }));
    await store.addMeeting(meeting({ id: 'later', start: NOW + 9, end: NOW + 10 }));
    await store.addMeeting(meeting());
    await store.addMeeting(meeting({ owner: BEN }));
    expect(await other.person(ADA, NOW)).toEqual({
      ...{ settings, requests: [pending()], begun: [], signedOutUntil: LATER },
      meetings: [meeting({ id: 'later', start: NOW + 9, end: NOW + 10 }), meeting()],
    });
    clock.now = LATER;
    expect(await other.person(ADA, NOW)).toMatchObject({ requests: [], signedOutUntil: null });
  });

  test('what was read of a person may be old when it is written', async ({ store, other }) => {
    await store.addMeeting(meeting());
    await store.person(ADA, NOW);
    await other.replaceMeeting(meeting({ revision: 2 }), 1);
    expect(await store.replaceMeeting(meeting({ revision: 2, subject: 'lost' }), 1)).toBeNull();
    await store.person(ADA, NOW);
    await other.replaceMeeting(meeting({ revision: 3 }), 2);
    expect(await store.replaceMeeting(meeting({ revision: 4 }), 3)).toEqual(meeting({ revision: 4 }));
    await other.person(ADA, NOW);
    await store.removeMeeting('contoso', idOf('m1'));
    expect(await other.setCard('contoso', idOf('m1'), 'a:1', 'card')).toBeNull();
  });

  test('what is written at once is written like one after the other', async ({ store, other }) => {
    await store.addMeeting(meeting());
    await store.claim(ADA, 'k', LATER);
    const [revision, isFirst, isSecond, , counted] = await Promise.all([
      store.setCard('contoso', idOf('m1'), 'a:1', 'card'),
      store.claim(ADA, 'l', LATER),
      store.claim(ADA, 'k', LATER),
      store.unpark(ADA, idOf('nothing')),
      store.count(ADA, 'k', LATER),
      store.settle(ADA, 'k', LATER + 1),
      store.park(pending()),
      store.park(pending({ waitsFor: 'answer' })),
    ]);
    expect([revision, isFirst, isSecond, counted?.count]).toEqual([1, true, false, 1]);
    expect(await other.claimedUntil(ADA, 'k')).toBe(LATER + 1);
    expect(await other.person(ADA, NOW)).toMatchObject({
      requests: [{ waitsFor: 'answer' }],
      meetings: [{ cardId: 'card' }],
    });
  });

  test('settings are a person’s own', async ({ store }) => {
    await store.saveSettings(ADA, { zone: 'Europe/Berlin', minutes: 25, language: 'de' });
    expect(await store.settings(ADA)).toEqual({ zone: 'Europe/Berlin', minutes: 25, language: 'de' });
    expect(await store.settings(BEN)).toEqual({ zone: null, minutes: null, language: null });
  });

  test('what was begun is there for its person until it is finished, forgotten or too old', async ({
    store,
    other,
    clock,
  }) => {
    const begun = (change: Partial<Begun> = {}): Begun => {
      const work = {
        verb: 'renew' as const,
        at: NOW,
        wanted: meeting(),
        options: { lobby: 'everyone' as const },
      };
      return { owner: ADA, ...work, expires: LATER, ...change };
    };
    // A request of the same id waits, too.
    await store.park(pending({ id: 'm1' }));
    await store.begin(begun());
    await other.begin(begun({ verb: 'cancel' }));
    await store.begin(begun({ wanted: meeting({ revision: 2 }), at: NOW + 1 }));
    await store.begin(begun({ owner: BEN, wanted: meeting({ id: 'm3', owner: BEN }) }));
    expect((await other.person(ADA, NOW)).begun).toEqual([
      begun({ verb: 'cancel' }),
      begun({ wanted: meeting({ revision: 2 }), at: NOW + 1 }),
    ]);
    await other.finish(ADA, meeting());
    await other.finish(ADA, meeting());
    expect((await store.person(ADA, NOW)).begun).toMatchObject([{ wanted: { revision: 2 } }]);
    expect((await store.person(ADA, NOW)).requests).toEqual([pending({ id: 'm1' })]);
    await store.forget(ADA);
    expect((await store.person(ADA, NOW)).begun).toEqual([]);
    clock.now = LATER;
    expect((await store.person(BEN, NOW)).begun).toEqual([]);
    await store.sweep();
  });

  test('forgetting a person leaves nothing of them and everything of others', async ({ store }) => {
    for (const owner of [ADA, BEN]) {
      await store.park(pending({ id: owner.user, owner }));
      await store.addMeeting(meeting({ id: owner.user, owner }));
      await store.saveSettings(owner, { zone: 'Europe/Berlin', minutes: null, language: null });
    }
    await store.forget(ADA);
    expect(await store.parked('contoso', idOf('ada'))).toBeNull();
    expect((await store.person(ADA, 0)).meetings).toEqual([]);
    expect((await store.settings(ADA)).zone).toBeNull();
    expect(await store.parked('contoso', idOf('ben', BEN))).not.toBeNull();
    expect((await store.person(BEN, 0)).meetings).toHaveLength(1);
    expect((await store.settings(BEN)).zone).toBe('Europe/Berlin');
  });

  test('a person who is forgotten while they ask leaves nothing that can be found by halves', async ({
    store,
    other,
  }) => {
    const ids = Array.from({ length: RACERS }, (_, i) => `m${i}`);
    const adding = ids.map((id, i) => (i % 2 === 0 ? store : other).addMeeting(meeting({ id })));
    await Promise.all([...adding, other.forget(ADA)]);
    const listed = (await store.person(ADA, 0)).meetings.map(({ id }) => id).sort();
    const found = await Promise.all(ids.map((id) => store.meeting('contoso', idOf(id))));
    expect(found.flatMap((record) => (record ? [record.id] : [])).sort()).toEqual(listed);
  });
}
