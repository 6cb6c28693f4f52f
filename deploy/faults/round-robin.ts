import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands before several replicas. */
type Balancer = {
  url: string;
  /** The next request goes to this one, those after it to the next ones. */
  turnTo(target: number): void;
  /** Every request goes to this one, until it is null. */
  pin(target: number | null): void;
  close(): Promise<void>;
};

/** Where a load balancer in the cloud asks every few seconds. */
const PROBE_MS = 250;

/** One request to each that is ready, in turn. Where nobody listens the next is asked; what breaks later is a 502. */
export async function startRoundRobin(ports: readonly number[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: false });
  let turn = 0;
  let pinned: number | null = null;
  const isReady = ports.map(() => true);
  const probe = async (port: number, i: number) => {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    isReady[i] = answer?.status === 200;
  };
  const probing = setInterval(() => ports.forEach((port, i) => void probe(port, i)), PROBE_MS);
  const next = (): number => {
    const inTurn = ports.map((_, i) => (turn + i) % ports.length);
    const chosen = inTurn.find((i) => isReady[i]) ?? turn % ports.length;
    turn = chosen + 1;
    return chosen;
  };

  function forward(body: Buffer, incoming: IncomingMessage, response: ServerResponse, tries: number): void {
    const { method, url: path, headers } = incoming;
    const port = ports[pinned ?? next()];
    const outgoing = request({ agent, host: '127.0.0.1', port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' && tries > 1) forward(body, incoming, response, tries - 1);
      else if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    });
    outgoing.end(body);
  }

  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    forward(body, incoming, response, ports.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    turnTo: (target) => {
      turn = target;
    },
    pin: (target) => {
      pinned = target;
    },
    close: () =>
      new Promise((resolve) => {
        clearInterval(probing);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
