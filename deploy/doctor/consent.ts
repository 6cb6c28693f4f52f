import { type Finding, type Found, open, well, wrong } from '../smoke/finding.ts';
import { type Seen, seen } from './az.ts';
import { agreeForEveryone } from './cures.ts';
import type { Deployment } from './deployment.ts';
import type { DirectoryFacts } from './directory.ts';
import { PERMISSIONS, permissionsOf } from './registration.ts';
import type { AppRoles, Grants, Principal } from './shapes.ts';

/** Whether people may use the application, and what was agreed to for them. */
export function checkConsent(facts: DirectoryFacts, deployment: Deployment): Finding[] {
  const { principal, grants, appRoles } = facts;
  const enterprise = { check: 'enterprise application', ...checkPrincipal(principal, deployment) };
  if (principal.kind !== 'seen') return [enterprise];
  const { graphMode } = deployment;
  const consent =
    graphMode === 'delegated' ? delegated(grants, principal.value, deployment) : byRole(appRoles, deployment);
  const findings = [enterprise, { check: 'consent', ...consent }];
  if (graphMode === 'delegated') return findings;
  const policy = { check: 'access policy', ...accessPolicy(deployment) };
  const role = { check: 'calendar role', ...calendarRole(deployment) };
  return [...findings, policy, ...(deployment.isCalendarUsed ? [role] : [])];
}

function checkPrincipal(look: Seen<Principal>, { appId }: Deployment): Found {
  if (look.kind === 'unseen') return open(look.why);
  if (look.kind === 'missing')
    return wrong('it is missing: nobody can sign in.', `az ad sp create --id ${appId}`);
  if (!look.value.accountEnabled)
    return wrong(
      'it is switched off: nobody can sign in.',
      `az ad sp update --id ${appId} --set accountEnabled=true`,
    );
  return well(
    look.value.appRoleAssignmentRequired ? 'there, for those who are assigned' : 'there, for everyone',
  );
}

function delegated(look: Seen<Grants>, principal: Principal, deployment: Deployment): Found {
  const grants = seen(look)?.value;
  if (grants === undefined) return open(look.kind === 'unseen' ? look.why : 'it could not be read.');
  const wanted = permissionsOf(deployment).map(({ name }) => name);
  const name = wanted.join(' and ');
  const agreed = grants.filter(({ scope }) => wanted.every((one) => scope.split(' ').includes(one)));
  if (agreed.some(({ consentType }) => consentType === 'AllPrincipals')) return well(`${name}, for everyone`);
  if (principal.appRoleAssignmentRequired)
    return wrong('assignment is required, so nobody can agree for themselves.', agreeForEveryone(deployment));
  const people = agreed.length === 0 ? 'nobody has agreed yet' : `${agreed.length} agreed for themselves`;
  return open(
    `${people}; each person is asked the first time. To agree for everyone:`,
    agreeForEveryone(deployment),
  );
}

function byRole(look: Seen<AppRoles>, deployment: Deployment): Found {
  const roles = seen(look)?.value;
  if (roles === undefined) return open(look.kind === 'unseen' ? look.why : 'it could not be read.');
  const { id, name } = PERMISSIONS.application;
  return roles.some(({ appRoleId }) => appRoleId === id)
    ? well(`${name}, for the bot itself`)
    : wrong(`${name} is not granted: nobody gets a meeting.`, agreeForEveryone(deployment));
}

/** Only Teams PowerShell sees it. */
const accessPolicy = ({ appId }: Deployment): Found =>
  open(
    'the Azure CLI cannot see for whom the bot may act. In Teams PowerShell:',
    `Get-CsApplicationAccessPolicy | Where-Object AppIds -Contains ${appId}`,
  );

/** Only Exchange Online PowerShell sees it. */
const calendarRole = ({ appId }: Deployment): Found =>
  open(
    'the Azure CLI cannot see whose calendars the bot may reach. In Exchange Online PowerShell:',
    `Get-ManagementRoleAssignment -RoleAssignee ${appId}`,
  );
