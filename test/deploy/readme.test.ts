import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { VARIABLES } from '../../bot/config.ts';
import packageJson from '../../package.json' with { type: 'json' };

const read = (path: string) => readFileSync(path, 'utf8');
const PAGES = globSync('deploy/*.md').sort();
/** Everything that an administrator reads. */
const readme = PAGES.map(read).join('\n');

/** Programs of this project that the page tells people to run, and where their options are explained. */
const HELP: Record<string, string> = {
  'npm run package': 'deploy/teams/package.ts',
  'npm run smoke': 'deploy/smoke.ts',
  'npm run doctor': 'deploy/doctor.ts',
  'deploy/azure/deploy.sh': 'deploy/azure/deploy.sh',
  'deploy/azure/register-app.sh': 'deploy/azure/register-app.sh',
  'register-app.sh': 'deploy/azure/register-app.sh',
  'deploy.sh': 'deploy/azure/deploy.sh',
};

test('every npm script exists', () => {
  const named = [...readme.matchAll(/npm run ([\w-]+)/g)].map(([, name]) => name ?? '');
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !(name in packageJson.scripts))).toEqual([]);
});

test('every option exists', () => {
  const commands = [
    ...readme.matchAll(
      /(?:^|`)((?:npm run (?:package|smoke|doctor)|(?:deploy\/azure\/)?[\w-]+\.sh)\b[^`\n]*)/gm,
    ),
  ];
  const wrong = commands.flatMap(([, command = '']) => {
    const program = Object.keys(HELP).find((name) => command.startsWith(name)) ?? '';
    const help = read(HELP[program] ?? 'package.json');
    const options = [...command.matchAll(/ (--[a-z-]+)/g)].map(([, option]) => option ?? '');
    return options.filter((option) => !help.includes(`  ${option} `)).map((option) => `${program} ${option}`);
  });
  expect(commands.length).toBeGreaterThan(8);
  expect(wrong).toEqual([]);
});

test('what is done to an application that is there names it by its id', () => {
  const repairs = [...readme.matchAll(/`(?:deploy\/azure\/)?register-app\.sh`? [^|;.]*/g)].map(
    ([text]) => text,
  );
  expect(repairs.length).toBeGreaterThan(4);
  expect(repairs.filter((text) => !text.includes('--app-id'))).toEqual([]);
});

test('every parameter of the template exists', () => {
  const bicep = read('deploy/azure/main.bicep');
  const named = [...readme.matchAll(/(?:--set |--parameters |`)(\w+)=/g)].map(([, name]) => name ?? '');
  expect(named).toEqual(
    expect.arrayContaining(['createLimit', 'publicUrl', 'tables', 'allowedTenants', 'botAppId']),
  );
  const parameters = named.filter((name) => /^[a-z]/.test(name));
  expect(parameters.filter((name) => !new RegExp(`^param ${name} `, 'm').test(bicep))).toEqual([]);
});

test('every variable exists', () => {
  const nodes = ['HTTPS_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS', 'MALLOC_ARENA_MAX'];
  const named = [...readme.matchAll(/`([A-Z]+_[A-Z_]+)/g)].map(([, name]) => name ?? '');
  const packages = [...read('deploy/teams/package.ts').matchAll(/'([A-Z_]+)',$/gm)].map(([, name]) => name);
  expect(named.filter((name) => ![...VARIABLES, ...nodes, ...packages].includes(name))).toEqual([]);
});

test('every sentence under Troubleshooting is one that the project says', () => {
  const places = ['bot/main.ts', 'bot/config.ts', 'bot/say/messages/en.json', 'bot/app.ts'];
  const sources = [...places, ...globSync(['bot/config/*.ts', 'deploy/{smoke,teams,azure}/*.{ts,sh}'])]
    .map(read)
    .join('\n');
  const quoted = [...read('deploy/troubleshooting.md').matchAll(/“([^”]+)”/g)].map(
    ([, sentence]) => sentence ?? '',
  );
  expect(quoted.length).toBeGreaterThan(15);
  expect(quoted.filter((sentence) => !sources.includes(sentence))).toEqual([]);
});

const anchorsOf = (page: string) =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replace(/\s/g, '-'),
  );

test.each(PAGES)('every link of %s leads somewhere', (page) => {
  for (const [, target = ''] of read(page).matchAll(/\]\(([^)]+)\)/g)) {
    if (target.startsWith('https://')) continue;
    const [file = '', anchor] = target.split('#');
    const path = file === '' ? page : join('deploy', file);
    expect(existsSync(path), target).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(path), target).toContain(anchor);
  }
});

test('the first page is short, and leads to every other', () => {
  const first = read('deploy/README.md');
  expect(first.split(/\s+/).length).toBeLessThan(2_500);
  for (const page of PAGES.filter((name) => name !== 'deploy/README.md'))
    expect(first).toContain(`(${page.replace('deploy/', '')})`);
});

test('events and metrics are documented', () => {
  const events = [...read('bot/telemetry.ts').matchAll(/event: '(\w+)'/g)].map(([, name]) => name ?? '');
  const metrics = [
    ...read('bot/telemetry/application-insights.ts').matchAll(/meter\.create\w+\('([\w.]+)'/g),
  ];
  expect(metrics).toHaveLength(5);
  for (const name of [...events, ...metrics.map(([, metric]) => metric ?? '')]) {
    expect(read('deploy/operations.md')).toContain(`\`${name}\``);
  }
});

test('every alert is documented', () => {
  const titles = [...read('deploy/azure/monitoring.bicep').matchAll(/title: '(.+)'/g)].map(
    ([, title]) => title,
  );
  expect(titles.length).toBe(9);
  for (const title of titles) expect(read('deploy/operations.md')).toContain(title);
});
