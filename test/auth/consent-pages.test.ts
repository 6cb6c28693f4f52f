import { expect, test } from 'vitest';
import { adminConsentUrl, createConsentPages, startUrl } from '../../bot/auth/consent-pages.ts';
import type { OpenId } from '../../bot/base/openid.ts';
import { say } from '../../bot/say/say.ts';
import { endHtml } from '../../bot/server/pages.ts';

const HOME = '7d3c1a52-0b7e-4f5a-9a41-2f6d8c9be001';
const OTHER = '2e9b64f0-58c1-4d0b-8f37-a1c4e7d05002';
const LOGIN = 'https://login.example';
const options = {
  appId: 'app',
  homeTenant: HOME,
  allowedTenants: [HOME],
  publicUrl: 'https://parley.example',
  loginHost: LOGIN,
  scopes: {
    meetings: ['https://graph.microsoft.com/OnlineMeetings.ReadWrite'],
    calendar: [
      'https://graph.microsoft.com/OnlineMeetings.ReadWrite',
      'https://graph.microsoft.com/Calendars.ReadWrite',
    ],
  },
  tenants: async () => ({ authorizationEndpoint: `${LOGIN}/x/authorize` }) as OpenId,
};
const pages = createConsentPages(options);
const start = async (query: Record<string, string> = {}) => {
  const page = await pages.start(new URLSearchParams(query));
  if (page === null) throw new Error('the page was refused');
  return { ...page, url: new URL(page.to) };
};

test('the way to Entra asks for one permission, with a state and a challenge', async () => {
  const { url, state } = await start();
  expect(`${url.origin}${url.pathname}`).toBe(`${LOGIN}/x/authorize`);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'app',
    response_type: 'code',
    response_mode: 'query',
    redirect_uri: 'https://parley.example/auth/end',
    scope: 'https://graph.microsoft.com/OnlineMeetings.ReadWrite openid profile',
    state,
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  });
});

const DEMAND = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';

test('what Entra must see goes along', async () => {
  const address = new URL(startUrl('https://parley.example', HOME, { reach: 'meetings', claims: DEMAND }));
  expect(address.pathname).toBe('/auth/start');
  const { url } = await start(Object.fromEntries(address.searchParams));
  expect(url.searchParams.get('claims')).toBe(DEMAND);
});

test('for the calendar it asks for two', async () => {
  const address = new URL(startUrl('https://parley.example', HOME, { reach: 'calendar', claims: null }));
  const { url } = await start(Object.fromEntries(address.searchParams));
  expect(url.searchParams.get('scope')).toBe(`${options.scopes.calendar.join(' ')} openid profile`);
});

test.each(['nonsense', '{"id_token":{}}', `{"access_token":{"acrs":{"value":"${'c'.repeat(2_000)}"}}}`])(
  'what somebody else has written there does not: %.30s',
  async (claims) => {
    const { url } = await start({ claims });
    expect(url.searchParams.has('claims')).toBe(false);
  },
);

test('no two ways have a state or a challenge in common', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => start()));
  expect(new Set(all.map(({ state }) => state)).size).toBe(20);
  expect(new Set(all.map(({ url }) => url.searchParams.get('code_challenge'))).size).toBe(20);
});

test.each<[string, Record<string, string>, boolean]>([
  ['the home tenant, unsaid', {}, true],
  ['the home tenant', { tenant: HOME }, true],
  ['in capitals', { tenant: HOME.toUpperCase() }, true],
  ['another', { tenant: OTHER }, false],
  ['everybody', { tenant: 'common' }, false],
  ['a path', { tenant: `../${HOME}` }, false],
  ['nothing', { tenant: '' }, false],
])('begins for %s', async (_name, query, isServed) => {
  expect((await pages.start(new URLSearchParams(query))) !== null).toBe(isServed);
});

const STATE = `abc.${HOME}`;
const denied = (text: string) => ({ state: STATE, error: 'access_denied', error_description: text });

test.each<
  [string, Record<string, string>, string | null, 'ok' | 'approved' | 'declined' | 'admin' | 'failed']
>([
  ['agreed', { state: STATE, code: 'c' }, STATE, 'ok'],
  ['an administrator agreed', { admin_consent: 'True', tenant: HOME }, null, 'approved'],
  ['said no', denied('AADSTS65004: declined'), STATE, 'declined'],
  ['needs an administrator', denied('AADSTS90094: admin'), STATE, 'admin'],
  ['something else', { state: STATE, error: 'server_error' }, STATE, 'failed'],
  ['no code and no error', { state: STATE }, STATE, 'failed'],
  ['another state', { state: `xyz.${HOME}`, code: 'c' }, STATE, 'failed'],
  ['no state', { code: 'c' }, STATE, 'failed'],
  ['an empty state', { state: '', code: 'c' }, '', 'failed'],
  ['no cookie', { state: STATE, code: 'c' }, null, 'failed'],
])('ends: %s', (_name, query, cookie, result) => {
  expect(pages.end(new URLSearchParams(query), cookie)).toMatchObject({ result });
});

test('an address for an administrator is given only for a way that was begun here', () => {
  const end = (state: string, cookie: string) =>
    pages.end(new URLSearchParams({ ...denied('AADSTS90094'), state }), cookie);
  expect(end(STATE, STATE)).toMatchObject({ adminUrl: adminConsentUrl({ ...options, tenant: HOME }) });
  expect(end('x.https://evil.example', STATE)).toMatchObject({ adminUrl: null });
});

test('the administrator’s address', () => {
  const url = new URL(adminConsentUrl({ ...options, tenant: HOME }));
  expect(`${url.origin}${url.pathname}`).toBe(`${LOGIN}/${HOME}/adminconsent`);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'app',
    redirect_uri: 'https://parley.example/auth/end',
  });
});

test('what a page shows is text', () => {
  const html = endHtml({ result: 'admin', adminUrl: `https://x/"><script>alert('1')</script>&` }, say('en'));
  expect(html).not.toContain('<script>alert');
  expect(html).toContain('&quot;&gt;&lt;script&gt;alert(&apos;1&apos;)&lt;/script&gt;&amp;');
});

test('that an administrator approved is said by nobody who cannot know it', () => {
  const page = pages.end(new URLSearchParams({ admin_consent: 'True' }), null);
  const html = endHtml(page, say('en'));
  expect(html).not.toMatch(/Parley is approved|was approved/);
  expect(html).toContain('If you just approved Parley');
});
