import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Command, Options } from '../bot/language/command.ts';
import packageJson from '../package.json' with { type: 'json' };
import { readText } from './language/reading.ts';

const readme = readFileSync('README.md', 'utf8');
const section = (title: string) => readme.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

/** The phrases of each row under *What it understands*. */
const ROWS = [...section('What it understands').matchAll(/^\| (.*) \| .* \|$/gm)]
  .map(([, phrases = '']) => [...phrases.matchAll(/`([^`]+)`/g)].map(([, phrase = '']) => phrase))
  .filter((phrases) => phrases.length > 0);

/** What the phrases of each row come to, in its order. */
const KINDS: readonly Command['kind'][][] = [
  ['create'],
  ['create'],
  ['create'],
  ['create'],
  [],
  ['reschedule'],
  ['renew', 'cancel'],
  ['show'],
  ['list'],
  ['invitation'],
  ['create'],
  ['create'],
  ['findtime', 'topic'],
  ['topic'],
  ['settings', 'help', 'signin', 'signout'],
];

function optionsIn(text: string): Options {
  const { command } = readText(text);
  if (command.kind !== 'create') throw new Error(`“${text}” makes no meeting`);
  return command.options;
}

test('every row is known', () => {
  expect(ROWS).toHaveLength(KINDS.length);
});

test.each(ROWS.flatMap((phrases, row) => phrases.map((phrase) => ({ phrase, row }))))(
  '“$phrase” is understood as its row says',
  ({ phrase, row }) => {
    const kinds = KINDS[row] ?? [];
    const text = phrase.replaceAll(/(?<!\w)@(\w+)/g, '<at>$1</at>');
    if (kinds.length > 0) expect(kinds).toContain(readText(text).command.kind);
    else expect(optionsIn(`meeting tomorrow 3pm about Q3, ${text}`)).not.toEqual({});
  },
);

test('every npm script exists', () => {
  const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? '');
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !(name in packageJson.scripts))).toEqual([]);
});

test('every variable stands in .env.example', () => {
  const example = readFileSync('.env.example', 'utf8');
  const named = [...section('Configuration').matchAll(/`([A-Z]+_[A-Z_]+)`/g)].map(([, name]) => name ?? '');
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !example.includes(`${name}=`))).toEqual([]);
});

test('every link and every folder is there', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)(?:#[\w-]+)?\)/g)].map(([, target]) => target ?? '');
  const folders = [...section('How it works').matchAll(/`([\w/]+\/)`/g)].map(([, folder]) => folder ?? '');
  expect(links.length).toBeGreaterThan(8);
  expect(folders.length).toBeGreaterThan(8);
  expect([...links, ...folders].filter((path) => !existsSync(path))).toEqual([]);
});

test('the page about the house names only what is there', () => {
  const page = readFileSync('bot/README.md', 'utf8');
  const links = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => `bot/${target}`);
  const table = page.split('\n## The folders\n')[1]?.split('\n## ')[0] ?? '';
  const named = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) => [
    ...cell.matchAll(/`([^`]+)`/g),
  ]);
  const paths = named.map(([, path]) => `bot/${path}`);
  expect(links.length).toBeGreaterThan(5);
  expect(paths.length).toBeGreaterThan(12);
  expect([...links, ...paths].filter((path) => !existsSync(path))).toEqual([]);
});

const page = readFileSync('CONTRIBUTING.md', 'utf8');

test('whoever wants to contribute is led to files and commands that exist', () => {
  const files = [...page.matchAll(/\]\(([^)]+)\)|vitest run (\S+?)`/g)].map(
    ([, link, file]) => link ?? file ?? '',
  );
  const commands = [...page.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '');
  expect(files.length).toBeGreaterThan(10);
  expect(commands.length).toBeGreaterThan(4);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
  expect(commands.filter((name) => !(name in packageJson.scripts))).toEqual([]);
});

test('CI runs what anybody can run, with actions that nobody can change under it', () => {
  const workflow = readFileSync('.github/workflows/ci.yml', 'utf8');
  const actions = [...workflow.matchAll(/uses: (\S+)/g)].map(([, action]) => action ?? '');
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter((action) => !/@[\da-f]{40}$/.test(action))).toEqual([]);
  expect(workflow).toContain('run: .ci/run\n');
});
