import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { sourcesOf } from '../deploy/bench/image.ts';
import { COMPILED } from '../deploy/sandbox/bot-process.ts';

test('npm start keeps what Node makes of the sources, and the sandbox and the tests use the same', () => {
  const { file, flags } = sourcesOf();
  expect(file).toMatch(/bot\/main\.ts$/);
  const ask = [
    '--input-type=module',
    '-e',
    "console.log((await import('node:module')).getCompileCacheDir())",
  ];
  const { stdout } = spawnSync(process.execPath, [...flags, ...ask], { env: {}, encoding: 'utf8' });
  expect(stdout).toContain(COMPILED);
});
