import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigurationError, readConfig, VARIABLES } from '../../bot/config.ts';

const bicep = readFileSync('deploy/azure/main.bicep', 'utf8');
const monitoring = readFileSync('deploy/azure/monitoring.bicep', 'utf8');
const workbook = readFileSync('deploy/azure/workbook.json', 'utf8');
const deploy = readFileSync('deploy/azure/deploy.sh', 'utf8');
const dockerfile = readFileSync('deploy/azure/Dockerfile', 'utf8');

/** The text of one resource, up to the next declaration. */
function resource(type: string): string {
  const found = new RegExp(
    `^resource \\w+ '${type}@[\\s\\S]*?(?=^(?:resource|module|var|output|//) )`,
    'm',
  ).exec(bicep);
  if (found === null) throw new Error(`main.bicep has no ${type}`);
  return found[0];
}

test.each([
  ['Microsoft.BotService/botServices', "msaAppType: 'SingleTenant'"],
  ['Microsoft.BotService/botServices', "/api/messages'"],
  ['Microsoft.BotService/botServices/channels', "channelName: 'MsTeamsChannel'"],
  ['Microsoft.Storage/storageAccounts', 'allowSharedKeyAccess: false'],
  ['Microsoft.Storage/storageAccounts', "minimumTlsVersion: 'TLS1_2'"],
  ['Microsoft.Storage/storageAccounts', 'supportsHttpsTrafficOnly: true'],
  ['Microsoft.Storage/storageAccounts', 'allowCrossTenantReplication: false'],
  ['Microsoft.Storage/storageAccounts', "defaultAction: virtualNetwork ? 'Deny' : 'Allow'"],
  ['Microsoft.Storage/storageAccounts', "zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS'"],
  ['Microsoft.Network/virtualNetworks', "serviceName: 'Microsoft.App/environments'"],
  ['Microsoft.Network/virtualNetworks', "service: 'Microsoft.Storage'"],
  ['Microsoft.App/managedEnvironments', 'zoneRedundant: zoneRedundant'],
  ['Microsoft.App/managedEnvironments', 'infrastructureSubnetId: subnetId'],
  ['Microsoft.OperationalInsights/workspaces', 'disableLocalAuth: !localAuthentication'],
  ['Microsoft.OperationalInsights/workspaces', 'dailyQuotaGb: logDailyCap'],
  ['Microsoft.Insights/components', 'DisableLocalAuth: isMetricsSignedIn'],
  ['Microsoft.BotService/botServices', 'disableLocalAuth: true'],
  ['Microsoft.ContainerRegistry/registries', 'adminUserEnabled: false'],
  ['Microsoft.App/managedEnvironments', "destination: 'azure-monitor'"],
  ['Microsoft.App/containerApps', 'allowInsecure: false'],
  ['Microsoft.App/containerApps', "type: 'UserAssigned'"],
  ['Microsoft.App/containerApps', "{ type: 'Liveness', httpGet: { path: '/healthz', port: port }"],
  ['Microsoft.App/containerApps', "{ type: 'Readiness', httpGet: { path: '/readyz', port: port }"],
  ['Microsoft.App/containerApps', 'identity: identity.id'],
  ['Microsoft.App/containerApps', 'customDomains: customDomains'],
  ['Microsoft.App/containerApps', 'terminationGracePeriodSeconds: 30'],
])('%s has %s', (type, fact) => {
  expect(resource(type)).toContain(fact);
});

test('a bot that is down is told of, though it writes nothing: somebody asks from outside, and the alert reads it', () => {
  expect(monitoring).toMatch(/RequestUrl: '\$\{publicUrl\}\/readyz'/);
  expect(monitoring).toContain('Name: availability\n');
  expect(monitoring).toMatch(/AppAvailabilityResults \| where Name == "\$\{availability\}"/);
});

test('a bot that cannot start says what the alert looks for', () => {
  const beginning = /Log startswith "([^"]+)"/.exec(monitoring)?.[1] ?? '?';
  // In a folder without .env, which it would read.
  const options = { cwd: tmpdir(), env: {}, encoding: 'utf8' } as const;
  const { stdout, stderr } = spawnSync(process.execPath, [join(process.cwd(), 'bot/main.ts')], options);
  expect((stdout + stderr).split('\n').filter((line) => line.startsWith(beginning))).toHaveLength(1);
});

test.each([
  ['virtualNetwork', 'bool', 'true'],
  ['zoneRedundant', 'bool', 'true'],
  ['localAuthentication', 'bool', 'false'],
  ['accessLog', 'bool', 'false'],
])('unless it is said otherwise, %s %s is %s', (name, type, value) => {
  expect(bicep).toContain(`\nparam ${name} ${type} = ${value}\n`);
});

test('where no key is taken, metrics are sent with the identity, which may publish them', () => {
  expect(bicep).toContain("var isMetricsSignedIn = cloud == 'global' && !localAuthentication");
  expect(bicep).toContain("value: isMetricsSignedIn ? 'Authorization=AAD' : ''");
  expect(bicep).toMatch(/resource publish \S+ = if \(isMetricsSignedIn\)/);
});

test('the identity may pull images, write tables and publish metrics, and nothing else', () => {
  const roles = [...bicep.matchAll(/roleDefinitions', (\w+)\)/g)].map(([, role]) => role);
  expect(roles.sort()).toEqual(['acrPull', 'monitoringMetricsPublisher', 'storageTableDataContributor']);
  expect(bicep).toContain("var acrPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d'");
  expect(bicep).toContain("var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'");
});

test('no key or secret is read or passed', () => {
  for (const text of [bicep, monitoring])
    expect(text).not.toMatch(/listKeys|listCredentials|secretRef|\bsecrets:|@secure|_SECRET/);
});

test('every variable of the configuration is set, but for those that have no place in Azure', () => {
  const elsewhere = [
    'BOT_CLIENT_SECRET',
    'BOT_CERTIFICATE_PATH',
    'AUTHORITY_HOST',
    'CHANNEL_OPENID_METADATA',
    'GRAPH_BASE_URL',
    'MESSAGE_PACE',
  ];
  const set = [...bicep.matchAll(/name: '([A-Z][A-Z_]+)'/g)].map(([, name]) => name);
  expect(set.sort()).toEqual(VARIABLES.filter((name) => !elsewhere.includes(name)).sort());
});

test('tables are the default as soon as the bot has that store', () => {
  const env = {
    BOT_APP_ID: '11111111-2222-4333-8444-555555555555',
    BOT_TENANT_ID: '11111111-2222-4333-8444-555555555555',
    BOT_CLIENT_SECRET: 'x',
    PUBLIC_URL: 'https://parley.example.com',
    STORE: 'tables:https://parley.table.core.windows.net',
  };
  const hasTables = () => {
    try {
      return readConfig(env).store.kind === ('tables' as string);
    } catch (error) {
      if (error instanceof ConfigurationError) return false;
      throw error;
    }
  };
  const isDefault = /^param tables bool = (true|false)$/m.exec(bicep)?.[1];
  expect(isDefault, 'set the default in main.bicep, and say so in deploy/README.md').toBe(
    String(hasTables()),
  );
});

test('without tables there is one replica, whose store nobody shares', () => {
  expect(bicep).toContain('minReplicas: tables ? 2 : 1');
  expect(bicep).toContain('maxReplicas: tables ? maxReplicas : 1');
});

test('deploy.sh passes parameters that exist and reads outputs that exist', () => {
  const parameters = [...bicep.matchAll(/^param (\w+)/gm)].map(([, name]) => name);
  const passed = [...deploy.matchAll(/ (\w+)="\$/g)].map(([, name]) => name);
  expect(passed).toEqual(expect.arrayContaining(['name', 'botAppId', 'image']));
  expect(passed.filter((name) => !parameters.includes(name))).toEqual([]);
  const outputs = [...bicep.matchAll(/^output (\w+)/gm)].map(([, name]) => name);
  const asked = [...deploy.matchAll(/\$\(output (\w+)\)/g)].map(([, name]) => name);
  expect([...new Set(asked)].sort()).toEqual(outputs.sort());
});

test('queries use fields and metrics that the bot writes', () => {
  const telemetry = ['bot/telemetry.ts', 'bot/telemetry/events.ts']
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  JSON.parse(workbook);
  const fields = [...(workbook + monitoring).matchAll(/\be(?:\.|\[\\?")(\w+)/g)].map(
    ([, field]) => field ?? '',
  );
  expect(fields).toContain('where');
  expect(fields.length).toBeGreaterThan(20);
  const unknown = fields.filter((field) => !new RegExp(`\\b${field}\\b`).test(telemetry));
  expect(unknown).toEqual([]);
  const events = [...(workbook + monitoring).matchAll(/e\.event == \\?"(\w+)/g)].map(([, event]) => event);
  for (const event of events) expect(telemetry).toContain(`event: '${event}'`);
});

test('the image holds the bundle and nothing else, and runs as nobody special', () => {
  const [, second = ''] = dockerfile.split(/^FROM .*$/m).slice(1);
  const copied = [...second.matchAll(/^COPY (.*)$/gm)].map(([, what]) => what);
  expect(copied).toEqual([
    '--from=build /out ./',
    '--from=build --chown=node:node /data /data',
    '--from=build --chown=node:node /compiled ./compiled',
  ]);
  expect(second).toContain('USER 1000');
  expect(second).toMatch(/HEALTHCHECK[\s\S]*\/healthz/);
  const [base, ...others] = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  expect(base).toMatch(/^node:24\.\d+\.\d+-slim@sha256:[\da-f]{64}$/);
  expect(others).toEqual([base]);
});

test('what the Dockerfile copies is not ignored', () => {
  const kept = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  const [first = ''] = dockerfile.split(/^FROM .*$/m).slice(1);
  const sources = [...first.matchAll(/^COPY (.*) \S+$/gm)].flatMap(([, names]) => names?.split(' ') ?? []);
  expect([...new Set(sources.map((name) => name.split('/')[0]))].sort()).toEqual(kept.sort());
});

test('wherever Parley is started, Node is given the same sizes: only so is what was compiled found again', () => {
  const sizes = ['deploy/azure/Dockerfile', 'package.json', 'deploy/without-azure.md'].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/--max-[a-z-]+-size=\d+/g)].map(([size]) => size),
  );
  expect(sizes.length).toBeGreaterThanOrEqual(8);
  expect(new Set(sizes).size).toBe(2);
});
