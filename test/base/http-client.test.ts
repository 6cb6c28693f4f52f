import { createServer, type RequestListener } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { MOST_BYTES, readRetryAfter, send } from '../../bot/base/http-client.ts';
import { listen } from '../listen.ts';

const ROUTES: Record<string, RequestListener> = {
  '/echo': (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(201, { 'X-Method': request.method, 'X-Length': request.headers['content-length'] });
      response.end(Buffer.concat(chunks));
    });
  },
  '/torn': (_request, response) => {
    const [first, second] = [Buffer.from('…').subarray(0, 1), Buffer.from('…').subarray(1)];
    response.write(first, () => setImmediate(() => response.end(second)));
  },
  '/moved': (_request, response) => response.writeHead(302, { Location: '/echo' }).end(),
  '/most': (_request, response) => response.end('x'.repeat(MOST_BYTES)),
  '/more': (_request, response) =>
    response.writeHead(429, { 'Retry-After': '7' }).end('x'.repeat(MOST_BYTES + 1)),
  '/never': () => undefined,
  '/half': (_request, response) => response.write('half'),
  '/cut': (_request, response) => response.write('half', () => response.destroy()),
};

let sockets = 0;
const server = createServer((request, response) => ROUTES[request.url ?? '']?.(request, response));
server.on('connection', () => {
  sockets += 1;
});
const { url: origin, close } = await listen(server);
afterAll(close);

const ask = (path: string, body?: string, patience = 5_000) => {
  const url = origin + path;
  return send({ method: body === undefined ? 'GET' : 'POST', url, headers: {}, body, patience });
};

test('what is sent arrives, and the answer comes back, on one connection', async () => {
  const before = sockets;
  const first = await ask('/echo', 'früh ☀');
  expect(first).toMatchObject({ status: 201, text: 'früh ☀' });
  expect(first.headers).toMatchObject({ 'x-method': 'POST', 'x-length': '9' });
  expect(await ask('/echo', 'again')).toMatchObject({ text: 'again' });
  expect(sockets - before).toBe(1);
});

test('a letter that comes in two pieces stays one', async () => {
  expect((await ask('/torn')).text).toBe('…');
});

test('an answer that is too large has its status and headers, and the rest is not read', async () => {
  expect((await ask('/most')).text).toHaveLength(MOST_BYTES);
  const { status, headers, text } = await ask('/more');
  expect({ status, wait: headers['retry-after'], text }).toEqual({ status: 429, wait: '7', text: '' });
});

test('a redirection is an answer like any other', async () => {
  expect((await ask('/moved')).status).toBe(302);
});

test.each(['/never', '/half'])('%s is given up in time', async (path) => {
  await expect(ask(path, undefined, 50)).rejects.toMatchObject({ name: 'TimeoutError', isUnheard: false });
});

test('half an answer is none, and what was asked may have happened', async () => {
  await expect(ask('/cut', 'a')).rejects.toMatchObject({ code: 'ECONNRESET', isUnheard: false });
});

test('nobody there: the error says so', async () => {
  const url = 'http://127.0.0.1:1/';
  await expect(send({ method: 'GET', url, headers: {}, patience: 5_000 })).rejects.toMatchObject({
    code: 'ECONNREFUSED',
    isUnheard: true,
  });
});

test.each<[string | undefined, number | null]>([
  [undefined, null],
  ['', null],
  ['5', 5_000],
  ['0', 0],
  ['Wed, 21 Oct 2020 07:28:00 GMT', 0],
  ['-5', null],
  ['1.5', null],
  ['in about 5', null],
  ['soon GMT', null],
])('Retry-After %j', (header, wait) => expect(readRetryAfter(header)).toBe(wait));
