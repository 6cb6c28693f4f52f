import { generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, FELIX, type Person } from '../../deploy/sandbox/people.ts';
import { ownWorld } from './own-world.ts';

const SENTENCE = 'meeting tomorrow 3pm about Q3';

const world = await ownWorld();

const exchanges = () => world.entra.state.requests.filter(({ grant }) => grant === 'on_behalf_of');

/** Ada asks, is not known yet, and sees the button. */
async function askedToSignIn(): Promise<Message> {
  await world.write(ADA, SENTENCE);
  expect(world.hasButton(ADA)).toBe(true);
  return world.newest(ADA);
}

const agreed = (message: Message) => world.finishSignIn(ADA, message);

type Forgery = (claims: JWTPayload) => Promise<unknown>;
const sso = (person: Person, claims: JWTPayload = {}) => world.entra.ssoToken(person, claims);
const seconds = () => Math.floor(Date.now() / 1000);

async function selfSigned(claims: JWTPayload): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  const { keyId } = world.entra.state.signer;
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: keyId }).sign(privateKey);
}

const unsigned = (claims: JWTPayload) =>
  [{ alg: 'none', typ: 'JWT' }, claims]
    .map((part) => btoa(JSON.stringify(part)))
    .join('.')
    .replaceAll('=', '');

const FORGERIES: [string, Forgery][] = [
  ['another person’s', () => sso(BEN)],
  ['another tenant’s person’s', () => sso(FELIX)],
  ['this person, but of another tenant', () => sso(ADA, { tid: FELIX.tenantId })],
  ['of another issuer', () => sso(ADA, { iss: 'https://login.microsoftonline.com/evil/v2.0' })],
  ['for another app', () => sso(ADA, { aud: '11111111-2222-3333-4444-555555555555' })],
  ['for Graph', () => sso(ADA, { aud: 'https://graph.microsoft.com' })],
  ['expired', () => sso(ADA, { exp: seconds() - 3_600 })],
  ['without an end', () => sso(ADA, { exp: undefined as unknown as number })],
  ['not valid yet', () => sso(ADA, { nbf: seconds() + 3_600 })],
  ['an ID token, which Teams gives to nobody', () => sso(ADA, { scp: undefined })],
  ['for another of our scopes', () => sso(ADA, { scp: 'access_as_admin User.Read' })],
  ['with scopes that are a list', () => sso(ADA, { scp: ['access_as_user'] })],
  ['without a person', () => sso(ADA, { oid: undefined as unknown as string })],
  ['self-signed', selfSigned],
  ['unsigned', async (claims) => `${unsigned(claims)}.`],
  ['garbage', async () => 'garbage'],
  ['empty', async () => ''],
  ['a number', async () => 7],
  ['missing', async () => undefined],
];

test.each(FORGERIES)('a token that is %s is refused without effect', async (_name, forge) => {
  world.entra.consent(ADA.oid);
  await world.write(ADA, 'hi');
  const claims = { oid: ADA.oid, tid: ADA.tenantId, aud: world.app.id, exp: seconds() + 600 };
  const iss = `${world.entra.authorityHost}/${ADA.tenantId}/v2.0`;
  const value = { id: 'e1', connectionName: '', token: await forge({ ...claims, iss }) };
  expect(await world.invoke(ADA, 'signin/tokenExchange', value)).toEqual({
    status: 412,
    body: { id: 'e1', connectionName: '', failureDetail: expect.any(String) },
  });
  await world.write(ADA, 'sign in');
  expect(world.lastText(ADA)).toBe(en['notice.signedIn']);
  expect(exchanges()).toMatchObject([{ oid: ADA.oid, status: 200 }]);
});

test('a refused token leaves what was parked, and the right one finishes it', async () => {
  const card = await askedToSignIn();
  const value = { id: 'e1', connectionName: '', token: await sso(BEN) };
  expect(await world.invoke(ADA, 'signin/tokenExchange', value)).toMatchObject({ status: 412 });
  expect(world.graph.requests).toEqual([]);
  world.entra.consent(ADA.oid);
  await agreed(card);
  expect(world.cards(ADA)).not.toEqual([]);
  expect(world.alive()).toMatchObject([{ organizer: ADA.oid }]);
});

test.each<[string, Record<string, string>, string]>([
  ['another browser’s answer', { code: 'c', state: 'somebody.else' }, 'failed'],
  ['no answer at all', {}, 'failed'],
  [
    'markup instead of a reason',
    { error: '<script>', error_description: '<script>alert(1)</script>' },
    'failed',
  ],
])('the end page is not fooled by %s', async (_name, query, result) => {
  const response = await fetch(`${world.bot.url}/auth/end?${new URLSearchParams(query)}`);
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(html).toContain(`data-result="${result}"`);
  expect(html).not.toContain('alert(1)');
});

test('the popup cannot begin for a tenant that is not ours', async () => {
  const response = await fetch(`${world.bot.url}/auth/start?tenant=${FELIX.tenantId}`, {
    redirect: 'manual',
  });
  expect(response.status).toBe(400);
});
