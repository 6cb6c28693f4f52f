import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What stands before several replicas. */
type Balancer = {
  url: string;
  /** The next request goes to this one, those after it to the next ones. Resolves when it is known to be ready. */
  turnTo(target: number): Promise<void>;
  /** Every request goes to this one, until it is null. */
  pin(target: number | null): void;
  close(): Promise<void>;
};

/** Where a load balancer in the cloud asks every few seconds. */
const PROBE_MS = 250;
/** Longer than a bot waits for its store. */
const PROBE_PATIENCE_MS = 6_000;

/** One request to each that is ready, in turn. Where nobody listens the next is asked; what breaks later is a 502. */
export async function startRoundRobin(ports: readonly number[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: false });
  let turn = 0;
  let pinned: number | null = null;
  const isReady = ports.map(() => true);
  const probe = async (port: number, i: number) => {
    isReady[i] = (await statusOf(`http://127.0.0.1:${port}/readyz`)) === 200;
  };
  const probing = ports.map((port, i) => keepProbing(() => probe(port, i)));
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
    turnTo: async (target) => {
      while (!isReady[target]) await wait(PROBE_MS);
      turn = target;
    },
    pin: (target) => {
      pinned = target;
    },
    close: () =>
      new Promise((resolve) => {
        for (const { stop } of probing) stop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Probes every `PROBE_MS`, and not before the last probe has its answer: probes that pile up before a store that hangs would
 * be hundreds of connections, and those would be measured as the bot's.
 */
function keepProbing(probe: () => Promise<void>): { stop(): void } {
  let isStopped = false;
  const run = async () => {
    while (!isStopped) {
      await probe();
      await wait(PROBE_MS, undefined, { ref: false });
    }
  };
  void run();
  return {
    stop: () => {
      isStopped = true;
    },
  };
}

/** The status of an answer that was read to its end; null where none came. */
async function statusOf(url: string): Promise<number | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PROBE_PATIENCE_MS) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return null;
  }
}
