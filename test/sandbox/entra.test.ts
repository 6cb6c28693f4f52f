import tls from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEntra, type Entra } from '../../deploy/sandbox/entra.ts';
import { ADA, BEN, CONTOSO, FELIX, PEOPLE } from '../../deploy/sandbox/people.ts';
import { createTls } from '../../deploy/sandbox/tls.ts';

const APP = {
  id: '0c7f3e1a-4b6d-4e21-9a58-6d2b1f0e7777',
  secret: 'a secret for tests',
  ssoResource: 'api://botid-0c7f3e1a-4b6d-4e21-9a58-6d2b1f0e7777',
};
const REDIRECT = 'http://127.0.0.1:3978/auth/end';
const GRAPH = 'https://graph.microsoft.com';
const SCOPE = `${GRAPH}/OnlineMeetings.ReadWrite`;

let entra: Entra;

beforeAll(async () => {
  const certificates = await createTls();
  tls.setDefaultCACertificates([certificates.caPem]);
  entra = await createEntra({ tls: certificates, tenantId: CONTOSO.id, people: PEOPLE, app: APP });
  entra.registerRedirectUri(REDIRECT);
});
afterAll(() => entra.close());
beforeEach(() => entra.reset());

/** A call of the token endpoint with the given form, over the correct on-behalf-of one; null leaves a field out. */
async function call(changes: Record<string, string | null>, tenant = CONTOSO.id) {
  const form: Record<string, string | null> = {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    requested_token_use: 'on_behalf_of',
    client_id: APP.id,
    client_secret: APP.secret,
    assertion: await entra.ssoToken(ADA),
    scope: SCOPE,
    ...changes,
  };
  const given = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== null);
  const url = `${entra.authorityHost}/${tenant}/oauth2/v2.0/token`;
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(given) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the token endpoint refuses', () => {
  const foreign = async (claims: object) => ({ assertion: await entra.ssoToken(ADA, claims as never) });
  const tampered = async () => ({ assertion: `${(await entra.ssoToken(ADA)).slice(0, -8)}AAAAAAAA` });
  const unsigned = async () => {
    const [, payload] = (await entra.ssoToken(ADA)).split('.');
    return { assertion: `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.` };
  };
  const unregistered = async () => ({
    client_secret: null,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await entra.sign({ iss: APP.id, sub: APP.id }),
  });
  test.each<[string, () => Promise<Record<string, string | null>>, number, string, number]>([
    ['another client', async () => ({ client_id: FELIX.oid }), 400, 'unauthorized_client', 700016],
    ['a wrong secret', async () => ({ client_secret: 'no' }), 401, 'invalid_client', 7000215],
    ['a certificate that nobody registered', unregistered, 401, 'invalid_client', 700027],
    ['no credential', async () => ({ client_secret: null }), 401, 'invalid_client', 7000218],
    ['no grant', async () => ({ grant_type: null }), 400, 'invalid_request', 900144],
    [
      'an unknown grant',
      async () => ({ grant_type: 'authorization_code' }),
      400,
      'unsupported_grant_type',
      70003,
    ],
    ['no scope', async () => ({ scope: null }), 400, 'invalid_request', 900144],
    [
      'a scope that Graph lacks',
      async () => ({ scope: `${GRAPH}/Meetings.Own` }),
      400,
      'invalid_client',
      650053,
    ],
    [
      'a resource nobody knows',
      async () => ({ scope: 'https://x.example/a' }),
      400,
      'invalid_resource',
      500011,
    ],
    ['a permission not granted', async () => ({ scope: `${GRAPH}/User.Read` }), 400, 'invalid_grant', 65001],
    ['no assertion', async () => ({ assertion: null }), 400, 'invalid_request', 900144],
    ['another use', async () => ({ requested_token_use: null }), 400, 'invalid_request', 900144],
    ['a tampered assertion', tampered, 400, 'invalid_grant', 50013],
    ['an unsigned assertion', unsigned, 400, 'invalid_grant', 50013],
    ['an assertion for another app', () => foreign({ aud: FELIX.oid }), 400, 'invalid_grant', 500131],
    ['an assertion of another tenant', () => foreign({ tid: FELIX.tenantId }), 400, 'invalid_grant', 50013],
    ['an assertion without access_as_user', () => foreign({ scp: 'x' }), 400, 'invalid_grant', 7000114],
    ['an expired assertion', () => foreign({ exp: 1 }), 400, 'invalid_grant', 500133],
    ['an assertion of nobody', () => foreign({ oid: APP.id }), 400, 'invalid_grant', 7000114],
  ])('%s', async (_name, changes, status, error, code) => {
    entra.consent(ADA.oid);
    const answer = await call(await changes());
    expect(answer).toMatchObject({ status, body: { error, error_codes: [code] } });
    expect(answer.body.error_description).toMatch(new RegExp(`^AADSTS${code}: `));
    expect(entra.state.requests).toMatchObject([{ status, code }]);
  });

  test.each([
    ['no-such-tenant.example', 90002],
    ['botframework.com', 700016],
    [FELIX.tenantId, 700016],
    ['common', 50194],
  ])('tenant %s', async (tenant, code) => {
    expect((await call({}, tenant)).body.error_codes).toEqual([code]);
  });

  test('client credentials for anything but .default of a known resource', async () => {
    const app = { grant_type: 'client_credentials', assertion: null, requested_token_use: null };
    expect((await call({ ...app, scope: SCOPE })).body.error_codes).toEqual([70011]);
    expect((await call({ ...app, scope: 'https://x.example/.default' })).body.error_codes).toEqual([500011]);
  });
});

describe('the sign-in page', () => {
  const address = (changes: Record<string, string> = {}, tenant = CONTOSO.id) => {
    const query = new URLSearchParams({
      client_id: APP.id,
      response_type: 'code',
      redirect_uri: REDIRECT,
      scope: `openid ${SCOPE}`,
      state: 'xyz',
      code_challenge: 'v'.repeat(43),
      code_challenge_method: 'S256',
      login_hint: ADA.upn,
      ...changes,
    });
    return `${entra.webUrl}/${tenant}/oauth2/v2.0/authorize?${query}`;
  };
  const open = (url: string, headers = {}) => fetch(url, { redirect: 'manual', headers });
  const location = (response: Response) => new URL(response.headers.get('location') ?? '').searchParams;

  test('knows the person from the cookie, and nobody without one', async () => {
    const url = new URL(address());
    url.searchParams.delete('login_hint');
    const cookie = `login_hint=${encodeURIComponent(BEN.upn)}`;
    expect(await (await open(url.href, { cookie })).text()).toContain(BEN.upn);
    expect(await (await open(url.href)).text()).toContain('AADSTS50058');
  });

  test.each([
    ['response_type', 'token', 'AADSTS700054'],
    ['code_challenge_method', 'plain', 'AADSTS90014'],
    ['state', '', 'AADSTS90014'],
    ['scope', 'https://graph.microsoft.com/Nothing', 'AADSTS650053'],
    ['response_mode', 'fragment', 'AADSTS90023'],
  ])('sends back a wrong %s', async (name, value, code) => {
    const response = await open(address({ [name]: value }));
    expect(response.status).toBe(302);
    expect(location(response).get('error_description')).toContain(code);
  });

  test.each([
    ['client_id', FELIX.oid],
    ['redirect_uri', 'http://127.0.0.1:3978/auth/other'],
    ['login_hint', FELIX.upn],
  ])('shows an error, and redirects nowhere, for a wrong %s', async (name, value) => {
    const response = await open(address({ [name]: value }));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });
});

test('introspection knows expired, revoked and foreign tokens', async () => {
  entra.consent(ADA.oid);
  const token = String((await call({})).body.access_token);
  expect((await entra.introspect(token)).ok).toBe(true);
  entra.revoke(ADA.oid);
  expect(await entra.introspect(token)).toEqual({ ok: false, reason: 'revoked' });
  expect(await entra.introspect('nonsense')).toEqual({ ok: false, reason: 'malformed' });
  const stale = await entra.sign({ aud: GRAPH, exp: 1 });
  expect(await entra.introspect(stale)).toEqual({ ok: false, reason: 'expired' });
  expect(await entra.introspect(`${token.slice(0, -8)}AAAAAAAA`)).toEqual({ ok: false, reason: 'signature' });
});

test('a browser that comes to the https server is sent to the pages', async () => {
  const path = `/${CONTOSO.id}/adminconsent?client_id=${APP.id}`;
  const response = await fetch(`${entra.authorityHost}${path}`, { redirect: 'manual' });
  expect([response.status, response.headers.get('location')]).toEqual([302, `${entra.webUrl}${path}`]);
});

test.each([
  ['POST', '/oauth2/token'],
  ['GET', '/v1.0/me'],
])('%s %s is unknown', async (method, path) => {
  const response = await fetch(`${entra.authorityHost}/${CONTOSO.id}${path}`, { method });
  expect(response.status).toBe(404);
});
