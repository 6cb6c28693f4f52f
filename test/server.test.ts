import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createServer, type MessageAnswer, type Server, type ServerOptions } from '../bot/server.ts';

let server: Server;
let port: number;
let received: object[] = [];
let answer: () => Promise<MessageAnswer>;
let isReady: boolean;
let faults: unknown[] = [];

/** Plays the sealed addresses. */
function openCalendar(token: string): ReturnType<ServerOptions['openCalendar']> {
  if (token === 'good') return { kind: 'file', content: 'BEGIN:VCALENDAR' };
  return { kind: token === 'old' ? 'expired' : 'unknown' };
}

function receive(body: object): Promise<MessageAnswer> {
  received.push(body);
  return answer();
}

const OPTIONS: ServerOptions = {
  authenticate: async (authorization) => (authorization === 'good' ? receive : null),
  pages: {
    start: async (query) => {
      if (query.has('broken')) throw new Error('ada@contoso.example');
      return query.has('stranger') ? null : { to: 'https://login.example/x', state: 'abc.d' };
    },
    end: (_query, state) => ({ result: state === 'abc.d' ? 'ok' : 'failed', adminUrl: null }),
  },
  version: '1.2.3',
  underway: () => 0,
  openCalendar,
  teamsJs: 'teams',
  frameHosts: ['https://teams.example', 'https://*.teams.example'],
  isSecure: true,
  isReady: async () => isReady,
  onOverload: () => undefined,
  onFault: (error) => void faults.push(error),
};

beforeAll(async () => {
  server = createServer(OPTIONS);
  port = await server.listen(0, '127.0.0.1');
});
afterAll(() => server.close());
beforeEach(() => {
  received = [];
  faults = [];
  isReady = true;
  answer = async () => ({ status: 200 });
});

const url = (path: string) => `http://127.0.0.1:${port}${path}`;
const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(url('/api/messages'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'good', ...headers },
    body,
  });

test.each<[MessageAnswer, number, string]>([
  [{ status: 200 }, 200, ''],
  [{ status: 200, body: { statusCode: 200 } }, 200, '{"statusCode":200}'],
  [{ status: 412, body: { id: 'x' } }, 412, '{"id":"x"}'],
  [{ status: 401 }, 401, ''],
])('answers %j', async (given, status, text) => {
  answer = async () => given;
  const response = await post('{"a":1}');
  expect([response.status, await response.text()]).toEqual([status, text]);
  expect(received).toEqual([{ a: 1 }]);
});

test('what goes wrong inside is told to the log, not to the caller', async () => {
  answer = async () => {
    throw new Error('ada@contoso.example');
  };
  const response = await post('{}');
  expect([response.status, await response.text()]).toEqual([500, '']);
  expect(faults).toHaveLength(1);
});

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const sized = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;

test.each<[string, string, number]>([
  ['64 levels', nested(64), 200],
  ['65 levels', nested(65), 400],
  ['brackets in a text', JSON.stringify({ a: '['.repeat(1_000) }), 200],
  ['quotes in a text', JSON.stringify({ a: `\\"${'{'.repeat(100)}\\` }), 200],
  ['256 KB', sized(256 * 1024), 200],
  ['a byte more', sized(256 * 1024 + 1), 413],
  ['letters of two bytes', `{"a":"${'é'.repeat(140_000)}"}`, 413],
])('%s: see the status', async (_name, body, status) => {
  expect((await post(body)).status).toBe(status);
  expect(received).toHaveLength(status === 200 ? 1 : 0);
  expect(faults).toEqual([]);
});

test('a stranger’s body is not read', async () => {
  const outgoing = httpRequest(url('/api/messages'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': '1000' },
  });
  outgoing.on('error', () => undefined).write('{"a":');
  const [response] = await once(outgoing, 'response');
  expect(response.statusCode).toBe(401);
  outgoing.destroy();
});

test('ready or not', async () => {
  expect((await fetch(url('/readyz'))).status).toBe(200);
  isReady = false;
  expect((await fetch(url('/readyz'))).status).toBe(503);
  expect((await fetch(url('/healthz'))).status).toBe(200);
});

test('who only wants to know whether it answers is told', async () => {
  for (const path of ['/healthz', '/readyz']) {
    const response = await fetch(url(path), { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  }
});

test('the way to consent begins with a state that only this browser has', async () => {
  const response = await fetch(url('/auth/start'), { redirect: 'manual' });
  expect(response.status).toBe(302);
  expect(response.headers.get('location')).toBe('https://login.example/x');
  expect(response.headers.get('set-cookie')).toBe(
    '__Host-parley-state=abc.d; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure',
  );
  expect((await fetch(url('/auth/start?stranger'))).status).toBe(400);
  const broken = await fetch(url('/auth/start?broken'));
  expect([broken.status, await broken.text()]).toEqual([500, '']);
});

test.each([
  ['__Host-parley-state=abc.d', 'ok'],
  ['other=1; __Host-parley-state=abc.d; more=2', 'ok'],
  // What another host of the same domain may have set.
  ['parley-state=abc.d', 'failed'],
  ['x__Host-parley-state=abc.d', 'failed'],
  ['', 'failed'],
])('with the cookie %j the end is %s', async (cookie, result) => {
  const html = await (await fetch(url('/auth/end?state=abc.d'), { headers: { cookie } })).text();
  expect(html).toContain(`data-result="${result}"`);
});

test('pages run only what is ours', async () => {
  const { headers } = await fetch(url('/auth/end'));
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  );
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(await (await fetch(url('/auth/teams.js'))).text()).toBe('teams');
});

test.each(['/', '/privacy', '/terms'])('%s is a page, and its links lead somewhere', async (path) => {
  const response = await fetch(url(path));
  const html = await response.text();
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(html).toContain('<h1>');
  const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) => link ?? '');
  const statuses = await Promise.all(links.map(async (link) => (await fetch(url(link))).status));
  expect(new Set(statuses)).toEqual(new Set([200]));
});

test.each([
  ['GET', '/nothing/secret-word', 404],
  ['PUT', '/healthz?secret-word', 405],
  ['GET', '/healthz', 200],
  ['GET', '/auth/teams.js', 200],
  ['POST', '/api/messages', 401],
])(
  '%s %s: %i, which no browser reads as something else, and nothing of the path',
  async (method, path, status) => {
    const response = await fetch(url(path), { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(response.headers.has('allow')).toBe(status === 405);
    expect(await response.text()).not.toContain('secret-word');
  },
);

test.each([
  ['en-US,en;q=0.9', 'en-US', 'Your organization runs it'],
  ['en-GB', 'en-GB', 'Your organisation runs it'],
  ['da-DK', 'en-DK', 'Your organisation runs it'],
  ['de-CH', 'de-CH', 'Ihre Organisation betreibt es'],
  ['*', 'en', 'Your organisation runs it'],
])(
  'a page is in the language of the browser, as far as there are words: %s',
  async (accepted, lang, words) => {
    const html = await (await fetch(url('/terms'), { headers: { 'Accept-Language': accepted } })).text();
    expect(html).toContain(`<html lang="${lang}">`);
    expect(html).toContain(words);
  },
);

test('what is public comes with its length', async () => {
  for (const path of ['/', '/privacy', '/terms', '/auth/teams.js', '/auth/page.css', '/healthz']) {
    const response = await fetch(url(path));
    const { byteLength } = await response.arrayBuffer();
    expect(response.headers.get('content-length')).toBe(String(byteLength));
  }
});

test('an upgrade is an ordinary request', async () => {
  const socket = connect(port, '127.0.0.1');
  socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  const [data] = await once(socket, 'data');
  expect(String(data)).toMatch(/^HTTP\/1\.1 200 /);
  socket.destroy();
});

test('a port that is taken is an error of listening', async () => {
  const options = {
    authenticate: async () => null,
    version: '1.2.3',
    underway: () => 0,
    openCalendar,
    teamsJs: '',
    frameHosts: [],
    isSecure: false,
    isReady: async () => true,
    onOverload: () => undefined,
    onFault: () => undefined,
  };
  const pages = {
    start: async () => null,
    end: () => ({ result: 'failed', adminUrl: null }) as const,
  };
  const second = createServer({ ...options, pages });
  await expect(second.listen(port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('the page of a dialog may be framed by Teams alone, and knows no id but a plain one', async () => {
  const page = await fetch(url('/auth/dialog?id=7f3a-91c2'));
  expect(page.headers.get('content-security-policy')).toContain(
    'frame-ancestors https://teams.example https://*.teams.example; base-uri',
  );
  expect(await page.text()).toContain('<body data-result="" data-id="7f3a-91c2">');
  const hostile = await fetch(url(`/auth/dialog?id=${encodeURIComponent('"><script>1</script>')}`));
  expect(await hostile.text()).toContain('<body data-result="" data-id="">');
});

test.each([
  ['good', 200, 'text/calendar; charset=utf-8'],
  ['old', 410, 'text/html; charset=utf-8'],
  ['nonsense', 404, 'text/html; charset=utf-8'],
  ['x'.repeat(5_000), 404, 'text/html; charset=utf-8'],
  ['..%2f..%2fetc', 404, 'text/html; charset=utf-8'],
])('/calendar/%s', async (token, status, type) => {
  const response = await fetch(url(`/calendar/${token}`));
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe(type);
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('a server that drains answers once more on each connection, and then closes although somebody kept one', async () => {
  const draining = createServer(OPTIONS);
  const at = `http://127.0.0.1:${await draining.listen(0, '127.0.0.1')}`;
  const { promise, resolve } = Promise.withResolvers<MessageAnswer>();
  answer = () => promise;
  const headers = { 'content-type': 'application/json', authorization: 'good' };
  const underway = fetch(`${at}/api/messages`, { method: 'POST', headers, body: '{"a":1}' });
  await expect.poll(() => received).toHaveLength(1);
  draining.drain();
  const late = await fetch(`${at}/healthz`);
  expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
  const closed = draining.close();
  resolve({ status: 200 });
  expect((await underway).status).toBe(200);
  await closed;
  await expect(fetch(`${at}/healthz`)).rejects.toThrow();
});
