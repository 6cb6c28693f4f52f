import { createHash, randomUUID } from 'node:crypto';
import { AzError } from './command.ts';
import { registerTemplateProviders } from './providers.ts';
import type { AzureState, Resource } from './state.ts';

// The resources of main.bicep and how they refer to each other, which is all that the stand-in is asked for. Bicep's
// compiler is not available from npm; a test compares types, roles and outputs with the template.

type Place = { state: AzureState; root: string; name: string; compactName: string; suffix: string };
type Given = Readonly<Record<string, string>>;
type Identity = { id: string; principalId: string; clientId: string };

/** Makes what main.bicep makes of these parameters: without `image` all but the app and the bot. */
export function deploy(
  state: AzureState,
  group: string,
  deployment: string,
  parameters: readonly string[],
): void {
  const given: Given = Object.fromEntries(parameters.map((pair) => pair.split(/=(.*)/s) as [string, string]));
  const { name = 'parley', image = '' } = given;
  registerTemplateProviders(state, given.virtualNetwork !== 'false');
  const suffix = createHash('sha256').update(`${group}/${name}`).digest('hex').slice(0, 13);
  const root = `/subscriptions/0/resourceGroups/${group}/providers`;
  const place = {
    state,
    root,
    name,
    suffix,
    compactName: `${name.replaceAll('-', '')}${suffix}`.slice(0, 24),
  };
  const address = given.publicUrl || state.publicUrl;
  const identity = makeBase(place, given);
  state.deployments[`${group}/${deployment}`] = {
    publicUrl: { value: address },
    identityPrincipalId: { value: identity.principalId },
    registryName: { value: place.compactName },
    registryServer: { value: `${place.compactName}.azurecr.io` },
  };
  if (image === '') return;
  requireImage(state, image);
  makeApp(place, given, identity, address);
  makeBot(place, given.botAppId ?? '', address);
}

/** The image, which must be in its registry. */
export function requireImage({ images }: AzureState, image: string): string {
  if (!images.includes(image)) throw new AzError(1, `MANIFEST_UNKNOWN: manifest of ${image} is not known`);
  return image;
}

/** Identity, registry, storage and Application Insights with the identity's roles. */
function makeBase(place: Place, given: Given): Identity {
  const { state, name, compactName } = place;
  const type = 'Microsoft.ManagedIdentity/userAssignedIdentities';
  const there = state.resources.find(
    (resource) => resource.type === type && resource.name === `${name}-identity`,
  );
  const ids = there?.properties ?? { principalId: randomUUID(), clientId: randomUUID() };
  const { id } = put(place, type, `${name}-identity`, ids);
  const { principalId, clientId } = ids as { principalId: string; clientId: string };
  const registry = put(place, 'Microsoft.ContainerRegistry/registries', compactName, {});
  const storage = put(place, 'Microsoft.Storage/storageAccounts', compactName, {});
  assign(state, principalId, 'AcrPull', registry.id);
  const insights = put(place, 'Microsoft.Insights/components', `${name}-insights`, {});
  assign(state, principalId, 'Storage Table Data Contributor', storage.id);
  if ((given.cloud ?? 'global') === 'global')
    assign(state, principalId, 'Monitoring Metrics Publisher', insights.id);
  return { id, principalId, clientId };
}

function makeApp(place: Place, given: Given, { id, ...identity }: Identity, address: string): void {
  const { state, name, compactName } = place;
  const variables = {
    PUBLIC_URL: address,
    BOT_APP_ID: given.botAppId ?? '',
    BOT_TENANT_ID: state.tenantId,
    CLOUD: given.cloud ?? 'global',
    GRAPH_MODE: given.graphMode ?? 'delegated',
    CALENDAR: given.calendar === 'true' ? 'on' : 'off',
    BOT_MANAGED_IDENTITY_CLIENT_ID: identity.clientId,
    STORE: `tables:https://${compactName}.table.core.windows.net`,
    ...((given.cloud ?? 'global') === 'global'
      ? { APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD' }
      : {}),
    ...(given.allowedTenants ? { ALLOWED_TENANTS: given.allowedTenants } : {}),
  };
  const env = Object.entries(variables).map(([variable, value]) => ({ name: variable, value }));
  const properties = {
    provisioningState: 'Succeeded',
    configuration: { ingress: { customDomains: JSON.parse(given.customDomains ?? '[]') } },
    template: { containers: [{ name: 'parley', image: given.image, env }] },
  };
  put(place, 'Microsoft.App/containerApps', name, properties, {
    identity: { userAssignedIdentities: { [id]: identity } },
  });
}

function makeBot(place: Place, msaAppId: string, address: string): void {
  const own = `${place.name}-${place.suffix}`;
  const ids = { msaAppId, msaAppTenantId: place.state.tenantId, msaAppType: 'SingleTenant' };
  put(place, 'Microsoft.BotService/botServices', own, { endpoint: `${address}/api/messages`, ...ids });
  const channel = { channelName: 'MsTeamsChannel', properties: { isEnabled: true } };
  const type = 'Microsoft.BotService/botServices/channels';
  put(place, 'Microsoft.BotService/botServices', `${own}/channels/MsTeamsChannel`, channel, { type });
}

/** A resource that is there already is replaced as a whole, as Resource Manager does. */
function put(
  { state, root }: Place,
  type: string,
  name: string,
  properties: Record<string, unknown>,
  more: Partial<Resource> = {},
): Resource {
  const id = `${root}/${type}/${name}`;
  const resource = { id, type, name, location: 'westeurope', properties, ...more };
  state.resources = [...state.resources.filter((there) => there.id !== id), resource];
  return resource;
}

function assign(state: AzureState, principalId: string, roleDefinitionName: string, scope: string): void {
  const isThere = state.roleAssignments.some(
    (there) => there.scope === scope && there.roleDefinitionName === roleDefinitionName,
  );
  if (!isThere) state.roleAssignments.push({ principalId, roleDefinitionName, scope });
}
