// Everything in Azure that Parley runs on, in one resource group. Two passes, because the bot's registration in Entra
// needs the address and the identity that the first one makes:
//   1. without `image`: identity, registry, logs, environment; its outputs feed register-app.sh and `az acr build`
//   2. with `image` and `botAppId`: the container app, the Azure Bot with its Teams channel, alerts and workbook
// The Entra application is not an Azure resource: register-app.sh makes it.

targetScope = 'resourceGroup'

@description('Begins every name. Lower case letters, digits and hyphens.')
@minLength(3)
@maxLength(18)
param name string = 'parley'

@description('Azure region of everything that has one.')
param location string = resourceGroup().location

@description('The Microsoft cloud that the bot serves.')
@allowed(['global', 'gcch', 'dod'])
param cloud string = 'global'

@description('As whom the bot goes to Graph: the person who asks, or itself. See deploy/application-mode.md.')
@allowed(['delegated', 'application'])
param graphMode string = 'delegated'

@description('Uses people’s calendars, too: invitations, series, free times. See deploy/calendars.md.')
param calendar bool = false

@description('Container image with its tag. Empty: the first pass.')
param image string = ''

@description('Application (client) id of the bot in Entra ID. Needed with `image`.')
param botAppId string = ''

@description('Home tenant of the bot.')
param botTenantId string = tenant().tenantId

@description('Own https address of the bot. Empty: the one that Container Apps gives.')
param publicUrl string = ''

// A deployment replaces the ingress as a whole: what it does not name is taken off. deploy.sh passes what is bound.
@description('Domains bound to the container app: name, bindingType, certificateId.')
param customDomains array = []

@description('Free (F0) or standard (S1) Azure Bot. The Teams channel costs nothing in either.')
@allowed(['F0', 'S1'])
param botSku string = 'F0'

@description('Tenants whose people may use the bot, separated by commas. Empty: the home tenant.')
param allowedTenants string = ''

@description('Meetings one person may create in an hour; 0 for no limit.')
param createLimit int = 60

@description('Meetings that all people of one tenant may create together in an hour; 0 for no limit.')
param tenantCreateLimit int = 20000

@description('Named meeting templates: Board=<template id>,Training=<template id>.')
param meetingTemplates string = ''

@description('Named sensitivity labels, for Teams Premium: Confidential=<label id>,Internal=<label id>.')
param sensitivityLabels string = ''

@description('The resource that Teams asks a token for. Empty: api://botid-<botAppId>.')
param ssoResource string = ''

@allowed(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
param logLevel string = 'info'

@description('Who is told when something is wrong. Empty: alerts are shown in the portal only.')
param alertEmail string = ''

@description('Asks from two places every ten minutes whether the bot is ready. Off where only some may reach it.')
param availabilityTest bool = true

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

// Two replicas need a store that they share. Without it there is one, with SQLite on a volume that is emptied when the
// replica is replaced.
@description('Keeps the store in Azure Tables and runs two replicas or more.')
param tables bool = true

@description('Spreads replicas and the copies of the store over three zones. Off in a region that has none.')
param zoneRedundant bool = true

// Replicas have no fixed address by which a store on the internet could know them.
@description('A virtual network of its own, from which alone the store can be reached. Cannot be changed later.')
param virtualNetwork bool = true

@description('Addresses of that network; nothing else is in it.')
param addressPrefix string = '10.90.0.0/24'

@description('Takes metrics and logs by key, too. Off: only by identity.')
param localAuthentication bool = false

@description('Logs every access to the store and every request of the Azure Bot: ids of people get into that log.')
param accessLog bool = false

@description('Gigabytes of log taken in a day at most; -1 for no limit.')
param logDailyCap int = 10

@description('Replicas at most, where the store is in Azure Tables.')
@minValue(2)
@maxValue(300)
param maxReplicas int = 10

var suffix = uniqueString(resourceGroup().id, name)
var compactName = replace(name, '-', '')
var isSecondPass = !empty(image)
var address = empty(publicUrl) ? 'https://${name}.${host.properties.defaultDomain}' : publicUrl
var port = 3978
var storageName = take('${compactName}${suffix}', 24)
// Application Insights takes identities in the public cloud only.
var isMetricsSignedIn = cloud == 'global' && !localAuthentication
var subnetId = resourceId('Microsoft.Network/virtualNetworks/subnets', '${name}-network', 'apps')
var acrPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d'
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'
var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

// The bot proves to Entra that it is itself by this identity: register-app.sh trusts it. No secret exists.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: take('${compactName}${suffix}', 50)
  location: location
  sku: { name: 'Basic' }
  properties: { adminUserEnabled: false }
}

resource registryLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: registry
  properties: {
    workspaceId: logs.id
    logs: [
      { category: 'ContainerRegistryLoginEvents', enabled: true }
      { category: 'ContainerRegistryRepositoryEvents', enabled: true }
    ]
  }
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, acrPull)
  scope: registry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', acrPull)
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: logRetentionDays
    features: { disableLocalAuth: !localAuthentication }
    workspaceCapping: { dailyQuotaGb: logDailyCap }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-insights'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: isMetricsSignedIn
  }
}

resource publish 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (isMetricsSignedIn) {
  name: guid(insights.id, identity.id, monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = if (virtualNetwork) {
  name: '${name}-network'
  location: location
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: addressPrefix
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
          serviceEndpoints: [{ service: 'Microsoft.Storage' }]
        }
      }
    ]
  }
}

resource host 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  dependsOn: [network]
  properties: union(
    // Through diagnostic settings, so that the workspace's key is never read.
    { appLogsConfiguration: { destination: 'azure-monitor' } },
    virtualNetwork
      ? {
          vnetConfiguration: { infrastructureSubnetId: subnetId, internal: false }
          workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
          zoneRedundant: zoneRedundant
        }
      : {}
  )
}

resource hostLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: host
  properties: {
    workspaceId: logs.id
    logs: [
      { category: 'ContainerAppConsoleLogs', enabled: true }
      { category: 'ContainerAppSystemLogs', enabled: true }
    ]
  }
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = if (tables) {
  name: storageName
  location: location
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  dependsOn: [network]
  properties: {
    allowSharedKeyAccess: false
    allowCrossTenantReplication: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    networkAcls: {
      bypass: 'None'
      defaultAction: virtualNetwork ? 'Deny' : 'Allow'
      virtualNetworkRules: virtualNetwork ? [{ id: subnetId, action: 'Allow' }] : []
    }
  }
}

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2023-05-01' = if (tables) {
  parent: storage
  name: 'default'
}

resource storeLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (tables && accessLog) {
  name: 'to-workspace'
  scope: tableService
  properties: {
    workspaceId: logs.id
    logs: [
      { category: 'StorageRead', enabled: true }
      { category: 'StorageWrite', enabled: true }
      { category: 'StorageDelete', enabled: true }
    ]
  }
}

resource tableAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (tables) {
  name: guid(storage.id, identity.id, storageTableDataContributor)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageTableDataContributor)
  }
}

// As in .env.example. Secrets, certificates and the sandbox's overrides have no place here.
var settings = [
  { name: 'PORT', value: string(port) }
  { name: 'HOST', value: '0.0.0.0' }
  { name: 'PUBLIC_URL', value: address }
  { name: 'BOT_APP_ID', value: botAppId }
  { name: 'BOT_TENANT_ID', value: botTenantId }
  { name: 'BOT_MANAGED_IDENTITY_CLIENT_ID', value: identity.properties.clientId }
  { name: 'CLOUD', value: cloud }
  {
    name: 'STORE'
    value: tables ? 'tables:https://${storageName}.table.${environment().suffixes.storage}' : 'sqlite:/data/parley.db'
  }
  { name: 'GRAPH_MODE', value: graphMode }
  { name: 'CALENDAR', value: calendar ? 'on' : 'off' }
  { name: 'CREATE_LIMIT', value: string(createLimit) }
  { name: 'TENANT_CREATE_LIMIT', value: string(tenantCreateLimit) }
  { name: 'LOG_LEVEL', value: logLevel }
  { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
]
var choices = [
  { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: isMetricsSignedIn ? 'Authorization=AAD' : '' }
  { name: 'ALLOWED_TENANTS', value: allowedTenants }
  { name: 'SSO_RESOURCE', value: ssoResource }
  { name: 'MEETING_TEMPLATES', value: meetingTemplates }
  { name: 'SENSITIVITY_LABELS', value: sensitivityLabels }
]

resource app 'Microsoft.App/containerApps@2024-03-01' = if (isSecondPass) {
  name: name
  location: location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  // Without its role the bot could not open its store.
  dependsOn: [pull, publish, hostLogs, tableAccess]
  properties: {
    managedEnvironmentId: host.id
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        allowInsecure: false
        targetPort: port
        transport: 'http'
        customDomains: customDomains
      }
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
    }
    template: {
      // The bot finishes what is under way within 25 seconds.
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'parley'
          image: image
          env: concat(settings, filter(choices, choice => !empty(choice.value)))
          resources: { cpu: json('0.5'), memory: '1Gi' }
          volumeMounts: tables ? [] : [{ volumeName: 'data', mountPath: '/data' }]
          probes: [
            { type: 'Startup', httpGet: { path: '/healthz', port: port }, periodSeconds: 2, failureThreshold: 30 }
            { type: 'Liveness', httpGet: { path: '/healthz', port: port }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 }
            { type: 'Readiness', httpGet: { path: '/readyz', port: port }, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 }
          ]
        }
      ]
      volumes: tables ? [] : [{ name: 'data', storageType: 'EmptyDir' }]
      scale: {
        minReplicas: tables ? 2 : 1
        maxReplicas: tables ? maxReplicas : 1
        rules: [
          { name: 'requests', http: { metadata: { concurrentRequests: '50' } } }
          { name: 'processor', custom: { type: 'cpu', metadata: { type: 'Utilization', value: '60' } } }
        ]
      }
    }
  }
}

// Activities reach every bot from Azure's global service; its data stays where the channel keeps it.
resource bot 'Microsoft.BotService/botServices@2022-09-15' = if (isSecondPass) {
  name: '${name}-${suffix}'
  location: 'global'
  kind: 'azurebot'
  sku: { name: botSku }
  properties: {
    displayName: name
    endpoint: '${address}/api/messages'
    msaAppId: botAppId
    msaAppTenantId: botTenantId
    msaAppType: 'SingleTenant'
    disableLocalAuth: true
    isStreamingSupported: false
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = if (isSecondPass) {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: { isEnabled: true, enableCalling: false, acceptedTerms: true }
  }
}

resource botLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (isSecondPass && accessLog) {
  name: 'to-workspace'
  scope: bot
  properties: { workspaceId: logs.id, logs: [{ category: 'BotRequest', enabled: true }] }
}

module monitoring 'monitoring.bicep' = if (isSecondPass) {
  name: 'monitoring'
  params: {
    name: name
    location: location
    workspaceId: logs.id
    appName: name
    alertEmail: alertEmail
    insightsId: insights.id
    publicUrl: address
    availabilityTest: availabilityTest
    isGovernment: cloud != 'global'
  }
}

@description('PUBLIC_URL: for register-app.sh, npm run package and npm run smoke.')
output publicUrl string = address
@description('For register-app.sh --identity-principal-id.')
output identityPrincipalId string = identity.properties.principalId
@description('For az acr build --registry.')
output registryName string = registry.name
output registryServer string = registry.properties.loginServer
