import { z } from 'zod';

// What is read of the answers of the Azure CLI, Resource Manager and Microsoft Graph; they have much more.

const texts = z.array(z.string());
const nothing = <T extends z.ZodType>(shape: T) =>
  z
    .array(shape)
    .nullish()
    .transform((list) => list ?? []);

export const Account = z.object({ tenantId: z.string() });
export const AzureCloud = z.object({ name: z.string() });

const Credential = z.object({ endDateTime: z.string() });

/** An application of Microsoft Graph. */
export const Application = z.object({
  signInAudience: z.string(),
  isFallbackPublicClient: z.boolean().nullish(),
  identifierUris: texts,
  api: z.object({
    requestedAccessTokenVersion: z.number().nullish(),
    oauth2PermissionScopes: nothing(z.object({ id: z.string(), value: z.string(), isEnabled: z.boolean() })),
    preAuthorizedApplications: nothing(z.object({ appId: z.string(), delegatedPermissionIds: texts })),
  }),
  web: z.object({
    redirectUris: texts,
    implicitGrantSettings: z.object({
      enableAccessTokenIssuance: z.boolean().nullish(),
      enableIdTokenIssuance: z.boolean().nullish(),
    }),
  }),
  requiredResourceAccess: nothing(
    z.object({
      resourceAppId: z.string(),
      resourceAccess: z.array(z.object({ id: z.string(), type: z.string() })),
    }),
  ),
  passwordCredentials: nothing(Credential),
  keyCredentials: nothing(Credential),
});
export type Application = z.infer<typeof Application>;

/** A service principal of Microsoft Graph. */
export const Principal = z.object({
  id: z.string(),
  accountEnabled: z.boolean(),
  appRoleAssignmentRequired: z.boolean(),
});
export type Principal = z.infer<typeof Principal>;

export const Grants = z.object({ value: z.array(z.object({ consentType: z.string(), scope: z.string() })) });
export type Grants = z.infer<typeof Grants>;

export const AppRoles = z.object({ value: z.array(z.object({ appRoleId: z.string() })) });
export type AppRoles = z.infer<typeof AppRoles>;

export const Trusts = z.array(z.object({ issuer: z.string(), subject: z.string(), audiences: texts }));
export type Trusts = z.infer<typeof Trusts>;

export const Resources = z.array(z.object({ id: z.string(), type: z.string(), name: z.string() }));
export type Resources = z.infer<typeof Resources>;

const Identity = z.object({ principalId: z.string(), clientId: z.string() });

/** The container app that the bot runs in. */
export const ContainerApp = z.object({
  name: z.string(),
  identity: z.object({ userAssignedIdentities: z.record(z.string(), Identity).nullish() }).nullish(),
  properties: z.object({
    provisioningState: z.string(),
    template: z.object({
      containers: z.array(
        z.object({
          image: z.string(),
          env: nothing(z.object({ name: z.string(), value: z.string().nullish() })),
        }),
      ),
    }),
  }),
});
export type ContainerApp = z.infer<typeof ContainerApp>;

/** The Azure Bot. */
export const Bot = z.object({
  name: z.string(),
  properties: z.object({
    endpoint: z.string(),
    msaAppId: z.string(),
    msaAppType: z.string().nullish(),
    msaAppTenantId: z.string().nullish(),
  }),
});
export type Bot = z.infer<typeof Bot>;

export const Channel = z.object({
  properties: z.object({ properties: z.object({ isEnabled: z.boolean().nullish() }).nullish() }),
});
export type Channel = z.infer<typeof Channel>;

export const RoleAssignments = z.array(
  z.object({ principalId: z.string(), roleDefinitionName: z.string().nullish() }),
);
export type RoleAssignments = z.infer<typeof RoleAssignments>;
