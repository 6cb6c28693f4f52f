import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Due } from '../../bot/meeting/due.ts';
import type { MeetingRecord, Owner } from '../../bot/meeting/record.ts';
import { ownedId } from '../../bot/store/keys.ts';
import type { Begun, Pending, Store } from '../../bot/store/store.ts';
import * as samples from '../../deploy/bench/sample-records.ts';
import { ADA, NOW } from '../../deploy/bench/sample-records.ts';

const BEN: Owner = { tenant: 'contoso', user: 'ben' };
const LATER = NOW + 60_000;
const [CONTOSO, FABRIKAM] = [{ tenant: 'contoso' }, { tenant: 'fabrikam' }];

/** Ids begin with their owner: `m1` is Ada's, who owns what nobody else is said to own. */
const idOf = (name: string, owner = ADA) => ownedId(owner, name);
const meeting = ({ id = 'm1', owner = ADA, ...change }: Partial<MeetingRecord> = {}) =>
  samples.meeting({ ...change, owner, id: idOf(id, owner) });
const pending = ({ id = 'p1', owner = ADA, ...change }: Partial<Pending> = {}) =>
  samples.pending({ ...change, owner, id: idOf(id, owner) });

/** So many rows make a page of those stores that are read by pages. */
export const PAGE = 50;

/** Twenty at once, half of them through each of two processes' worth of store. */
const RACERS = 20;

/**
 * What every Store promises; `open` makes an empty one on the given clock (epoch milliseconds), and opens the same once
 * more where two can share one.
 */
export function storeContract(name: string, open: (now: () => number) => Promise<[Store, Store?]>): void {
  describe(`${name} as a store`, () => {
    let now = NOW;
    let store: Store;
    let other: Store;
    beforeEach(async () => {
      now = NOW;
      const [first, second] = await open(() => now);
      store = first;
      other = second ?? first;
    });
    afterEach(async () => {
      await store.close();
      if (other !== store) await other.close();
    });
    const race = <T>(work: (racer: Store, i: number) => Promise<T>): Promise<T[]> =>
      Promise.all(Array.from({ length: RACERS }, (_, i) => work(i % 2 === 0 ? store : other, i)));

    test('a claim is won by exactly one of many', async () => {
      const won = await race((racer) => racer.claim(CONTOSO, 'k', LATER));
      expect(won.filter(Boolean)).toHaveLength(1);
    });

    test('a claim that has expired is won by exactly one of many', async () => {
      await store.claim(CONTOSO, 'k', NOW);
      const won = await race((racer) => racer.claim(CONTOSO, 'k', LATER));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await store.claimedUntil(CONTOSO, 'k')).toBe(LATER);
    });

    test('a claim is won by exactly one of many while expired ones are swept', async () => {
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

    test('a claim that nobody holds cannot be kept for longer', async () => {
      await store.settle(CONTOSO, 'k', LATER);
      expect(await store.claimedUntil(CONTOSO, 'k')).toBeNull();
      await store.release(CONTOSO, 'k');
    });

    test('a claim is of one tenant and key', async () => {
      expect(await store.claim(CONTOSO, 'k', LATER)).toBe(true);
      expect(await store.claim(FABRIKAM, 'k', LATER)).toBe(true);
      expect(await store.claim(CONTOSO, 'l', LATER)).toBe(true);
    });

    test('a person’s claims and counts are not anybody’s, nor another person’s', async () => {
      for (const holder of [CONTOSO, ADA, BEN]) {
        expect(await store.claim(holder, 'k', LATER)).toBe(true);
        expect(await store.count(holder, 'k', LATER)).toEqual({ count: 1, until: LATER });
      }
      await store.release(ADA, 'k');
      const held = [CONTOSO, ADA, BEN].map((holder) => other.claimedUntil(holder, 'k'));
      expect(await Promise.all(held)).toEqual([LATER, null, LATER]);
    });

    test('what is kept of a person is read at once', async () => {
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
      now = LATER;
      expect(await other.person(ADA, NOW)).toMatchObject({ requests: [], signedOutUntil: null });
    });

    test('what was read of a person may be old when it is written', async () => {
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

    test('what is written at once is written like one after the other', async () => {
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

    test('what is due about a meeting is noted with it', async () => {
      const due = (step: Due['step']): Due => ({ tenant: 'contoso', meeting: idOf('m1'), step, at: NOW });
      await store.addMeeting(meeting(), [due('remind')]);
      await store.replaceMeeting(meeting({ revision: 2 }), 1, [due('started')]);
      const claimed = await other.claimDue(9, LATER);
      expect(claimed.map(({ step }) => step).sort()).toEqual(['remind', 'started']);
    });

    test('a claim can be won again when it has expired or was given back, not before', async () => {
      await store.claim(CONTOSO, 'k', LATER);
      now = LATER - 1;
      expect(await store.claim(CONTOSO, 'k', LATER)).toBe(false);
      now = LATER;
      expect(await store.claim(CONTOSO, 'k', LATER + 1_000)).toBe(true);
      await store.release(CONTOSO, 'k');
      expect(await store.claim(CONTOSO, 'k', LATER + 1_000)).toBe(true);
    });

    test('until when a claim is held can be asked without winning it', async () => {
      expect(await store.claimedUntil(CONTOSO, 'k')).toBeNull();
      await store.claim(CONTOSO, 'k', LATER);
      expect(await store.claimedUntil(CONTOSO, 'k')).toBe(LATER);
      await store.settle(CONTOSO, 'k', LATER + 5);
      expect(await store.claimedUntil(CONTOSO, 'k')).toBe(LATER + 5);
      expect(await store.claimedUntil(FABRIKAM, 'k')).toBeNull();
      now = LATER + 5;
      expect(await store.claimedUntil(CONTOSO, 'k')).toBeNull();
    });

    test('a settled claim holds for longer', async () => {
      await store.claim(CONTOSO, 'k', LATER);
      await store.settle(CONTOSO, 'k', LATER + 1_000);
      now = LATER;
      expect(await store.claim(CONTOSO, 'k', LATER + 1_000)).toBe(false);
    });

    test('many who count at once are all counted, and no two alike', async () => {
      const counts = await race((racer) => racer.count(CONTOSO, 'k', LATER));
      const inOrder = counts.map(({ count }) => count).sort((a, b) => a - b);
      expect(inOrder).toEqual(Array.from({ length: RACERS }, (_, i) => i + 1));
      expect(new Set(counts.map(({ until }) => until))).toEqual(new Set([LATER]));
    });

    test('a count is of one tenant and key, and keeps its end until that is over', async () => {
      await store.count(CONTOSO, 'k', LATER);
      expect(await store.count(FABRIKAM, 'k', LATER)).toEqual({ count: 1, until: LATER });
      expect(await store.count(CONTOSO, 'l', LATER)).toEqual({ count: 1, until: LATER });
      now = LATER - 1;
      expect(await store.count(CONTOSO, 'k', LATER + 9)).toEqual({ count: 2, until: LATER });
      now = LATER;
      expect(await store.count(CONTOSO, 'k', LATER + 9)).toEqual({ count: 1, until: LATER + 9 });
    });

    test('several are counted at once', async () => {
      expect(await store.count(CONTOSO, 'k', LATER, 20)).toEqual({ count: 20, until: LATER });
      expect(await store.count(CONTOSO, 'k', LATER, 3)).toEqual({ count: 23, until: LATER });
      now = LATER;
      expect(await store.count(CONTOSO, 'k', LATER + 9, 5)).toEqual({ count: 5, until: LATER + 9 });
    });

    test('many who count and take back at once are all heard', async () => {
      await store.count(CONTOSO, 'k', LATER, RACERS);
      await race(async (racer, i) => {
        if (i % 4 < 2) await racer.count(CONTOSO, 'k', LATER);
        else await racer.uncount(CONTOSO, 'k');
      });
      expect(await store.count(CONTOSO, 'k', LATER)).toEqual({ count: RACERS + 1, until: LATER });
    });

    test('what was counted can be taken back, never below nothing', async () => {
      await store.uncount(CONTOSO, 'k');
      await store.count(CONTOSO, 'k', LATER);
      await store.count(CONTOSO, 'k', LATER);
      for (let i = 0; i < 3; i += 1) await store.uncount(CONTOSO, 'k');
      expect(await store.count(CONTOSO, 'k', LATER)).toEqual({ count: 1, until: LATER });
    });

    test('forgetting a person does not forget what was counted', async () => {
      await store.count(CONTOSO, 'made:ada', LATER);
      await store.forget(ADA);
      expect((await store.count(CONTOSO, 'made:ada', LATER)).count).toBe(2);
    });

    test('what was parked comes back as it was, in its tenant only, until it expires', async () => {
      await store.park(pending());
      expect(await store.parked('contoso', idOf('p1'))).toEqual(pending());
      expect(await store.parked('fabrikam', idOf('p1'))).toBeNull();
      now = LATER;
      expect(await store.parked('contoso', idOf('p1'))).toBeNull();
    });

    test('what waits is found by its person, oldest first, until it expires', async () => {
      await store.park(pending({ id: 'second', askedAt: NOW + 2, waitsFor: 'answer' }));
      await store.park(pending({ id: 'first', askedAt: NOW + 1, conversation: 'a:2' }));
      await store.park(pending({ id: 'ben', owner: BEN }));
      const names = async () => (await other.person(ADA, NOW)).requests.map(({ id }) => id);
      expect(await names()).toEqual([idOf('first'), idOf('second')]);
      now = LATER;
      expect(await names()).toEqual([]);
    });

    test('parking again replaces, unparking removes', async () => {
      await store.park(pending());
      await store.park(pending({ waitsFor: 'answer' }));
      expect((await store.person(ADA, NOW)).requests).toHaveLength(1);
      await store.unpark(BEN, idOf('p1', BEN));
      expect(await store.parked('contoso', idOf('p1'))).toMatchObject({ waitsFor: 'answer' });
      await store.unpark(ADA, idOf('p1'));
      expect(await store.parked('contoso', idOf('p1'))).toBeNull();
    });

    test('a meeting comes back as it was, in its tenant only, until it expires', async () => {
      await store.addMeeting(meeting());
      expect(await store.meeting('contoso', idOf('m1'))).toEqual(meeting());
      expect(await store.meeting('fabrikam', idOf('m1'))).toBeNull();
      now = meeting().expires;
      expect(await store.meeting('contoso', idOf('m1'))).toBeNull();
    });

    test('of many who replace the same revision, one succeeds', async () => {
      await store.addMeeting(meeting());
      const attempt = (i: number) => meeting({ revision: 2, graphId: `graph-${i}` });
      const done = await race((racer, i) => racer.replaceMeeting(attempt(i), 1));
      const [winner, ...others] = done.filter((stored) => stored !== null);
      expect(others).toEqual([]);
      expect(winner).toEqual(attempt(done.findIndex((stored) => stored !== null)));
      expect(await store.meeting('contoso', idOf('m1'))).toEqual(winner);
      expect(await other.meeting('contoso', idOf('m1'))).toEqual(winner);
    });

    test('of many who add the same meeting, one succeeds', async () => {
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

    test('a meeting that is gone cannot be replaced, nor its card be remembered', async () => {
      expect(await store.replaceMeeting(meeting({ revision: 2 }), 1)).toBeNull();
      expect(await store.setCard('contoso', idOf('m1'), 'a:1', 'activity-7')).toBeNull();
      expect(await store.removeMeeting('contoso', idOf('m1'))).toBeNull();
      expect(await store.meeting('contoso', idOf('m1'))).toBeNull();
    });

    test('a meeting is replaced and its card remembered at once: one of the two learns of the other', async () => {
      await store.addMeeting(meeting());
      const [stored, revision] = await Promise.all([
        store.replaceMeeting(meeting({ revision: 2 }), 1),
        other.setCard('contoso', idOf('m1'), '19:x', 'activity-7'),
      ]);
      expect(stored?.cardId === 'activity-7' || revision === 2).toBe(true);
      const both = meeting({ revision: 2, conversation: '19:x', cardId: 'activity-7' });
      expect(await store.meeting('contoso', idOf('m1'))).toEqual(both);
    });

    test('whoever says where the card stands is told which revision is stored, whoever wrote it', async () => {
      const set = (by: Store) => by.setCard('contoso', idOf('m1'), 'a:1', 'activity-7');
      await store.addMeeting(meeting());
      expect([await set(store), await set(store), await set(other)]).toEqual([1, 1, 1]);
      await other.replaceMeeting(meeting({ revision: 2 }), 1);
      expect([await set(store), await set(other)]).toEqual([2, 2]);
      await other.removeMeeting('contoso', idOf('m1'));
      expect([await set(store), await set(other)]).toEqual([null, null]);
    });

    test('who replaces a meeting is told where its card stands, and does not change that', async () => {
      await store.addMeeting(meeting());
      await other.setCard('contoso', idOf('m1'), '19:x', 'activity-7');
      const stored = meeting({ revision: 2, conversation: '19:x', cardId: 'activity-7' });
      expect(await store.replaceMeeting(meeting({ revision: 2 }), 1)).toEqual(stored);
      expect(await store.removeMeeting('contoso', idOf('m1'))).toEqual(stored);
    });

    test('a meeting that was put off is found until it expires anew', async () => {
      await store.addMeeting(meeting());
      const { expires } = meeting();
      await store.replaceMeeting(meeting({ revision: 2, expires: expires + 2 }), 1);
      now = expires + 1;
      await store.sweep();
      expect(await store.meeting('contoso', idOf('m1'))).not.toBeNull();
      now = expires + 2;
      expect(await store.meeting('contoso', idOf('m1'))).toBeNull();
      expect(await store.meetingsOf(ADA, 0)).toEqual([]);
    });

    test('the card of a meeting is remembered', async () => {
      await store.addMeeting(meeting());
      await store.setCard('contoso', idOf('m1'), '19:x', 'activity-7');
      const moved = meeting({ conversation: '19:x', cardId: 'activity-7' });
      expect(await store.meeting('contoso', idOf('m1'))).toEqual(moved);
    });

    test('of a meeting’s cards the newest is told apart from those before, each of which is there once', async () => {
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

    test('a meeting that was removed is gone', async () => {
      await store.addMeeting(meeting());
      await store.removeMeeting('fabrikam', idOf('m1'));
      expect(await store.meeting('contoso', idOf('m1'))).not.toBeNull();
      await store.removeMeeting('contoso', idOf('m1'));
      expect(await store.meeting('contoso', idOf('m1'))).toBeNull();
    });

    test('a person’s meetings that have not ended, by start', async () => {
      await store.addMeeting(meeting({ id: 'late', start: NOW + 9, end: NOW + 10 }));
      await store.addMeeting(meeting({ id: 'soon', start: NOW + 1, end: NOW + 2 }));
      await store.addMeeting(meeting({ id: 'over', start: NOW - 2, end: NOW }));
      await store.addMeeting(meeting({ id: 'ben', owner: BEN }));
      const found = await store.meetingsOf(ADA, NOW);
      expect(found.map(({ id }) => id)).toEqual(['soon', 'late'].map((name) => idOf(name)));
    });

    test('a room is still to come until it expires, whenever it was to end', async () => {
      const room = { externalId: 'x', isFirst: true };
      const times = { start: NOW - 2, end: NOW - 1, expires: NOW + 9 };
      await store.addMeeting(meeting({ id: 'room', room, ...times }));
      await store.replaceMeeting(meeting({ id: 'room', room, ...times, graphId: 'other' }), 1);
      const ids = async (after: number) => (await store.meetingsOf(ADA, after)).map(({ id }) => id);
      expect([await ids(NOW), await ids(NOW + 9)]).toEqual([[idOf('room')], []]);
    });

    const due = (change: Partial<Due> = {}): Due => ({
      ...{ tenant: 'contoso', meeting: 'm1', step: 'remind', at: NOW },
      ...change,
    });

    test('what is due is claimed once it is due, and not before', async () => {
      await store.addDue([due({ at: LATER }), due({ meeting: 'm2', at: NOW + 1 })]);
      expect(await store.claimDue(9, LATER)).toEqual([]);
      now = NOW + 1;
      expect(await store.claimDue(9, LATER + 9)).toEqual([due({ meeting: 'm2', at: NOW + 1 })]);
      now = LATER;
      expect(await store.claimDue(9, LATER + 9)).toEqual([due({ at: LATER })]);
    });

    test('of many who claim at once each gets something else, and together they get all of it', async () => {
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

    test('a claim on what is due runs out where nobody settles it, can be kept and given back', async () => {
      await store.addDue([due()]);
      expect(await store.claimDue(9, LATER)).toEqual([due()]);
      now = LATER - 1;
      expect(await other.claimDue(9, LATER + 9)).toEqual([]);
      await store.keepDue(due(), LATER + 5);
      now = LATER;
      expect(await other.claimDue(9, LATER + 9)).toEqual([]);
      now = LATER + 5;
      expect(await other.claimDue(9, LATER + 9)).toEqual([due()]);
      await other.keepDue(due(), now);
      expect(await store.claimDue(9, LATER + 9)).toEqual([due()]);
    });

    test('what is done is not due again, and what is noted twice is due once', async () => {
      await Promise.all([store.addDue([due()]), other.addDue([due()])]);
      expect(await store.claimDue(9, LATER)).toEqual([due()]);
      await store.addDue([due()]);
      expect(await store.claimDue(9, LATER)).toEqual([]);
      await store.removeDue([due()]);
      await store.keepDue(due(), NOW);
      expect(await store.claimDue(9, LATER)).toEqual([]);
    });

    test('what is removed before it is due never is, and only that', async () => {
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

    test('when the next is due can be asked, as far as one looks', async () => {
      expect(await store.nextDue(NOW + 9)).toBeNull();
      await store.addDue([due({ at: NOW + 9 }), due({ at: NOW + 70_000 })]);
      expect(await store.nextDue(NOW + 9)).toBeNull();
      expect(await store.nextDue(NOW + 10)).toBe(NOW + 9);
      now = NOW + 9;
      await store.claimDue(9, now + 90_000);
      expect(await store.nextDue(NOW + 80_000)).toBe(NOW + 70_000);
    });

    test('what somebody has claimed who may have died can be claimed next when the claim runs out', async () => {
      await store.addDue([due({ at: NOW })]);
      await store.claimDue(9, NOW + 20_000);
      expect(await store.nextDue(NOW + 20_000)).toBeNull();
      expect(await store.nextDue(NOW + 30_000)).toBe(NOW + 20_000);
    });

    test('settings are a person’s own', async () => {
      await store.saveSettings(ADA, { zone: 'Europe/Berlin', minutes: 25, language: 'de' });
      expect(await store.settings(ADA)).toEqual({ zone: 'Europe/Berlin', minutes: 25, language: 'de' });
      expect(await store.settings(BEN)).toEqual({ zone: null, minutes: null, language: null });
    });

    test('the first of many values is kept, for everybody', async () => {
      const kept = await Promise.all(['a', 'b', 'c'].map((value) => store.keep('key', value)));
      expect(new Set(kept).size).toBe(1);
      expect(await store.keep('key', 'd')).toBe(kept[0]);
      expect(await store.keep('other', 'd')).toBe('d');
    });

    test('what was begun is there for its person until it is finished, forgotten or too old', async () => {
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
      now = LATER;
      expect((await store.person(BEN, NOW)).begun).toEqual([]);
      await store.sweep();
    });

    test('forgetting a person leaves nothing of them and everything of others', async () => {
      for (const owner of [ADA, BEN]) {
        await store.park(pending({ id: owner.user, owner }));
        await store.addMeeting(meeting({ id: owner.user, owner }));
        await store.saveSettings(owner, { zone: 'Europe/Berlin', minutes: null, language: null });
      }
      await store.forget(ADA);
      expect(await store.parked('contoso', idOf('ada'))).toBeNull();
      expect(await store.meetingsOf(ADA, 0)).toEqual([]);
      expect((await store.settings(ADA)).zone).toBeNull();
      expect(await store.parked('contoso', idOf('ben', BEN))).not.toBeNull();
      expect(await store.meetingsOf(BEN, 0)).toHaveLength(1);
      expect((await store.settings(BEN)).zone).toBe('Europe/Berlin');
    });

    test('a person who is forgotten while they ask leaves nothing that can be found by halves', async () => {
      const ids = Array.from({ length: RACERS }, (_, i) => `m${i}`);
      const adding = ids.map((id, i) => (i % 2 === 0 ? store : other).addMeeting(meeting({ id })));
      await Promise.all([...adding, other.forget(ADA)]);
      const listed = (await store.meetingsOf(ADA, 0)).map(({ id }) => id).sort();
      const found = await Promise.all(ids.map((id) => store.meeting('contoso', idOf(id))));
      expect(found.flatMap((record) => (record ? [record.id] : [])).sort()).toEqual(listed);
    });

    const HOSTILE: Record<string, string> = {
      'what tables forbid': 'a/b\\c#d?e',
      quotes: "o'clock' or 1 eq 1",
      'a path': '../../x%2F%00',
      'control characters': 'tab\tline\nnul\0',
      'a thread': '19:meeting_abc@thread.v2;messageid=1',
      'a dot': '.',
      nothing: '',
      'half a pair': 'ä\uFFFC😀\uD800',
      'more than a key holds': 'x'.repeat(5_000),
    };

    test.each(Object.entries(HOSTILE))('%s as an id is an id like any other', async (_name, id) => {
      const owner = { tenant: 'contoso', user: id };
      expect(await store.claim(CONTOSO, id, LATER)).toBe(true);
      expect(await store.claim(CONTOSO, id, LATER)).toBe(false);
      const owned = idOf(id, owner);
      await store.park(pending({ id, owner, conversation: id }));
      expect(await store.parked('contoso', owned)).toMatchObject({ waitsFor: 'signin' });
      expect((await store.person(owner, 0)).requests).toHaveLength(1);
      await store.addMeeting(meeting({ id, owner }));
      await store.setCard('contoso', owned, 'a:1', 'card');
      expect(await store.meeting('contoso', owned)).toMatchObject({ owner, cardId: 'card' });
      // An id that somebody made up leads nowhere.
      expect(await store.meeting('contoso', id)).toBeNull();
      expect(await store.meetingsOf(owner, 0)).toHaveLength(1);
      expect(await store.meetingsOf(ADA, 0)).toEqual([]);
      await store.saveSettings(owner, { zone: null, minutes: 25, language: null });
      expect(await store.settings(owner)).toMatchObject({ minutes: 25 });
      expect(await store.keep(id, 'kept')).toBe('kept');
      await store.forget(owner);
      expect(await store.meeting('contoso', owned)).toBeNull();
      expect(await store.parked('contoso', owned)).toBeNull();
    });

    test('ids that differ are different, however alike they look', async () => {
      for (const id of [...Object.values(HOSTILE), 'A', 'a', 'a b', 'a%20b', 'a+b'])
        expect([id, await store.claim(CONTOSO, id, LATER)]).toEqual([id, true]);
    });

    test('long and strange text comes back as it was', async () => {
      const text = '😀ä"\'\\\n\u2028\uD800'.repeat(20_000);
      await store.park(pending({ utterance: { text, people: [] } }));
      expect((await store.parked('contoso', idOf('p1')))?.utterance.text).toBe(text);
      await store.addMeeting(meeting({ subject: text }));
      expect((await store.meetingsOf(ADA, 0))[0]?.subject).toBe(text);
      await store.replaceMeeting(meeting({ revision: 2, subject: 'short' }), 1);
      expect((await store.meeting('contoso', idOf('m1')))?.subject).toBe('short');
    });

    test('more meetings than fit one page are all there', async () => {
      const ids = Array.from({ length: PAGE + 10 }, (_, i) => `m${i}`);
      await Promise.all(ids.map((id) => store.addMeeting(meeting({ id }))));
      expect(await store.meetingsOf(ADA, 0)).toHaveLength(ids.length);
      now = meeting().expires;
      await store.sweep();
      now = NOW;
      expect(await store.meetingsOf(ADA, 0)).toEqual([]);
    });

    test('a store that serves says so', async () => {
      await expect(store.check()).resolves.toBeUndefined();
    });

    test('sweeping drops what has expired and nothing else', async () => {
      await store.park(pending());
      await store.park(pending({ id: 'p2', expires: LATER + 1 }));
      now = LATER;
      await store.sweep();
      now = NOW;
      expect(await store.parked('contoso', idOf('p1'))).toBeNull();
      expect(await store.parked('contoso', idOf('p2'))).not.toBeNull();
    });
  });
}
