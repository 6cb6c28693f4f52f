import { type Finding, open, well, wrong } from '../smoke/finding.ts';
import type { Seen } from './az.ts';
import { registerAgain } from './cures.ts';
import type { Deployment } from './deployment.ts';
import type { Application } from './shapes.ts';

const GRAPH_APP = '00000003-0000-0000-c000-000000000000';
/** The permission for online meetings at Microsoft Graph, by GRAPH_MODE. */
export const PERMISSIONS = {
  delegated: { id: 'a65f2972-a4f8-4f5e-afd7-69ccb046d5dc', type: 'Scope', name: 'OnlineMeetings.ReadWrite' },
  application: {
    id: 'b8bb2037-6e08-44ac-a4ea-4674e010e2a4',
    type: 'Role',
    name: 'OnlineMeetings.ReadWrite.All',
  },
} as const;
/** The permission besides where people's calendars are used; in application mode a role of Exchange's stands for it. */
export const CALENDAR = {
  id: '1ec239c2-d7c9-4623-a91a-a9775856bb36',
  type: 'Scope',
  name: 'Calendars.ReadWrite',
} as const;
/** Teams' own clients: desktop and mobile, web. */
const TEAMS_CLIENTS = ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'];

/** One fact of the registration: what is said where it is right, and what is wrong otherwise. */
type Fact = {
  check: string;
  well(deployment: Deployment): string;
  fault(application: Application, deployment: Deployment): string | null;
};

const FACTS: readonly Fact[] = [
  {
    check: 'sign-in audience',
    well: ({ isMultiTenant }) => (isMultiTenant ? 'people of several tenants' : 'people of its tenant'),
    fault: ({ signInAudience }, { isMultiTenant }) =>
      isMultiTenant && signInAudience !== 'AzureADMultipleOrgs'
        ? `it is ${signInAudience}, but ALLOWED_TENANTS names other tenants: their people cannot sign in.`
        : null,
  },
  {
    check: 'token version',
    well: () => '2',
    fault: ({ api }) =>
      api.requestedAccessTokenVersion === 2
        ? null
        : `it is ${api.requestedAccessTokenVersion ?? 1}, not 2: the bot refuses Teams' sign-in.`,
  },
  {
    check: 'scope',
    well: () => 'access_as_user',
    fault: ({ api }) =>
      !scopeOf({ api })?.isEnabled
        ? 'access_as_user is missing or switched off: Teams cannot sign in.'
        : null,
  },
  {
    check: 'Teams clients',
    well: () => 'both may sign people in without a question',
    fault: ({ api }) => {
      const scope = scopeOf({ api })?.id;
      const isLetIn = (client: string) =>
        api.preAuthorizedApplications.some(
          ({ appId, delegatedPermissionIds }) =>
            appId === client && delegatedPermissionIds.includes(scope ?? ''),
        );
      const left = TEAMS_CLIENTS.filter((client) => !isLetIn(client));
      return left.length === 0
        ? null
        : `${left.join(' and ')} not pre-authorized for access_as_user: no silent sign-in there.`;
    },
  },
  {
    check: 'application ID URI',
    well: ({ ssoResource }) => ssoResource,
    fault: ({ identifierUris }, { ssoResource }) =>
      identifierUris.includes(ssoResource)
        ? null
        : `${ssoResource} is not among its addresses: Teams gets no token.`,
  },
  {
    check: 'redirect address',
    well: ({ url }) => `${url}/auth/end`,
    fault: ({ web }, { url }) =>
      web.redirectUris.includes(`${url}/auth/end`)
        ? null
        : `${url}/auth/end is not registered: Entra says AADSTS50011.`,
  },
  {
    check: 'permission',
    well: (deployment) => `${namesOf(permissionsOf(deployment))}, and no other`,
    fault: permissionFault,
  },
  {
    check: 'implicit grant',
    well: () => 'off, and no public client',
    fault: ({ web: { implicitGrantSettings: implicit }, isFallbackPublicClient }) =>
      implicit.enableAccessTokenIssuance || implicit.enableIdTokenIssuance || isFallbackPublicClient
        ? 'tokens are given out in ways that the bot does not use.'
        : null,
  },
];

/** What is right and wrong with the registration in Entra ID. */
export function checkRegistration(look: Seen<Application>, deployment: Deployment): Finding[] {
  const { appId } = deployment;
  if (look.kind === 'unseen') return [{ check: 'registration', ...open(look.why) }];
  if (look.kind === 'missing') {
    const sentence = `there is no application ${appId} in this tenant.`;
    const cure = registerAgain(deployment).replace(` --app-id ${appId}`, '');
    return [{ check: 'registration', ...wrong(sentence, cure) }];
  }
  return FACTS.map(({ check, ...fact }) => {
    const fault = fact.fault(look.value, deployment);
    return {
      check,
      ...(fault === null ? well(fact.well(deployment)) : wrong(fault, registerAgain(deployment))),
    };
  });
}

const scopeOf = ({ api }: Pick<Application, 'api'>) =>
  api.oauth2PermissionScopes.find(({ value }) => value === 'access_as_user');

/** What the bot needs at Microsoft Graph of the person who asks, or as itself. */
export const permissionsOf = ({ graphMode, isCalendarUsed }: Deployment) => [
  PERMISSIONS[graphMode],
  ...(isCalendarUsed && graphMode === 'delegated' ? [CALENDAR] : []),
];

const namesOf = (permissions: readonly { name: string }[]) =>
  permissions.map(({ name }) => name).join(' and ');

function permissionFault({ requiredResourceAccess }: Application, deployment: Deployment): string | null {
  const wanted = permissionsOf(deployment);
  const asked = requiredResourceAccess.flatMap(({ resourceAppId, resourceAccess }) =>
    resourceAccess.map(({ id, type }) => ({ resourceAppId, id, type })),
  );
  const isIn = (permission: (typeof wanted)[number]) => (one: (typeof asked)[number]) =>
    one.resourceAppId === GRAPH_APP && one.id === permission.id && one.type === permission.type;
  const missing = wanted.filter((permission) => !asked.some(isIn(permission)));
  if (missing.length > 0) return `it does not ask for ${namesOf(missing)}.`;
  const more = asked.filter((one) => !wanted.some((permission) => isIn(permission)(one))).length;
  return more === 0 ? null : `it asks for ${more} more than ${namesOf(wanted)}, which the bot does not use.`;
}
