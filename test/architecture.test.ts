import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const FILES = globSync('bot/**/*.ts').sort();

type Import = { name: string; isType: boolean };

/** Every import of a file, also of types: what a folder must know of another is a dependency, whether or not it runs. */
function importsOf(file: string): Import[] {
  const source = readFileSync(file, 'utf8');
  const found = source.matchAll(
    /(?:^|\n)(?:import|export)\s(type\s)?[^;]*?from '([^']+)'|import\('([^']+)'\)/g,
  );
  return [...found].map(([, type, statement, dynamic]) => {
    const name = statement ?? dynamic ?? '';
    return { name: name.startsWith('.') ? join(dirname(file), name) : name, isType: type !== undefined };
  });
}

/** Those that remain when the program runs. */
const runningImportsOf = (file: string) =>
  importsOf(file)
    .filter(({ isType }) => !isType)
    .map(({ name }) => name);

/** `bot/teams/guard.ts` belongs to `teams`, `bot/app.ts` to `app`. */
const partOf = (file: string) => file.split('/')[1]?.replace(/\.ts$/, '') ?? '';

type Part = {
  /** What belongs here, for the one who has to find a place for a file. */
  holds: string;
  /** What it may import of bot/, types included. */
  imports: readonly string[];
};

// From top to bottom: a part imports only parts below it, so there is no circle. The edges (auth, graph, store,
// calendar, teams, server) never import each other nor what decides: app.ts introduces them.
const PARTS: Record<string, Part> = {
  main: { holds: 'the process', imports: ['app', 'config', 'telemetry'] },
  app: {
    holds: 'where the parts meet',
    imports: [
      ...['auth', 'base', 'calendar', 'config', 'graph', 'handle', 'language'],
      ...['meeting', 'server', 'store', 'teams', 'telemetry'],
    ],
  },
  handle: {
    holds: 'one turn → one outcome, by use case',
    imports: ['auth', 'base', 'language', 'graph', 'meeting', 'say', 'store', 'teams'],
  },
  cli: { holds: 'the reader at work, for developers', imports: ['explain', 'language'] },
  explain: {
    holds: 'what was read of a text, in words',
    imports: ['base', 'graph', 'language', 'meeting', 'say'],
  },
  teams: {
    holds: 'the edge to Teams: guard, adapter, activity → Turn, Reply → wire, pace, connector',
    imports: ['base', 'language', 'config', 'meeting', 'say', 'telemetry'],
  },
  server: { holds: 'HTTP, limits, routes', imports: ['base', 'say'] },
  calendar: { holds: 'ways from a card into a calendar', imports: ['base', 'meeting', 'say'] },
  auth: { holds: 'who we are to Entra, and who signed in', imports: ['base', 'config'] },
  graph: {
    holds: 'online meetings and calendars at Microsoft Graph',
    imports: ['base', 'meeting', 'telemetry'],
  },
  store: { holds: 'what is remembered', imports: ['base', 'language', 'config', 'meeting'] },
  say: {
    holds: 'what we say, in words and on cards',
    imports: ['base', 'language', 'meeting'],
  },
  meeting: { holds: 'decisions about meetings, pure and without words', imports: ['base', 'language'] },
  language: { holds: 'a text → what is wanted; a language is data', imports: ['base'] },
  config: { holds: 'the environment, read once', imports: ['base'] },
  telemetry: { holds: 'everything that is ever logged', imports: [] },
  base: { holds: 'what several parts need and has one owner here', imports: [] },
};

/** All parts, as a reader who looks for a place would like to have them. */
const PLACES = Object.entries(PARTS)
  .map(([name, { holds }]) => `  ${name}: ${holds}`)
  .join('\n');

test.each(FILES)('%s imports only what lies below it, types included', (file) => {
  const part = partOf(file);
  const allowed = PARTS[part]?.imports;
  expect(allowed, `${file} has no place in bot/. The parts are:\n${PLACES}`).toBeDefined();
  const wrong = importsOf(file)
    .map(({ name }) => name)
    .filter((name) => name.startsWith('bot/') && partOf(name) !== part)
    .filter((name) => !allowed?.includes(partOf(name)));
  expect(
    wrong,
    `${part} (${PARTS[part]?.holds}) may import ${allowed?.join(', ') || 'nothing of bot/'}. Move what is needed to where it is needed, or below both, or let app.ts hand it in. The parts are:\n${PLACES}`,
  ).toEqual([]);
});

test('the parts have an order: each imports only parts that are listed after it', () => {
  const order = Object.keys(PARTS);
  const upward = Object.entries(PARTS).flatMap(([part, { imports }]) =>
    imports.filter((name) => order.indexOf(name) <= order.indexOf(part)).map((name) => `${part} → ${name}`),
  );
  expect(upward).toEqual([]);
});

test('the edges know nothing of each other', () => {
  const edges = ['auth', 'calendar', 'graph', 'server', 'store', 'teams'];
  const met = edges.flatMap((edge) => PARTS[edge]?.imports.filter((name) => edges.includes(name)));
  expect(met).toEqual([]);
});

test('outside the reader no files need each other in a circle, types included', () => {
  let left = FILES.filter((file) => partOf(file) !== 'language');
  for (let before = 0; before !== left.length; ) {
    before = left.length;
    left = left.filter((file) => importsOf(file).some(({ name }) => left.includes(name)));
  }
  expect(left, 'a circle, and what needs one of its files').toEqual([]);
});

test('a file of less than thirty lines that one file imports is part of that file', () => {
  const importers = Map.groupBy(
    FILES.flatMap((file) => [...new Set(importsOf(file).map(({ name }) => name))]),
    (name) => name,
  );
  const isSmall = (file: string) => readFileSync(file, 'utf8').split('\n').length <= 30;
  expect(FILES.filter((file) => isSmall(file) && importers.get(file)?.length === 1)).toEqual([]);
});

test.each(FILES)('%s needs nothing of test/ or deploy/', (file) => {
  expect(importsOf(file).filter(({ name }) => /^(test|deploy)\//.test(name))).toEqual([]);
});

test.each(globSync('deploy/**/*.ts'))('%s needs nothing of test/', (file) => {
  expect(importsOf(file).filter(({ name }) => name.startsWith('test/'))).toEqual([]);
});

const PURE = FILES.filter((file) =>
  /^bot\/(base\/(?!http-client|openid|retry)|language\/(?!pack\.ts|languages\.ts|learn\/)|meeting|say|explain\.ts|teams\/(turn|read-turn|activity|response)\.ts|render(\.ts|\/)|reply(\.ts|\/)|config\/cloud\.ts|calendar\/entry\.ts)/.test(
    file,
  ),
);
const IMPURE =
  /\bprocess\.|\bDate\.now\(|new Date\(\)|DateTime\.(now|local|utc)\(\)|\bconsole\.|\bfetch\(|Math\.random|Settings\.(now|defaultZone|defaultLocale)/;

test.each(PURE)('%s is pure', (file) => {
  expect(readFileSync(file, 'utf8')).not.toMatch(IMPURE);
  expect(
    runningImportsOf(file).filter((name) => /^(node:|restify|@azure|@microsoft\/microsoft-graph)/.test(name)),
  ).toEqual([]);
});

const ONLY_IN: [string, RegExp][] = [
  ['restify', /^bot\/server\.ts$/],
  ['botbuilder', /^bot\/teams\//],
  ['botframework-connector', /^bot\/teams\//],
  ['@azure/identity', /^bot\/auth\//],
  ['adaptivecards-templating', /^bot\/say\/card-template\.ts$/],
  ['node:sqlite', /^bot\/store\/sqlite/],
  ['@azure/data-tables', /^bot\/store\/tables\//],
  ['lru-cache', /^bot\/base\/cache\.ts$/],
  [
    'entities',
    /^bot\/(calendar\/entry|graph\/join-information|language\/text\/clean|server\/pages|teams\/read-turn)\.ts$/,
  ],
  ['ical-generator', /^bot\/calendar\//],
  ['pino', /^bot\/telemetry\.ts$/],
];

test.each(ONLY_IN)('%s is imported only where it belongs', (name, place) => {
  const importers = FILES.filter((file) => runningImportsOf(file).includes(name));
  expect(importers.filter((file) => !place.test(file))).toEqual([]);
});

test('one file says which characters nobody sees, and normalizes', () => {
  const own = /\\p\{C|\\u202[a-e]|\\u206|\.normalize\(/;
  const guilty = FILES.filter((file) => own.test(readFileSync(file, 'utf8')));
  expect(guilty).toEqual(['bot/base/safe-text.ts']);
});

test('only the programs touch the process', () => {
  const touching = FILES.filter((file) =>
    /\bprocess\.(env|exit|argv|on|stdout|stderr)/.test(readFileSync(file, 'utf8')),
  );
  expect(
    touching.filter((file) => !['bot/main.ts', 'bot/cli.ts', 'bot/language/learn/main.ts'].includes(file)),
  ).toEqual([]);
});

test('no test replaces modules', () => {
  const banned = ['vi', 'mock('].join('.');
  const guilty = globSync('test/**/*.ts').filter((file) => readFileSync(file, 'utf8').includes(banned));
  expect(guilty).toEqual([]);
});

test('the table of the folders says what each may know', () => {
  const table = readFileSync('bot/README.md', 'utf8').matchAll(/^\| `(\w+)\/` \|.*\| ([^|]+) \|$/gm);
  const said = [...table].map(([, name = '', known = '']) => [
    name,
    [...known.matchAll(/`(\w+)`/g)].map(([, part]) => part),
  ]);
  expect(said.length).toBeGreaterThan(10);
  for (const [name, known] of said) expect(known, String(name)).toEqual(PARTS[String(name)]?.imports);
});
