/** An application in Entra ID, with those of Graph's properties that Parley's registration sets. */
export type Application = {
  appId: string;
  displayName: string;
  signInAudience: string;
  isFallbackPublicClient: boolean | null;
  identifierUris: string[];
  api: {
    requestedAccessTokenVersion: number | null;
    oauth2PermissionScopes: { id: string; value: string; type: string; isEnabled: boolean }[];
    preAuthorizedApplications: { appId: string; delegatedPermissionIds: string[] }[];
  };
  web: {
    redirectUris: string[];
    implicitGrantSettings: { enableAccessTokenIssuance: boolean; enableIdTokenIssuance: boolean };
  };
  requiredResourceAccess: { resourceAppId: string; resourceAccess: { id: string; type: string }[] }[];
  passwordCredentials: { keyId: string; endDateTime: string }[];
  keyCredentials: { keyId: string; endDateTime: string }[];
};

export type FederatedCredential = {
  name: string;
  issuer: string;
  subject: string;
  audiences: string[];
};

/** What stands for an application in the tenant; consent is kept with it. */
export type Principal = {
  id: string;
  appId: string;
  accountEnabled: boolean;
  appRoleAssignmentRequired: boolean;
  oauth2PermissionGrants: { consentType: 'AllPrincipals' | 'Principal'; scope: string }[];
  appRoleAssignments: { appRoleId: string }[];
};

/** A resource of Azure as Resource Manager shows it. */
export type Resource = {
  id: string;
  type: string;
  name: string;
  location: string;
  identity?: { userAssignedIdentities: Record<string, { principalId: string; clientId: string }> };
  properties: Record<string, unknown>;
};

/** Everything that the stand-in for the Azure CLI knows; JSON, so that it can lie in a file between two commands. */
export type AzureState = {
  tenantId: string;
  cloud: 'AzureCloud' | 'AzureUSGovernment';
  isSignedIn: boolean;
  /** Beginnings of commands that this account may not run. */
  refused: string[];
  /** Where Container Apps makes the app answer. */
  publicUrl: string;
  applications: Application[];
  federatedCredentials: Record<string, FederatedCredential[]>;
  principals: Principal[];
  /** Namespaces of resource providers that are registered in the subscription. */
  providers: string[];
  groups: { name: string; location: string }[];
  resources: Resource[];
  roleAssignments: { principalId: string; roleDefinitionName: string; scope: string }[];
  /** Outputs of deployments by `<group>/<name>`. */
  deployments: Record<string, Record<string, { value: string }>>;
  /** Images by `<registry>/<name>:<tag>`. */
  images: string[];
};

/** A tenant and a subscription with nothing in them, signed in to. */
export const emptyAzure = (tenantId: string, publicUrl: string): AzureState => ({
  tenantId,
  publicUrl,
  cloud: 'AzureCloud',
  isSignedIn: true,
  refused: [],
  applications: [],
  federatedCredentials: {},
  principals: [],
  providers: ['Microsoft.Authorization'],
  groups: [],
  resources: [],
  roleAssignments: [],
  deployments: {},
  images: [],
});
