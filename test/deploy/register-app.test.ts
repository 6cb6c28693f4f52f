import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import {
  ADDRESS,
  APP,
  addProgram,
  azWith,
  DEPLOY,
  IDENTITY,
  REGISTER,
  run,
  test,
  toolFolder,
} from './run-script.ts';

/** What `az` was asked to send, in order. */
const bodiesIn = (text: string) =>
  [...text.matchAll(/(?:--body|--parameters) '?(\{.*\})'?$/gm)].map(([, body]) => JSON.parse(body ?? ''));

async function register(
  state: Parameters<typeof azWith>[0],
  args: string[] = [],
  what = [...ADDRESS, '--identity-principal-id', IDENTITY],
) {
  const folder = await toolFolder();
  const log = join(folder, 'log');
  await writeFile(log, '');
  await addProgram(folder, 'az', azWith(state, log));
  const result = await run(REGISTER, [...what, ...args], folder);
  const calls = await readFile(log, 'utf8');
  const changes = calls.trim().split('\n');
  return { ...result, calls, changes: changes.map((line) => line.split(' ').slice(0, 4).join(' ')) };
}

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
