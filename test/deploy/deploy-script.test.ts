import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { TEMPLATE_PROVIDERS } from '../../deploy/sandbox/az/providers.ts';
import { APP, addProgram, azWith, DEPLOY, IDENTITY, PLACE, run, test, toolFolder } from './run-script.ts';

/** Runs the whole against an Azure that has nothing yet, but what `answers` say. */
async function deployWith(
  args: string[] = [],
  answers = '',
  npm = 'exit 0',
  env: Record<string, string> = {},
) {
  const folder = await toolFolder();
  const log = join(folder, 'log');
  await writeFile(log, '');
  const az = azWith({ apps: [], hasPrincipal: false, subject: '' }, log).replace(
    'case "$*" in',
    `case "$*" in
  ${answers}
  *outputs.publicUrl*) echo https://parley.example.azurecontainerapps.io ;;
  *outputs.identityPrincipalId*) echo ${IDENTITY} ;;
  *outputs.registryName*) echo parleyregistry ;;
  *outputs.registryServer*) echo parleyregistry.azurecr.io ;;
  'acr repository show'*) exit 3 ;;
  'resource list'*) ;;`,
  );
  await addProgram(folder, 'az', az);
  await addProgram(folder, 'npm', `#!/bin/bash\necho "npm $*" >> ${log}\n${npm}\n`);
  const result = await run(DEPLOY, [...PLACE, ...args], folder, env);
  return { ...result, calls: (await readFile(log, 'utf8')).trim().split('\n') };
}

/** How `az provider list` answers where these are registered: in small letters, as Azure does for some of them. */
const registered = (namespaces: readonly string[]) =>
  `'provider list'*) printf '%s\\n' ${namespaces.join(' ').toLowerCase()} ;;`;

const BOUND = '[{"name":"parley.contoso.com","bindingType":"SniEnabled","certificateId":"/x"}]';

test('the mode reaches the registration and the bot', async () => {
  const args = ['--group', 'g', '--location', 'l', '--graph-mode', 'application', '--dry-run'];
  const { text } = await run(DEPLOY, args);
  expect(text.match(/graphMode=application/g)).toHaveLength(2);
  expect(text).toMatch(/register-app\.sh .*--graph-mode application/);
});

test('whoever serves other tenants keeps them at the next upgrade', async () => {
  const args = ['--group', 'g', '--location', 'l', '--dry-run'];
  const registration = async (more: string[]) =>
    /register-app\.sh .*/.exec((await run(DEPLOY, [...args, ...more])).text)?.[0];
  expect(await registration(['--multi-tenant'])).toMatch(/ --multi-tenant( |$)/);
  expect(await registration([])).not.toContain('--multi-tenant');
});

test('a dry run of the whole names every step', async () => {
  const args = ['--group', 'meetings', '--location', 'westeurope', '--set', 'createLimit=30', '--dry-run'];
  const { code, text } = await run(DEPLOY, args);
  expect(code).toBe(0);
  const commands = text.split('\n').filter((line) => /^(az|npm|deploy)/.test(line));
  // What would be changed in Entra is for somebody to approve, so it is said, too.
  const inEntra = text.split('\n').filter((line) => /^ +az/.test(line));
  expect(inEntra.map((line) => line.trim().split(' ').slice(0, 3).join(' '))).toEqual([
    'az ad app',
    'az rest --method',
    'az rest --method',
    'az ad sp',
    'az ad app',
  ]);
  const isProvider = (line: string) => line.startsWith('az provider register --namespace ');
  const providers = commands.filter(isProvider).map((line) => line.split(' ')[4]);
  expect(providers).toEqual([...TEMPLATE_PROVIDERS, 'Microsoft.ContainerService'].sort());
  expect(commands.slice(0, providers.length).every(isProvider)).toBe(true);
  const others = commands.slice(providers.length);
  expect(others.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
    'az group create',
    'az deployment group',
    'deploy/azure/register-app.sh --name Parley',
    'az acr build',
    'az deployment group',
    'npm run -s',
    'npm run -s',
  ]);
  expect(text).toContain("'image=<registryServer>/parley:");
  expect(text.match(/createLimit=30/g)).toHaveLength(2);
});

test('resource providers that are missing are registered before anything is made, and no others', async () => {
  const { code, calls } = await deployWith([], registered(TEMPLATE_PROVIDERS));
  expect(code).toBe(0);
  expect(calls.slice(1, 3)).toEqual([
    'provider register --namespace Microsoft.ContainerService --wait --output none',
    'group create --name meetings --location westeurope --output none',
  ]);
  const all = [...TEMPLATE_PROVIDERS, 'Microsoft.ContainerService'];
  expect((await deployWith([], registered(all))).calls.filter((line) => line.startsWith('provider'))).toEqual(
    [],
  );
});

test('an account that may not register resource providers reads all that are missing, and nothing is made', async () => {
  const there = TEMPLATE_PROVIDERS.filter((namespace) => !/App|Storage/.test(namespace));
  const answers = `${registered(there)}\n  'provider register'*) exit 1 ;;`;
  const { code, text, calls } = await deployWith([], answers);
  expect(code).toBe(2);
  for (const name of ['App', 'ContainerService', 'Storage'])
    expect(text).toContain(`  az provider register --namespace Microsoft.${name} --wait\n`);
  expect(text).not.toContain('Microsoft.Network');
  expect(calls.every((line) => line.startsWith('npm run -s package'))).toBe(true);
});

test('if the resource providers cannot be read, nothing is made', async () => {
  const { code, calls } = await deployWith([], "'provider list'*) exit 1 ;;");
  expect(code).not.toBe(0);
  expect(calls.every((line) => line.startsWith('npm run -s package'))).toBe(true);
});

test('names and pages of the package reach it from the environment, as the help says', async () => {
  const { text } = await run(DEPLOY, ['--help']);
  const names = ['DEVELOPER_NAME', 'WEBSITE_URL', 'PRIVACY_URL', 'TERMS_URL'];
  for (const name of names) expect(text).toContain(name);
  const printed = names.map((name) => `$${name}`).join(' ');
  const env = Object.fromEntries(names.map((name) => [name, `of-${name}`]));
  const { calls } = await deployWith([], '', `echo "environment ${printed}" >> "$(dirname "$0")/log"`, env);
  const seen = calls.filter((line) => line.startsWith('environment'));
  expect(seen.length).toBeGreaterThan(1);
  expect(new Set(seen)).toEqual(new Set([`environment ${Object.values(env).join(' ')}`]));
});

test('a domain that was bound by hand stays bound', async () => {
  const { code, calls } = await deployWith(
    [],
    `'resource list'*) echo /app ;;\n  'resource show --ids /app'*) echo '${BOUND}' ;;`,
  );
  expect(calls.find((line) => line.includes('image='))).toContain(`customDomains=${BOUND} `);
  expect(code).toBe(0);
});

test.each(['list', 'show'])(
  'if the domains cannot be read (%s), nothing is deployed over them',
  async (verb) => {
    const { code, calls } = await deployWith(
      [],
      `'resource ${verb}'*) exit 1 ;;\n  'resource list'*) echo /app ;;`,
    );
    expect(code).not.toBe(0);
    expect(calls.filter((line) => line.includes('image='))).toEqual([]);
  },
);

test('a package that Teams would refuse is told before anything is made', async () => {
  const { code, calls } = await deployWith(['--app-name', 'Teams helper'], '', 'exit 1');
  expect(code).not.toBe(0);
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatch(/^npm run -s package .*--name Teams helper /);
});

test('the whole agrees for everybody if it is told to', async () => {
  const { calls } = await deployWith(['--grant-admin-consent']);
  expect(calls.filter((line) => line.startsWith('ad app permission'))).toEqual([
    `ad app permission admin-consent --id ${APP} --output none`,
  ]);
  expect((await deployWith()).calls.filter((line) => line.startsWith('ad app permission'))).toEqual([]);
});

test('an image that was built before an interruption is not built again', async () => {
  const { text, calls } = await deployWith([], "'acr repository show'*) ;;");
  expect(text).toContain('It is there already.');
  expect(calls.filter((line) => line.startsWith('acr build'))).toEqual([]);
  expect(calls.find((line) => line.includes('image='))).toContain('parleyregistry.azurecr.io/parley:');
});

test.each([
  ['', /parley:\d+\.\d+\.\d+-abc1234$/],
  [' M bot/app.ts', /parley:\d+\.\d+\.\d+-abc1234-\d{14}$/],
])('a tag never stands for two programs: git status says %j', async (status, tag) => {
  const folder = await toolFolder();
  const git = `#!/bin/sh\ncase $1 in rev-parse) echo abc1234 ;; status) printf '${status}' ;; esac\n`;
  await addProgram(folder, 'git', git);
  const { text } = await run(DEPLOY, [...PLACE, '--dry-run'], folder);
  expect(/--image (\S+)/.exec(text)?.[1]).toMatch(tag);
});
