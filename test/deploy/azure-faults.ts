import type { AzureState, Resource } from '../../deploy/sandbox/az/state.ts';

// How an Azure is spoilt in which everything was in order.

export const TENANT = '77777777-2222-4333-8444-555555555555';
export const OTHER = '66666666-2222-4333-8444-555555555555';
export const the = <T>(list: readonly T[]): T => {
  if (list[0] === undefined) throw new Error('there is none');
  return list[0];
};
export const app = ({ applications }: AzureState) => the(applications);
export const principal = ({ principals }: AzureState) => the(principals);
export const trust = ({ federatedCredentials }: AzureState) => the(the(Object.values(federatedCredentials)));
export const resource = ({ resources }: AzureState, type: string): Resource =>
  the(resources.filter((each) => each.type.endsWith(type)));
export const bot = (state: AzureState) => resource(state, '/botServices').properties;
export const without = (state: AzureState, type: string) => {
  state.resources = state.resources.filter((each) => !each.type.endsWith(type));
};
export type Variables = { name: string; value: string }[];
export const variables = (state: AzureState): Variables => {
  const { template } = resource(state, '/containerApps').properties;
  return the((template as { containers: { env: Variables }[] }).containers).env;
};
export const setVariable = (state: AzureState, name: string, value: string) => {
  the(variables(state).filter((variable) => variable.name === name)).value = value;
};
export const withoutRole = (state: AzureState, role: string) => {
  state.roleAssignments = state.roleAssignments.filter(
    ({ roleDefinitionName }) => roleDefinitionName !== role,
  );
};

export type Spoil = (state: AzureState) => unknown;
export const change =
  (part: (state: AzureState) => object, values: object): Spoil =>
  (state) =>
    Object.assign(part(state), values);
export const all = (state: AzureState) => state;
export const api = (state: AzureState) => app(state).api;
export const web = (state: AzureState) => app(state).web;
export const scope = (state: AzureState) => the(api(state).oauth2PermissionScopes);
export const implicitGrant = (state: AzureState) => web(state).implicitGrantSettings;
export const channel = (state: AzureState) => resource(state, '/channels').properties;
export const ELSEWHERE = 'https://old.example';

export const removeBot: Spoil = (state) => {
  without(state, '/botServices');
  without(state, '/channels');
};
export const serveTwoTenants: Spoil = (state) =>
  variables(state).push({ name: 'ALLOWED_TENANTS', value: `${TENANT},${OTHER}` });
export const askForMore: Spoil = (state) =>
  the(app(state).requiredResourceAccess).resourceAccess.push({ id: OTHER, type: 'Scope' });

/** Every fault: how it comes about, which check finds it, what it says. Each is mended by the command that is named. */
export const FAULTS: [name: string, check: string, sentence: RegExp, spoil: Spoil][] = [
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
