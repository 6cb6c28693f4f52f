import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { listen } from '../listen.ts';

/** A proxy as companies have them, on loopback. */
export type Proxy = {
  url: string;
  /** How many requests went to this server by their own path, and how many tunnels were opened to it. */
  passed(server: string): { requests: number; tunnels: number };
  close(): Promise<void>;
};

/** Passes on what is asked of it in full, and opens tunnels. */
export async function startProxy(): Promise<Proxy> {
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
