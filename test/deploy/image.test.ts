import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, test as base, beforeAll, expect } from 'vitest';
import { licenseText } from '../../deploy/build/licenses.ts';
import { packageFolders, readPackages } from '../../deploy/build/packages.ts';
import { billOfMaterials } from '../../deploy/build/sbom.ts';

// The first stage of the image without a container engine: its own commands, in the project's folder.

// They are for a shell.
const test = base.skipIf(process.platform === 'win32');

const root = mkdtempSync(join(tmpdir(), 'parley-image-'));
afterAll(() => rmSync(root, { recursive: true }));
const dockerfile = readFileSync('deploy/azure/Dockerfile', 'utf8');
const [first = ''] = dockerfile.split(/^FROM .*$/m).slice(1);
const commands = [...first.matchAll(/^RUN ((?:.*\\\n)*.*)$/gm)].map(([, command = '']) => command);
const out = (name: string) => readFileSync(join(root, 'out', name), 'utf8');

beforeAll(() => {
  if (process.platform === 'win32') return;
  const own = commands.filter((command) => !command.startsWith('npm ci'));
  for (const command of own) {
    const line = command.replace(/(^| )(\/(?:out|data|compiled))/g, `$1${root}$2`);
    execFileSync('sh', ['-c', line], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
}, 60_000);

test('its commands are installing and building', () => {
  expect(commands).toHaveLength(2);
  expect(commands[0]).toMatch(/^npm ci --ignore-scripts/);
});

/** What the text on licenses lists: `name version: license`. */
const listed = () =>
  (out('LICENSES-THIRD-PARTY.txt').split('\n\n')[0] ?? '').split('\n').map((line) => {
    const [, name = '', version = '', license = ''] = /^(\S+) (\S+): (.+)$/.exec(line) ?? [];
    return { name, version, license };
  });

const lockfile = readFileSync('package-lock.json', 'utf8');
const { packages: locked } = JSON.parse(lockfile) as { packages: Record<string, { version: string }> };

test('the bill of materials has every package of the bundle, in the version and by the hash of the lockfile', () => {
  const bill = JSON.parse(out('sbom.cdx.json')) as {
    components: { name: string; version: string; purl: string; hashes: { content: string }[] }[];
  };
  expect(bill).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: { component: { name: 'parley' } },
  });
  const billed = bill.components.map(({ name, version }) => `${name} ${version}`);
  expect(billed).toEqual([...new Set(listed().map(({ name, version }) => `${name} ${version}`))]);
  for (const name of [
    'botbuilder-core',
    'restify',
    '@azure/core-client',
    '@azure/identity',
    '@microsoft/teams-js',
    'zod',
  ])
    expect(billed).toContain(`${name} ${locked[`node_modules/${name}`]?.version}`);
  for (const { hashes, purl } of bill.components) {
    expect(hashes[0]?.content).toMatch(/^[\da-f]{128}$/);
    expect(purl).toMatch(/^pkg:npm\/(%40[\w.-]+\/)?[\w.-]+@[\w.-]+$/);
  }
});

test('what would authenticate and send beside Parley’s own guard and client is not in the bundle', () => {
  const names = listed().map(({ name }) => name);
  expect(names).toContain('botbuilder-core');
  for (const name of ['botframework-connector', 'axios']) expect(names).not.toContain(name);
  expect(names.filter((name) => name === '@azure/msal-node')).toHaveLength(1);
});

test('of restify the bundle has the router, and no plugins that would read bodies and send files', () => {
  const names = listed().map(({ name }) => name);
  expect(names).toContain('find-my-way');
  for (const name of ['send', 'http-signature', 'csv']) expect(names).not.toContain(name);
});

test('the same packages make the same bill', () => {
  const packages = readPackages(['node_modules/pino/pino.js', 'node_modules/zod/index.js'], lockfile);
  const application = { name: 'parley', version: '1.0.0' };
  expect(billOfMaterials(application, packages)).toBe(billOfMaterials(application, packages));
  expect(JSON.parse(billOfMaterials(application, packages)).components).toHaveLength(2);
});

/** Licences that ask for no more than to be passed on with what is under them. */
const PERMISSIVE = [
  'MIT',
  'Apache-2.0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'Unlicense',
  'Unicode-3.0',
];

/** They say so in their texts only; it is MIT. */
const UNSTATED = ['jspath'];
/** They state MIT and bring no text. */
const WORDLESS = ['@microsoft/recognizers-text-data-types-timex-expression', 'proxy-agent-negotiate'];

test('every package in the bundle has a permissive license, whose words go along if it has any', () => {
  const isPermissive = (license: string) =>
    license
      .replace(/[()]/g, '')
      .split(' OR ')
      .some((one) => PERMISSIVE.includes(one));
  const others = listed().filter(({ license }) => !isPermissive(license));
  expect(others.map(({ name }) => name)).toEqual(UNSTATED);
  const packages = readPackages(
    listed()
      .map(({ name }) => `node_modules/${name}/x`)
      .filter((file) => file.slice(0, -2) in locked),
    lockfile,
  );
  expect(packages.filter(({ texts }) => texts.length === 0).map(({ name }) => name)).toEqual(WORDLESS);
  expect(out('LICENSES-THIRD-PARTY.txt')).toContain('Permission is hereby granted, free of charge');
  expect(out('LICENSES-THIRD-PARTY.txt')).toContain('Apache License');
  expect(out('LICENSE')).toBe(readFileSync('LICENSE', 'utf8'));
});

test('packages are told by their folders, scoped and nested ones too', () => {
  expect(
    packageFolders([
      'bot/main.ts',
      'node_modules/pino/lib/a.js',
      'node_modules/pino/b.js',
      'node_modules/@a/b/c.js',
      'node_modules/a/node_modules/b/c.js',
    ]),
  ).toEqual(['node_modules/@a/b', 'node_modules/a/node_modules/b', 'node_modules/pino']);
});

test('packages under the same words share them', () => {
  const text = 'Permission is hereby granted';
  const one = { version: '1', license: 'MIT', integrity: '', texts: [text] };
  const shared = licenseText([
    { ...one, name: 'a' },
    { ...one, name: 'b' },
  ]);
  expect(shared).toContain('a 1: MIT\nb 1: MIT\n');
  expect(shared.split(text)).toHaveLength(2);
});
