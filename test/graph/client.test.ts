import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { createGraphClient, type GraphError, type GraphRequest } from '../../bot/graph/client.ts';
import type { GraphEvent } from '../../bot/telemetry/events.ts';
import { listen } from '../listen.ts';

type Seen = { method: string; url: string; headers: IncomingMessage['headers']; body: string };
type Reply = { status: number; body?: unknown; headers?: Record<string, string> } | 'break' | 'hang';

/** A Graph that gives these answers one after the other, the last one for ever, and remembers what it was asked. */
async function graphWith(replies: Reply[], budgetMs = 3_000) {
  const seen: Seen[] = [];
  const calls: GraphEvent[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
    give(replies.length > 1 ? replies.shift() : replies[0], request, response);
  });
  const { url: baseUrl, close } = await listen(server);
  onTestFinished(close);
  const client = createGraphClient({ baseUrl, budgetMs, onCall: (call) => calls.push(call) });
  const ask = (change: Partial<GraphRequest> = {}) =>
    client({
      method: 'POST',
      path: '/me/onlineMeetings',
      body: {},
      token: 't',
      correlationId: 'c',
      ...change,
    });
  const refusal = async (change: Partial<GraphRequest> = {}) =>
    (await ask(change).then(
      () => Promise.reject(new Error('was not refused')),
      (error: unknown) => error,
    )) as GraphError;
  return { seen, calls, ask, refusal };
}

function give(reply: Reply | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (reply === 'break' || reply === undefined) return void request.socket.destroy();
  if (reply === 'hang') return;
  const isText = typeof reply.body === 'string';
  const type = isText ? 'text/html' : 'application/json';
  response.writeHead(reply.status, { 'Content-Type': type, ...reply.headers });
  response.end(isText ? (reply.body as string) : JSON.stringify(reply.body ?? {}));
}

const OK: Reply = { status: 201, body: { id: 'm' } };
const error = (code: string, message = '') => ({
  error: { code, message, innerError: { 'request-id': 'r' } },
});

test('asks version 1.0 with everything that Graph wants to know, and answers status and body', async () => {
  const { ask, seen, calls } = await graphWith([OK]);
  expect(await ask({ body: { subject: 'Q3' }, language: 'de' })).toEqual({ status: 201, body: { id: 'm' } });
  expect(seen).toMatchObject([{ method: 'POST', url: '/v1.0/me/onlineMeetings', body: '{"subject":"Q3"}' }]);
  expect(seen[0]?.headers).toMatchObject({
    authorization: 'Bearer t',
    'client-request-id': 'c',
    prefer: 'include-unknown-enum-members',
    'accept-language': 'de',
    'content-type': expect.stringContaining('application/json'),
  });
  expect(calls).toMatchObject([{ reference: 'c', method: 'POST', status: 201, retries: 0, throttled: 0 }]);
});

test.each([200, 201])('%i is told apart', async (status) => {
  const { ask } = await graphWith([{ status, body: {} }]);
  expect((await ask()).status).toBe(status);
});

test('nothing comes with a 204', async () => {
  const { ask } = await graphWith([{ status: 204, body: '' }]);
  expect(await ask({ method: 'DELETE' })).toMatchObject({ status: 204 });
});

test.each<[string, Reply, number]>([
  ['a conflict', { status: 409, body: error('Conflict') }, 2],
  ['a broken connection', 'break', 2],
  ['throttling that passes soon', { status: 429, headers: { 'Retry-After': '0' } }, 2],
  ['an outage', { status: 503, headers: { 'Retry-After': '0' } }, 2],
  ['a gateway that waited for too long', { status: 504, headers: { 'Retry-After': '0' } }, 2],
])('%s is asked once more, with the same request', async (_name, reply, times) => {
  const { ask, seen, calls } = await graphWith([reply, OK]);
  expect((await ask({ body: { subject: 'Q3' } })).status).toBe(201);
  expect(seen.map(({ body, headers }) => [body, headers['client-request-id']])).toEqual(
    Array(times).fill(['{"subject":"Q3"}', 'c']),
  );
  expect(calls).toMatchObject([{ retries: times - 1 }]);
});

test.each<[string, Reply]>([
  ['a conflict', { status: 409 }],
  ['a broken connection', 'break'],
])('%s that stays is asked twice and no more', async (_name, reply) => {
  const { refusal, seen } = await graphWith([reply]);
  await refusal();
  expect(seen).toHaveLength(2);
});

test.each<[string, GraphRequest['method'], string, number]>([
  ['a reading', 'GET', '/me/onlineMeetings/m', 2],
  ['opening a room', 'POST', '/me/onlineMeetings/createOrGet', 2],
  ['making a meeting', 'POST', '/me/onlineMeetings', 1],
  ['a change', 'PATCH', '/me/onlineMeetings/m', 1],
])('when Graph breaks inside, %s is tried %s %s %i times', async (_name, method, path, times) => {
  for (const status of [500, 502]) {
    const { refusal, seen } = await graphWith([{ status }]);
    expect((await refusal({ method, path, ...(method === 'GET' && { body: undefined }) })).status).toBe(
      status,
    );
    expect(seen).toHaveLength(times);
  }
});

test.each([400, 401, 403, 404, 412, 500, 501])('%i is final', async (status) => {
  const { refusal, seen } = await graphWith([{ status, body: error('Code') }]);
  expect(await refusal()).toMatchObject({ status, code: 'Code', claims: null });
  expect(seen).toHaveLength(1);
});

test('a wait that is longer than the budget is not begun', async () => {
  const { refusal, seen, calls } = await graphWith([{ status: 429, headers: { 'Retry-After': '60' } }]);
  expect((await refusal()).status).toBe(429);
  expect(seen).toHaveLength(1);
  expect(calls).toMatchObject([{ status: 429, throttled: 1 }]);
});

test.each<[string, Reply, number, string]>([
  ['a break', 'break', 0, 'lost'],
  ['silence', 'hang', 0, 'timeout'],
  ['an error without a code', { status: 400, body: error('') }, 400, ''],
  ['an error that is a page', { status: 502, body: '<html>Bad Gateway</html>' }, 502, expect.any(String)],
  ['an error without anything', { status: 500, body: '' }, 500, expect.any(String)],
  ['an error of another shape', { status: 400, body: { error: 'no' } }, 400, expect.any(String)],
])('%s is an error with a status and a code', async (_name, reply, status, code) => {
  const { refusal } = await graphWith([reply], 600);
  expect(await refusal()).toMatchObject({ name: 'GraphError', status, code });
});

test('nobody listens: that is told apart from a lost answer', async () => {
  const client = createGraphClient({ baseUrl: 'http://127.0.0.1:9', budgetMs: 1_000 });
  const asked = client({ method: 'GET', path: '/me', token: 't', correlationId: 'c' });
  await expect(asked).rejects.toMatchObject({ status: 0, code: 'network' });
});

test('what Entra must see comes with the refusal', async () => {
  const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
  const challenge = `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
  const { refusal } = await graphWith([{ status: 403, headers: { 'WWW-Authenticate': challenge } }]);
  expect((await refusal()).claims).toBe(claims);
});

test('an error says nothing of what Graph said, and holds no token', async () => {
  const { refusal } = await graphWith([{ status: 400, body: error('BadRequest', 'ada@contoso.example') }]);
  const failure = await refusal({ token: 'very-secret' });
  expect(failure.message).toBe('Graph answered 400 BadRequest');
  expect(failure.stack).not.toMatch(/ada@|very-secret/);
});

test('a redirection is not followed: the token stays with Graph', async () => {
  const { refusal, seen } = await graphWith([{ status: 302, headers: { Location: 'http://127.0.0.1:9/' } }]);
  await refusal();
  expect(seen).toHaveLength(1);
});
