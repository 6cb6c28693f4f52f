import { CLOUDS, type Cloud } from '../../bot/config/cloud.ts';
import type { Config } from '../../bot/config.ts';
import type { SignIn } from '../smoke/sign-in.ts';
import { isGraphMode } from '../teams/manifest.ts';
import type { ContainerApp } from './shapes.ts';

/** How the bot runs and what follows from it for Azure and Entra ID. */
export type Deployment = {
  url: string;
  appId: string;
  tenantId: string;
  cloud: Cloud;
  graphMode: Config['graphMode'];
  /** CALENDAR=on: people's calendars are used, too. */
  isCalendarUsed: boolean;
  isMultiTenant: boolean;
  /** The application ID URI that Teams asks a token for. */
  ssoResource: string;
  /** The managed identity that the container app runs as; null elsewhere. */
  identity: { clientId: string; principalId: string } | null;
  /** The variables of the container app; null elsewhere. */
  variables: ReadonlyMap<string, string> | null;
};

/** What was said on the command line; null: nothing. */
export type Said = {
  url: string;
  appId: string | null;
  cloud: string | null;
  graphMode: string | null;
  isCalendarUsed: boolean;
};

/** The variables of the first container. */
const variablesOf = (app: ContainerApp): ReadonlyMap<string, string> =>
  new Map(app.properties.template.containers[0]?.env.map(({ name, value }) => [name, value ?? '']));

/**
 * Puts together what the container app's variables say, then what was said on the command line, then what the sign-in
 * page shows. Null where nobody knows which application or tenant it is.
 */
export function describeDeployment(
  said: Said,
  signIn: SignIn | null,
  app: ContainerApp | null,
  accountTenant: string,
): Deployment | null {
  const variables = app === null ? null : variablesOf(app);
  const of = (name: string) => variables?.get(name) || null;
  const appId = (said.appId ?? of('BOT_APP_ID') ?? signIn?.appId ?? '').toLowerCase();
  if (appId === '') return null;
  const tenantId = of('BOT_TENANT_ID') ?? signIn?.tenantId ?? accountTenant;
  const cloudName = of('CLOUD') ?? said.cloud ?? 'global';
  const mode = of('GRAPH_MODE') ?? said.graphMode ?? '';
  const others = (of('ALLOWED_TENANTS') ?? '').split(',').filter((id) => id !== '' && id !== tenantId);
  return {
    url: said.url,
    appId,
    tenantId,
    variables,
    isMultiTenant: others.length > 0,
    cloud: Object.values(CLOUDS).find(({ name }) => name === cloudName) ?? CLOUDS.global,
    graphMode: isGraphMode(mode) ? mode : 'delegated',
    isCalendarUsed: variables === null ? said.isCalendarUsed : of('CALENDAR') === 'on',
    ssoResource: of('SSO_RESOURCE') ?? `api://botid-${appId}`,
    identity: app === null ? null : identityOf(app, of('BOT_MANAGED_IDENTITY_CLIENT_ID')),
  };
}

function identityOf(app: ContainerApp, clientId: string | null): Deployment['identity'] {
  const identities = Object.values(app.identity?.userAssignedIdentities ?? {});
  return identities.find((identity) => identity.clientId === clientId) ?? identities[0] ?? null;
}
