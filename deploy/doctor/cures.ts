import type { Deployment } from './deployment.ts';

// The commands that mend. Each changes nothing but what is wrong.

const cloudOf = ({ cloud }: Deployment) => (cloud.name === 'global' ? '' : ` --cloud ${cloud.name}`);

/** Sets the whole registration to what the bot needs; it changes no credential and no consent. */
export function registerAgain(deployment: Deployment): string {
  const mode = deployment.graphMode === 'application' ? ' --graph-mode application' : '';
  const calendar = deployment.isCalendarUsed ? ' --calendar' : '';
  const audience = deployment.isMultiTenant ? ' --multi-tenant' : '';
  return `deploy/azure/register-app.sh --app-id ${deployment.appId} --public-url ${deployment.url}${cloudOf(deployment)}${mode}${calendar}${audience}`;
}

/** Makes the application trust this identity. */
export const trustIdentity = (deployment: Deployment, principalId: string): string =>
  `deploy/azure/register-app.sh --app-id ${deployment.appId} --identity-principal-id ${principalId}${cloudOf(deployment)}`;

/** Agrees for everyone; where the Azure CLI cannot, the address where an administrator can. */
export const agreeForEveryone = ({ appId, cloud, tenantId }: Deployment): string =>
  cloud.name === 'global'
    ? `deploy/azure/register-app.sh --app-id ${appId} --grant-admin-consent`
    : `open ${cloud.loginHost}/${tenantId}/adminconsent?client_id=${appId}`;

/** Makes the Teams package anew. */
export function packageAgain({ appId, url, graphMode, isCalendarUsed, ssoResource }: Deployment): string {
  const mode = `${graphMode === 'application' ? ' --graph-mode application' : ''}${isCalendarUsed ? ' --calendar' : ''}`;
  const resource = ssoResource === `api://botid-${appId}` ? '' : ` --sso-resource ${ssoResource}`;
  return `npm run package -- --app-id ${appId} --public-url ${url}${mode}${resource}`;
}
