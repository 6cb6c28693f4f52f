import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { exportSPKI, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { afterAll, describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import type { Activity, Json } from '../../deploy/sandbox/channel/model.ts';
import { ADA, CONTOSO, FELIX } from '../../deploy/sandbox/people.ts';
import { until } from './waiting.ts';
import { startWorld } from './world.ts';

const world = await startWorld();
// Nothing of all this did anything: the next message is the first that is answered.
afterAll(async () => {
  expect(world.said(ADA)).toEqual([]);
  expect(world.graph.requests).toEqual([]);
  await world.write(ADA, 'hello');
  expect(world.lastText(ADA)).toContain(en['help.title']);
  await until(() => world.turns().filter(({ turn }) => turn !== 'ignored').length === 1);
  expect(world.log()).not.toContain('uncaughtException');
  await world.close();
});

type Answer = { status: number; body: string; headers: IncomingHttpHeaders };
type Call = { method?: string; path?: string; headers?: Record<string, string>; body?: string | Buffer };

/** One request without any of fetch's own ideas. */
function call({ method = 'POST', path = '/api/messages', headers = {}, body = '' }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(`${world.bot.url}${path}`, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }),
      );
    });
    outgoing.on('error', reject).end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const bearer = async (token: string | Promise<string>) => ({ authorization: `Bearer ${await token}` });
const message = (change: Json = {}) =>
  world.message(ADA, 'meeting tomorrow 3pm about Q3', change as Partial<Activity>);
const post = async (headers: Record<string, string>, activity: unknown = message()) =>
  call({ headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(activity) });
const seconds = () => Math.floor(Date.now() / 1000);
const claims = (change: JWTPayload = {}): JWTPayload => ({
  iss: 'https://api.botframework.com',
  aud: world.app.id,
  serviceurl: world.channel.serviceUrl,
  nbf: seconds() - 60,
  exp: seconds() + 600,
  ...change,
});
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

async function channelKey(): Promise<JWK> {
  const response = await fetch(`${world.channel.url}/v1/.well-known/keys`);
  const { keys } = (await response.json()) as { keys: JWK[] };
  return keys[0] ?? {};
}

async function ownKey(header: Json = {}): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  return new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', ...header }).sign(privateKey);
}

async function symmetric(alg: string): Promise<string> {
  const jwk = await channelKey();
  const pem = await exportSPKI((await importJWK(jwk, 'RS256')) as Parameters<typeof exportSPKI>[0]);
  const header = { alg, typ: 'JWT', kid: jwk.kid };
  return new SignJWT(claims()).setProtectedHeader(header).sign(new TextEncoder().encode(pem));
}

async function withOwnJwk(): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await crypto.subtle.exportKey('jwk', publicKey);
  return new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', jwk: jwk as JWK }).sign(privateKey);
}

async function tampered(): Promise<string> {
  const [head, , signature] = (await world.channel.sign({ aud: 'other' })).split('.');
  return `${head}.${encode(claims())}.${signature}`;
}

const emulator = (change: JWTPayload) =>
  world.entra.sign({ ...claims(), appid: world.app.id, ver: '1.0', tid: CONTOSO.id, ...change });

describe('a forged or foreign token is refused without a word', () => {
  const without = async (): Promise<Record<string, string>> => ({});
  const raw = (authorization: string) => async () => ({ authorization });
  const signed = (change: Json) => () => bearer(world.channel.sign(change));

  test.each<[string, () => Promise<Record<string, string>>]>([
    ['no header', without],
    ['an empty header', raw('')],
    ['no token', raw('Bearer ')],
    ['garbage', raw('Bearer garbage')],
    ['garbage in three parts', raw('Bearer a.b.c')],
    ['another scheme', async () => ({ authorization: `Basic ${await world.channel.sign()}` })],
    [
      'two tokens',
      async () => ({ authorization: `Bearer ${await world.channel.sign()} ${await world.channel.sign()}` }),
    ],
    ['alg none', () => bearer(`${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims())}.`)],
    ['alg none with a signature', () => bearer(`${encode({ alg: 'none' })}.${encode(claims())}.AAAA`)],
    ['HS256 with the public key', () => bearer(symmetric('HS256'))],
    ['HS512 with the public key', () => bearer(symmetric('HS512'))],
    ['another key', () => bearer(ownKey())],
    ['another key under the channel’s name', async () => bearer(ownKey({ kid: (await channelKey()).kid }))],
    ['another key under an unknown name', () => bearer(ownKey({ kid: 'unknown' }))],
    ['a key that it brings along', () => bearer(withOwnJwk())],
    ['claims that were changed', () => bearer(tampered())],
    ['another issuer', signed({ iss: 'https://evil.example' })],
    [
      'an issuer that begins like the channel’s',
      signed({ iss: 'https://api.botframework.com.evil.example' }),
    ],
    ['no issuer', signed({ iss: undefined })],
    ['another audience', signed({ aud: '11111111-2222-3333-4444-555555555555' })],
    ['no audience', signed({ aud: undefined })],
    ['no end', signed({ exp: undefined })],
    ['an end that is no number', signed({ exp: 'never' })],
    ['its end an hour ago', signed({ exp: seconds() - 3_600 })],
    ['its beginning in an hour', signed({ nbf: seconds() + 3_600 })],
    ['no serviceurl', signed({ serviceurl: undefined })],
    ['a serviceurl that is no text', signed({ serviceurl: 7 })],
    [
      'an Entra token as the emulator has it',
      () => bearer(emulator({ iss: `https://sts.windows.net/${CONTOSO.id}/` })),
    ],
    [
      'an Entra token, version 2',
      () => bearer(emulator({ iss: `https://login.microsoftonline.com/${CONTOSO.id}/v2.0` })),
    ],
    ['an Entra token that claims to be the channel’s', () => bearer(emulator({}))],
    ['a person’s single-sign-on token', () => bearer(world.entra.ssoToken(ADA))],
    ['another tenant’s person’s', () => bearer(world.entra.ssoToken(FELIX))],
  ])('%s', async (_name, headers) => {
    expect(await post(await headers())).toMatchObject({ status: 401, body: '' });
  });

  test('before its body is read', async () => {
    const body = Buffer.alloc(300 * 1024, 'x');
    const headers = { ...JSON_TYPE, 'content-length': String(body.length) };
    const answer = await call({ headers, body }).catch((error: NodeJS.ErrnoException) => error.code);
    // Either the refusal arrives, or the connection is closed while the rest is still being sent.
    expect(['ECONNRESET', 'EPIPE', 401]).toContain(typeof answer === 'object' ? answer.status : answer);
  });
});

describe('a token of the channel that does not fit its activity is refused', () => {
  const evil = 'http://127.0.0.1:1/evil/';
  test.each<[string, Json, Json]>([
    ['another service address', {}, { serviceUrl: evil }],
    ['another service address in the token', { serviceurl: evil }, {}],
    [
      'one off this machine',
      { serviceurl: 'https://evil.example/' },
      { serviceUrl: 'https://evil.example/' },
    ],
    [
      'one of the public cloud',
      { serviceurl: 'https://smba.trafficmanager.net/emea/' },
      { serviceUrl: 'https://smba.trafficmanager.net/emea/' },
    ],
    ['no service address', {}, { serviceUrl: undefined }],
    ['a service address that is no text', {}, { serviceUrl: { href: 'x' } }],
    ['an empty one', { serviceurl: '' }, { serviceUrl: '' }],
    ['the emulator’s channel', {}, { channelId: 'emulator' }],
    ['the web chat', {}, { channelId: 'webchat' }],
    ['Direct Line', {}, { channelId: 'directline' }],
    ['another spelling of Teams', {}, { channelId: 'MSTeams' }],
    ['no channel', {}, { channelId: undefined }],
  ])('%s', async (_name, claim, change) => {
    const answer = await post(await bearer(world.channel.sign(claim)), message(change));
    expect(answer).toMatchObject({ status: 401, body: '' });
  });
});

describe('a body that is none', () => {
  const good = () => bearer(world.channel.sign());
  const deep = (open: string, close: string) => open.repeat(5_000) + close.repeat(5_000);

  test.each<[string, string]>([
    ['nothing', ''],
    ['broken JSON', '{"type":"message",'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '1e999'],
    ['a text', '"message"'],
    ['deep objects', deep('{"a":', '}')],
    ['deep lists', deep('[', ']')],
    ['brackets without an end', '['.repeat(100_000)],
    ['bytes that are no text', '\u0000\u0001\u0002'],
  ])('%s: 400 and nothing inside', async (_name, body) => {
    const answer = await call({ headers: { ...JSON_TYPE, ...(await good()) }, body });
    expect(answer).toMatchObject({ status: 400, body: '' });
  });

  test.each<[string, Json]>([
    ['no type', { type: undefined }],
    ['an empty type', { type: '' }],
    ['a type that is no text', { type: 7 }],
    ['nobody who sent it', { from: undefined }],
    ['a sender without id', { from: {} }],
    ['a sender that is a list', { from: [] }],
    ['nobody who received it', { recipient: undefined }],
    ['no conversation', { conversation: undefined }],
    ['a conversation without id', { conversation: { id: '' } }],
    ['a text that is a number', { text: 7 }],
    ['entities that are no list', { entities: 'all' }],
    ['a name that is a list', { name: [] }],
    ['an id longer than any', { id: 'x'.repeat(5_000) }],
  ])('%s: 400 and nothing inside', async (_name, change) => {
    expect(await post(await good(), message(change))).toMatchObject({ status: 400, body: '' });
  });

  test('of a stranger’s tenant that is not named: passed over', async () => {
    const activity = message({ channelData: {}, conversation: { id: world.chat(ADA).id } });
    expect(await post(await good(), activity)).toMatchObject({ status: 200, body: '' });
  });

  test('with members that mean something to JavaScript: harmless', async () => {
    const body = JSON.stringify(message({ type: 'hologram' })).replace(
      '{',
      '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}},',
    );
    const answer = await call({ headers: { ...JSON_TYPE, ...(await good()) }, body });
    expect(answer).toMatchObject({ status: 200 });
  });
});

describe('a body that is packed, or too large, or called something else', () => {
  const good = () => bearer(world.channel.sign());
  const text = () => JSON.stringify(message());

  test.each<[string, (text: string) => Buffer]>([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', (plain) => Buffer.from(plain)],
    ['gzip', () => Buffer.from('not gzip at all')],
    ['gzip', () => gzipSync(Buffer.alloc(20 * 1024 * 1024))],
  ])('%s: 415', async (encoding, pack) => {
    const headers = { ...JSON_TYPE, ...(await good()), 'content-encoding': encoding };
    expect(await call({ headers, body: pack(text()) })).toMatchObject({ status: 415, body: '' });
    expect(await call({ headers: { ...headers, authorization: '' }, body: pack(text()) })).toMatchObject({
      status: 415,
    });
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    '"%s": 415',
    async (type) => {
      const headers = { 'content-type': type, ...(await good()) };
      expect(await call({ headers, body: text() })).toMatchObject({ status: 415, body: '' });
    },
  );

  test.each(['announced', 'in pieces'])('300 KB %s: 413', async (how) => {
    const body = JSON.stringify(message({ text: 'x'.repeat(300 * 1024) }));
    const length: Record<string, string> =
      how === 'announced' ? { 'content-length': String(body.length) } : { 'transfer-encoding': 'chunked' };
    const answer = await call({ headers: { ...JSON_TYPE, ...(await good()), ...length }, body }).catch(
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect(['ECONNRESET', 'EPIPE', 413]).toContain(typeof answer === 'object' ? answer.status : answer);
  });
});

test.each<[string, string, number]>([
  ['GET', '/api/messages', 405],
  ['PUT', '/api/messages', 405],
  ['DELETE', '/api/messages', 405],
  ['PATCH', '/api/messages', 405],
  ['GET', '/nothing', 404],
  ['GET', '/.env', 404],
  ['GET', '/auth/../../package.json', 404],
  ['GET', '/auth/%2e%2e/%2e%2e/package.json', 404],
  ['POST', '/healthz', 405],
  ['GET', '/auth/start?tenant=%00', 400],
  ['GET', '/auth/start?tenant=https://evil.example', 400],
])('%s %s: %i', async (method, path, status) => {
  const answer = await call({ method, path });
  expect(answer.status).toBe(status);
  expect(answer.body).not.toMatch(/^\s*at |node_modules/m);
});

test('a header larger than any is refused, and the bot lives', async () => {
  const answer = await post({ authorization: `Bearer ${'x'.repeat(64 * 1024)}` }).catch(
    (error: NodeJS.ErrnoException) => error.code,
  );
  expect(['ECONNRESET', 'EPIPE', 431]).toContain(typeof answer === 'object' ? answer.status : answer);
  expect((await call({ method: 'GET', path: '/healthz' })).status).toBe(200);
});

describe('part of a body', () => {
  /** The first bytes of a body, and the connection on which they were sent. */
  async function begin(body: string, length: number): Promise<Socket> {
    const { hostname, port } = new URL(world.bot.url);
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    const head = [
      'POST /api/messages HTTP/1.1',
      `Host: ${hostname}`,
      `Authorization: Bearer ${await world.channel.sign()}`,
      'Content-Type: application/json',
      `Content-Length: ${length}`,
    ];
    await new Promise((sent) => socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, sent));
    return socket;
  }

  const answered = async () =>
    expect(await post(await bearer(world.channel.sign()), message({ type: 'hologram' }))).toMatchObject({
      status: 200,
      body: '',
    });

  test('bodies that do not come hold nobody up', async () => {
    const slow = await Promise.all(Array.from({ length: 20 }, () => begin('{"type":', 1_000)));
    await answered();
    for (const socket of slow) socket.destroy();
  });

  test('a body that ends too early is nobody’s message, and holds nobody up', async () => {
    const body = JSON.stringify(message());
    const cut = await Promise.all(Array.from({ length: 10 }, () => begin(body.slice(0, -20), body.length)));
    for (const socket of cut) socket.destroy();
    await answered();
  });
});

test('what is nested too deeply is refused, even where nobody looks', async () => {
  const deep = JSON.parse(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`) as Json;
  const activity = message({ type: 'hologram', channelData: { tenant: { id: CONTOSO.id }, deep } });
  expect(await post(await bearer(world.channel.sign()), activity)).toMatchObject({ status: 400, body: '' });
});

test('nobody gets a web socket', async () => {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  expect((await call({ method: 'GET', headers })).status).toBe(405);
  const refused = await post({ ...headers, ...(await bearer(ownKey())) });
  expect(refused).toMatchObject({ status: 401, body: '' });
});

test.each<[string, string, number]>([
  ['is told to go on', '100-continue', 401],
  ['expects what nobody knows', 'miracles', 417],
])('a client that %s is answered', async (_name, expectation, status) => {
  expect((await call({ headers: { ...JSON_TYPE, expect: expectation } })).status).toBe(status);
});

test('answers tell nothing of what runs here', async () => {
  for (const path of ['/healthz', '/api/messages', '/nowhere']) {
    const { headers } = await call({ method: 'GET', path });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(String(headers.server ?? '')).not.toMatch(/restify|node/i);
  }
});
