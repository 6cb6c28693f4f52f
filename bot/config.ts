import type { Cloud } from './config/cloud.ts';
import { type BotCredential, readCredential } from './config/credential.ts';
import {
  type Environment,
  isGuid,
  openEnvironment,
  readChoice,
  readGuid,
  readList,
  readWhole,
} from './config/environment.ts';
import { hasOverrides, readCloud, readPublicUrl } from './config/hosts.ts';
import { readSsoResource } from './config/sso-resource.ts';
import { readStore, type StoreConfig } from './config/store.ts';

/** What the bot is told once, when it starts; frozen, and whole: nobody else reads the environment. */
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
  /** Named sensitivity labels. */
  labels: ReadonlyMap<string, string>;
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

const GRAPH_MODES = ['delegated', 'application'] as const;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Reads the environment once, and looks whether what it names as certificate is one. Throws one ConfigurationError that names every variable that is wrong. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const env = openEnvironment(variables);
  const appId = readGuid(env, 'BOT_APP_ID', 'the application (client) id of the bot in Entra ID');
  const tenantId = readGuid(env, 'BOT_TENANT_ID', 'the directory (tenant) id of the bot’s home tenant');
  const config: Config = {
    port: readWhole(env, 'PORT', { fallback: 3978, most: 65_535 }),
    host: env.read('HOST') || '0.0.0.0',
    publicUrl: readPublicUrl(env),
    appId,
    tenantId,
    credential: readCredential(env),
    allowedTenants: readTenants(env, tenantId),
    cloud: readCloud(env),
    isLoopback: hasOverrides(env),
    ssoResource: readSsoResource(env, appId),
    graphMode: readChoice(env, 'GRAPH_MODE', GRAPH_MODES, 'delegated'),
    store: readStore(env),
    templates: readNamedIds(env, 'MEETING_TEMPLATES'),
    labels: readNamedIds(env, 'SENSITIVITY_LABELS'),
    createLimit: readWhole(env, 'CREATE_LIMIT', { fallback: 60, most: 100_000 }),
    tenantCreateLimit: readWhole(env, 'TENANT_CREATE_LIMIT', { fallback: 20_000, most: 10_000_000 }),
    isPaced: readPace(env),
    logLevel: readChoice(env, 'LOG_LEVEL', LOG_LEVELS, 'info'),
    applicationInsights: readApplicationInsights(env),
  };
  if (env.problems.length > 0) throw new ConfigurationError(env.problems);
  return Object.freeze(config);
}

function readTenants(env: Environment, home: string): readonly string[] {
  const tenants = readList(env, 'ALLOWED_TENANTS').map((tenant) => tenant.toLowerCase());
  if (!tenants.every(isGuid)) env.fail('ALLOWED_TENANTS', 'must be tenant ids (GUIDs), separated by commas.');
  return tenants.length > 0 ? tenants : [home];
}

/** Names with an id each, as people are to write them. */
function readNamedIds(
  env: Environment,
  name: 'MEETING_TEMPLATES' | 'SENSITIVITY_LABELS',
): ReadonlyMap<string, string> {
  const pairs = readList(env, name).map((pair) => pair.split('=').map((part) => part.trim()));
  const isPair = ([title, id = '', ...rest]: string[]) => title && isGuid(id) && rest.length === 0;
  if (!pairs.every(isPair)) env.fail(name, 'must look like Board=<id>,Training=<id>; an id is a GUID.');
  const ids = new Map(pairs.map(([title = '', id = '']) => [title.toLowerCase(), id]));
  if (ids.size < pairs.length) env.fail(name, 'has the same name twice; capitals make no other name of it.');
  return ids;
}

function readPace(env: Environment): boolean {
  const pace = readChoice(env, 'MESSAGE_PACE', ['on', 'off'], 'on');
  if (pace === 'off' && !hasOverrides(env)) env.fail('MESSAGE_PACE', 'may be off on this machine only.');
  return pace === 'on';
}

function readApplicationInsights({ read, fail }: Environment): string | null {
  const name = 'APPLICATIONINSIGHTS_CONNECTION_STRING';
  const value = read(name);
  if (value === '') return null;
  const parts = new Map(value.split(';').map((part) => part.split('=', 2) as [string, string]));
  const isKey = isGuid(parts.get('InstrumentationKey') ?? '');
  if (!isKey || !parts.get('IngestionEndpoint')?.startsWith('https://'))
    fail(name, 'must be the whole connection string: InstrumentationKey=…;IngestionEndpoint=https://….');
  return value;
}
