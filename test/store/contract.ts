import { describe, expect } from 'vitest';
import { claimsContract } from './contract/claims.ts';
import { countsContract } from './contract/counts.ts';
import { dueContract } from './contract/due.ts';
import { idsContract } from './contract/ids.ts';
import { meetingsContract } from './contract/meetings.ts';
import { peopleContract } from './contract/people.ts';
import { requestsContract } from './contract/requests.ts';
import { type OpenStores, storeTest } from './contract/store-test.ts';

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
