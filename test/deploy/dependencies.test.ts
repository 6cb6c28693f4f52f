import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Locked = {
  version?: string;
  dev?: boolean;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  hasInstallScript?: boolean;
};
const lockfile: { packages: Record<string, Locked> } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const locked = Object.entries(lockfile.packages).filter(([path, { link }]) => path !== '' && !link);

test('every package is pinned by its hash, and by no registry', () => {
  expect(locked.length).toBeGreaterThan(100);
  expect(locked.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''))).toEqual([]);
  expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

test('no package runs a script of its own while it is installed', () => {
  const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { allowScripts: object };
  const willing = Object.entries(lockfile.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  const names = willing.map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect(names.length).toBeGreaterThan(0);
  expect(allowScripts).toEqual(Object.fromEntries(names.map((name) => [name, false])));
});

test('the image installs what the lockfile says and runs nothing of it meanwhile', () => {
  const dockerfile = readFileSync('deploy/azure/Dockerfile', 'utf8');
  expect(dockerfile).toMatch(/\bnpm ci --ignore-scripts\b/);
  expect(dockerfile).not.toMatch(/\bnpm (?:install|i)\b|(?<!\/)\bnpx\b/);
});

test('pre-releases in production are those that SECURITY.md names, and a direct one is pinned', () => {
  const isPreRelease = ([, { dev, version = '' }]: (typeof locked)[number]) =>
    !dev && /^\d+\.\d+\.\d+-/.test(version);
  const names = locked.filter(isPreRelease).map(([path]) => path.replace(/^.*node_modules\//, ''));
  const told = [...readFileSync('SECURITY.md', 'utf8').matchAll(/^\| `([^`]+)` \|/gm)].map(
    ([, name]) => name,
  );
  expect(told).toEqual(names.sort());
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const direct = names.filter((name) => name in dependencies);
  expect(direct.filter((name) => !/^\d/.test(dependencies[name] ?? ''))).toEqual([]);
});
