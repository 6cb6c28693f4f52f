/**
 * What differs between the Microsoft clouds. Sources: Graph's page on national cloud deployments (Graph, Entra), the
 * cloud table of Microsoft's Teams SDK (channel, connector, service hosts), Entra's page on federated credentials (exchange).
 * China is no member: its Graph has events, but no onlineMeeting at all (v1.0-Mooncake.csdl).
 */
export type Cloud = {
  name: 'global' | 'gcch' | 'dod';
  loginHost: string;
  graphUrl: string;
  /** The one delegated permission that Parley always asks for. */
  graphScope: string;
  /** The delegated permission that it asks for besides where calendars are used, of each person when they first want that. */
  calendarScope: string;
  /** What the app asks for itself, in application mode: whatever an administrator has granted it. */
  graphAppScope: string;
  channelMetadataUrl: string;
  channelIssuer: string;
  connectorScope: string;
  /** What a managed identity asks a token for, to exchange it for the app's own. */
  exchangeScope: string;
  /** Hosts a Teams activity may name as its serviceUrl; tokens are sent to these only. */
  serviceHosts: readonly string[];
  /** Where Teams' own links lead. */
  teamsHost: string;
  /** Where Outlook's compose page is. */
  outlookHost: string;
  /** Where a join link may lead: these hosts, and what is below them. */
  joinHosts: readonly string[];
  /** Members of onlineMeeting that its Graph does not have. */
  lacks: readonly string[];
};

/** Those of Graph's v1.0 metadata for US Government (v1.0-Fairfax.csdl of 2026-08-20) that are missing against v1.0-Prod.csdl. */
const MISSING_IN_GOVERNMENT = [
  'allowBreakoutRooms',
  'allowCopyingAndSharingMeetingContent',
  'allowLiveShare',
  'allowPowerPointSharing',
  'allowRecording',
  'allowTranscription',
  'allowWhiteboard',
  'allowedLobbyAdmitters',
  'chatRestrictions',
  'cloudVideoInteropInfo',
  'expiryDateTime',
  'isEndToEndEncryptionEnabled',
  'meetingOptionsWebUrl',
  'meetingSpokenLanguageTag',
  'meetingTemplateId',
  'sensitivityLabelAssignment',
] as const;

const GOVERNMENT = {
  loginHost: 'https://login.microsoftonline.us',
  channelMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  channelIssuer: 'https://api.botframework.us',
  connectorScope: 'https://api.botframework.us/.default',
  exchangeScope: 'api://AzureADTokenExchangeUSGov/.default',
  // Above gov. and dod., where their clients are.
  joinHosts: ['teams.microsoft.us'],
  lacks: MISSING_IN_GOVERNMENT,
};

/** Graph at this address, and what tokens are asked for there. */
const graphAt = (graphUrl: string) => ({
  graphUrl,
  graphScope: `${graphUrl}/OnlineMeetings.ReadWrite`,
  calendarScope: `${graphUrl}/Calendars.ReadWrite`,
  graphAppScope: `${graphUrl}/.default`,
});

/** Microsoft's clouds by the name in `CLOUD`, which is all that a deployment has to know of its own. */
export const CLOUDS: Readonly<Record<Cloud['name'], Cloud>> = {
  global: {
    name: 'global',
    teamsHost: 'teams.microsoft.com',
    outlookHost: 'outlook.office.com',
    loginHost: 'https://login.microsoftonline.com',
    ...graphAt('https://graph.microsoft.com'),
    channelMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    channelIssuer: 'https://api.botframework.com',
    connectorScope: 'https://api.botframework.com/.default',
    exchangeScope: 'api://AzureADTokenExchange/.default',
    serviceHosts: [
      'smba.trafficmanager.net',
      'smba.onyx.prod.teams.trafficmanager.net',
      'smba.infra.gcc.teams.microsoft.com',
    ],
    lacks: [],
    joinHosts: ['teams.microsoft.com', 'teams.cloud.microsoft'],
  },
  gcch: {
    ...GOVERNMENT,
    name: 'gcch',
    teamsHost: 'gov.teams.microsoft.us',
    outlookHost: 'outlook.office365.us',
    ...graphAt('https://graph.microsoft.us'),
    serviceHosts: ['smba.infra.gov.teams.microsoft.us'],
  },
  dod: {
    ...GOVERNMENT,
    name: 'dod',
    teamsHost: 'dod.teams.microsoft.us',
    outlookHost: 'webmail.apps.mil',
    ...graphAt('https://dod-graph.microsoft.us'),
    serviceHosts: ['smba.infra.dod.teams.microsoft.us'],
  },
};
