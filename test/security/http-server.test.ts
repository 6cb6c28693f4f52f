import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { createHttpServer } from '../../bot/server/http.ts';
import { listen } from '../listen.ts';

// What is never answered: a stranger's requests end by time, or by what comes with them.
let begun = 0;
const server = createHttpServer((request, response) => {
  begun += 1;
  if (request.url === '/soon') response.end('here');
});
const { port, close } = await listen(server);
afterAll(close);

function open(sent: string): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined).resume();
  if (sent !== '') socket.write(sent);
  return socket;
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: bot\r\n\r\n`;
const post = 'POST /soon HTTP/1.1\r\nHost: bot\r\nContent-Length: 100\r\n\r\n';

/** Sends a letter each half second; answers after how many seconds the connection ended. */
async function secondsUntilClosed(sent: string, letter: string): Promise<number> {
  const started = performance.now();
  const socket = open(sent);
  const trickling = setInterval(() => socket.write(letter), 500);
  await once(socket, 'close');
  clearInterval(trickling);
  return (performance.now() - started) / 1_000;
}

describe.concurrent('a connection ends', () => {
  // Node looks once a second; the rest is for a busy machine.
  test.each([
    ['that says nothing', '', '', 5],
    ['whose headers trickle', 'GET / HTTP/1.1\r\nX: ', 'x', 5],
    ['whose body trickles', post.replace('/soon', '/never'), 'x', 10],
    ['that stands still while its answer does not come', get('/never'), '', 30],
  ])('%s', async (_name, sent, letter, seconds) => {
    const taken = await secondsUntilClosed(sent, letter);
    expect(taken).toBeGreaterThan(seconds - 1);
    expect(taken).toBeLessThan(seconds + 4);
  });
});

test('a second request while the first is unanswered ends the connection, and is not begun', async () => {
  const before = begun;
  const socket = open(get('/never').repeat(1_000));
  await once(socket, 'close');
  expect(begun - before).toBe(1);
});

test('one request after the other is served on one connection', async () => {
  const before = begun;
  const socket = open('');
  for (let turn = 0; turn < 3; turn += 1) {
    socket.write(get('/soon'));
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/here$/);
  }
  expect(begun - before).toBe(3);
  socket.destroy();
});

test('there are never more than 2,000 connections, and idle ones give way', async () => {
  const idle = Array.from({ length: 1_900 }, () => open(get('/soon')));
  await Promise.all(idle.map((socket) => once(socket, 'data')));
  const more = Array.from({ length: 300 }, () => open(get('/never')));
  await expect.poll(() => more.filter(({ closed }) => closed).length).toBeGreaterThan(0);
  await expect.poll(() => idle.filter(({ closed }) => closed).length).toBe(1_900);
  const [answer] = await once(open(get('/soon')), 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
  for (const socket of more) socket.destroy();
}, 20_000);
