import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

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
