import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterAll, expect, inject, test } from 'vitest';
import { startBot } from '../../deploy/sandbox/bot-process.ts';
import { ADA } from '../../deploy/sandbox/people.ts';
import { listen } from '../listen.ts';
import { ownWorld } from './own-world.ts';

const entry = inject('bundle');
const proxy = await startProxy();
afterAll(() => proxy.close());
const world = await ownWorld({ env: { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url } });

test('behind a proxy everything that the bot asks for goes through it', async () => {
  await world.signIn(ADA);
  await world.write(ADA, 'meeting tomorrow 3pm about the budget');
  expect(world.alive()).toHaveLength(1);
  expect(world.said(ADA)).toHaveLength(1);
  const { entra, graph, channel } = world;
  expect(proxy.passed(graph.url).requests).toBe(graph.requests.length);
  expect(new URL(channel.metadataUrl).host).toBe(new URL(channel.serviceUrl).host);
  // What it says of itself and its keys come before all messages.
  const before = 2;
  expect(proxy.passed(channel.serviceUrl).requests).toBeGreaterThanOrEqual(before + world.said(ADA).length);
  expect(proxy.passed(entra.authorityHost).tunnels).toBeGreaterThan(0);
});

test.each(['socks5://proxy.example.com:1080', 'proxy.example.com:8080', 'http://'])(
  '%s is no address of a proxy, which is told at the start',
  async (HTTPS_PROXY) => {
    const env = world.botEnv(1, { HTTPS_PROXY });
    await expect(startBot(env, { entry })).rejects.toThrow('HTTPS_PROXY must be the address of a proxy');
  },
);

test.each<Record<string, string>>([
  { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'hunter2' },
  { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'proxy.example.com:8080' },
  { HTTPS_PROXY: 'http://parley:hunter2%@127.0.0.1:9' },
])('what Node cannot make anything of is told as plainly, without the password: %j', async (env) => {
  const refusal = await startBot(world.botEnv(1, env), { entry }).catch(String);
  expect(refusal).toContain('HTTPS_PROXY, and HTTP_PROXY where it is set, must be addresses');
  expect(refusal).not.toMatch(/hunter2|^\s+at /m);
});

test('a Node that knows no proxies says so', async () => {
  const older = `import http from 'node:http'; delete http.setGlobalProxyFromEnv;`;
  const NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(older)}`;
  const env = { NODE_OPTIONS, HTTPS_PROXY: 'http://127.0.0.1:9' };
  await expect(startBot(world.botEnv(1, env), { entry })).rejects.toThrow('needs Node 24.14 or newer');
});

/** A proxy as companies have them, on loopback. */
type Proxy = {
  url: string;
  /** How many requests went to this server by their own path, and how many tunnels were opened to it. */
  passed(server: string): { requests: number; tunnels: number };
  close(): Promise<void>;
};

/** Passes on what is asked of it in full, and opens tunnels. */
async function startProxy(): Promise<Proxy> {
  const hosts: { requests: string[]; tunnels: string[] } = { requests: [], tunnels: [] };
  const open = new Set<Duplex>();
  const server = createServer((incoming, response) => {
    const { host, hostname, port, pathname, search } = new URL(incoming.url ?? '');
    hosts.requests.push(host);
    const { method, headers } = incoming;
    const outgoing = request({ host: hostname, port, method, path: pathname + search, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  });
  server.on('connect', ({ url: host = '' }, socket, head) => {
    hosts.tunnels.push(host);
    const { hostname, port } = new URL(`http://${host}`);
    const far = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      far.write(head);
      far.pipe(socket).pipe(far);
    });
    far.on('error', () => socket.destroy());
    socket.on('error', () => far.destroy());
    open.add(socket);
  });
  const { url, close } = await listen(server);
  const count = (all: readonly string[], server: string) =>
    all.filter((host) => host === new URL(server).host).length;
  return {
    url,
    passed: (server) => ({ requests: count(hosts.requests, server), tunnels: count(hosts.tunnels, server) }),
    close: () => {
      for (const socket of open) socket.destroy();
      return close();
    },
  };
}
