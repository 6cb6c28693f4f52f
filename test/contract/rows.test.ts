import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROWS, type Shown } from './rows.ts';

test('all 53 rows are there', () => {
  expect(ROWS).toHaveLength(53);
});

/** What is missing of a test that is named, or null. */
function missing([file, title, example]: Shown): string | null {
  if (!existsSync(file)) return `there is no ${file}`;
  const source = readFileSync(file, 'utf8');
  if (!titlesIn(source).has(title)) return `${file} has no test of that title`;
  const isThere = example === undefined || new RegExp(`['\\s]${RegExp.escape(example)}[':]`).test(source);
  return isThere ? null : `${file} has no case ${example}`;
}

/** What stands first in a call, as titles do; and the titles of scenarios. */
function titlesIn(source: string): Set<string> {
  const first = source.matchAll(/\(\s*'((?:[^'\\\n]|\\.)+)',|"title": "((?:[^"\\]|\\.)+)"/g);
  return new Set([...first].map(([, title, scenario]) => (title ?? scenario ?? '').replace(/\\(.)/g, '$1')));
}

test.each(ROWS.map(([what, ...shown], index) => ({ row: index + 1, what, shown })))(
  'row $row, $what, is shown by tests that are there',
  ({ shown }) => {
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.map(missing).filter((reason) => reason !== null)).toEqual([]);
  },
);

test('a test that is not there is noticed', () => {
  expect(missing(['test/none.test.ts', 'x'])).toContain('there is no');
  expect(missing(['test/config/cloud.test.ts', 'no such title'])).toContain('no test of that title');
  expect(missing(['test/config.test.ts', '%s', 'Atlantis'])).toContain('no case');
});
