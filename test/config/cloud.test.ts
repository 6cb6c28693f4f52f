import { expect, test } from 'vitest';
import { CLOUDS, type Cloud } from '../../bot/config/cloud.ts';

/** The published tables once more, as they stand there: one column a cloud. */
test.each<[keyof Cloud, unknown, unknown, unknown]>([
  ['graphUrl', 'https://graph.microsoft.com', 'https://graph.microsoft.us', 'https://dod-graph.microsoft.us'],
  [
    'loginHost',
    'https://login.microsoftonline.com',
    'https://login.microsoftonline.us',
    'https://login.microsoftonline.us',
  ],
  [
    'connectorScope',
    'https://api.botframework.com/.default',
    'https://api.botframework.us/.default',
    'https://api.botframework.us/.default',
  ],
  [
    'channelIssuer',
    'https://api.botframework.com',
    'https://api.botframework.us',
    'https://api.botframework.us',
  ],
  [
    'channelMetadataUrl',
    'https://login.botframework.com/v1/.well-known/openidconfiguration',
    'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  ],
  [
    'serviceHosts',
    [
      'smba.trafficmanager.net',
      'smba.onyx.prod.teams.trafficmanager.net',
      'smba.infra.gcc.teams.microsoft.com',
    ],
    ['smba.infra.gov.teams.microsoft.us'],
    ['smba.infra.dod.teams.microsoft.us'],
  ],
])('%s', (name, global, gcch, dod) => {
  expect([CLOUDS.global[name], CLOUDS.gcch[name], CLOUDS.dod[name]]).toEqual([global, gcch, dod]);
});

test.each(Object.values(CLOUDS))('$name: tokens are asked for the Graph that is called', (cloud) => {
  expect(cloud.graphScope).toBe(`${cloud.graphUrl}/OnlineMeetings.ReadWrite`);
  expect(cloud.calendarScope).toBe(`${cloud.graphUrl}/Calendars.ReadWrite`);
  expect(cloud.graphAppScope).toBe(`${cloud.graphUrl}/.default`);
});

test.each([CLOUDS.gcch, CLOUDS.dod])('$name: nothing of the global cloud is left in it', (cloud) => {
  expect(JSON.stringify(cloud)).not.toMatch(/\.com\b/);
});
