import { execFile, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, onTestFinished } from 'vitest';
import { TEMPLATE_PROVIDERS } from '../../deploy/sandbox/az/providers.ts';

// They are for bash on Linux, macOS, WSL and Cloud Shell.
const isWindows = process.platform === 'win32';
const test = base.skipIf(isWindows);

const REGISTER = 'deploy/azure/register-app.sh';
const DEPLOY = 'deploy/azure/deploy.sh';
const SHARED = 'deploy/azure/cli.sh';
const APP = '11111111-2222-4333-8444-555555555555';
const IDENTITY = '99999999-2222-4333-8444-555555555555';
const ADDRESS = ['--public-url', 'https://parley.contoso.com'];
const PLACE = ['--group', 'meetings', '--location', 'westeurope'];

/** `path`: where programs are looked for; by default there is no az. */
function run(
  script: string,
  args: string[],
  path = '/usr/bin:/bin',
  env: Record<string, string> = {},
): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    execFile('bash', [script, ...args], { env: { PATH: path, ...env } }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), text: stdout + stderr }),
    );
  });
}

const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0;
// CI installs it; elsewhere: apt-get install shellcheck
base.skipIf(isWindows || (!hasShellcheck && !process.env.CI))(
  'shellcheck finds nothing (skipped where it is missing)',
  () => {
    const { stdout, error } = spawnSync(
      'shellcheck',
      ['-x', REGISTER, DEPLOY, SHARED, 'deploy/sandbox/az/az.sh', '.ci/run'],
      {
        encoding: 'utf8',
      },
    );
    expect(error).toBeUndefined();
    expect(stdout).toBe('');
  },
);

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

/** What `az` was asked to send, in order. */
const bodiesIn = (text: string) =>
  [...text.matchAll(/(?:--body|--parameters) '?(\{.*\})'?$/gm)].map(([, body]) => JSON.parse(body ?? ''));

test('a dry run of the registration says what would be registered', async () => {
  const { code, text } = await run(REGISTER, [...ADDRESS, '--identity-principal-id', IDENTITY, '--dry-run']);
  expect(code).toBe(0);
  const [scope, address, trust] = bodiesIn(text);
  expect(scope).toMatchObject({
    signInAudience: 'AzureADMyOrg',
    isFallbackPublicClient: false,
    api: {
      requestedAccessTokenVersion: 2,
      oauth2PermissionScopes: [{ value: 'access_as_user', type: 'User' }],
    },
    web: {
      redirectUris: ['https://parley.contoso.com/auth/end'],
      implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
    },
  });
  // One delegated permission: OnlineMeetings.ReadWrite.
  expect(scope.requiredResourceAccess).toEqual([
    {
      resourceAppId: '00000003-0000-0000-c000-000000000000',
      resourceAccess: [{ id: 'a65f2972-a4f8-4f5e-afd7-69ccb046d5dc', type: 'Scope' }],
    },
  ]);
  expect(address.identifierUris).toEqual(['api://botid-<app id>']);
  const scopeId = scope.api.oauth2PermissionScopes[0].id;
  expect(address.api.preAuthorizedApplications).toEqual([
    { appId: '1fec8e78-bce4-4aaf-ab1b-5451cc387264', delegatedPermissionIds: [scopeId] },
    { appId: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346', delegatedPermissionIds: [scopeId] },
  ]);
  expect(trust).toMatchObject({
    issuer: 'https://login.microsoftonline.com/<tenant id>/v2.0',
    subject: IDENTITY,
    audiences: ['api://AzureADTokenExchange'],
  });
  expect(text).not.toMatch(/secret|password|credential reset/i);
});

test('in application mode the app asks for a permission of its own, and the policy is explained', async () => {
  const { code, text } = await run(REGISTER, [...ADDRESS, '--graph-mode', 'application', '--dry-run']);
  expect(code).toBe(0);
  expect(bodiesIn(text)[0].requiredResourceAccess).toEqual([
    {
      resourceAppId: '00000003-0000-0000-c000-000000000000',
      resourceAccess: [{ id: 'b8bb2037-6e08-44ac-a4ea-4674e010e2a4', type: 'Role' }],
    },
  ]);
  expect(text).toContain('New-CsApplicationAccessPolicy -Identity Parley -AppIds <app id>');
  expect(text).toContain('30 minutes');
});

test('where calendars are used, the app asks for one permission more, and the bot is told', async () => {
  const { text } = await run(REGISTER, [...ADDRESS, '--calendar', '--dry-run']);
  const [{ resourceAccess }] = bodiesIn(text)[0].requiredResourceAccess;
  expect(resourceAccess).toEqual([
    { id: 'a65f2972-a4f8-4f5e-afd7-69ccb046d5dc', type: 'Scope' },
    { id: '1ec239c2-d7c9-4623-a91a-a9775856bb36', type: 'Scope' },
  ]);
  const deployed = await run(DEPLOY, ['--group', 'g', '--location', 'l', '--calendar', '--dry-run']);
  expect(deployed.text.match(/ calendar=true/g)).toHaveLength(2);
  expect(deployed.text).toMatch(/register-app\.sh .*--calendar/);
});

test('in application mode calendars are reached by a role of Exchange’s, not by a permission for everybody’s', async () => {
  const args = [...ADDRESS, '--graph-mode', 'application', '--calendar', '--dry-run'];
  const { text } = await run(REGISTER, args);
  const [{ resourceAccess }] = bodiesIn(text)[0].requiredResourceAccess;
  expect(resourceAccess).toEqual([{ id: 'b8bb2037-6e08-44ac-a4ea-4674e010e2a4', type: 'Role' }]);
  expect(text).toContain("-Role 'Application Calendars.ReadWrite' -CustomResourceScope Parley");
});

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

/** A folder with the few programs that the scripts use, and an az that answers from files. */
async function toolFolder(az?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-az-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const tool of ['bash', 'cat', 'tr', 'grep', 'sed', 'dirname', 'date', 'mktemp', 'rm', 'sort']) {
    await writeFile(join(folder, tool), `#!/bin/sh\nexec /bin/${tool} "$@"\n`);
    await chmod(join(folder, tool), 0o755);
  }
  if (az !== undefined) {
    await writeFile(join(folder, 'az'), az);
    await chmod(join(folder, 'az'), 0o755);
  }
  return folder;
}

/** Knows one tenant; `apps`, `principal` and `subject` are what is registered there already, by us unless it is `foreign`. */
const azWith = (
  state: { apps: string[]; hasPrincipal: boolean; subject: string; foreign?: boolean; cloud?: string },
  log: string,
) => `#!/bin/bash
case "$*" in
  'account show'*) echo ${IDENTITY.replaceAll('9', '7')} ;;
  'cloud show'*) echo ${state.cloud ?? 'AzureCloud'} ;;
  'ad app show'*) echo ${state.foreign ? 0 : 1} ;;
  'ad app list'*) printf '%s\\n' ${state.apps.join(' ')} ;;
  'ad sp show'*) exit ${state.hasPrincipal ? 0 : 3} ;;
  'ad app federated-credential list'*) echo '${state.subject}' ;;
  'ad app create'*) echo "$*" >> ${log}; echo ${APP} ;;
  *) echo "$*" >> ${log} ;;
esac
`;

async function register(
  state: Parameters<typeof azWith>[0],
  args: string[] = [],
  what = [...ADDRESS, '--identity-principal-id', IDENTITY],
) {
  const folder = await toolFolder('');
  const log = join(folder, 'log');
  await writeFile(log, '');
  await writeFile(join(folder, 'az'), azWith(state, log));
  const result = await run(REGISTER, [...what, ...args], folder);
  const calls = await readFile(log, 'utf8');
  const changes = calls.trim().split('\n');
  return { ...result, calls, changes: changes.map((line) => line.split(' ').slice(0, 4).join(' ')) };
}

/** Runs the whole against an Azure that has nothing yet, but what `answers` say. */
async function deployWith(
  args: string[] = [],
  answers = '',
  npm = 'exit 0',
  env: Record<string, string> = {},
) {
  const folder = await toolFolder('');
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
  await writeFile(join(folder, 'az'), az);
  await writeFile(join(folder, 'npm'), `#!/bin/bash\necho "npm $*" >> ${log}\n${npm}\n`);
  await chmod(join(folder, 'npm'), 0o755);
  const result = await run(DEPLOY, [...PLACE, ...args], folder, env);
  return { ...result, calls: (await readFile(log, 'utf8')).trim().split('\n') };
}

/** How `az provider list` answers where these are registered: in small letters, as Azure does for some of them. */
const registered = (namespaces: readonly string[]) =>
  `'provider list'*) printf '%s\\n' ${namespaces.join(' ').toLowerCase()} ;;`;

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

test('the last lines have what later steps ask for', async () => {
  const { text } = await deployWith();
  const address = 'https://parley.example.azurecontainerapps.io';
  expect(text.trimEnd().split('\n').slice(-2)).toEqual([`BOT_APP_ID=${APP}`, `PUBLIC_URL=${address}`]);
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

test('the whole hands each step what the one before has made', async () => {
  const { code, text, calls } = await deployWith();
  expect(text).toContain(`BOT_APP_ID=${APP}`);
  expect(code).toBe(0);
  expect(calls.find((line) => line.includes('federated-credential create'))).toContain(
    `"subject":"${IDENTITY}"`,
  );
  expect(calls.find((line) => line.includes('redirectUris'))).toContain(
    'https://parley.example.azurecontainerapps.io/auth/end',
  );
  const [build = '', second = ''] = calls.filter((line) => /^acr build|image=/.test(line));
  const tag = /--image (parley:\S+)/.exec(build)?.[1];
  expect(build).toContain('--registry parleyregistry ');
  expect(second).toContain(`botAppId=${APP} customDomains=[] image=parleyregistry.azurecr.io/${tag}`);
  expect(calls.slice(-2)).toEqual([
    `npm run -s package -- --app-id ${APP} --public-url https://parley.example.azurecontainerapps.io --name Parley --graph-mode delegated --out parley.zip`,
    `npm run -s doctor -- --url https://parley.example.azurecontainerapps.io --app-id ${APP} --group meetings --name parley --package parley.zip --wait 180`,
  ]);
});

const BOUND = '[{"name":"parley.contoso.com","bindingType":"SniEnabled","certificateId":"/x"}]';

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
  await writeFile(join(folder, 'git'), git);
  await chmod(join(folder, 'git'), 0o755);
  const { text } = await run(DEPLOY, [...PLACE, '--dry-run'], folder);
  expect(/--image (\S+)/.exec(text)?.[1]).toMatch(tag);
});

test('two applications of one name are not guessed between', async () => {
  const { code, text, changes } = await register({ apps: [APP, IDENTITY], hasPrincipal: true, subject: '' });
  expect(text).toContain('Say which with --app-id');
  expect(code).toBe(2);
  expect(changes).toEqual(['']);
});

test('an application that has the name by chance is left alone', async () => {
  const { code, text, changes } = await register({
    apps: [APP],
    hasPrincipal: true,
    subject: '',
    foreign: true,
  });
  expect(text).toContain(`was not made by this script, so nothing was changed`);
  expect(text).toContain(`--app-id ${APP}`);
  expect(code).toBe(2);
  expect(changes).toEqual(['']);
});

test('an application that is named by its id is taken, whoever made it', async () => {
  const state = { apps: [], hasPrincipal: true, subject: IDENTITY, foreign: true };
  const { code, changes } = await register(state, ['--app-id', APP]);
  expect(code).toBe(0);
  expect(changes).toEqual(['rest --method PATCH --url', 'rest --method PATCH --url']);
});

test('consent alone changes nothing else, whatever the registration is like', async () => {
  const state = { apps: [IDENTITY], hasPrincipal: true, subject: '' };
  const { code, text, calls } = await register(state, [], ['--app-id', APP, '--grant-admin-consent']);
  expect(calls.trim()).toBe(`ad app permission admin-consent --id ${APP} --output none`);
  expect(text).toContain(`BOT_APP_ID=${APP}`);
  expect(text).not.toContain('PUBLIC_URL');
  expect(code).toBe(0);
});

test('the credential alone is put right without touching the registration', async () => {
  const state = { apps: [], hasPrincipal: true, subject: '' };
  const { changes } = await register(state, [], ['--app-id', APP, '--identity-principal-id', IDENTITY]);
  expect(changes).toEqual(['ad app federated-credential create']);
});

test('Graph of every cloud gets a token', async () => {
  const state = { apps: [APP], hasPrincipal: true, subject: IDENTITY, cloud: 'AzureUSGovernment' };
  const { calls } = await register(state, ['--cloud', 'dod']);
  expect(
    calls.match(
      /--url https:\/\/dod-graph\.microsoft\.us\S+ --resource https:\/\/dod-graph\.microsoft\.us /g,
    ),
  ).toHaveLength(2);
});

test.each([
  ['global', 'AzureUSGovernment', 'AzureCloud'],
  ['gcch', 'AzureCloud', 'AzureUSGovernment'],
])('--cloud %s and an az that is set to %s do not go together', async (cloud, current, wanted) => {
  const { code, text, changes } = await register(
    { apps: [APP], hasPrincipal: true, subject: '', cloud: current },
    ['--cloud', cloud],
  );
  expect(text).toContain(`az cloud set --name ${wanted}`);
  expect(code).toBe(2);
  expect(changes).toEqual(['']);
});
