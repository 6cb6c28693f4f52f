import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { zipSync } from 'fflate';
import { afterAll, test as base, beforeAll, expect } from 'vitest';
import type { Az } from '../../deploy/doctor/az.ts';
import { examine } from '../../deploy/doctor/examine.ts';
import { answerAz } from '../../deploy/sandbox/az/cli.ts';
import { type AzureState, emptyAzure, type Resource } from '../../deploy/sandbox/az/state.ts';
import { type Answer, type Serving, serve } from '../../deploy/sandbox/serve.ts';
import { createTls } from '../../deploy/sandbox/tls.ts';
import { createAzTool } from './az-tool.ts';

// The commands that mend are for bash.
const test = base.skipIf(process.platform === 'win32');

const TENANT = '77777777-2222-4333-8444-555555555555';
const OTHER = '66666666-2222-4333-8444-555555555555';
const NOW = Date.now();
const trusted = getCACertificates('default');
const tool = await createAzTool();
const file = join(tool.folder, 'parley.zip');
const authority = join(tool.folder, 'authority.pem');

/** What stands at the bot's address, and for Entra. */
let server: Serving;
/** By its number: Teams takes no address without a dot. */
let url: string;
/** By how much the bot's clock is wrong. */
let skewSeconds = 0;
/** Everything in order: made by the project's own scripts. */
let sound: { graphMode: string; state: AzureState; appId: string; zip: Uint8Array }[];

beforeAll(async () => {
  const tls = await createTls();
  writeFileSync(authority, tls.caPem);
  setDefaultCACertificates([...trusted, tls.caPem]);
  server = await serve({ service: 'bot', tls, handle: ({ path }) => answerAt(path) });
  url = `https://127.0.0.1:${server.port}`;
  sound = [await deployAll('delegated'), await deployAll('application')];
}, 60_000);
afterAll(async () => {
  setDefaultCACertificates(trusted);
  tool.remove();
  await server.close();
});

let appId = '';
function answerAt(path: string): Answer {
  const date = new Date(Date.now() + skewSeconds * 1000).toUTCString();
  const back = encodeURIComponent(`${url}/auth/end`);
  const location = `${url}/${TENANT}/oauth2/v2.0/authorize?client_id=${appId}&redirect_uri=${back}`;
  if (path === '/auth/start') return { status: 302, headers: { location } };
  return path === '/healthz' ? { status: 200, headers: { date } } : { status: 200 };
}

/** deploy.sh up to its last step, against an Azure that has nothing yet. */
async function deployAll(graphMode: string) {
  tool.write(emptyAzure(TENANT, url));
  const deploy = `az deployment group create --resource-group meetings --name parley --template-file deploy/azure/main.bicep --parameters name=parley graphMode=${graphMode}`;
  await must('az provider register --namespace Microsoft.ContainerService --wait');
  await must(`az group create --name meetings --location westeurope && ${deploy}`);
  const { identityPrincipalId: identity, registryName: registry } =
    tool.read().deployments['meetings/parley'] ?? {};
  const text = await must(
    `deploy/azure/register-app.sh --public-url ${url} --identity-principal-id ${identity?.value} --graph-mode ${graphMode} --grant-admin-consent`,
  );
  appId = /BOT_APP_ID=(\S+)/.exec(text)?.[1] ?? '';
  await must(`az acr build --registry ${registry?.value} --image parley:1 --file deploy/azure/Dockerfile .`);
  await must(`${deploy} botAppId=${appId} image=${registry?.value}.azurecr.io/parley:1`);
  await must(
    `npm run -s package -- --app-id ${appId} --public-url ${url} --graph-mode ${graphMode} --out ${file}`,
  );
  return { graphMode, state: tool.read(), appId, zip: readFileSync(file) };
}

async function must(line: string): Promise<string> {
  const { code, text } = await tool.run(line);
  if (code !== 0) throw new Error(`${line}\n${text}`);
  return text;
}

/** What the doctor finds. */
function look(state: AzureState, { zip, group }: { zip: Uint8Array | null; group: string | null }) {
  const az: Az = async (args) => answerAz(state, args);
  const said = { url, appId: null, cloud: null, graphMode: null, isCalendarUsed: false };
  return examine(az, { ...said, zip, group, name: 'parley' }, NOW);
}

const soundIn = (graphMode: string) => {
  const found = sound.find((each) => each.graphMode === graphMode);
  if (found === undefined) throw new Error(graphMode);
  appId = found.appId;
  skewSeconds = 0;
  return { ...found, state: structuredClone(found.state) };
};

test.each(['delegated', 'application'])('what the scripts make is well, in %s mode', async (mode) => {
  const { state, zip } = soundIn(mode);
  const findings = await look(state, { zip, group: 'meetings' });
  expect(findings.filter(({ kind }) => kind === 'wrong')).toEqual([]);
  expect(findings.filter(({ kind }) => kind === 'open').map(({ check }) => check)).toEqual(
    mode === 'application' ? ['access policy'] : [],
  );
  expect(findings.length).toBeGreaterThanOrEqual(19);
});

const the = <T>(list: readonly T[]): T => {
  if (list[0] === undefined) throw new Error('there is none');
  return list[0];
};
const app = ({ applications }: AzureState) => the(applications);
const principal = ({ principals }: AzureState) => the(principals);
const trust = ({ federatedCredentials }: AzureState) => the(the(Object.values(federatedCredentials)));
const resource = ({ resources }: AzureState, type: string): Resource =>
  the(resources.filter((each) => each.type.endsWith(type)));
const bot = (state: AzureState) => resource(state, '/botServices').properties;
const without = (state: AzureState, type: string) => {
  state.resources = state.resources.filter((each) => !each.type.endsWith(type));
};
type Variables = { name: string; value: string }[];
const variables = (state: AzureState): Variables => {
  const { template } = resource(state, '/containerApps').properties;
  return the((template as { containers: { env: Variables }[] }).containers).env;
};
const setVariable = (state: AzureState, name: string, value: string) => {
  the(variables(state).filter((variable) => variable.name === name)).value = value;
};
const withoutRole = (state: AzureState, role: string) => {
  state.roleAssignments = state.roleAssignments.filter(
    ({ roleDefinitionName }) => roleDefinitionName !== role,
  );
};

type Spoil = (state: AzureState) => unknown;
const change =
  (part: (state: AzureState) => object, values: object): Spoil =>
  (state) =>
    Object.assign(part(state), values);
const all = (state: AzureState) => state;
const api = (state: AzureState) => app(state).api;
const web = (state: AzureState) => app(state).web;
const scope = (state: AzureState) => the(api(state).oauth2PermissionScopes);
const implicitGrant = (state: AzureState) => web(state).implicitGrantSettings;
const channel = (state: AzureState) => resource(state, '/channels').properties;
const ELSEWHERE = 'https://old.example';

const removeBot: Spoil = (state) => {
  without(state, '/botServices');
  without(state, '/channels');
};
const serveTwoTenants: Spoil = (state) =>
  variables(state).push({ name: 'ALLOWED_TENANTS', value: `${TENANT},${OTHER}` });
const askForMore: Spoil = (state) =>
  the(app(state).requiredResourceAccess).resourceAccess.push({ id: OTHER, type: 'Scope' });

/** Every fault: how it comes about, which check finds it, what it says. Each is mended by the command that is named. */
const FAULTS: [name: string, check: string, sentence: RegExp, spoil: Spoil][] = [
  ['one tenant', 'sign-in audience', /it is AzureADMyOrg, but ALLOWED_TENANTS/, serveTwoTenants],
  [
    'tokens of version 1',
    'token version',
    /it is 1, not 2/,
    change(api, { requestedAccessTokenVersion: null }),
  ],
  ['a scope that is switched off', 'scope', /missing or switched off/, change(scope, { isEnabled: false })],
  [
    'a client that is not let in',
    'Teams clients',
    /5e3ce6c0-\S+ not pre-authorized/,
    (state) => app(state).api.preAuthorizedApplications.pop(),
  ],
  ['no address', 'application ID URI', /is not among its addresses/, change(app, { identifierUris: [] })],
  [
    'another redirect address',
    'redirect address',
    /is not registered: Entra says AADSTS50011/,
    change(web, { redirectUris: [`${ELSEWHERE}/auth/end`] }),
  ],
  [
    'no permission',
    'permission',
    /ask for OnlineMeetings\.ReadWrite\./,
    change(app, { requiredResourceAccess: [] }),
  ],
  ['too much permission', 'permission', /asks for 1 more than/, askForMore],
  [
    'implicit grant',
    'implicit grant',
    /in ways that the bot does not use/,
    change(implicitGrant, { enableIdTokenIssuance: true }),
  ],
  ['another identity', 'credential', /does not trust the bot's identity/, change(trust, { subject: OTHER })],
  ['no trust', 'credential', /does not trust the bot's identity/, change(all, { federatedCredentials: {} })],
  ['no principal', 'enterprise application', /it is missing/, change(all, { principals: [] })],
  [
    'a principal that is switched off',
    'enterprise application',
    /it is switched off/,
    change(principal, { accountEnabled: false }),
  ],
  [
    'assignment, and no consent',
    'consent',
    /nobody can agree for themselves/,
    change(principal, { appRoleAssignmentRequired: true, oauth2PermissionGrants: [] }),
  ],
  [
    'another address in the app',
    'container app',
    /PUBLIC_URL is https:\/\/old\.example/,
    (state) => setVariable(state, 'PUBLIC_URL', ELSEWHERE),
  ],
  [
    'another identity in the app',
    'container app',
    /BOT_MANAGED_IDENTITY_CLIENT_ID is/,
    (state) => setVariable(state, 'BOT_MANAGED_IDENTITY_CLIENT_ID', OTHER),
  ],
  [
    'no role on the store',
    'store role',
    /cannot open its store/,
    (state) => withoutRole(state, 'Storage Table Data Contributor'),
  ],
  ['no role on the registry', 'image role', /cannot be pulled/, (state) => withoutRole(state, 'AcrPull')],
  [
    'no role for metrics',
    'metrics role',
    /metrics are refused/,
    (state) => withoutRole(state, 'Monitoring Metrics Publisher'),
  ],
  ['no Azure Bot', 'Azure Bot', /Teams finds no bot/, removeBot],
  [
    'another endpoint',
    'Azure Bot',
    /its messages go to https:\/\/old\.example/,
    change(bot, { endpoint: `${ELSEWHERE}/api/messages` }),
  ],
  ['another bot', 'Azure Bot', /it is the bot of the application 66666666/, change(bot, { msaAppId: OTHER })],
  [
    'a bot of several tenants',
    'Azure Bot',
    /its type is MultiTenant/,
    change(bot, { msaAppType: 'MultiTenant' }),
  ],
  ['a bot of another tenant', 'Azure Bot', /its tenant is 66666666/, change(bot, { msaAppTenantId: OTHER })],
  ['no channel', 'Teams channel', /Teams brings nothing/, (state) => without(state, '/channels')],
  [
    'a channel that is off',
    'Teams channel',
    /Teams brings nothing/,
    change(channel, { properties: { isEnabled: false } }),
  ],
];

test.each(FAULTS)('%s: told, and mended by its command', async (name, check, sentence, spoil) => {
  const { state, zip } = soundIn('delegated');
  spoil(state);
  const found = (await look(state, { zip, group: 'meetings' })).filter(({ kind }) => kind === 'wrong');
  expect(found).toEqual([
    { check, kind: 'wrong', sentence: expect.stringMatching(sentence), cure: expect.any(String) },
  ]);
  tool.write(state);
  await must((found[0] as { cure: string }).cure);
  // A bot that was missing has got no channel yet: the doctor says so next.
  const rest = (await look(tool.read(), { zip, group: 'meetings' })).filter(({ kind }) => kind === 'wrong');
  expect(rest.map((finding) => finding.check)).toEqual(name === 'no Azure Bot' ? ['Teams channel'] : []);
});

/** What is wrong and what is open, by its check. */
async function notWell(state: AzureState, more: { zip?: Uint8Array | null; group?: string | null } = {}) {
  const findings = await look(state, { zip: soundIn('delegated').zip, group: 'meetings', ...more });
  return Object.fromEntries(
    findings.flatMap((finding) => (finding.kind === 'well' ? [] : [[finding.check, finding]])),
  );
}

test('calendars that are used without permission are told, and so is a package that does not say so', async () => {
  const { state } = soundIn('delegated');
  setVariable(state, 'CALENDAR', 'on');
  expect(await notWell(state)).toMatchObject({
    permission: {
      kind: 'wrong',
      sentence: 'it does not ask for Calendars.ReadWrite.',
      cure: expect.stringContaining(' --calendar'),
    },
    consent: { kind: 'open' },
    'Teams package': { kind: 'wrong', cure: expect.stringContaining(' --calendar') },
  });
  tool.write(state);
  await must(((await notWell(state)).permission as { cure: string }).cure);
  expect(await notWell(tool.read())).not.toHaveProperty('permission');
});

test('in application mode the calendars are a matter of Exchange, which the Azure CLI does not see', async () => {
  const { state, zip } = soundIn('application');
  setVariable(state, 'CALENDAR', 'on');
  const findings = await look(state, { zip, group: 'meetings' });
  expect(findings.filter(({ kind }) => kind === 'wrong').map(({ check }) => check)).toEqual([
    'Teams package',
  ]);
  expect(findings.find(({ check }) => check === 'calendar role')).toMatchObject({
    kind: 'open',
    cure: expect.stringContaining('Get-ManagementRoleAssignment'),
  });
});

test('in application mode a permission that nobody granted is told, and granted by its command', async () => {
  const { state, zip } = soundIn('application');
  principal(state).appRoleAssignments = [];
  const [found] = (await look(state, { zip, group: 'meetings' })).filter(({ kind }) => kind === 'wrong');
  expect(found).toMatchObject({
    check: 'consent',
    sentence: expect.stringContaining('OnlineMeetings.ReadWrite.All is not granted'),
  });
  tool.write(state);
  await must((found as { cure: string }).cure);
  expect(
    (await look(tool.read(), { zip, group: 'meetings' })).filter(({ kind }) => kind === 'wrong'),
  ).toEqual([]);
});

test('consent that nobody gave for everyone is no fault, and is left to the administrator', async () => {
  const { state } = soundIn('delegated');
  const scope = 'OnlineMeetings.ReadWrite';
  principal(state).oauth2PermissionGrants = [];
  expect((await notWell(state)).consent).toMatchObject({
    kind: 'open',
    sentence: expect.stringContaining('nobody has agreed yet'),
  });
  principal(state).oauth2PermissionGrants = [{ consentType: 'Principal', scope }];
  expect((await notWell(state)).consent).toMatchObject({
    kind: 'open',
    sentence: expect.stringContaining('1 agreed for themselves'),
  });
});

/** A bot that runs elsewhere, with this as its only credential. */
const elsewhere = (kind: 'passwordCredentials' | 'keyCredentials', days: number): AzureState => {
  const { state } = soundIn('delegated');
  without(state, '/containerApps');
  state.federatedCredentials = {};
  app(state)[kind] = [{ keyId: OTHER, endDateTime: new Date(NOW + days * 86_400_000).toISOString() }];
  return state;
};

test.each([
  ['passwordCredentials', -3, 'the last secret ran out'],
  ['passwordCredentials', 20.5, 'the last secret runs out in 20 days'],
  ['keyCredentials', -3, 'the last certificate ran out'],
  ['keyCredentials', 20.5, 'the last certificate runs out in 20 days'],
] as const)(
  'without Azure, %s with %d days left are told, and renewed by the command',
  async (kind, days, sentence) => {
    const state = elsewhere(kind, days);
    const { credential } = await notWell(state);
    expect(credential).toMatchObject({ kind: 'wrong', sentence: expect.stringContaining(sentence) });
    tool.write(state);
    await must((credential as { cure: string }).cure);
    expect(app(tool.read())[kind]).toHaveLength(2);
    expect(await notWell(tool.read())).not.toHaveProperty('credential');
  },
);

test('without Azure, a credential that lasts is well, and none at all is told', async () => {
  expect(await notWell(elsewhere('keyCredentials', 90))).not.toHaveProperty('credential');
  const state = elsewhere('keyCredentials', 90);
  app(state).keyCredentials = [];
  expect((await notWell(state)).credential).toMatchObject({
    kind: 'wrong',
    sentence: expect.stringContaining('has no secret'),
  });
});

test.each([
  [240, /^it is 2(39|40) s ahead of/],
  [-240, /^it is 24[01] s behind/],
])('a clock that is %d s wrong', async (seconds, sentence) => {
  const { state } = soundIn('delegated');
  skewSeconds = seconds;
  const findings = await look(state, { zip: null, group: 'meetings' });
  expect(findings.find(({ check }) => check === 'clock')).toMatchObject({
    kind: 'wrong',
    sentence: expect.stringMatching(sentence),
    cure: 'sudo timedatectl set-ntp true',
  });
});

test.each<[string, RegExp, string, Spoil]>([
  ['nobody is signed in', /Please run 'az login'/, 'az login', change(all, { isSignedIn: false })],
  [
    'another tenant',
    /signed in to the tenant 66666666/,
    `az login --tenant ${TENANT}`,
    change(all, { tenantId: OTHER }),
  ],
  [
    'another cloud',
    /set to AzureUSGovernment/,
    'az cloud set --name AzureCloud && az login',
    change(all, { cloud: 'AzureUSGovernment' }),
  ],
])('%s: told first, and nothing is said of what was not looked at', async (_name, sentence, cure, spoil) => {
  const { state, zip } = soundIn('delegated');
  spoil(state);
  expect(await look(state, { zip, group: 'meetings' })).toEqual([
    { check: 'az', kind: 'wrong', sentence: expect.stringMatching(sentence), cure },
  ]);
});

test('an application that is gone is told, and so is a group that is none', async () => {
  const { state } = soundIn('delegated');
  state.applications = [];
  expect((await notWell(state)).registration).toMatchObject({
    kind: 'wrong',
    cure: expect.stringMatching(/^deploy\/azure\/register-app\.sh --public-url/),
  });
  const { 'Azure Bot': bots, 'container app': apps } = await notWell(soundIn('delegated').state, {
    group: 'elsewhere',
  });
  expect(bots).toMatchObject({ kind: 'wrong' });
  expect(apps).toMatchObject({ kind: 'open' });
});

test.each([
  ['ad app show', ['registration']],
  ['ad app federated-credential list', ['credential']],
  ['ad sp show', ['enterprise application']],
  ['rest', ['consent']],
  ['resource', ['container app', 'Azure Bot']],
  ['role assignment list', ['store role', 'image role', 'metrics role']],
])('what "%s" may not see is open, not wrong', async (command, checks) => {
  const { state } = soundIn('delegated');
  state.refused = [command];
  const found = await notWell(state);
  expect(Object.keys(found)).toEqual(checks);
  for (const finding of Object.values(found))
    expect(finding).toMatchObject({
      kind: 'open',
      sentence: expect.stringContaining('Insufficient privileges'),
    });
});

test('without a group Azure is left alone, without a package it is said how to make one', async () => {
  const found = await notWell(soundIn('delegated').state, { group: null, zip: null });
  expect(Object.keys(found)).toEqual(['Azure', 'Teams package']);
  expect(found['Teams package']).toMatchObject({
    kind: 'open',
    cure: expect.stringContaining('npm run package'),
  });
});

test.each([
  ['another bot', `--app-id ${OTHER} --public-url https://parley.contoso.com`, 'its bot is 66666666'],
  [
    'another address',
    '--app-id APP --public-url https://parley.contoso.com',
    'its domain is parley.contoso.com',
  ],
  ['another mode', '--app-id APP --public-url URL --graph-mode application', 'GRAPH_MODE=delegated'],
  [
    'another resource',
    '--app-id APP --public-url URL --sso-resource api://127.0.0.1/botid-APP',
    'it asks for a token for',
  ],
])('a package of %s is told, and made again by its command', async (_name, args, sentence) => {
  const { state, appId: id } = soundIn('delegated');
  await must(`npm run -s package -- ${args.replaceAll('APP', id).replace('URL', url)} --out ${file}`);
  const found = (await notWell(state, { zip: readFileSync(file) }))['Teams package'];
  expect(found).toMatchObject({ kind: 'wrong', sentence: expect.stringContaining(sentence) });
  await must(`${(found as { cure: string }).cure} --out ${file}`);
  expect(await notWell(state, { zip: readFileSync(file) })).toEqual({});
});

test.each([
  ['no archive', new TextEncoder().encode('PK?')],
  ['an archive of something else', zipSync({ 'manifest.json': new TextEncoder().encode('{}') })],
])('%s is no package', async (_name, zip) => {
  expect((await notWell(soundIn('delegated').state, { zip }))['Teams package']).toMatchObject({
    kind: 'wrong',
  });
});

test('in a national cloud consent is given in the browser, and the issuer is that cloud’s', async () => {
  const { state } = soundIn('delegated');
  setVariable(state, 'CLOUD', 'gcch');
  state.cloud = 'AzureUSGovernment';
  principal(state).appRoleAssignmentRequired = true;
  principal(state).oauth2PermissionGrants = [];
  const found = await notWell(state);
  expect(found.credential).toMatchObject({
    sentence: expect.stringContaining('https://login.microsoftonline.us/'),
  });
  expect(found.consent).toMatchObject({ cure: expect.stringContaining('login.microsoftonline.us') });
});

test('as a program it prints what it finds, with the command below, and ends with 1', async () => {
  const { state } = soundIn('delegated');
  resource(state, '/channels').properties.properties = { isEnabled: false };
  tool.write(state);
  const doctor = `npm run -s doctor -- --url ${url} --group meetings --package ${file} --version any`;
  const { code, text } = await tool.run(doctor, { env: { NODE_EXTRA_CA_CERTS: authority } });
  expect(text).toMatch(/^✓ redirect address: https:\/\/127/m);
  expect(text).toMatch(/^✗ Teams channel: it is off: Teams brings nothing\.\n {4}az bot msteams create /m);
  expect(code).toBe(1);
});

test('without the Azure CLI it says so, after what can be seen from outside', async () => {
  const script = `'${process.execPath}' deploy/doctor.ts --url ${url}`;
  const { text } = await tool.run(`PATH=${tool.folder}/none; ${script}`, {
    env: { NODE_EXTRA_CA_CERTS: authority },
  });
  expect(text).toMatch(/^✓ TLS|^✗ TLS/m);
  expect(text).toContain('✗ az: The Azure CLI (az) is not installed: https://aka.ms/azure-cli.\n\n');
});
