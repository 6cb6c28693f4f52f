import { type Az, ask, type Seen } from './az.ts';
import * as shapes from './shapes.ts';

/** What Entra ID has of the application. */
export type DirectoryFacts = {
  application: Seen<shapes.Application>;
  trusts: Seen<shapes.Trusts>;
  principal: Seen<shapes.Principal>;
  grants: Seen<shapes.Grants>;
  appRoles: Seen<shapes.AppRoles>;
};

/** Looks at the application, what stands for it in the tenant, and what was agreed to. */
export async function readDirectory(az: Az, appId: string, graphUrl: string): Promise<DirectoryFacts> {
  const [application, trusts, principal] = await Promise.all([
    ask(az, ['ad', 'app', 'show', '--id', appId], shapes.Application),
    ask(az, ['ad', 'app', 'federated-credential', 'list', '--id', appId], shapes.Trusts),
    ask(az, ['ad', 'sp', 'show', '--id', appId], shapes.Principal),
  ]);
  if (principal.kind !== 'seen')
    return { application, trusts, principal, grants: principal, appRoles: principal };
  const of = (list: string) => [
    ...[
      'rest',
      '--method',
      'GET',
      '--url',
      `${graphUrl}/v1.0/servicePrincipals/${principal.value.id}/${list}`,
    ],
    // az knows by itself for which of Graph's addresses it needs a token, but not for all of them.
    ...['--resource', graphUrl],
  ];
  const [grants, appRoles] = await Promise.all([
    ask(az, of('oauth2PermissionGrants'), shapes.Grants),
    ask(az, of('appRoleAssignments'), shapes.AppRoles),
  ]);
  return { application, trusts, principal, grants, appRoles };
}
