import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConfigurationError, readConfig, VARIABLES } from '../bot/config.ts';

const APP = '11111111-2222-4333-8444-555555555555';
const TENANT = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const GOOD = {
  BOT_APP_ID: APP,
  BOT_TENANT_ID: TENANT,
  BOT_CLIENT_SECRET: 'a secret',
  PUBLIC_URL: 'https://parley.example.com/',
};
const LOOPBACK = {
  AUTHORITY_HOST: 'https://localhost:8443',
  CHANNEL_OPENID_METADATA: 'http://127.0.0.1:8080/v1/.well-known/openidconfiguration',
  GRAPH_BASE_URL: 'http://localhost:8081/v1.0/',
};

const KEY = 'DefaultEndpointsProtocol=https;AccountName=parley;AccountKey=c2VjcmV0';

test.each([
  'https://parley.table.core.windows.net',
  'https://parley.table.core.windows.net/',
  'https://parley.z12.table.storage.azure.net',
  'https://parley.table.core.usgovcloudapi.net',
])('tables at %s are an account for the bot’s own identity', (url) => {
  const store = { kind: 'tables', url: url.replace(/\/$/, '') };
  expect(readConfig({ ...GOOD, STORE: `tables:${url}` }).store).toEqual(store);
});

test.each([
  'UseDevelopmentStorage=true',
  'UseDevelopmentStorage=true;',
  `${KEY};TableEndpoint=http://127.0.0.1:10002/parley;`,
  `TableEndpoint=http://localhost:10002/parley;${KEY}`,
])('tables by the connection string %s are Azurite’s', (connectionString) => {
  for (const STORE of [`tables:${connectionString}`, connectionString])
    expect(readConfig({ ...GOOD, STORE }).store).toEqual({ kind: 'azurite', connectionString });
});

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

test('the least that is needed, with every default', () => {
  expect(readConfig(GOOD)).toMatchObject({
    port: 3978,
    host: '0.0.0.0',
    publicUrl: 'https://parley.example.com',
    appId: APP,
    credential: { kind: 'secret' },
    allowedTenants: [TENANT],
    cloud: { name: 'global', graphUrl: 'https://graph.microsoft.com' },
    isLoopback: false,
    graphMode: 'delegated',
    ssoResource: `api://botid-${APP}`,
    store: { kind: 'sqlite', path: './data/parley.db' },
    createLimit: 60,
    tenantCreateLimit: 20_000,
    isPaced: true,
    logLevel: 'info',
    applicationInsights: null,
  });
});

test.each([
  `api://botid-${APP}`,
  `api://${APP}`,
  `api://parley.example.com/botid-${APP}`,
  `api://localhost:53000/${APP}`,
  `api://parley.example.com/botid-${APP.toUpperCase()}`,
])('Teams may ask for a token for %s', (SSO_RESOURCE) => {
  expect(readConfig({ ...GOOD, SSO_RESOURCE }).ssoResource).toBe(SSO_RESOURCE);
});

test('calendars are used only where that is said', () => {
  expect(readConfig(GOOD).isCalendarUsed).toBe(false);
  expect(readConfig({ ...GOOD, CALENDAR: 'On' }).isCalendarUsed).toBe(true);
});

test('overrides replace four hosts and nothing else', () => {
  const { cloud, isLoopback } = readConfig({ ...GOOD, ...LOOPBACK });
  expect(isLoopback).toBe(true);
  expect(cloud).toMatchObject({
    loginHost: 'https://localhost:8443',
    graphUrl: 'http://localhost:8081',
    graphScope: 'https://graph.microsoft.com/OnlineMeetings.ReadWrite',
    channelIssuer: 'https://api.botframework.com',
  });
});

test.each<[string, Record<string, string>, RegExp]>([
  ['no app id', { BOT_APP_ID: '' }, /^BOT_APP_ID is not set/],
  ['blank app id', { BOT_APP_ID: '  ' }, /^BOT_APP_ID is not set/],
  ['app id that is none', { BOT_APP_ID: 'parley' }, /^BOT_APP_ID must be a GUID/],
  ['no tenant', { BOT_TENANT_ID: '' }, /^BOT_TENANT_ID is not set/],
  ['no credential', { BOT_CLIENT_SECRET: '' }, /^One of BOT_CLIENT_SECRET, BOT_CERTIFICATE_PATH/],
  [
    'two credentials',
    { BOT_CERTIFICATE_PATH: '/c.pem' },
    /^BOT_CLIENT_SECRET and BOT_CERTIFICATE_PATH are both set/,
  ],
  [
    'three credentials',
    { BOT_CERTIFICATE_PATH: '/c.pem', BOT_MANAGED_IDENTITY_CLIENT_ID: APP },
    /^BOT_CLIENT_SECRET, BOT_CERTIFICATE_PATH, BOT_MANAGED_IDENTITY_CLIENT_ID are all set; keep exactly one/,
  ],
  [
    'a certificate that is not there',
    { BOT_CLIENT_SECRET: '', BOT_CERTIFICATE_PATH: '/no/such.pem' },
    /^BOT_CERTIFICATE_PATH names no file/,
  ],
  [
    'a folder of certificates',
    { BOT_CLIENT_SECRET: '', BOT_CERTIFICATE_PATH: 'test' },
    /^BOT_CERTIFICATE_PATH names no file/,
  ],
  [
    'a file that is no folder',
    { BOT_CLIENT_SECRET: '', BOT_CERTIFICATE_PATH: 'package.json/c.pem' },
    /^BOT_CERTIFICATE_PATH names no file/,
  ],
  [
    'a certificate in place of its path',
    { BOT_CLIENT_SECRET: '', BOT_CERTIFICATE_PATH: `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(5_000)}` },
    /^BOT_CERTIFICATE_PATH names no file/,
  ],
  [
    'a certificate that is none',
    { BOT_CLIENT_SECRET: '', BOT_CERTIFICATE_PATH: 'package.json' },
    /^BOT_CERTIFICATE_PATH must be a PEM file/,
  ],
  ['no address', { PUBLIC_URL: '' }, /^PUBLIC_URL is not set/],
  ['address without https', { PUBLIC_URL: 'http://parley.example.com' }, /^PUBLIC_URL must begin with https/],
  ['address with a path', { PUBLIC_URL: 'https://example.com/parley' }, /^PUBLIC_URL must be an origin/],
  [
    'an override alone',
    { GRAPH_BASE_URL: LOOPBACK.GRAPH_BASE_URL },
    /^AUTHORITY_HOST is not set, but GRAPH_BASE_URL is/,
  ],
  [
    'an override elsewhere',
    { ...LOOPBACK, GRAPH_BASE_URL: 'https://graph.evil.example' },
    /^GRAPH_BASE_URL must point to this machine/,
  ],
  [
    'a host that looks local',
    { ...LOOPBACK, GRAPH_BASE_URL: 'http://localhost.evil.example' },
    /^GRAPH_BASE_URL must point/,
  ],
  ['China', { CLOUD: 'china' }, /^CLOUD is china, but Microsoft Graph has no online meetings/],
  ['no such cloud', { CLOUD: 'mars' }, /^CLOUD must be one of/],
  ['no such cloud, but a member of every object', { CLOUD: 'constructor' }, /^CLOUD must be one of/],
  ['a strange store', { STORE: 'redis://x' }, /^STORE must be/],
  ['tables elsewhere', { STORE: 'tables:https://parley.table.evil.example' }, /^STORE must name an account/],
  ['tables without TLS', { STORE: 'tables:http://parley.table.core.windows.net' }, /^STORE must name/],
  ['tables with a path', { STORE: 'tables:https://parley.table.core.windows.net/x' }, /^STORE must name/],
  [
    'a key for an account elsewhere',
    { STORE: `tables:${KEY};TableEndpoint=https://parley.table.core.windows.net` },
    /^STORE must name .* on this machine only/,
  ],
  [
    'a key without an address',
    { STORE: `tables:${KEY};EndpointSuffix=core.windows.net` },
    /^STORE must name/,
  ],
  ['a strange port', { PORT: '80a' }, /^PORT must be a whole number/],
  ['a port too far', { PORT: '70000' }, /^PORT must be a whole number/],
  ['no pace where Teams counts', { MESSAGE_PACE: 'off' }, /^MESSAGE_PACE may be off/],
  ['a strange pace', { MESSAGE_PACE: 'fast' }, /^MESSAGE_PACE must be one of/],
  ['a strange limit', { CREATE_LIMIT: '-1' }, /^CREATE_LIMIT must be/],
  ['a strange limit of a tenant', { TENANT_CREATE_LIMIT: 'none' }, /^TENANT_CREATE_LIMIT must be/],
  ['a strange level', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be/],
  [
    'half a connection string',
    { APPLICATIONINSIGHTS_CONNECTION_STRING: APP },
    /^APPLICATIONINSIGHTS_CONNECTION_STRING must be the whole connection string/,
  ],
  [
    'another way to sign in to Application Insights',
    { APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=key' },
    /^APPLICATIONINSIGHTS_AUTHENTICATION_STRING must be Authorization=AAD/,
  ],
  ['a template without an id', { MEETING_TEMPLATES: 'Board' }, /^MEETING_TEMPLATES must look like/],
  ['a label without an id', { SENSITIVITY_LABELS: 'Secret' }, /^SENSITIVITY_LABELS must look like/],
  [
    'a template that is named twice',
    { MEETING_TEMPLATES: `Board=${APP},board=${TENANT}` },
    /^MEETING_TEMPLATES has the same name twice/,
  ],
  ['a resource of somebody else', { SSO_RESOURCE: `api://botid-${TENANT}` }, /^SSO_RESOURCE must be/],
  ['a resource without a scheme', { SSO_RESOURCE: `botid-${APP}` }, /^SSO_RESOURCE must be/],
  ['a resource with a path', { SSO_RESOURCE: `api://example.com/x/botid-${APP}` }, /^SSO_RESOURCE must be/],
  ['a resource that is Graph’s', { SSO_RESOURCE: 'https://graph.microsoft.com' }, /^SSO_RESOURCE must be/],
  ['a tenant that is none', { ALLOWED_TENANTS: `${TENANT}, contoso` }, /^ALLOWED_TENANTS must be/],
  ['no calendar’s word', { CALENDAR: 'yes' }, /^CALENDAR must be one of on, off/],
  ['no such mode', { GRAPH_MODE: 'both' }, /^GRAPH_MODE must be one of delegated, application/],
])('%s', (_name, change, problem) => {
  expect(problemsOf({ ...GOOD, ...change })).toEqual(
    expect.arrayContaining([expect.stringMatching(problem)]),
  );
});

test('all faults are told at once', () => {
  expect(problemsOf({}).length).toBe(4);
});

test('what is wrong with a second credential is told beside that there are two', () => {
  expect(problemsOf({ ...GOOD, BOT_MANAGED_IDENTITY_CLIENT_ID: 'parley' })).toEqual([
    expect.stringMatching(/^BOT_MANAGED_IDENTITY_CLIENT_ID must be a GUID/),
    expect.stringMatching(/are both set/),
  ]);
});

test('no fault repeats a value, which may be a secret', () => {
  const sentences = problemsOf({
    ...GOOD,
    BOT_APP_ID: 'hunter2',
    BOT_CERTIFICATE_PATH: 'hunter2',
    STORE: 'hunter2',
  });
  expect(sentences.join('\n')).not.toContain('hunter2');
});

test('.env.example names every variable, and no other', () => {
  const named = readFileSync('.env.example', 'utf8').matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm);
  expect([...named].map(([, name]) => name).sort()).toEqual([...VARIABLES].sort());
});

test('every variable is used', () => {
  const config = readFileSync('bot/config.ts', 'utf8');
  const [used = ''] = /^function toConfig.*(?=^.{3} Every variable that is read)/ms.exec(config) ?? [];
  const unused = VARIABLES.filter((name) => !new RegExp(`\\b${name}\\b`).test(used));
  expect(unused).toEqual([]);
});
