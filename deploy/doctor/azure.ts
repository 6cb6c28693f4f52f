import { type Az, ask, type Seen, seen } from './az.ts';
import * as shapes from './shapes.ts';

/** What there is in the resource group, as far as the bot needs it. */
export type AzureFacts = {
  group: string;
  app: Seen<shapes.ContainerApp>;
  bot: Seen<shapes.Bot>;
  channel: Seen<shapes.Channel>;
  store: Seen<RolesOn>;
  registry: Seen<RolesOn>;
  insights: Seen<RolesOn>;
};

/** Who may do what with one resource. */
export type RolesOn = { id: string; assignments: Seen<shapes.RoleAssignments> };

/** Where to look: the names that deploy.sh was given. */
export type Place = { group: string; name: string };

const MISSING = { kind: 'missing' } as const;

/** Looks at the resource group. `appId`: of several Azure Bots, the one of this application. */
export async function readAzure(az: Az, { group, name }: Place, appId: string | null): Promise<AzureFacts> {
  const list = await ask(az, ['resource', 'list', '--resource-group', group], shapes.Resources);
  if (list.kind !== 'seen')
    return { group, app: list, bot: list, channel: list, store: list, registry: list, insights: list };
  const of = (type: string) =>
    list.value.filter((resource) => resource.type.toLowerCase() === type.toLowerCase());
  const app = of('Microsoft.App/containerApps').find((resource) => resource.name === name);
  const [[bot, channel], ...rest] = await Promise.all([
    readBot(az, of('Microsoft.BotService/botServices'), appId),
    app === undefined ? MISSING : ask(az, ['resource', 'show', '--ids', app.id], shapes.ContainerApp),
    readRoles(az, of('Microsoft.Storage/storageAccounts')),
    readRoles(az, of('Microsoft.ContainerRegistry/registries')),
    readRoles(az, of('Microsoft.Insights/components')),
  ]);
  const [shown, store, registry, insights] = rest;
  return { group, bot, channel, app: shown, store, registry, insights };
}

async function readBot(
  az: Az,
  bots: shapes.Resources,
  appId: string | null,
): Promise<[Seen<shapes.Bot>, Seen<shapes.Channel>]> {
  const looks = await Promise.all(
    bots.map(({ id }) => ask(az, ['resource', 'show', '--ids', id], shapes.Bot)),
  );
  const own = looks.findIndex((look) => seen(look)?.properties.msaAppId.toLowerCase() === appId);
  const index = Math.max(own, 0);
  const [look, id] = [looks[index], bots[index]?.id];
  if (look === undefined || id === undefined) return [MISSING, MISSING];
  const channel = ['resource', 'show', '--ids', `${id}/channels/MsTeamsChannel`];
  return [look, await ask(az, channel, shapes.Channel)];
}

async function readRoles(az: Az, [resource]: shapes.Resources): Promise<Seen<RolesOn>> {
  if (resource === undefined) return MISSING;
  const args = ['role', 'assignment', 'list', '--scope', resource.id, '--include-inherited'];
  return {
    kind: 'seen',
    value: { id: resource.id, assignments: await ask(az, args, shapes.RoleAssignments) },
  };
}
