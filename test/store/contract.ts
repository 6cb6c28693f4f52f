import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MeetingRecord, Owner, Pending, Store } from '../../bot/store/store.ts';

const ADA: Owner = { tenant: 'contoso', user: 'ada' };
const BEN: Owner = { tenant: 'contoso', user: 'ben' };
const NOW = Date.UTC(2026, 10, 21, 12);
const LATER = NOW + 60_000;

function pending(change: Partial<Pending> = {}): Pending {
  return {
    id: 'p1',
    owner: ADA,
    asker: 'Ada',
    conversation: 'a:1',
    waitsFor: 'signin',
    utterance: { text: 'meeting at 3 with \uFFFC', people: [{ name: 'Ben', id: '29:ben' }] },
    askedAt: NOW,
    zone: 'Europe/London',
    locale: 'en-GB',
    answers: [{ choice: 0, date: null, time: '15:00', zone: null, minutes: null, who: ['29:ben', null] }],
    expires: LATER,
    ...change,
  };
}

function meeting(change: Partial<MeetingRecord> = {}): MeetingRecord {
  return {
    id: 'm1',
    owner: ADA,
    conversation: 'a:1',
    cardId: null,
    graphId: 'graph-1',
    revision: 1,
    leftovers: [],
    subject: 'Q3',
    start: NOW + 3_600_000,
    end: NOW + 5_400_000,
    zone: 'Europe/London',
    guests: [{ kind: 'email', email: 'lee@contoso.com' }],
    options: { passcode: false },
    said: {
      guesses: [{ kind: 'ampm', said: '3', taken: NOW, other: { start: NOW, end: LATER } }],
      assumedMinutes: 30,
      notes: ['shareLink'],
    },
    createdAt: NOW,
    expires: NOW + 86_400_000,
    ...change,
  };
}

/** What every Store promises; `open` makes an empty one on the given clock (epoch milliseconds). */
export function storeContract(name: string, open: (now: () => number) => Promise<Store>): void {
  describe(`${name} as a store`, () => {
    let now = NOW;
    let store: Store;
    beforeEach(async () => {
      now = NOW;
      store = await open(() => now);
    });
    afterEach(() => store.close());

    test('a claim is won by exactly one of many', async () => {
      const won = await Promise.all(Array.from({ length: 20 }, () => store.claim('contoso', 'k', LATER)));
      expect(won.filter(Boolean)).toHaveLength(1);
    });

    test('a claim is of one tenant and key', async () => {
      expect(await store.claim('contoso', 'k', LATER)).toBe(true);
      expect(await store.claim('fabrikam', 'k', LATER)).toBe(true);
      expect(await store.claim('contoso', 'l', LATER)).toBe(true);
    });

    test('a claim can be won again when it has expired or was given back, not before', async () => {
      await store.claim('contoso', 'k', LATER);
      now = LATER - 1;
      expect(await store.claim('contoso', 'k', LATER)).toBe(false);
      now = LATER;
      expect(await store.claim('contoso', 'k', LATER + 1_000)).toBe(true);
      await store.release('contoso', 'k');
      expect(await store.claim('contoso', 'k', LATER + 1_000)).toBe(true);
    });

    test('whether a claim is held can be asked without winning it', async () => {
      expect(await store.isClaimed('contoso', 'k')).toBe(false);
      await store.claim('contoso', 'k', LATER);
      expect(await store.isClaimed('contoso', 'k')).toBe(true);
      expect(await store.isClaimed('fabrikam', 'k')).toBe(false);
      now = LATER;
      expect(await store.isClaimed('contoso', 'k')).toBe(false);
    });

    test('a settled claim holds for longer', async () => {
      await store.claim('contoso', 'k', LATER);
      await store.settle('contoso', 'k', LATER + 1_000);
      now = LATER;
      expect(await store.claim('contoso', 'k', LATER + 1_000)).toBe(false);
    });

    test('many who count at once are all counted, and no two alike', async () => {
      const counts = await Promise.all(Array.from({ length: 10 }, () => store.count('contoso', 'k', LATER)));
      expect(counts.map(({ count }) => count).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(new Set(counts.map(({ until }) => until))).toEqual(new Set([LATER]));
    });

    test('a count is of one tenant and key, and keeps its end until that is over', async () => {
      await store.count('contoso', 'k', LATER);
      expect(await store.count('fabrikam', 'k', LATER)).toEqual({ count: 1, until: LATER });
      expect(await store.count('contoso', 'l', LATER)).toEqual({ count: 1, until: LATER });
      now = LATER - 1;
      expect(await store.count('contoso', 'k', LATER + 9)).toEqual({ count: 2, until: LATER });
      now = LATER;
      expect(await store.count('contoso', 'k', LATER + 9)).toEqual({ count: 1, until: LATER + 9 });
    });

    test('what was counted can be taken back, never below nothing', async () => {
      await store.uncount('contoso', 'k');
      await store.count('contoso', 'k', LATER);
      await store.count('contoso', 'k', LATER);
      for (let i = 0; i < 3; i += 1) await store.uncount('contoso', 'k');
      expect(await store.count('contoso', 'k', LATER)).toEqual({ count: 1, until: LATER });
    });

    test('forgetting a person does not forget what was counted', async () => {
      await store.count('contoso', 'made:ada', LATER);
      await store.forget(ADA);
      expect((await store.count('contoso', 'made:ada', LATER)).count).toBe(2);
    });

    test('what was parked comes back as it was, in its tenant only, until it expires', async () => {
      await store.park(pending());
      expect(await store.parked('contoso', 'p1')).toEqual(pending());
      expect(await store.parked('fabrikam', 'p1')).toBeNull();
      now = LATER;
      expect(await store.parked('contoso', 'p1')).toBeNull();
    });

    test('what waits for a sign-in is found by person and conversation, oldest first', async () => {
      await store.park(pending({ id: 'second', askedAt: NOW + 2 }));
      await store.park(pending({ id: 'first', askedAt: NOW + 1 }));
      await store.park(pending({ id: 'elsewhere', conversation: 'a:2' }));
      await store.park(pending({ id: 'asked', waitsFor: 'answer' }));
      await store.park(pending({ id: 'ben', owner: BEN }));
      const found = await store.parkedForSignIn(ADA, 'a:1');
      expect(found.map(({ id }) => id)).toEqual(['first', 'second']);
    });

    test('parking again replaces, unparking removes', async () => {
      await store.park(pending());
      await store.park(pending({ waitsFor: 'answer' }));
      expect(await store.parkedForSignIn(ADA, 'a:1')).toEqual([]);
      await store.unpark(BEN, 'p1');
      expect(await store.parked('contoso', 'p1')).toMatchObject({ waitsFor: 'answer' });
      await store.unpark(ADA, 'p1');
      expect(await store.parked('contoso', 'p1')).toBeNull();
    });

    test('a meeting comes back as it was, in its tenant only, until it expires', async () => {
      await store.addMeeting(meeting());
      expect(await store.meeting('contoso', 'm1')).toEqual(meeting());
      expect(await store.meeting('fabrikam', 'm1')).toBeNull();
      now = meeting().expires;
      expect(await store.meeting('contoso', 'm1')).toBeNull();
    });

    test('of many who replace the same revision, one succeeds', async () => {
      await store.addMeeting(meeting());
      const attempts = Array.from({ length: 8 }, (_, i) => meeting({ revision: 2, graphId: `graph-${i}` }));
      const done = await Promise.all(attempts.map((record) => store.replaceMeeting(record, 1)));
      expect(done.filter(Boolean)).toHaveLength(1);
      expect(await store.meeting('contoso', 'm1')).toEqual(attempts[done.indexOf(true)]);
    });

    test('the card of a meeting is remembered', async () => {
      await store.addMeeting(meeting());
      await store.setCard('contoso', 'm1', '19:x', 'activity-7');
      const moved = meeting({ conversation: '19:x', cardId: 'activity-7' });
      expect(await store.meeting('contoso', 'm1')).toEqual(moved);
    });

    test('a meeting that was removed is gone', async () => {
      await store.addMeeting(meeting());
      await store.removeMeeting('fabrikam', 'm1');
      expect(await store.meeting('contoso', 'm1')).not.toBeNull();
      await store.removeMeeting('contoso', 'm1');
      expect(await store.meeting('contoso', 'm1')).toBeNull();
    });

    test('a person’s meetings that have not ended, by start', async () => {
      await store.addMeeting(meeting({ id: 'late', start: NOW + 9, end: NOW + 10 }));
      await store.addMeeting(meeting({ id: 'soon', start: NOW + 1, end: NOW + 2 }));
      await store.addMeeting(meeting({ id: 'over', start: NOW - 2, end: NOW }));
      await store.addMeeting(meeting({ id: 'ben', owner: BEN }));
      const found = await store.meetingsOf(ADA, NOW);
      expect(found.map(({ id }) => id)).toEqual(['soon', 'late']);
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

    test('forgetting a person leaves nothing of them and everything of others', async () => {
      for (const owner of [ADA, BEN]) {
        await store.park(pending({ id: owner.user, owner }));
        await store.addMeeting(meeting({ id: owner.user, owner }));
        await store.saveSettings(owner, { zone: 'Europe/Berlin', minutes: null, language: null });
      }
      await store.forget(ADA);
      expect(await store.parked('contoso', 'ada')).toBeNull();
      expect(await store.meetingsOf(ADA, 0)).toEqual([]);
      expect((await store.settings(ADA)).zone).toBeNull();
      expect(await store.parked('contoso', 'ben')).not.toBeNull();
      expect(await store.meetingsOf(BEN, 0)).toHaveLength(1);
      expect((await store.settings(BEN)).zone).toBe('Europe/Berlin');
    });

    test('sweeping drops what has expired and nothing else', async () => {
      await store.park(pending());
      await store.park(pending({ id: 'p2', expires: LATER + 1 }));
      now = LATER;
      await store.sweep();
      now = NOW;
      expect(await store.parked('contoso', 'p1')).toBeNull();
      expect(await store.parked('contoso', 'p2')).not.toBeNull();
    });
  });
}
