import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { CLOUDS, type Cloud } from './cloud.ts';

/** How the bot proves to Entra that it is itself. */
export type BotCredential =
  | { kind: 'secret'; secret: string }
  | { kind: 'certificate'; path: string }
  | { kind: 'managedIdentity'; clientId: string };

/** Where the bot remembers. Azure's tables by the bot's own identity; by a key only in Azurite, on this machine. */
export type StoreConfig =
  | { kind: 'memory' }
  | { kind: 'sqlite'; path: string }
  | { kind: 'tables'; url: string }
  | { kind: 'azurite'; connectionString: string };

export type Config = Readonly<{
  port: number;
  host: string;
  /** Origin under which Teams' clients reach /auth/*, without a trailing slash. */
  publicUrl: string;
  appId: string;
  tenantId: string;
  credential: BotCredential;
  allowedTenants: readonly string[];
  cloud: Cloud;
  /** True when the four hosts are overridden by loopback addresses: the sandbox and the tests. */
  isLoopback: boolean;
  ssoResource: string;
  /** As whom the bot goes to Graph: as the person who asks, or as itself. */
  graphMode: 'delegated' | 'application';
  store: StoreConfig;
  /** Named meeting templates. */
  templates: ReadonlyMap<string, string>;
  /** Meetings one person may create in an hour; 0 for no limit. */
  createLimit: number;
  /** Meetings that all people of one tenant may create together in an hour; 0 for no limit. */
  tenantCreateLimit: number;
  /** Messages are spread as Teams wants them; false only in the sandbox, for tests and measurements. */
  isPaced: boolean;
  logLevel: string;
  /** Connection string of Application Insights; null: numbers go to the log alone. */
  applicationInsights: string | null;
}>;

/** The faults of an environment, one sentence a variable. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(
      `Parley cannot start, because of its configuration:\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    );
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

/** Every variable that is read; `.env.example` is held against this list by a test. */
export const VARIABLES = [
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'BOT_APP_ID',
  'BOT_TENANT_ID',
  'BOT_CLIENT_SECRET',
  'BOT_CERTIFICATE_PATH',
  'BOT_MANAGED_IDENTITY_CLIENT_ID',
  'ALLOWED_TENANTS',
  'CLOUD',
  'AUTHORITY_HOST',
  'CHANNEL_OPENID_METADATA',
  'TOKEN_SERVICE_URL',
  'GRAPH_BASE_URL',
  'SSO_RESOURCE',
  'STORE',
  'GRAPH_MODE',
  'MEETING_TEMPLATES',
  'CREATE_LIMIT',
  'TENANT_CREATE_LIMIT',
  'MESSAGE_PACE',
  'LOG_LEVEL',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
] as const;
type Variable = (typeof VARIABLES)[number];

const CREDENTIALS = ['BOT_CLIENT_SECRET', 'BOT_CERTIFICATE_PATH', 'BOT_MANAGED_IDENTITY_CLIENT_ID'] as const;
const OVERRIDES = [
  'AUTHORITY_HOST',
  'CHANNEL_OPENID_METADATA',
  'TOKEN_SERVICE_URL',
  'GRAPH_BASE_URL',
] as const;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const PEM = [/^-----BEGIN CERTIFICATE-----/m, /^-----BEGIN (RSA )?PRIVATE KEY-----/m];
const CONNECTION_STRING = /^(UseDevelopmentStorage|DefaultEndpointsProtocol|AccountName|TableEndpoint)=/i;
/** An account's address in the clouds that Graph has meetings in; the bot's token for storage goes there. */
const TABLES =
  /^https:\/\/[a-z\d-]{3,30}(\.z\d+)?\.table\.(core\.(windows|usgovcloudapi)\.net|storage\.azure\.net)$/;

/** True for a URL or host that never leaves this machine. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.has(new URL(url).hostname);
}

/** Reads the environment once, and looks whether what it names as certificate is one. Throws one ConfigurationError that names every variable that is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const read = (name: Variable) => env[name]?.trim() ?? '';
  const fail = (name: Variable, sentence: string) => void problems.push(`${name} ${sentence}`);

  const appId = readGuid('BOT_APP_ID', 'the application (client) id of the bot in Entra ID');
  const tenantId = readGuid('BOT_TENANT_ID', 'the directory (tenant) id of the bot’s home tenant');
  const overrides = readOverrides();
  const config: Config = {
    port: readWhole('PORT', 3978, 65_535),
    host: read('HOST') || '0.0.0.0',
    publicUrl: readPublicUrl(),
    appId,
    tenantId,
    credential: readCredential(),
    allowedTenants: readTenants(),
    cloud: readCloud(),
    isLoopback: overrides !== null,
    ssoResource: read('SSO_RESOURCE') || `api://botid-${appId}`,
    graphMode: readGraphMode(),
    store: readStore(),
    templates: readTemplates(),
    createLimit: readWhole('CREATE_LIMIT', 60, 100_000),
    tenantCreateLimit: readWhole('TENANT_CREATE_LIMIT', 20_000, 10_000_000),
    isPaced: readPace(),
    logLevel: readChoice('LOG_LEVEL', LOG_LEVELS, 'info'),
    applicationInsights: readApplicationInsights(),
  };
  if (problems.length > 0) throw new ConfigurationError(problems);
  return Object.freeze(config);

  function readGuid(name: Variable, what: string): string {
    const value = read(name).toLowerCase();
    if (value === '') fail(name, `is not set: it is ${what}.`);
    else if (!z.guid().safeParse(value).success) fail(name, `must be a GUID: it is ${what}.`);
    return value;
  }

  function readWhole(name: Variable, fallback: number, most: number): number {
    const value = read(name);
    if (value === '') return fallback;
    if (/^\d{1,9}$/.test(value) && Number(value) <= most) return Number(value);
    fail(name, `must be a whole number from 0 to ${most}.`);
    return fallback;
  }

  function readChoice(name: Variable, choices: readonly string[], fallback: string): string {
    const value = read(name).toLowerCase() || fallback;
    if (!choices.includes(value)) fail(name, `must be one of ${choices.join(', ')}.`);
    return value;
  }

  function readPace(): boolean {
    const value = readChoice('MESSAGE_PACE', ['on', 'off'], 'on');
    if (value === 'off' && overrides === null) fail('MESSAGE_PACE', 'may be off on this machine only.');
    return value !== 'off';
  }

  function readPublicUrl(): string {
    const value = read('PUBLIC_URL').replace(/\/+$/, '');
    if (value === '') {
      if (overrides !== null) return `http://localhost:${read('PORT') || 3978}`;
      fail('PUBLIC_URL', 'is not set: it is the https address under which Teams reaches the bot.');
    } else if (!URL.canParse(value) || new URL(value).origin !== value) {
      fail('PUBLIC_URL', 'must be an origin such as https://parley.contoso.com, without a path.');
    } else if (new URL(value).protocol !== 'https:' && !isLoopbackUrl(value)) {
      fail('PUBLIC_URL', 'must begin with https://.');
    }
    return value;
  }

  function readCredential(): BotCredential {
    const given = CREDENTIALS.filter((name) => read(name) !== '');
    if (given.length === 0)
      problems.push(`One of ${CREDENTIALS.join(', ')} must be set: the bot’s credential.`);
    if (given.length > 1) problems.push(`${given.join(' and ')} are both set; keep exactly one credential.`);
    switch (given[0]) {
      case 'BOT_CERTIFICATE_PATH':
        return readCertificate(read('BOT_CERTIFICATE_PATH'));
      case 'BOT_MANAGED_IDENTITY_CLIENT_ID':
        return {
          kind: 'managedIdentity',
          clientId: readGuid(given[0], 'the client id of the managed identity'),
        };
      default:
        return { kind: 'secret', secret: read('BOT_CLIENT_SECRET') };
    }
  }

  function readCertificate(path: string): BotCredential {
    const isFile = statSync(path, { throwIfNoEntry: false })?.isFile();
    if (!isFile) fail('BOT_CERTIFICATE_PATH', 'names no file that is there.');
    else if (!PEM.every((part) => part.test(readFileSync(path, 'utf8'))))
      fail(
        'BOT_CERTIFICATE_PATH',
        'must be a PEM file with the certificate and its private key, unencrypted.',
      );
    return { kind: 'certificate', path };
  }

  function readTenants(): string[] {
    const tenants = list(read('ALLOWED_TENANTS')).map((tenant) => tenant.toLowerCase());
    if (tenants.some((tenant) => !z.guid().safeParse(tenant).success)) {
      fail('ALLOWED_TENANTS', 'must be tenant ids (GUIDs), separated by commas.');
    }
    return tenants.length > 0 ? tenants : [tenantId];
  }

  function readOverrides(): Pick<Cloud, 'loginHost' | 'channelMetadataUrl' | 'graphUrl'> | null {
    const given = OVERRIDES.filter((name) => read(name) !== '');
    if (given.length === 0) return null;
    for (const name of OVERRIDES) {
      if (read(name) === '')
        fail(name, `is not set, but ${given[0]} is; the four overrides belong together.`);
      else if (!isLoopbackUrl(read(name)))
        fail(name, 'must point to this machine (localhost); leave it out elsewhere.');
    }
    const url = (name: Variable) => read(name).replace(/\/+$/, '');
    return {
      loginHost: url('AUTHORITY_HOST'),
      channelMetadataUrl: url('CHANNEL_OPENID_METADATA'),
      graphUrl: url('GRAPH_BASE_URL').replace(/\/v1\.0$/, ''),
    };
  }

  function readCloud(): Cloud {
    const name = read('CLOUD').toLowerCase() || 'global';
    if (name === 'china') {
      fail(
        'CLOUD',
        'is china, but Microsoft Graph has no online meetings in the China cloud, so Parley cannot work there.',
      );
    } else if (!Object.hasOwn(CLOUDS, name)) {
      fail('CLOUD', 'must be one of global (which is for GCC, too), gcch, dod.');
    }
    const cloud = CLOUDS[name as Cloud['name']] ?? CLOUDS.global;
    return { ...cloud, ...overrides };
  }

  function readStore(): Config['store'] {
    const value = read('STORE') || 'sqlite:./data/parley.db';
    if (value === 'memory:') return { kind: 'memory' };
    if (/^sqlite:./.test(value)) return { kind: 'sqlite', path: value.slice('sqlite:'.length) };
    if (value.startsWith('tables:')) return readTables(value.slice('tables:'.length));
    if (CONNECTION_STRING.test(value)) return readTables(value);
    fail('STORE', 'must be sqlite:<file>, tables:https://<account>.table.core.windows.net or memory:.');
    return { kind: 'memory' };
  }

  function readTables(value: string): Config['store'] {
    const url = value.replace(/\/+$/, '');
    if (TABLES.test(url)) return { kind: 'tables', url };
    const part = (name: string) => new RegExp(`(?:^|;)${name}=([^;]+)`, 'i').exec(value)?.[1] ?? '';
    const isWhole = isLoopbackUrl(part('TableEndpoint')) && part('AccountName') && part('AccountKey');
    if (/^UseDevelopmentStorage=true;?$/i.test(value) || isWhole)
      return { kind: 'azurite', connectionString: value };
    const instead = 'a connection string is for Azurite on this machine only.';
    fail('STORE', `must name an account, as in tables:https://<account>.table.core.windows.net; ${instead}`);
    return { kind: 'memory' };
  }

  function readTemplates(): ReadonlyMap<string, string> {
    const pairs = list(read('MEETING_TEMPLATES')).map((pair) => pair.split('=').map((part) => part.trim()));
    const isPair = ([name, id, ...rest]: string[]) =>
      name && z.guid().safeParse(id).success && rest.length === 0;
    if (!pairs.every(isPair))
      fail('MEETING_TEMPLATES', 'must look like Board=<template id>,Training=<template id>.');
    return new Map(pairs.map(([name = '', id = '']) => [name.toLowerCase(), id]));
  }

  function readApplicationInsights(): string | null {
    const value = read('APPLICATIONINSIGHTS_CONNECTION_STRING');
    if (value === '') return null;
    const parts = new Map(value.split(';').map((part) => part.split('=', 2) as [string, string]));
    const isKey = z.guid().safeParse(parts.get('InstrumentationKey')).success;
    if (!isKey || !parts.get('IngestionEndpoint')?.startsWith('https://')) {
      fail(
        'APPLICATIONINSIGHTS_CONNECTION_STRING',
        'must be the whole connection string: InstrumentationKey=…;IngestionEndpoint=https://….',
      );
    }
    return value;
  }

  function readGraphMode(): Config['graphMode'] {
    return readChoice('GRAPH_MODE', ['delegated', 'application'], 'delegated') as Config['graphMode'];
  }
}

const list = (value: string) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
