import { type Finding, type Found, open, well, wrong } from '../smoke/finding.ts';
import type { Seen } from './az.ts';
import type { AzureFacts, RolesOn } from './azure.ts';
import type { Deployment } from './deployment.ts';
import type { Bot, Channel, ContainerApp } from './shapes.ts';

/** What is right and wrong with Azure's part: container app, roles, Azure Bot, channel. */
export function checkResources(facts: AzureFacts, deployment: Deployment): Finding[] {
  const { group, app, bot, channel } = facts;
  const runsHere = app.kind === 'seen';
  const hosting: Finding[] = runsHere
    ? [
        { check: 'container app', ...checkApp(app.value, deployment, group) },
        ...ROLES.map((role) => ({ check: role.check, ...checkRole(facts[role.on], role, deployment) })),
      ]
    : [
        {
          check: 'container app',
          ...open(whyNot(app, `there is none of that name in ${group}; it runs elsewhere.`)),
        },
      ];
  return [
    ...hosting,
    { check: 'Azure Bot', ...checkBot(bot, deployment, group) },
    ...(bot.kind === 'seen' ? [{ check: 'Teams channel', ...checkChannel(channel, bot.value, group) }] : []),
  ];
}

const whyNot = (look: Seen<unknown>, missing: string) => (look.kind === 'unseen' ? look.why : missing);

function checkApp(app: ContainerApp, { url, appId, identity, variables }: Deployment, group: string): Found {
  const set = (name: string, value: string) =>
    `az containerapp update --resource-group ${group} --name ${app.name} --set-env-vars ${name}=${value}`;
  const wanted: [string, string][] = [
    ['PUBLIC_URL', url],
    ['BOT_APP_ID', appId],
    ...(identity ? [['BOT_MANAGED_IDENTITY_CLIENT_ID', identity.clientId] as [string, string]] : []),
  ];
  for (const [name, value] of wanted)
    if (variables?.get(name)?.toLowerCase() !== value.toLowerCase())
      return wrong(`${name} is ${variables?.get(name) ?? 'not set'}, not ${value}.`, set(name, value));
  const { provisioningState, template } = app.properties;
  if (provisioningState !== 'Succeeded')
    return wrong(
      `it is ${provisioningState}; its revisions say why.`,
      `az containerapp revision list --resource-group ${group} --name ${app.name}`,
    );
  return well(`runs ${template.containers[0]?.image}`);
}

/** A role that the bot's identity must have, and what fails without it. */
type Role = {
  check: string;
  on: 'store' | 'registry' | 'insights';
  name: string;
  without: string;
  /** Why a deployment with these variables needs it not; null: it does. */
  notNeeded(variables: ReadonlyMap<string, string>): string | null;
};

const ROLES: readonly Role[] = [
  {
    ...{ check: 'store role', on: 'store', name: 'Storage Table Data Contributor' },
    without: 'it cannot open its store',
    notNeeded: (variables) => (variables.get('STORE')?.startsWith('tables:') ? null : 'the store is a file'),
  },
  {
    ...{ check: 'image role', on: 'registry', name: 'AcrPull' },
    without: 'its image cannot be pulled',
    notNeeded: () => null,
  },
  {
    ...{ check: 'metrics role', on: 'insights', name: 'Monitoring Metrics Publisher' },
    without: 'its metrics are refused',
    notNeeded: (variables) =>
      variables.has('APPLICATIONINSIGHTS_AUTHENTICATION_STRING') ? null : 'metrics need no sign-in',
  },
];

function checkRole(look: Seen<RolesOn>, { name, without, notNeeded }: Role, deployment: Deployment): Found {
  const { identity, variables } = deployment;
  const reason = notNeeded(variables ?? new Map());
  if (reason !== null) return well(`not needed: ${reason}`);
  if (identity === null)
    return wrong('the app has no managed identity. Run deploy.sh again, with the same options.');
  if (look.kind !== 'seen') return open(whyNot(look, 'the resource group has no such resource.'));
  const { id, assignments } = look.value;
  if (assignments.kind !== 'seen') return open(whyNot(assignments, 'it could not be read.'));
  const isThere = assignments.value.some(
    ({ principalId, roleDefinitionName }) =>
      principalId === identity.principalId && roleDefinitionName === name,
  );
  if (isThere) return well(`the bot's identity is ${name}`);
  return wrong(
    `the bot's identity is not ${name} there: ${without}.`,
    `az role assignment create --assignee-object-id ${identity.principalId} --assignee-principal-type ServicePrincipal --role '${name}' --scope ${id}`,
  );
}

function checkBot(look: Seen<Bot>, { url, appId, tenantId }: Deployment, group: string): Found {
  const endpoint = `${url}/api/messages`;
  const create = (name: string) =>
    `az bot create --resource-group ${group} --name ${name} --app-type SingleTenant --appid ${appId} --tenant-id ${tenantId} --endpoint ${endpoint}`;
  if (look.kind === 'unseen') return open(look.why);
  if (look.kind === 'missing')
    return wrong(`there is none in ${group}: Teams finds no bot.`, create(`parley-${appId.slice(0, 8)}`));
  const { name, properties: bot } = look.value;
  // None of these can be changed afterwards.
  const again = `az bot delete --resource-group ${group} --name ${name} && ${create(name)} && ${createChannel(group, name)}`;
  if (bot.msaAppId.toLowerCase() !== appId)
    return wrong(`it is the bot of the application ${bot.msaAppId}, not ${appId}.`, again);
  if (bot.msaAppType !== 'SingleTenant')
    return wrong(`its type is ${bot.msaAppType}, not SingleTenant.`, again);
  if (bot.msaAppTenantId !== tenantId)
    return wrong(`its tenant is ${bot.msaAppTenantId}, not ${tenantId}.`, again);
  if (bot.endpoint !== endpoint)
    return wrong(
      `its messages go to ${bot.endpoint}, not ${endpoint}.`,
      `az bot update --resource-group ${group} --name ${name} --endpoint ${endpoint}`,
    );
  return well(`sends to ${endpoint}`);
}

const createChannel = (group: string, name: string) =>
  `az bot msteams create --resource-group ${group} --name ${name}`;

function checkChannel(look: Seen<Channel>, { name }: Bot, group: string): Found {
  if (look.kind === 'unseen') return open(look.why);
  const isOn = look.kind === 'seen' && look.value.properties.properties?.isEnabled !== false;
  return isOn ? well('on') : wrong('it is off: Teams brings nothing.', createChannel(group, name));
}
