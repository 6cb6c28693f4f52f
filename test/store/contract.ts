import { describe, expect } from 'vitest';
import { claimsContract } from './contract/claims.ts';
import { dueContract } from './contract/due.ts';
import { meetingsContract } from './contract/meetings.ts';
import { peopleContract } from './contract/people.ts';
import {
  ADA,
  BEN,
  CONTOSO,
  FABRIKAM,
  idOf,
  LATER,
  meeting,
  NOW,
  type OpenStores,
  pending,
  RACERS,
  type StoreTest,
  storeTest,
} from './contract/store-test.ts';

/** What every store promises. */
export function storeContract(name: string, open: OpenStores): void {
  describe(`${name} as a store`, () => {
    const test = storeTest(open);
    claimsContract(test);
    countsContract(test);
    requestsContract(test);
    meetingsContract(test);
    dueContract(test);
    peopleContract(test);
    idsContract(test);

    test('the first of many values is kept, for everybody', async ({ store }) => {
      const kept = await Promise.all(['a', 'b', 'c'].map((value) => store.keep('key', value)));
      expect(new Set(kept).size).toBe(1);
      expect(await store.keep('key', 'd')).toBe(kept[0]);
      expect(await store.keep('other', 'd')).toBe('d');
    });

    test('a store that serves says so', async ({ store }) => {
      await expect(store.check()).resolves.toBeUndefined();
    });
  });
}

/** What a store promises of counts. */
function countsContract(test: StoreTest): void {
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

/** What a store promises of ids and texts, however strange. */
function idsContract(test: StoreTest): void {
  test.for(Object.entries(HOSTILE))('%s as an id is an id like any other', async ([, id], { store }) => {
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
    expect((await store.person(owner, 0)).meetings).toHaveLength(1);
    expect((await store.person(ADA, 0)).meetings).toEqual([]);
    await store.saveSettings(owner, { zone: null, minutes: 25, language: null });
    expect(await store.settings(owner)).toMatchObject({ minutes: 25 });
    expect(await store.keep(id, 'kept')).toBe('kept');
    await store.forget(owner);
    expect(await store.meeting('contoso', owned)).toBeNull();
    expect(await store.parked('contoso', owned)).toBeNull();
  });

  test('ids that differ are different, however alike they look', async ({ store }) => {
    for (const id of [...Object.values(HOSTILE), 'A', 'a', 'a b', 'a%20b', 'a+b'])
      expect([id, await store.claim(CONTOSO, id, LATER)]).toEqual([id, true]);
  });

  test('long and strange text comes back as it was', async ({ store }) => {
    const text = '😀ä"\'\\\n\u2028\uD800'.repeat(20_000);
    await store.park(pending({ utterance: { text, people: [] } }));
    expect((await store.parked('contoso', idOf('p1')))?.utterance.text).toBe(text);
    await store.addMeeting(meeting({ subject: text }));
    expect((await store.person(ADA, 0)).meetings[0]?.subject).toBe(text);
    await store.replaceMeeting(meeting({ revision: 2, subject: 'short' }), 1);
    expect((await store.meeting('contoso', idOf('m1')))?.subject).toBe('short');
  });
}

/** What a store promises of requests that wait. */
function requestsContract(test: StoreTest): void {
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
