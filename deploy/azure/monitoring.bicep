// What an operator looks at and is told of. Works on the bot's log, so nothing here depends on the exporter; a bot that
// is down writes none, so somebody else asks from outside whether it is ready.

param name string
param location string
@description('Log Analytics workspace that has the log and the metrics.')
param workspaceId string
@description('Name of the container app.')
param appName string
@description('Empty: nobody is written to.')
param alertEmail string
@description('Application Insights, which asks and keeps the answers.')
param insightsId string
@description('PUBLIC_URL.')
param publicUrl string
@description('Ask from outside whether the bot is ready.')
param availabilityTest bool
@description('Asked from Azure Government instead of the public cloud.')
param isGovernment bool

var availability = '${name}-availability'
var log = 'ContainerAppConsoleLogs | where ContainerAppName == "${appName}" | extend e = parse_json(Log)'

// Severity 1: nobody can use the bot. 2: some people cannot. 3: look at it on the next working day.
var alerts = [
  {
    key: 'down'
    title: 'Parley is down'
    severity: 1
    window: 'PT15M'
    // From both places: one alone may have lost its own way.
    query: 'AppAvailabilityResults | where Name == "${availability}" and not(Success) | distinct Location'
    threshold: 1
  }
  {
    key: 'restarting'
    title: 'Parley starts again and again'
    severity: 1
    window: 'PT15M'
    // One replica, more than twice; what could not start says so before it ends.
    query: '${log} | where e.event == "started" or Log startswith "Parley cannot" | summarize Starts = count() by ContainerGroupName | where Starts > 2'
    threshold: 0
  }
  {
    key: 'misconfigured'
    title: 'Parley cannot prove who it is to Entra'
    severity: 1
    window: 'PT15M'
    // Without a token of its own the bot cannot even say so: then there is a fault and no turn.
    query: '${log} | where (e.event == "turn" and e.outcome == "misconfigured") or (e.event == "fault" and e.error == "ChannelError" and toint(e.status) == 401)'
    threshold: 0
  }
  {
    key: 'access-policy'
    title: 'Parley may not act for somebody'
    severity: 2
    window: 'PT1H'
    query: '${log} | where e.event == "turn" and e.outcome == "accessPolicy"'
    threshold: 0
  }
  {
    key: 'not-ready'
    title: 'Parley cannot fetch the channel keys'
    severity: 1
    window: 'PT15M'
    query: '${log} | where e.event == "fault" and e["where"] == "channel keys"'
    threshold: 5
  }
  {
    key: 'faults'
    title: 'Parley meets bugs or broken remotes'
    severity: 2
    window: 'PT15M'
    query: '${log} | where e.event == "fault"'
    threshold: 10
  }
  {
    key: 'graph'
    title: 'Microsoft Graph fails'
    severity: 2
    window: 'PT15M'
    query: '${log} | where e.event == "graph" and (toint(e.status) == 0 or toint(e.status) >= 500)'
    threshold: 10
  }
  {
    key: 'throttled'
    title: 'Microsoft Graph slows Parley down'
    severity: 3
    window: 'PT1H'
    query: '${log} | where e.event == "graph" and toint(e.throttled) > 0'
    threshold: 20
  }
  {
    key: 'tenant-limit'
    title: 'A tenant has made all the meetings of an hour'
    severity: 2
    window: 'PT1H'
    query: '${log} | where e.event == "turn" and e.outcome == "tenantLimit"'
    threshold: 0
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(alertEmail)) {
  name: '${name}-operators'
  location: 'global'
  properties: {
    groupShortName: take(name, 12)
    enabled: true
    emailReceivers: [{ name: 'operators', emailAddress: alertEmail, useCommonAlertSchema: true }]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [
  for alert in alerts: {
    name: '${name}-${alert.key}'
    location: location
    kind: 'LogAlert'
    properties: {
      displayName: alert.title
      severity: alert.severity
      enabled: availabilityTest || alert.key != 'down'
      scopes: [workspaceId]
      evaluationFrequency: alert.window
      windowSize: alert.window
      autoMitigate: true
      // The table is there only after the first line of log.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: alert.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(alertEmail) ? [] : [people.id] }
    }
  }
]

resource readiness 'Microsoft.Insights/webtests@2022-06-15' = if (availabilityTest) {
  name: availability
  location: location
  kind: 'standard'
  // Azure finds the component of a test by this tag.
  tags: { 'hidden-link:${insightsId}': 'Resource' }
  properties: {
    Name: availability
    SyntheticMonitorId: availability
    Kind: 'standard'
    Enabled: true
    Frequency: 600
    Timeout: 30
    RetryEnabled: true
    Locations: isGovernment ? [{ Id: 'usgov-va-azr' }, { Id: 'usgov-phx-azr' }] : [{ Id: 'emea-nl-ams-azr' }, { Id: 'us-va-ash-azr' }]
    Request: { RequestUrl: '${publicUrl}/readyz', HttpVerb: 'GET', FollowRedirects: false, ParseDependentRequests: false }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 7 }
  }
}

resource workbook 'Microsoft.Insights/workbooks@2022-04-01' = {
  name: guid(resourceGroup().id, name, 'workbook')
  location: location
  kind: 'shared'
  properties: {
    displayName: 'Parley (${name})'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: replace(loadTextContent('workbook.json'), 'APP_NAME', appName)
  }
}
