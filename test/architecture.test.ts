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

/** `bot/auth/guard.ts` belongs to `auth`, `bot/app.ts` to `app`. */
const partOf = (file: string) => file.split('/')[1]?.replace(/\.ts$/, '') ?? '';

// What each part may import of bot/. Data flows down; the edges never meet except in app.ts.
const ALLOWED: Record<string, readonly string[]> = {
  main: ['app', 'config', 'telemetry'],
  app: ['auth', 'bot', 'calendar', 'channel', 'graph', 'handle', 'server', 'store', 'turn'],
  bot: ['auth', 'channel', 'handle', 'render', 'turn'],
  channel: ['auth', 'handle'],
  server: [],
  handle: ['auth', 'command', 'graph', 'meeting', 'store', 'zone'],
  render: ['memo', 'say'],
  cli: ['explain', 'language'],
  explain: ['graph', 'language', 'meeting', 'memo', 'render', 'zone'],
  language: ['memo', 'zone'],
  config: [],
  calendar: ['auth', 'say'],
  auth: ['claims', 'config', 'outgoing'],
  graph: ['claims', 'iso', 'outgoing'],
  claims: [],
  outgoing: ['memo'],
  store: ['meeting'],
  telemetry: [],
  turn: ['command', 'iso', 'memo'],
  iso: [],
  memo: [],
  reply: [],
  command: ['memo', 'zone'],
  meeting: [],
  say: ['meeting', 'memo', 'zone'],
  zone: [],
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
  /^bot\/(command|language\/(?!pack\.ts|languages\.ts|learn\/)|meeting|say|explain\.ts|turn(\.ts|\/)|render(\.ts|\/)|reply(\.ts|\/)|channel\/(slots|wire)\.ts|config\/cloud\.ts|calendar\/entry\.ts)/.test(
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
  ['botbuilder', /^bot\/channel\//],
  ['botframework-connector', /^bot\/auth\//],
  ['@azure/identity', /^bot\/auth\//],
  ['adaptivecards-templating', /^bot\/render\.ts$/],
  ['node:sqlite', /^bot\/store\/sqlite/],
  ['@azure/data-tables', /^bot\/store\/tables\//],
  ['ical-generator', /^bot\/calendar\//],
  ['pino', /^bot\/telemetry\.ts$/],
];

test.each(ONLY_IN)('%s is imported only where it belongs', (name, place) => {
  const importers = FILES.filter((file) => importsOf(file).includes(name));
  expect(importers.filter((file) => !place.test(file))).toEqual([]);
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
