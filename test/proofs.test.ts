import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const THREATS = readFileSync('test/security/threats.md', 'utf8');
const BEHAVIOURS = readFileSync('test/contract/behaviours.md', 'utf8');

/** A test, or a scenario of the contract, that a page names: its file, its title, and the case in its table, if one is meant. */
type Named = { file: string; title: string; example: string | undefined };

/** The tests that each section of such a page names, by its heading. */
const sectionsOf = (page: string): [heading: string, named: Named[]][] =>
  page
    .split('\n## ')
    .slice(1)
    .map((section) => [section.split('\n')[0] ?? '', namedIn(section)]);

function namedIn(section: string): Named[] {
  return [...section.matchAll(/^- `(\S+)`: (.+?)(?: → (.+))?$/gm)].map(
    ([, file, title = '', example]): Named => ({ file: `test/${file}`, title, example }),
  );
}

/** What is missing of a test that is named, or null. */
function missing({ file, title, example }: Named): string | null {
  if (!existsSync(file)) return `there is no ${file}`;
  const source = readFileSync(file, 'utf8');
  if (!titlesIn(source).has(title)) return `${file} has no test of that title`;
  const isThere = example === undefined || new RegExp(`['\\s]${RegExp.escape(example)}[':]`).test(source);
  return isThere ? null : `${file} has no case ${example}`;
}

/** What stands first in a call or in a row of a table, as titles do, and the titles of scenarios. */
function titlesIn(source: string): Set<string> {
  const first = source.matchAll(
    /[([]\s*('(?:[^'\\\n]|\\.)+'|`[^`]+`|"[^"\n]+")|"title": ("(?:[^"\\]|\\.)+")/g,
  );
  return new Set(
    [...first].map(([, title, scenario]) => (title ?? scenario ?? '').slice(1, -1).replace(/\\(.)/g, '$1')),
  );
}

test.each([...sectionsOf(THREATS), ...sectionsOf(BEHAVIOURS)])(
  '%s: its tests are there',
  (_heading, named) => {
    expect(named).not.toEqual([]);
    expect(named.map(missing).filter((reason) => reason !== null)).toEqual([]);
  },
);

test('every line that names a test is read, and no behaviour is left out', () => {
  for (const page of [THREATS, BEHAVIOURS])
    expect(sectionsOf(page).flatMap(([, named]) => named)).toHaveLength(page.match(/^- /gm)?.length ?? 0);
  expect(sectionsOf(BEHAVIOURS)).toHaveLength(53);
});

test('a test that is not there is noticed', () => {
  const named = (file: string, title: string, example?: string) => missing({ file, title, example });
  expect(named('test/none.test.ts', 'x')).toContain('there is no');
  expect(named('test/config/cloud.test.ts', 'no such title')).toContain('no test of that title');
  expect(named('test/config.test.ts', '%s', 'Atlantis')).toContain('no case');
});

test('what answers a threat is where it is said to be', () => {
  const answers = THREATS.replace(/^- .*$/gm, '');
  const places = [...answers.matchAll(/`([\w/-]+\.ts)`/g)].map(([, place = '']) => place);
  const folders = ['', 'auth/', 'handle/', 'graph/'];
  const isThere = (place: string) => folders.some((folder) => existsSync(`bot/${folder}${place}`));
  expect(places.length).toBeGreaterThan(10);
  expect(places.filter((place) => !isThere(place))).toEqual([]);
});
