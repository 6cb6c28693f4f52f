import * as z from 'zod';
import { CLOUDS, type Cloud } from './config/cloud.ts';
import {
  AuthenticationString,
  type BotCredential,
  CertificatePath,
  CloudName,
  ConnectionString,
  guid,
  isGuid,
  list,
  NamedIds,
  Origin,
  Override,
  StoreAddress,
  wholeNumber,
  word,
} from './config/values.ts';

/** The whole configuration, read once at the start. Nothing else reads the environment. */
export type Config = ReturnType<typeof toConfig>;

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
  return toConfig(values);
}

function toConfig(values: Environment) {
  const { BOT_APP_ID: appId, BOT_TENANT_ID: tenantId, PORT: port } = values;
  return Object.freeze({
    ...{ appId, tenantId, port },
    host: values.HOST,
    /** Origin under which Teams' clients reach /auth/*, without a trailing slash. */
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${port}`,
    credential: credentialOf(values),
    allowedTenants: values.ALLOWED_TENANTS.length > 0 ? values.ALLOWED_TENANTS : [tenantId],
    cloud: cloudOf(values),
    /** True when the four hosts are overridden by loopback addresses: the sandbox and the tests. */
    isLoopback: values.GRAPH_BASE_URL !== undefined,
    ssoResource: values.SSO_RESOURCE ?? `api://botid-${appId}`,
    /** As whom the bot goes to Graph: as the person who asks, or as itself. */
    graphMode: values.GRAPH_MODE,
    /** People's calendars are used: invitations, series, free times. */
    isCalendarUsed: values.CALENDAR === 'on',
    store: values.STORE,
    /** Ids of named meeting templates, and of sensitivity labels. */
    templates: values.MEETING_TEMPLATES,
    labels: values.SENSITIVITY_LABELS,
    /** Meetings that one person, and all people of one tenant together, may create in an hour; 0 for no limit. */
    createLimit: values.CREATE_LIMIT,
    tenantCreateLimit: values.TENANT_CREATE_LIMIT,
    /** Messages are spread as Teams wants them; false only in the sandbox, for tests and measurements. */
    isPaced: values.MESSAGE_PACE === 'on',
    logLevel: values.LOG_LEVEL,
    applicationInsights: applicationInsightsOf(values),
  });
}

/** Where metrics are sent, and whether with a token of the machine's identity; null: they are only logged. */
function applicationInsightsOf(values: Environment) {
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

/** Every variable that is read; `.env.example` is held against this list by a test. */
const Variables = z.object({
  PORT: wholeNumber(65_535).default(3978),
  HOST: z.string().default('0.0.0.0'),
  PUBLIC_URL: Origin.optional(),
  BOT_APP_ID: guid('the application (client) id of the bot in Entra ID'),
  BOT_TENANT_ID: guid('the directory (tenant) id of the bot’s home tenant'),
  BOT_CLIENT_SECRET: z.string().optional(),
  BOT_CERTIFICATE_PATH: CertificatePath.optional(),
  BOT_MANAGED_IDENTITY_CLIENT_ID: guid('the client id of the managed identity').optional(),
  ALLOWED_TENANTS: list
    .transform((tenants) => tenants.map((tenant) => tenant.toLowerCase()))
    .refine((tenants) => tenants.every(isGuid), 'must be tenant ids (GUIDs), separated by commas.')
    .default([]),
  CLOUD: CloudName.default('global'),
  AUTHORITY_HOST: Override.optional(),
  CHANNEL_OPENID_METADATA: Override.optional(),
  GRAPH_BASE_URL: Override.optional(),
  SSO_RESOURCE: z.string().optional(),
  STORE: StoreAddress.prefault('sqlite:./data/parley.db'),
  GRAPH_MODE: word(['delegated', 'application']).default('delegated'),
  CALENDAR: word(['on', 'off']).default('off'),
  MEETING_TEMPLATES: NamedIds.default(new Map()),
  SENSITIVITY_LABELS: NamedIds.default(new Map()),
  CREATE_LIMIT: wholeNumber(100_000).default(60),
  TENANT_CREATE_LIMIT: wholeNumber(10_000_000).default(20_000),
  MESSAGE_PACE: word(['on', 'off']).default('on'),
  LOG_LEVEL: word(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  APPLICATIONINSIGHTS_CONNECTION_STRING: ConnectionString.optional(),
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: AuthenticationString.optional(),
});

/** The values of all variables, each read by its own rule. */
type Environment = z.infer<typeof Variables>;
type Variable = keyof typeof Variables.shape;
type Given = Partial<Record<Variable, string>>;

/** Their names. */
export const VARIABLES = Object.keys(Variables.shape) as Variable[];

/** The values, and a sentence for everything that is wrong with them. A blank variable counts as not set. */
function readEnvironment(variables: Readonly<Record<string, string | undefined>>) {
  const trimmed = VARIABLES.map((name) => [name, variables[name]?.trim() || undefined]);
  const given: Given = Object.fromEntries(trimmed);
  const read = Variables.safeParse(given);
  const issues = read.error?.issues.map(({ path, message }) => `${String(path[0])} ${message}`) ?? [];
  return { values: read.data, problems: [...issues, ...faultsTogether(given)] };
}

const CREDENTIALS = ['BOT_CLIENT_SECRET', 'BOT_CERTIFICATE_PATH', 'BOT_MANAGED_IDENTITY_CLIENT_ID'] as const;
const OVERRIDES = ['AUTHORITY_HOST', 'CHANNEL_OPENID_METADATA', 'GRAPH_BASE_URL'] as const;

/** What is wrong with combinations of variables. */
function faultsTogether(given: Given): string[] {
  const credentials = CREDENTIALS.filter((name) => given[name] !== undefined);
  const overrides = OVERRIDES.filter((name) => given[name] !== undefined);
  const isElsewhere = overrides.length === 0;
  const missing = isElsewhere ? [] : OVERRIDES.filter((name) => given[name] === undefined);
  const { SSO_RESOURCE: resource, BOT_APP_ID: appId = '' } = given;
  const faults: [boolean, string][] = [
    [credentials.length === 0, `One of ${CREDENTIALS.join(', ')} must be set: the bot’s credential.`],
    [credentials.length === 2, `${credentials.join(' and ')} are both set; keep exactly one credential.`],
    [credentials.length > 2, `${credentials.join(', ')} are all set; keep exactly one credential.`],
    ...missing.map((name): [boolean, string] => [
      true,
      `${name} is not set, but ${overrides[0]} is; the three overrides belong together.`,
    ]),
    [
      isElsewhere && given.PUBLIC_URL === undefined,
      'PUBLIC_URL is not set: it is the https address under which Teams reaches the bot.',
    ],
    [
      resource !== undefined && !isSsoResource(resource, appId.toLowerCase()),
      `SSO_RESOURCE ${SSO_RESOURCE_FORMS}`,
    ],
    [
      isElsewhere && given.MESSAGE_PACE?.toLowerCase() === 'off',
      'MESSAGE_PACE may be off on this machine only.',
    ],
  ];
  return faults.filter(([isFault]) => isFault).map(([, sentence]) => sentence);
}

const SSO_RESOURCE = /^api:\/\/(?:[a-z\d.-]+(?::\d+)?\/)?(?:botid-)?([a-z\d-]+)$/i;

/** Whether Teams accepts this application ID URI for the bot: it must end with the bot's id. */
export const isSsoResource = (value: string, appId: string): boolean =>
  SSO_RESOURCE.exec(value)?.[1]?.toLowerCase() === appId;

/** What it may be, in words. */
export const SSO_RESOURCE_FORMS =
  'must be the application ID URI of the bot: api://botid-<BOT_APP_ID>, api://<host>/botid-<BOT_APP_ID>, or either without botid-.';
