import { expect } from 'vitest';
import { ADA, CONTOSO, idOf, LATER, meeting, pending, type StoreTest } from './store-test.ts';

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
export function idsContract(test: StoreTest): void {
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
