import { expect, test } from 'vitest';
import { createRecent } from '../../bot/base/recent.ts';

test('a name is new once', () => {
  const recent = createRecent(10);
  expect([recent.has('a'), recent.add('a'), recent.has('a'), recent.add('a')]).toEqual([
    false,
    true,
    true,
    false,
  ]);
  recent.remove('a');
  expect(recent.add('a')).toBe(true);
});

test('the oldest goes when there are too many', () => {
  const recent = createRecent(2);
  for (const name of ['a', 'b', 'c']) recent.add(name);
  expect(['a', 'b', 'c'].filter((name) => recent.has(name))).toEqual(['b', 'c']);
});

test('what has no name is always new', () => {
  const recent = createRecent(2);
  expect([recent.add(null), recent.add(null), recent.has(null)]).toEqual([true, true, false]);
});
