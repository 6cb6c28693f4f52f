import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFaults, type Fault, type Faults } from '../sandbox/faults.ts';
import { pour } from '../sandbox/pour.ts';

/** A way to the storage on which things can go wrong. */
export type StoreProxy = {
  port: number;
  /** What goes wrong between the bot and its storage; the service is called `store`. */
  faults: Faults;
  /** How many requests came; those of readiness probes do not count. */
  count(): number;
  close(): Promise<void>;
};

/** What `check` asks for. */
const PROBE = /RowKey='check'/;

/** A query goes on behind its empty pages in this partition, at the row that is the number of those that were read. */
const BEHIND_EMPTY = 'behind-empty';

/**
 * Stands before a storage on this port and does to requests what the faults say. Each query first gets so many pages that
 * are empty and go on, as Azure answers a query where the range that it searches is on another server.
 */
export async function startProxy(target: number, emptyPages = 0): Promise<StoreProxy> {
  const faults = createFaults();
  const agent = new Agent({ keepAlive: true });
  let requests = 0;

  const forward = (incoming: IncomingMessage, answer: (response: IncomingMessage | null) => void) => {
    const { method, headers } = incoming;
    const path = withoutOwnKeys(incoming.url ?? '');
    const outgoing = request({ agent, host: '127.0.0.1', port: target, method, path, headers }, answer);
    outgoing.on('error', () => answer(null));
    incoming.pipe(outgoing);
  };
  const pass = (incoming: IncomingMessage, response: ServerResponse) =>
    forward(incoming, (answer) => {
      if (answer === null) return void response.destroy();
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
  const fail = (fault: Fault, incoming: IncomingMessage, response: ServerResponse) => {
    switch (fault.kind) {
      case 'status':
        incoming.resume();
        return void response.writeHead(fault.status, { 'Content-Type': 'application/json' }).end('{}');
      case 'slow':
        return void setTimeout(() => pass(incoming, response), fault.ms);
      case 'hang':
        return void incoming.resume();
      case 'flood':
      case 'trickle':
        incoming.resume();
        return void pour(response, fault);
      case 'drop':
        if (fault.when === 'before') return void response.destroy();
        return forward(incoming, (answer) => {
          answer?.resume();
          response.destroy();
        });
      default:
        return fault satisfies never;
    }
  };
  const query = (incoming: IncomingMessage, response: ServerResponse) => {
    const read = emptyPagesRead(incoming);
    if (read === null || read >= emptyPages) return pass(incoming, response);
    incoming.resume();
    response.setHeader('x-ms-continuation-NextPartitionKey', BEHIND_EMPTY);
    response.setHeader('x-ms-continuation-NextRowKey', String(read + 1));
    response.setHeader('Content-Type', 'application/json');
    response.end('{"value":[]}');
  };
  const server = createServer((incoming, response) => {
    const path = decodeURIComponent(incoming.url ?? '');
    if (!PROBE.test(path)) requests += 1;
    const fault = faults.take({ service: 'store', method: incoming.method ?? '', path });
    if (fault === null) query(incoming, response);
    else fail(fault, incoming, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    faults,
    count: () => requests,
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** How many empty pages the sender of a query has read; null where this is no query, or goes on in rows of the storage. */
function emptyPagesRead({ method, url = '' }: IncomingMessage): number | null {
  const { pathname, searchParams } = new URL(url, 'http://storage');
  if (method !== 'GET' || !pathname.endsWith('()')) return null;
  const partition = searchParams.get('NextPartitionKey');
  if (partition === null) return 0;
  return partition === BEHIND_EMPTY ? Number(searchParams.get('NextRowKey')) : null;
}

/** The address without where it goes on, if that is behind the empty pages: the storage begins there. */
const withoutOwnKeys = (url: string): string =>
  url.includes(`NextPartitionKey=${BEHIND_EMPTY}`) ? url.replace(/&?Next(Partition|Row)Key=[^&]*/g, '') : url;
