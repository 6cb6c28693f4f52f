import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { ADDRESS, DEPLOY, IDENTITY, PLACE, REGISTER, run, test, toolFolder } from './run-script.ts';

test('shellcheck finds nothing (skipped where it is missing)', ({ skip }) => {
  // CI installs it; elsewhere: apt-get install shellcheck
  const { status } = spawnSync('shellcheck', ['--version']);
  skip(status !== 0 && !process.env.CI);
  const scripts = [REGISTER, DEPLOY, 'deploy/azure/cli.sh', 'deploy/sandbox/az/az.sh', '.ci/run'];
  const { stdout, error } = spawnSync('shellcheck', ['-x', ...scripts], { encoding: 'utf8' });
  expect(error).toBeUndefined();
  expect(stdout).toBe('');
});

test.each([REGISTER, DEPLOY])('%s explains itself', async (script) => {
  const { code, text } = await run(script, ['--help']);
  expect(code).toBe(0);
  const source = await readFile(script, 'utf8');
  const options = [...source.matchAll(/^ {4}(--[a-z| -]+)\)/gm)].flatMap(
    ([, names]) => names?.split(' | ') ?? [],
  );
  expect(options.length).toBeGreaterThan(5);
  for (const option of options) expect(text).toContain(`  ${option} `);
});

test.each<[string, string[], string]>([
  [REGISTER, [], '--public-url must be an https address without a path.'],
  [REGISTER, ['--public-url', 'http://parley.contoso.com'], '--public-url must be an https address'],
  [REGISTER, ['--public-url', 'https://parley.contoso.com/bot'], '--public-url must be an https address'],
  [REGISTER, [...ADDRESS, '--app-id', 'parley'], 'parley is not a GUID.'],
  [REGISTER, [...ADDRESS, '--name', 'Bob"s'], '--name must not contain quotes'],
  [REGISTER, [...ADDRESS, '--cloud', 'china'], '--cloud must be global, gcch or dod.'],
  [REGISTER, [...ADDRESS, '--graph-mode', 'both'], '--graph-mode must be delegated or application.'],
  [REGISTER, [...ADDRESS, '--name'], '--name needs a value.'],
  [REGISTER, ['--grant-admin-consent'], 'Without --public-url, --app-id must say which application it is.'],
  [REGISTER, ['--identity-principal-id', IDENTITY], 'Without --public-url, --app-id must say'],
  [
    REGISTER,
    [...ADDRESS, '--cloud', 'dod', '--grant-admin-consent'],
    'cannot grant consent in national clouds',
  ],
  [REGISTER, ['--public-url', '<publicUrl>'], '--public-url must be an https address'],
  [REGISTER, ['--nonsense'], 'Unknown option --nonsense.'],
  [DEPLOY, [], '--group is missing.'],
  [DEPLOY, ['--group', 'g'], '--location is missing.'],
  [DEPLOY, ['--group', 'g', '--location', 'l', '--cloud', 'china'], '--cloud must be global, gcch or dod.'],
  [DEPLOY, ['--group', 'g', '--location', 'l', '--graph-mode', 'both'], '--graph-mode must be delegated or'],
  [DEPLOY, [...PLACE, '--name', 'My Bot'], '--name must be 3 to 18 lower case letters'],
  [DEPLOY, [...PLACE, '--set', 'foo'], '--set foo: it must be <name>=<value>'],
  [DEPLOY, [...PLACE, '--set', 'creatLimit=30'], '--set creatLimit=30: it must be'],
  [DEPLOY, [...PLACE, '--cloud', 'gcch', '--grant-admin-consent'], 'works in the global cloud only'],
  [DEPLOY, ['--nonsense'], 'Unknown option --nonsense.'],
])('%s %j ends with a sentence', async (script, args, sentence) => {
  expect(await run(script, args)).toMatchObject({ code: 2, text: expect.stringContaining(sentence) });
});

test('without the Azure CLI both say so', async () => {
  const folder = await toolFolder();
  for (const [script, args] of [
    [REGISTER, ADDRESS],
    [DEPLOY, ['--group', 'g', '--location', 'l']],
  ] as const) {
    const { code, text } = await run(script, [...args], folder);
    expect(text).toContain('The Azure CLI (az) is not installed');
    expect(code).toBe(2);
  }
});
