import { CLOUDS, type Cloud } from './config/cloud.ts';
import { type Environment, readEnvironment } from './config/environment.ts';
import type { BotCredential, StoreConfig } from './config/values.ts';

/** The whole configuration, read once at the start. Nothing else reads the environment. */
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
  /** People's calendars are used: invitations, series, free times. */
  isCalendarUsed: boolean;
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
  /** Where metrics are sent, and whether with a token of the machine's identity; null: they are only logged. */
  applicationInsights: { connectionString: string; isSignedIn: boolean } | null;
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

/** Reads the environment, and the certificate file where one is named. Throws one ConfigurationError that names every invalid variable. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const { values, problems } = readEnvironment(variables);
  if (values === undefined || problems.length > 0) throw new ConfigurationError(problems);
  const { BOT_APP_ID: appId, BOT_TENANT_ID: tenantId, PORT: port } = values;
  return Object.freeze({
    ...{ appId, tenantId, port },
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${port}`,
    credential: credentialOf(values),
    allowedTenants: values.ALLOWED_TENANTS.length > 0 ? values.ALLOWED_TENANTS : [tenantId],
    cloud: cloudOf(values),
    isLoopback: values.GRAPH_BASE_URL !== undefined,
    ssoResource: values.SSO_RESOURCE ?? `api://botid-${appId}`,
    graphMode: values.GRAPH_MODE,
    isCalendarUsed: values.CALENDAR === 'on',
    store: values.STORE,
    templates: values.MEETING_TEMPLATES,
    labels: values.SENSITIVITY_LABELS,
    createLimit: values.CREATE_LIMIT,
    tenantCreateLimit: values.TENANT_CREATE_LIMIT,
    isPaced: values.MESSAGE_PACE === 'on',
    logLevel: values.LOG_LEVEL,
    applicationInsights: applicationInsightsOf(values),
  });
}

function applicationInsightsOf(values: Environment): Config['applicationInsights'] {
  const {
    APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString,
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: authentication,
  } = values;
  return connectionString === undefined
    ? null
    : { connectionString, isSignedIn: authentication !== undefined };
}

function credentialOf(values: Environment): BotCredential {
  const {
    BOT_CLIENT_SECRET: secret,
    BOT_CERTIFICATE_PATH: path,
    BOT_MANAGED_IDENTITY_CLIENT_ID: id,
  } = values;
  if (path !== undefined) return { kind: 'certificate', path };
  return id === undefined
    ? { kind: 'secret', secret: secret ?? '' }
    : { kind: 'managedIdentity', clientId: id };
}

/** The cloud's hosts, with overrides for stand-ins. */
function cloudOf(values: Environment): Cloud {
  const { AUTHORITY_HOST, CHANNEL_OPENID_METADATA, GRAPH_BASE_URL } = values;
  return {
    ...CLOUDS[values.CLOUD],
    ...(AUTHORITY_HOST !== undefined && { loginHost: AUTHORITY_HOST }),
    ...(CHANNEL_OPENID_METADATA !== undefined && { channelMetadataUrl: CHANNEL_OPENID_METADATA }),
    ...(GRAPH_BASE_URL !== undefined && { graphUrl: GRAPH_BASE_URL.replace(/\/v1\.0$/, '') }),
  };
}
