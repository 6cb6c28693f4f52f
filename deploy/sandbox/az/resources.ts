import { AzError, type Command, type Options, one } from './command.ts';
import { deploy } from './deployment.ts';
import type { AzureState, Resource } from './state.ts';

const BOT = 'Microsoft.BotService/botServices';

/** The resource of that id. */
export function resourceOf(state: AzureState, id: string): Resource {
  const found = state.resources.find((resource) => resource.id.toLowerCase() === id.toLowerCase());
  if (found === undefined) throw new AzError(3, `(ResourceNotFound) The Resource '${id}' was not found.`);
  return found;
}

/** How the ids of everything in a group begin. */
export const groupId = (group: string) => `/subscriptions/0/resourceGroups/${group}`;

function requireGroup(state: AzureState, group: string): void {
  if (!state.groups.some(({ name }) => name === group))
    throw new AzError(3, `(ResourceGroupNotFound) Resource group '${group}' could not be found.`);
}

/** Children, such as a bot's channels, are not in a group's list. */
function listResources(state: AzureState, options: Options): Resource[] {
  const group = one(options, '--resource-group');
  requireGroup(state, group);
  const [type] = options.get('--resource-type') ?? [];
  const [name] = options.get('--name') ?? [];
  return state.resources.filter(
    (resource) =>
      resource.id.startsWith(`${groupId(group)}/`) &&
      resource.type.split('/').length === 2 &&
      (type === undefined || resource.type === type) &&
      (name === undefined || resource.name === name),
  );
}

function createGroup(state: AzureState, options: Options): void {
  const [name, location] = [one(options, '--name'), one(options, '--location')];
  const there = state.groups.find((group) => group.name === name);
  if (there !== undefined && there.location !== location)
    throw new AzError(1, `(InvalidResourceGroupLocation) Invalid resource group location '${location}'.`);
  if (there === undefined) state.groups.push({ name, location });
}

function createBot(state: AzureState, options: Options): Resource {
  const [group, name] = [one(options, '--resource-group'), one(options, '--name')];
  requireGroup(state, group);
  const id = `${groupId(group)}/providers/${BOT}/${name}`;
  const bot: Resource = {
    id,
    name,
    type: BOT,
    location: 'global',
    properties: {
      endpoint: one(options, '--endpoint'),
      msaAppId: one(options, '--appid'),
      msaAppTenantId: one(options, '--tenant-id'),
      msaAppType: one(options, '--app-type'),
    },
  };
  state.resources.push(bot);
  return bot;
}

const botOf = (state: AzureState, options: Options) =>
  resourceOf(
    state,
    `${groupId(one(options, '--resource-group'))}/providers/${BOT}/${one(options, '--name')}`,
  );

function createChannel(state: AzureState, options: Options): void {
  const id = `${botOf(state, options).id}/channels/MsTeamsChannel`;
  state.resources = state.resources.filter((resource) => resource.id !== id);
  state.resources.push({
    id,
    name: 'MsTeamsChannel',
    type: `${BOT}/channels`,
    location: 'global',
    properties: { channelName: 'MsTeamsChannel', properties: { isEnabled: true } },
  });
}

function deleteBot(state: AzureState, options: Options): void {
  const { id } = botOf(state, options);
  state.resources = state.resources.filter((resource) => !resource.id.startsWith(id));
}

/** With the group goes everything in it, and who might do what with it. */
function deleteGroup(state: AzureState, options: Options): void {
  const name = one(options, '--name');
  requireGroup(state, name);
  const isElsewhere = (id: string) => !id.startsWith(`${groupId(name)}/`);
  state.groups = state.groups.filter((group) => group.name !== name);
  state.resources = state.resources.filter(({ id }) => isElsewhere(id));
  state.roleAssignments = state.roleAssignments.filter(({ scope }) => isElsewhere(scope));
}

function assignRole(state: AzureState, options: Options): void {
  const scope = one(options, '--scope');
  resourceOf(state, scope);
  state.roleAssignments.push({
    scope,
    principalId: one(options, '--assignee-object-id'),
    roleDefinitionName: one(options, '--role'),
  });
}

/** What the other commands do to Azure's resources. */
export const RESOURCES: Readonly<Record<string, Command>> = {
  'cloud show': { needs: [], run: ({ cloud }) => ({ name: cloud }) },
  'cloud set': {
    needs: ['--name'],
    run: (state, options) => {
      const name = one(options, '--name');
      if (name !== 'AzureCloud' && name !== 'AzureUSGovernment')
        throw new AzError(1, `The cloud '${name}' is not registered.`);
      state.cloud = name;
    },
  },
  login: {
    needs: [],
    may: ['--tenant'],
    run: (state) => {
      state.isSignedIn = true;
    },
  },
  'account show': { needs: [], run: ({ tenantId }) => ({ tenantId }) },
  'group create': { needs: ['--name', '--location'], run: createGroup },
  'deployment group create': {
    needs: ['--resource-group', '--name', '--template-file'],
    may: ['--parameters'],
    run: (state, options) => {
      requireGroup(state, one(options, '--resource-group'));
      deploy(
        state,
        one(options, '--resource-group'),
        one(options, '--name'),
        options.get('--parameters') ?? [],
      );
    },
  },
  'deployment group show': {
    needs: ['--resource-group', '--name'],
    run: ({ deployments }, options) => {
      const name = `${one(options, '--resource-group')}/${one(options, '--name')}`;
      if (deployments[name] === undefined)
        throw new AzError(3, `(DeploymentNotFound) Deployment '${name}' could not be found.`);
      return { properties: { outputs: deployments[name] } };
    },
  },
  'resource list': { needs: ['--resource-group'], may: ['--resource-type', '--name'], run: listResources },
  'resource show': { needs: ['--ids'], run: (state, options) => resourceOf(state, one(options, '--ids')) },
  'role assignment list': {
    needs: ['--scope'],
    may: ['--include-inherited'],
    run: ({ roleAssignments }, options) =>
      roleAssignments.filter(({ scope }) => one(options, '--scope').startsWith(scope)),
  },
  'role assignment create': {
    needs: ['--assignee-object-id', '--assignee-principal-type', '--role', '--scope'],
    run: assignRole,
  },
  'bot create': {
    needs: ['--resource-group', '--name', '--app-type', '--appid', '--tenant-id', '--endpoint'],
    run: createBot,
  },
  'bot update': {
    needs: ['--resource-group', '--name', '--endpoint'],
    run: (state, options) => {
      botOf(state, options).properties.endpoint = one(options, '--endpoint');
    },
  },
  'bot delete': { needs: ['--resource-group', '--name'], run: deleteBot },
  'bot msteams create': { needs: ['--resource-group', '--name'], run: createChannel },
  'group delete': { needs: ['--name'], may: ['--yes'], run: deleteGroup },
};
