import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const FILES = globSync('bot/**/*.ts').sort();

/** The imports that remain when the program runs; types bind nothing. */
function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8').replace(/^import type [^;]*;$/gms, '');
  const found = source.matchAll(/(?:^|\n)(?:import|export)\s[^;]*?from '([^']+)'|import\('([^']+)'\)/g);
  return [...found].map(([, statement, dynamic]) => {
    const name = statement ?? dynamic ?? '';
    return name.startsWith('.') ? join(dirname(file), name) : name;
  });
}

/** `bot/teams/guard.ts` belongs to `auth`, `bot/app.ts` to `app`. */
const partOf = (file: string) => file.split('/')[1]?.replace(/\.ts$/, '') ?? '';

// What each part may import of bot/. Data flows down; the edges never meet except in app.ts.
const ALLOWED: Record<string, readonly string[]> = {
  main: ['app', 'config', 'telemetry'],
  app: ['auth', 'base', 'calendar', 'graph', 'handle', 'server', 'store', 'teams'],
  teams: ['auth', 'base', 'command', 'config', 'handle', 'render'],
  server: [],
  handle: ['auth', 'base', 'command', 'graph', 'meeting', 'store', 'teams'],
  render: ['base', 'say'],
  cli: ['base', 'command', 'explain'],
  explain: ['command', 'graph', 'meeting', 'render'],
  config: [],
  base: [],
  calendar: ['auth', 'base', 'say'],
  auth: ['base', 'config'],
  graph: ['base'],
  store: ['meeting'],
  telemetry: [],
  reply: [],
  command: ['base'],
  meeting: ['base'],
  say: ['base', 'meeting'],
};

test.each(FILES)('%s imports only what lies below it', (file) => {
  const part = partOf(file);
  const allowed = ALLOWED[part];
  expect(allowed, `${file} is a new part: say in this test what it may import`).toBeDefined();
  const wrong = importsOf(file)
    .filter((name) => name.startsWith('bot/') && partOf(name) !== part)
    .filter((name) => !allowed?.includes(partOf(name)));
  expect(
    wrong,
    `${part} may import ${allowed?.join(', ') || 'nothing of bot/'}; let app.ts introduce them`,
  ).toEqual([]);
});

test.each(FILES)('%s needs nothing of test/ or deploy/', (file) => {
  expect(importsOf(file).filter((name) => /^(test|deploy)\//.test(name))).toEqual([]);
});

const PURE = FILES.filter((file) =>
  /^bot\/(base\/(?!http-client|retry)|command|meeting|say|explain\.ts|teams\/(turn|turn-base|card-action|utterance|rate-limit|reply-activity)\.ts|render(\.ts|\/)|reply(\.ts|\/)|config\/cloud\.ts|calendar\/entry\.ts)/.test(
    file,
  ),
);
const IMPURE =
  /\bprocess\.|\bDate\.now\(|new Date\(\)|DateTime\.(now|local|utc)\(\)|\bconsole\.|\bfetch\(|Math\.random|Settings\.(now|defaultZone|defaultLocale)/;

test.each(PURE)('%s is pure', (file) => {
  expect(readFileSync(file, 'utf8')).not.toMatch(IMPURE);
  expect(
    importsOf(file).filter((name) => /^(node:|restify|@azure|@microsoft\/microsoft-graph)/.test(name)),
  ).toEqual([]);
});

const ONLY_IN: [string, RegExp][] = [
  ['restify', /^bot\/server\.ts$/],
  ['botbuilder', /^bot\/teams\//],
  ['botframework-connector', /^bot\/teams\//],
  ['@azure/identity', /^bot\/auth\//],
  ['adaptivecards-templating', /^bot\/render\.ts$/],
  ['node:sqlite', /^bot\/store\/sqlite/],
  ['@azure/data-tables', /^bot\/store\/tables\//],
  ['lru-cache', /^bot\/base\/cache\.ts$/],
  ['entities', /^bot\/(command\/text\/clean|graph\/join-information)\.ts$/],
  ['ical-generator', /^bot\/calendar\//],
  ['pino', /^bot\/telemetry\.ts$/],
];

test.each(ONLY_IN)('%s is imported only where it belongs', (name, place) => {
  const importers = FILES.filter((file) => importsOf(file).includes(name));
  expect(importers.filter((file) => !place.test(file))).toEqual([]);
});

test('one file says which characters nobody sees, and normalizes', () => {
  const own = /\\p\{C|\\u202[a-e]|\\u206|\.normalize\(/;
  const guilty = FILES.filter((file) => own.test(readFileSync(file, 'utf8')));
  expect(guilty).toEqual(['bot/base/safe-text.ts']);
});

test('only main.ts and cli.ts touch the process', () => {
  const touching = FILES.filter((file) =>
    /\bprocess\.(env|exit|argv|on|stdout|stderr)/.test(readFileSync(file, 'utf8')),
  );
  expect(touching.filter((file) => !['bot/main.ts', 'bot/cli.ts'].includes(file))).toEqual([]);
});

test('no test replaces modules', () => {
  const banned = ['vi', 'mock('].join('.');
  const guilty = globSync('test/**/*.ts').filter((file) => readFileSync(file, 'utf8').includes(banned));
  expect(guilty).toEqual([]);
});
