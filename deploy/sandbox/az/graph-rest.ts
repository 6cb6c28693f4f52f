import { AzError, type Command, one } from './command.ts';
import type { Application, AzureState, Principal } from './state.ts';

/** The application of that id; refuses as Graph does where there is none. */
export const applicationOf = ({ applications }: AzureState, appId: string): Application =>
  of(applications, appId);

/** What stands for the application of that id in the tenant. */
export const principalOf = ({ principals }: AzureState, appId: string): Principal => of(principals, appId);

function of<T extends { appId: string }>(all: readonly T[], appId: string): T {
  const found = all.find((one) => one.appId === appId);
  if (found !== undefined) return found;
  const text = `Resource '${appId}' does not exist or one of its queried reference-property objects are not present.`;
  throw new AzError(3, text);
}

type Patch = Partial<Omit<Application, 'api'>> & { api?: Partial<Application['api']> };

/** Changes an application as Graph's PATCH does, and refuses what Graph refuses, in Graph's order. */
function mergeApplication(application: Application, patch: Patch): void {
  const api = { ...application.api, ...patch.api };
  const kept = new Set(api.oauth2PermissionScopes.map(({ id }) => id));
  if (application.api.oauth2PermissionScopes.some(({ id, isEnabled }) => isEnabled && !kept.has(id)))
    throw refusal(
      'CannotDeleteOrUpdateEnabledEntitlement',
      'Property value cannot be deleted unless it is disabled first.',
    );
  // Entra wants a scope to be there before somebody is let in to it.
  const there = new Set(application.api.oauth2PermissionScopes.map(({ id }) => id));
  const wanted =
    patch.api?.preAuthorizedApplications?.flatMap(({ delegatedPermissionIds }) => delegatedPermissionIds) ??
    [];
  if (wanted.some((id) => !there.has(id)))
    throw refusal(
      'InvalidValue',
      'Property api.preAuthorizedApplications references a permission that does not exist.',
    );
  if (patch.identifierUris?.length && application.api.requestedAccessTokenVersion !== 2)
    throw refusal(
      'FormatDisallowedByPolicy',
      'Values of identifierUris property must use a verified domain of the organization.',
    );
  Object.assign(application, patch, { api });
}

const refusal = (code: string, message: string) =>
  new AzError(1, `Bad Request(${JSON.stringify({ error: { code, message } })})`);

/** `az rest`, as far as the scripts and the doctor call Graph. */
export const REST: Command = {
  needs: ['--method', '--url', '--resource'],
  may: ['--headers', '--body'],
  run: (state, options) => {
    const path = new URL(one(options, '--url')).pathname;
    const appId = /^\/v1\.0\/applications\(appId='([^']+)'\)$/.exec(path)?.[1];
    if (one(options, '--method') === 'PATCH' && appId !== undefined)
      return mergeApplication(applicationOf(state, appId), JSON.parse(one(options, '--body')));
    const [, id, list] =
      /^\/v1\.0\/servicePrincipals\/([^/]+)\/(oauth2PermissionGrants|appRoleAssignments)$/.exec(path) ?? [];
    const principal = state.principals.find((each) => each.id === id);
    if (one(options, '--method') !== 'GET' || principal === undefined || list === undefined)
      throw new AzError(1, `Not Found({"error":{"code":"Request_ResourceNotFound","message":"${path}"}})`);
    return { value: principal[list as 'oauth2PermissionGrants' | 'appRoleAssignments'] };
  },
};
