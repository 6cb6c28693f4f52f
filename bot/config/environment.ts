import * as z from 'zod';
import {
  AuthenticationString,
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
} from './values.ts';

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
export type Environment = z.infer<typeof Variables>;
type Variable = keyof typeof Variables.shape;
type Given = Partial<Record<Variable, string>>;

/** Their names. */
export const VARIABLES = Object.keys(Variables.shape) as Variable[];

/** The values, and a sentence for everything that is wrong with them. A blank variable counts as not set. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>) {
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
