import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { test as base, expect } from 'vitest';
import type { AzureState } from '../../deploy/sandbox/az/state.ts';
import {
  all,
  app,
  change,
  FAULTS,
  OTHER,
  principal,
  resource,
  type Spoil,
  setVariable,
  TENANT,
  without,
} from './azure-faults.ts';
import { NOW, ownSoundAzure } from './sound-azure.ts';

// The commands that mend are for bash.
const test = base.skipIf(process.platform === 'win32');
const { tool, file, authority, bot, must, soundIn, look, wrong, notWell } = await ownSoundAzure();

test.each(['delegated', 'application'] as const)(
  'what the scripts make is well, in %s mode',
  async (mode) => {
    const { state, zip } = soundIn(mode);
    const findings = await look(state, { zip });
    expect(findings.filter(({ kind }) => kind === 'wrong')).toEqual([]);
    expect(findings.filter(({ kind }) => kind === 'open').map(({ check }) => check)).toEqual(
      mode === 'application' ? ['access policy'] : [],
    );
    expect(findings.length).toBeGreaterThanOrEqual(19);
  },
);

test.each(FAULTS)('%s: told, and mended by its command', async (name, check, sentence, spoil) => {
  const { state, zip } = soundIn('delegated');
  spoil(state);
  const found = await wrong(state, { zip });
  expect(found).toEqual([
    { check, kind: 'wrong', sentence: expect.stringMatching(sentence), cure: expect.any(String) },
  ]);
  tool.write(state);
  await must((found[0] as { cure: string }).cure);
  // A bot that was missing has got no channel yet: the doctor says so next.
  const rest = await wrong(tool.read(), { zip });
  expect(rest.map((finding) => finding.check)).toEqual(name === 'no Azure Bot' ? ['Teams channel'] : []);
});

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
  const findings = await look(state, { zip });
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
  const [found] = await wrong(state, { zip });
  expect(found).toMatchObject({
    check: 'consent',
    sentence: expect.stringContaining('OnlineMeetings.ReadWrite.All is not granted'),
  });
  tool.write(state);
  await must((found as { cure: string }).cure);
  expect(await wrong(tool.read(), { zip })).toEqual([]);
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
  bot.skewSeconds = seconds;
  const findings = await look(state, { zip: null });
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
  expect(await look(state, { zip })).toEqual([
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
  await must(`npm run -s package -- ${args.replaceAll('APP', id).replace('URL', bot.url)} --out ${file}`);
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
  const doctor = `npm run -s doctor -- --url ${bot.url} --group meetings --package ${file} --version any`;
  const { code, text } = await tool.run(doctor, { env: { NODE_EXTRA_CA_CERTS: authority } });
  expect(text).toMatch(/^✓ redirect address: https:\/\/127/m);
  expect(text).toMatch(/^✗ Teams channel: it is off: Teams brings nothing\.\n {4}az bot msteams create /m);
  expect(code).toBe(1);
});

test('without the Azure CLI it says so, after what can be seen from outside', async () => {
  const script = `'${process.execPath}' deploy/doctor.ts --url ${bot.url}`;
  const { text } = await tool.run(`PATH=${tool.folder}/none; ${script}`, {
    env: { NODE_EXTRA_CA_CERTS: authority },
  });
  expect(text).toMatch(/^✓ TLS|^✗ TLS/m);
  expect(text).toContain('✗ az: The Azure CLI (az) is not installed: https://aka.ms/azure-cli.\n\n');
});
