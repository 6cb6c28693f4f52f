import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { answerAz } from '../../deploy/sandbox/az/cli.ts';
import { TEMPLATE_PROVIDERS } from '../../deploy/sandbox/az/providers.ts';
import { type AzureState, emptyAzure } from '../../deploy/sandbox/az/state.ts';

const TENANT = '77777777-2222-4333-8444-555555555555';
const GRAPH = 'https://graph.microsoft.com';

/** What `az <line>` answers. Words of the line are separated by spaces; `more` are words that have spaces in them. */
const az = (state: AzureState, line: string, ...more: string[]) =>
  answerAz(state, [...line.split(' '), ...more]);

/** An Azure in which these commands were carried out, all of them. */
function azureAfter(...lines: string[]) {
  const state = emptyAzure(TENANT, 'https://parley.example.com');
  for (const line of lines) expect(az(state, line)).toMatchObject({ code: 0 });
  return state;
}
const CREATE = 'ad app create --display-name Parley --sign-in-audience AzureADMyOrg';
const GROUP = 'group create --name g --location westeurope';
const DEPLOY = 'deployment group create --resource-group g --name p --template-file x --parameters';
const SUPPORTING = 'provider register --namespace Microsoft.ContainerService';
const says = (sentence: string, code = 1) => ({
  code,
  stdout: '',
  stderr: expect.stringContaining(sentence),
});

test.each([
  ['a command that there is not', 'ad app made', 2, 'misspelled or not recognized'],
  ['an option that there is not', 'ad app show --id x --all', 2, 'unrecognized arguments: --all'],
  ['an option that is missing', 'ad app show', 2, 'are required: --id'],
  ['an option without its value', 'ad app show --id', 2, 'expected one argument'],
  ['an application that there is not', 'ad app show --id x', 3, 'does not exist'],
  ['a group that there is not', 'resource list --resource-group x', 3, 'could not be found'],
])('%s is refused', (_name, line, code, sentence) => {
  expect(az(azureAfter(), line)).toMatchObject(says(sentence, code));
});

test('who is not signed in gets nothing but the way to sign in', () => {
  const state = { ...azureAfter(), isSignedIn: false };
  expect(az(state, 'account show')).toMatchObject(says('az login'));
  expect(az(state, 'cloud show')).toMatchObject({ code: 0 });
  expect(az(state, 'login')).toMatchObject({ code: 0 });
  expect(az(state, 'account show')).toMatchObject({ code: 0 });
});

/** What Graph says to this change of a new application. */
function patchNew(body: object, ...before: object[]) {
  const state = azureAfter(CREATE);
  const url = `${GRAPH}/v1.0/applications(appId='${state.applications[0]?.appId}')`;
  const patch = (content: object) =>
    az(state, `rest --method PATCH --url ${url} --resource ${GRAPH} --body`, JSON.stringify(content));
  for (const content of before) expect(patch(content)).toMatchObject({ code: 0 });
  return patch(body);
}
const SCOPE = { id: '1', value: 'access_as_user', type: 'User', isEnabled: true };
const withScope = { api: { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [SCOPE] } };

test('Graph lets nobody in to a scope before it is there, nor takes a scope away that is on', () => {
  const letIn = { api: { preAuthorizedApplications: [{ appId: 'teams', delegatedPermissionIds: ['1'] }] } };
  expect(patchNew(letIn)).toMatchObject(says('does not exist'));
  expect(patchNew(letIn, withScope)).toMatchObject({ code: 0 });
  const without = { api: { oauth2PermissionScopes: [] } };
  expect(patchNew(without, withScope)).toMatchObject(says('CannotDeleteOrUpdateEnabledEntitlement'));
});

test('Graph takes an address of the bot only where tokens are of version 2', () => {
  const address = { identifierUris: ['api://botid-1'] };
  expect(patchNew(address)).toMatchObject(says('identifierUris'));
  expect(patchNew(address, withScope)).toMatchObject({ code: 0 });
});

test('answers are queried and printed as the command line says', () => {
  const state = azureAfter(CREATE, GROUP);
  const list = (output: string) =>
    az(state, `ad app list --query [].displayName --output ${output} --filter`, "displayName eq 'Parley'");
  expect(list('tsv').stdout).toBe('Parley\n');
  expect(JSON.parse(list('json').stdout)).toEqual(['Parley']);
  expect(list('none').stdout).toBe('');
  expect(list('table')).toMatchObject({ code: 2 });
});

test('a deployment registers the resource providers that the templates name, and no other', () => {
  const templates = ['main', 'monitoring'].map((name) => readFileSync(`deploy/azure/${name}.bicep`, 'utf8'));
  const named = [...templates.join('\n').matchAll(/'(Microsoft\.\w+)\//g)].map(([, namespace]) => namespace);
  expect(TEMPLATE_PROVIDERS).toEqual([...new Set(named)].sort());
  const state = azureAfter(GROUP);
  state.refused = ['provider register'];
  expect(az(state, DEPLOY)).toMatchObject(says('MissingSubscriptionRegistration'));
  expect([state.providers, state.resources]).toEqual([['Microsoft.Authorization'], []]);
  state.refused = [];
  expect(az(state, DEPLOY)).toMatchObject(says('MissingSubscriptionRegistration'));
  expect([state.providers.toSorted(), state.resources]).toEqual([TEMPLATE_PROVIDERS, []]);
  expect(az(state, `${DEPLOY} virtualNetwork=false`)).toMatchObject({ code: 0 });
  expect(az(state, SUPPORTING)).toMatchObject({ code: 0 });
  expect(az(state, DEPLOY)).toMatchObject({ code: 0 });
  expect(az(state, 'provider register --namespace Microsoft.Ap')).toMatchObject(says('is invalid'));
});

test('a deployment makes what the template has: types, roles and outputs', () => {
  const bicep = readFileSync('deploy/azure/main.bicep', 'utf8');
  const state = azureAfter(SUPPORTING, GROUP, `${DEPLOY} name=parley`);
  const { registryName, ...outputs } = state.deployments['g/p'] ?? {};
  const declared = [...bicep.matchAll(/^output (\w+)/gm)].map(([, name]) => name);
  expect([...Object.keys(outputs), 'registryName'].sort()).toEqual(declared.sort());
  const build = `acr build --registry ${registryName?.value} --image parley:1 --file x .`;
  expect(az(state, build)).toMatchObject({ code: 0 });
  const image = `image=${registryName?.value}.azurecr.io/parley:1`;
  expect(az(state, `${DEPLOY} name=parley botAppId=1 ${image}`)).toMatchObject({ code: 0 });
  const types = [...bicep.matchAll(/^resource \w+ '([\w./]+)@/gm)].map(([, type]) => type);
  expect(state.resources.filter(({ type }) => !types.includes(type))).toEqual([]);
  const roles = [...bicep.matchAll(/roleDefinitions', (\w+)\)/g)].map(([, role = '']) => role.toLowerCase());
  const assigned = state.roleAssignments.map(({ roleDefinitionName }) =>
    roleDefinitionName.replaceAll(' ', '').toLowerCase(),
  );
  expect(assigned.sort()).toEqual(roles.sort());
});

test('an image that nobody has built cannot be deployed', () => {
  const state = azureAfter(SUPPORTING, GROUP);
  expect(az(state, `${DEPLOY} botAppId=1 image=r/parley:1`)).toMatchObject(says('MANIFEST_UNKNOWN'));
});
