import { randomUUID } from 'node:crypto';
import { ToBotFromBotOrEmulatorTokenValidationParameters } from 'botframework-connector/lib/auth/tokenValidationParameters.js';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CLOUDS } from '../../bot/config/cloud.ts';
import { createGuard, type Guard } from '../../bot/teams/guard.ts';
import { createSigner, type Signer } from '../../deploy/sandbox/keys.ts';
import { type Serving, serve } from '../../deploy/sandbox/serve.ts';

const APP = '0c7f3e1a-4b6d-4e21-9a58-6d2b1f0e7777';
const ISSUER = 'https://api.botframework.com';
const URL_OF_TEAMS = 'https://smba.trafficmanager.net/emea/';

let server: Serving;
let endorsed: Signer;
let foreign: Signer;
let unmarked: Signer;
let curve: Awaited<ReturnType<typeof generateKeyPair>>;
let isDown = false;
let asked = 0;

beforeAll(async () => {
  curve = await generateKeyPair('ES256', { extractable: true });
  [endorsed, foreign, unmarked] = await Promise.all([createSigner(), createSigner(), createSigner()]);
  const keys = [
    ...endorsed.publicKeys.keys.map((key) => ({ ...key, endorsements: ['msteams', 'webchat'] })),
    ...foreign.publicKeys.keys.map((key) => ({ ...key, endorsements: ['webchat', 'directline'] })),
    ...unmarked.publicKeys.keys,
    { ...(await exportJWK(curve.publicKey)), kid: 'curve', endorsements: ['msteams'] },
  ];
  server = await serve({
    service: 'keys',
    handle: ({ path }) => {
      asked += 1;
      if (isDown) return { status: 503 };
      return {
        status: 200,
        body: path === '/keys' ? { keys } : { issuer: ISSUER, jwks_uri: `${server.url}/keys` },
      };
    },
  });
});
afterAll(() => server.close());

/** What a token is told that is signed by the only key that a channel has, or by one of several of one name. */
async function verifyBy(token: string, keys: object[]) {
  const channel = await serve({
    service: 'keys',
    handle: ({ path }) => ({
      status: 200,
      body: path === '/keys' ? { keys } : { issuer: ISSUER, jwks_uri: `${channel.url}/keys` },
    }),
  });
  const { channelIssuer: issuer, serviceHosts } = CLOUDS.global;
  const options = {
    appId: APP,
    metadataUrl: channel.url,
    issuer,
    serviceHosts,
    isLoopback: false,
    now: Date.now,
  };
  return createGuard(options)
    .verify(`Bearer ${token}`)
    .finally(() => channel.close());
}

function guardOf(cloud: keyof typeof CLOUDS = 'global', isLoopback = false): Guard {
  const { channelIssuer: issuer, serviceHosts } = CLOUDS[cloud];
  return createGuard({
    appId: APP,
    metadataUrl: server.url,
    issuer,
    serviceHosts,
    isLoopback,
    now: Date.now,
  });
}

const seconds = () => Math.floor(Date.now() / 1000);
const claims = (change: object = {}) => ({
  iss: ISSUER,
  aud: APP,
  serviceurl: URL_OF_TEAMS,
  exp: seconds() + 600,
  ...change,
});
const verify = async (token: Promise<string>) => guardOf().verify(`Bearer ${await token}`);

test('lets in what Teams has signed, and says where from', async () => {
  expect(await verify(endorsed.sign(claims()))).toEqual({ serviceUrl: URL_OF_TEAMS });
});

test('a few minutes of difference between clocks are nobody’s fault', async () => {
  expect(await verify(endorsed.sign(claims({ exp: seconds() - 60, nbf: seconds() + 60 })))).not.toBeNull();
});

test('a key that is endorsed for other channels only signs nothing for Teams', async () => {
  expect(await verify(foreign.sign(claims()))).toBeNull();
});

test('a token that names no key is refused, even where there is only one', async () => {
  const unnamed = { kid: undefined };
  const [key] = foreign.publicKeys.keys;
  for (const endorsements of [['webchat'], ['msteams']]) {
    expect(await verifyBy(await foreign.sign(claims(), unnamed), [{ ...key, endorsements }])).toBeNull();
    expect(
      await verifyBy(await foreign.sign(claims(), unnamed), [{ ...key, ...unnamed, endorsements }]),
    ).toBeNull();
  }
  expect(
    await verifyBy(await foreign.sign(claims()), [{ ...key, endorsements: ['msteams'] }]),
  ).not.toBeNull();
});

test('another key of the same name lends its endorsement to nobody', async () => {
  const [key] = foreign.publicKeys.keys;
  const namesake = { ...(await exportJWK(curve.publicKey)), kid: foreign.keyId, endorsements: ['msteams'] };
  const keys = [namesake, { ...key, endorsements: ['webchat'] }];
  expect(await verifyBy(await foreign.sign(claims()), keys)).toBeNull();
});

test('keys that come without endorsements are the channel’s all the same', async () => {
  expect(await verify(unmarked.sign(claims()))).not.toBeNull();
});

test.each<[string, object]>([
  ['the issuer of the other cloud', { iss: CLOUDS.gcch.channelIssuer }],
  ['several audiences, none of them ours', { aud: ['a', 'b'] }],
  ['an address that is a list', { serviceurl: [URL_OF_TEAMS] }],
])('refuses %s', async (_name, change) => {
  expect(await verify(endorsed.sign(JSON.parse(JSON.stringify(claims(change)))))).toBeNull();
});

test('while the keys cannot be had, nobody is let in or turned away for good', async () => {
  const guard = guardOf();
  isDown = true;
  await expect(guard.verify(`Bearer ${await endorsed.sign(claims())}`)).rejects.toThrow();
  isDown = false;
  const verified = async () => guard.verify(`Bearer ${await endorsed.sign(claims())}`);
  await expect.poll(verified, { timeout: 10_000 }).not.toBeNull();
});

test('a crowd at the door while the keys cannot be had is no crowd at the channel’s', async () => {
  const guard = guardOf();
  isDown = true;
  asked = 0;
  const tokens = await Promise.all(Array.from({ length: 200 }, (_, i) => endorsed.sign(claims({ i }))));
  const answers = await Promise.allSettled(tokens.map((token) => guard.verify(`Bearer ${token}`)));
  expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
  for (const token of tokens.slice(0, 20)) await guard.verify(`Bearer ${token}`).catch(() => null);
  isDown = false;
  expect(asked).toBe(1);
});

test('a key of the channel that is made for other signatures signs nothing', async () => {
  const token = new SignJWT(claims()).setProtectedHeader({ alg: 'ES256', kid: 'curve' });
  expect(await verify(token.sign(curve.privateKey))).toBeNull();
});

test('keys that are older than their time serve on while new ones cannot be had', async () => {
  const guard = guardOf();
  await guard.open();
  isDown = true;
  vi.useFakeTimers({ now: Date.now() + 15 * 60_000, toFake: ['Date'] });
  try {
    expect(await guard.verify(`Bearer ${await endorsed.sign(claims())}`)).not.toBeNull();
  } finally {
    vi.useRealTimers();
    isDown = false;
  }
});

test('keys that were there once serve on while new ones cannot be had', async () => {
  const guard = guardOf();
  await guard.open();
  const stranger = await createSigner();
  isDown = true;
  expect(await guard.verify(`Bearer ${await endorsed.sign(claims())}`)).not.toBeNull();
  expect(await guard.verify(`Bearer ${await stranger.sign(claims())}`)).toBeNull();
  isDown = false;
});

test('tokens of ever new issuers are refused, and remembered nowhere', async () => {
  const guard = guardOf();
  const known = ToBotFromBotOrEmulatorTokenValidationParameters.issuer?.length;
  for (let i = 0; i < 50; i += 1) {
    const tid = randomUUID();
    const payload = { iss: `https://sts.windows.net/${tid}/`, tid, ver: '1.0', appid: APP, aud: APP };
    const token = [{ alg: 'RS256' }, payload].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    expect(await guard.verify(`Bearer ${token.join('.')}.AAAA`)).toBeNull();
  }
  expect(ToBotFromBotOrEmulatorTokenValidationParameters.issuer).toHaveLength(known ?? 0);
});

test('strangers’ tokens do not make the bot ask for keys again and again', async () => {
  const guard = guardOf();
  await guard.open();
  asked = 0;
  const strangers = await Promise.all(Array.from({ length: 5 }, createSigner));
  for (const stranger of strangers) await guard.verify(`Bearer ${await stranger.sign(claims())}`);
  expect(asked).toBeLessThanOrEqual(1);
});

const matches = (guard: Guard, serviceUrl: string, activity: object = {}) =>
  guard.matches({ serviceUrl }, { channelId: 'msteams', serviceUrl, ...activity });

test.each<[keyof typeof CLOUDS, string]>([
  ['global', 'https://smba.trafficmanager.net/emea/'],
  ['global', 'https://smba.trafficmanager.net/amer/7d3c1a52-0b7e-4f5a-9a41-2f6d8c9be001/'],
  ['global', 'https://SMBA.TrafficManager.net/emea/'],
  ['global', 'https://smba.trafficmanager.net:443/emea/'],
  ['global', 'https://smba.infra.gcc.teams.microsoft.com/gcc/'],
  ['gcch', 'https://smba.infra.gov.teams.microsoft.us/'],
  ['dod', 'https://smba.infra.dod.teams.microsoft.us/'],
])('%s takes %s', (cloud, url) => {
  expect(matches(guardOf(cloud), url)).toBe(true);
});

test.each([
  'https://evil.trafficmanager.net/emea/',
  'https://smba.trafficmanager.net.evil.example/',
  'https://evilsmba.trafficmanager.net/',
  'https://smba.trafficmanager.net@evil.example/',
  'https://user:pass@smba.trafficmanager.net/',
  'https://user@smba.trafficmanager.net/',
  'https://smba.trafficmanager.net:8443/',
  'https://smba.trafficmanager.net%2eevil.example/',
  'https://evil.example/?https://smba.trafficmanager.net/',
  'https://evil.example#smba.trafficmanager.net',
  'https://smba.trafficmanager.net./',
  'http://smba.trafficmanager.net/emea/',
  'ftp://smba.trafficmanager.net/',
  'javascript:smba.trafficmanager.net',
  '//smba.trafficmanager.net/',
  'smba.trafficmanager.net',
  'https://smba.infra.gov.teams.microsoft.us/',
  'https://127.0.0.1/',
  'http://localhost:3978/',
  'https://[::1]/',
  'https://169.254.169.254/',
  '',
])('the global cloud refuses %j', (url) => {
  expect(matches(guardOf(), url)).toBe(false);
});

test.each(['http://127.0.0.1:4000/teams/', 'http://localhost:4000/', 'http://[::1]:4000/'])(
  'only the sandbox takes %s',
  (url) => {
    expect(matches(guardOf('global', true), url)).toBe(true);
    expect(matches(guardOf('global', true), URL_OF_TEAMS)).toBe(false);
    expect(matches(guardOf(), url)).toBe(false);
  },
);

test.each<[string, object, boolean]>([
  ['a slash more or less at the end', { serviceUrl: URL_OF_TEAMS.slice(0, -1) }, true],
  ['another path', { serviceUrl: 'https://smba.trafficmanager.net/amer/' }, false],
  ['another host of the cloud', { serviceUrl: 'https://smba.infra.gcc.teams.microsoft.com/emea/' }, false],
])('an activity with %s: %s', (_name, change, isGood) => {
  expect(matches(guardOf(), URL_OF_TEAMS, change)).toBe(isGood);
});
