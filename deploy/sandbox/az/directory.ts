import { randomUUID } from 'node:crypto';
import { AzError, type Command, type Options, one } from './command.ts';
import type { Application, AzureState, FederatedCredential, Principal } from './state.ts';

/** The application of that id; refuses as Graph does where there is none. */
const applicationOf = ({ applications }: AzureState, appId: string): Application => of(applications, appId);

/** What stands for the application of that id in the tenant. */
const principalOf = ({ principals }: AzureState, appId: string): Principal => of(principals, appId);

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
const REST: Command = {
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

const GRAPH_APP = '00000003-0000-0000-c000-000000000000';
const PERMISSION_NAMES: Readonly<Record<string, string>> = {
  'a65f2972-a4f8-4f5e-afd7-69ccb046d5dc': 'OnlineMeetings.ReadWrite',
  '1ec239c2-d7c9-4623-a91a-a9775856bb36': 'Calendars.ReadWrite',
};
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

function createApplication(state: AzureState, options: Options): Application {
  const application: Application = {
    appId: randomUUID(),
    displayName: one(options, '--display-name'),
    signInAudience: one(options, '--sign-in-audience'),
    isFallbackPublicClient: null,
    identifierUris: [],
    api: { requestedAccessTokenVersion: null, oauth2PermissionScopes: [], preAuthorizedApplications: [] },
    web: {
      redirectUris: [...(options.get('--web-redirect-uris') ?? [])],
      implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
    },
    requiredResourceAccess: [],
    passwordCredentials: [],
    keyCredentials: [],
  };
  state.applications.push(application);
  return application;
}

function createPrincipal(state: AzureState, options: Options): Principal {
  const { appId } = applicationOf(state, one(options, '--id'));
  if (state.principals.some((principal) => principal.appId === appId))
    throw new AzError(
      1,
      `The service principal cannot be created because the service principal name ${appId} is already in use.`,
    );
  const principal: Principal = {
    id: randomUUID(),
    appId,
    accountEnabled: true,
    appRoleAssignmentRequired: false,
    oauth2PermissionGrants: [],
    appRoleAssignments: [],
  };
  state.principals.push(principal);
  return principal;
}

/** `accountEnabled=true` and the like. */
function updatePrincipal(state: AzureState, options: Options): void {
  const [name, value] = one(options, '--set').split('=');
  if (name !== 'accountEnabled' && name !== 'appRoleAssignmentRequired')
    throw new AzError(1, `The stand-in cannot set ${name}.`);
  principalOf(state, one(options, '--id'))[name] = value === 'true';
}

/** Agrees to whatever the registration asks for, for everyone. */
function grantConsent(state: AzureState, options: Options): void {
  if (state.cloud !== 'AzureCloud')
    throw new AzError(1, 'This command is not yet supported on sovereign clouds');
  const application = applicationOf(state, one(options, '--id'));
  const principal = principalOf(state, application.appId);
  const asked = application.requiredResourceAccess
    .filter(({ resourceAppId }) => resourceAppId === GRAPH_APP)
    .flatMap(({ resourceAccess }) => resourceAccess);
  const scopes = asked.filter(({ type }) => type === 'Scope').map(({ id }) => PERMISSION_NAMES[id] ?? id);
  const roles = asked.filter(({ type }) => type === 'Role');
  if (scopes.length > 0)
    principal.oauth2PermissionGrants.push({ consentType: 'AllPrincipals', scope: scopes.join(' ') });
  principal.appRoleAssignments.push(...roles.map(({ id }) => ({ appRoleId: id })));
}

/** One issuer and subject can be trusted once only. */
function addTrust(state: AzureState, options: Options): FederatedCredential {
  const { appId } = applicationOf(state, one(options, '--id'));
  const added = JSON.parse(one(options, '--parameters')) as FederatedCredential;
  const trusted = state.federatedCredentials[appId] ?? [];
  if (trusted.some(({ name }) => name === added.name))
    throw new AzError(1, `FederatedIdentityCredential with name ${added.name} already exists.`);
  state.federatedCredentials[appId] = [...trusted, added];
  return added;
}

/** Another credential in place of the one that is named, or none. */
function replaceTrust(state: AzureState, options: Options, others: readonly FederatedCredential[]): void {
  const { appId } = applicationOf(state, one(options, '--id'));
  const name = one(options, '--federated-credential-id');
  const trusted = state.federatedCredentials[appId] ?? [];
  if (!trusted.some((credential) => credential.name === name))
    throw new AzError(3, `Resource '${name}' does not exist.`);
  state.federatedCredentials[appId] = trusted.flatMap((there) => (there.name === name ? others : [there]));
}

/** A secret, or with `--create-cert` a certificate, good for `--years`. */
function addCredential(state: AzureState, options: Options) {
  const application = applicationOf(state, one(options, '--id'));
  if (!options.has('--append')) {
    application.passwordCredentials = [];
    application.keyCredentials = [];
  }
  const years = options.has('--years') ? Number(one(options, '--years')) : 1;
  const credential = {
    keyId: randomUUID(),
    endDateTime: new Date(Date.now() + years * YEAR_MS).toISOString(),
  };
  const isCertificate = options.has('--create-cert');
  application[isCertificate ? 'keyCredentials' : 'passwordCredentials'].push(credential);
  const common = { appId: application.appId, tenant: state.tenantId };
  return isCertificate
    ? { ...common, fileWithCertAndPrivateKey: 'certificate.pem', password: null }
    : { ...common, password: 'a-secret-of-the-stand-in' };
}

/** What `az ad` and `az rest` do to the directory. */
export const DIRECTORY: Readonly<Record<string, Command>> = {
  'ad app list': {
    needs: ['--filter'],
    run: ({ applications }, options) => {
      const name = /^displayName eq '(.+)'$/.exec(one(options, '--filter'))?.[1];
      if (name === undefined) throw new AzError(1, 'Invalid filter clause');
      return applications.filter(({ displayName }) => displayName === name);
    },
  },
  'ad app create': {
    needs: ['--display-name', '--sign-in-audience'],
    may: ['--web-redirect-uris'],
    run: createApplication,
  },
  'ad app show': { needs: ['--id'], run: (state, options) => applicationOf(state, one(options, '--id')) },
  'ad app delete': {
    needs: ['--id'],
    run: (state, options) => {
      const { appId } = applicationOf(state, one(options, '--id'));
      state.applications = state.applications.filter((application) => application.appId !== appId);
      state.principals = state.principals.filter((principal) => principal.appId !== appId);
      delete state.federatedCredentials[appId];
    },
  },
  'ad app permission admin-consent': { needs: ['--id'], run: grantConsent },
  'ad app credential reset': {
    needs: ['--id'],
    may: ['--append', '--years', '--create-cert'],
    run: addCredential,
  },
  'ad app federated-credential list': {
    needs: ['--id'],
    run: (state, options) =>
      state.federatedCredentials[applicationOf(state, one(options, '--id')).appId] ?? [],
  },
  'ad app federated-credential create': { needs: ['--id', '--parameters'], run: addTrust },
  'ad app federated-credential update': {
    needs: ['--id', '--federated-credential-id', '--parameters'],
    run: (state, options) => replaceTrust(state, options, [JSON.parse(one(options, '--parameters'))]),
  },
  'ad app federated-credential delete': {
    needs: ['--id', '--federated-credential-id'],
    run: (state, options) => replaceTrust(state, options, []),
  },
  'ad sp show': { needs: ['--id'], run: (state, options) => principalOf(state, one(options, '--id')) },
  'ad sp create': { needs: ['--id'], run: createPrincipal },
  'ad sp update': { needs: ['--id', '--set'], run: updatePrincipal },
  rest: REST,
};
