import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ignored = readFileSync('.gitignore', 'utf8').split('\n').filter(Boolean);
const notOurs = new Set([...ignored.map((name) => name.replaceAll('/', '')), '.git']);
const FILES = globSync(['**/*', '**/.*', '**/.*/*'], {
  withFileTypes: true,
  exclude: ({ name }) => notOurs.has(name) || name.endsWith('.log') || name.endsWith('.zip'),
})
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name));

/** What secrets look like, whoever's they are. */
const SECRETS: Record<string, RegExp> = {
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z\d+/=]{40}/,
  'a token': /\beyJ[\w-]{16,}\.eyJ[\w-]{16,}\./,
  'a client secret of Entra': /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/,
  'a key of an account': /(?<!sha512-)(?<![A-Za-z\d+/])[A-Za-z\d+/]{86}==/g,
  'a token of GitHub': /\b(?:gh[oprsu]_|github_pat_)\w{30,}/,
};
/** Azurite's, which its documentation prints. */
const KNOWN = /Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq\/K1SZFPTOtr\/KBHBeksoGMGw==/g;

test.each<[string, string]>([
  ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${'MIIE'.repeat(16)}`],
  ['a token', `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.c`],
  ['a client secret of Entra', `BOT_CLIENT_SECRET=Ab1${'8'}Q~${'x'.repeat(34)}`],
  ['a key of an account', `AccountKey=${'A'.repeat(86)}==;`],
  ['a token of GitHub', `ghp_${'a'.repeat(36)}`],
])('%s would be seen', (kind, text) => {
  expect(text).toMatch(SECRETS[kind] ?? /never/);
});

test('nothing in the repository looks like a secret', () => {
  expect(FILES.length).toBeGreaterThan(400);
  expect(FILES).toEqual(expect.arrayContaining(['.env.example', '.ci/run', 'package-lock.json']));
  const found = FILES.flatMap((file) => {
    const text = readFileSync(file, 'latin1').replace(KNOWN, '');
    return Object.keys(SECRETS)
      .filter((kind) => text.search(SECRETS[kind] ?? /never/) >= 0)
      .map((kind) => `${file}: ${kind}`);
  });
  expect(found).toEqual([]);
});

test('an environment that somebody fills in stays on their machine', () => {
  expect(ignored).toContain('.env');
  const [first, ...kept] = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  expect(first).toBe('*');
  expect(kept.filter((line) => line.includes('.env'))).toEqual([]);
  expect(readFileSync('.env.example', 'utf8')).toMatch(/^# BOT_CLIENT_SECRET=$/m);
});
