import { expect, test } from 'vitest';
import { createCache, memo } from '../../bot/base/cache.ts';

test('the entry that was unused for longest goes when there are too many', () => {
  const cache = createCache<string>(2);
  cache.set('a', '1').set('b', '2');
  cache.get('a');
  cache.set('c', '3');
  expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual(['1', undefined, '3']);
});

test('an entry with an end is gone when it has passed, by the clock that was given; others stay', () => {
  let now = 1_000_000;
  const cache = createCache<string>(10, () => now);
  cache.set('short', '1', { ttl: 100 }).set('lasting', '2');
  now += 100;
  expect([cache.has('short'), cache.get('short')]).toEqual([true, '1']);
  now += 1;
  expect([cache.has('short'), cache.get('short'), cache.get('lasting')]).toEqual([false, undefined, '2']);
});

test('what was made for a key is made once, also where nothing came of it', () => {
  const made: string[] = [];
  const find = memo(2, (key) => {
    made.push(key);
    return key === 'known' ? key : null;
  });
  expect(['known', 'known', 'unknown', 'unknown'].map(find)).toEqual(['known', 'known', null, null]);
  expect(made).toEqual(['known', 'unknown']);
});

test('a stream of new keys does not cost the one that is in use', () => {
  const made: string[] = [];
  const find = memo(3, (key) => made.push(key));
  for (let i = 0; i < 100; i += 1) {
    find('in use');
    find(`${i}`);
  }
  expect(made.filter((key) => key === 'in use')).toEqual(['in use']);
});
