import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Tls } from '../../deploy/sandbox/serve.ts';

/** What ends TLS before a bot, by its number: Teams takes no address without a dot. */
export type HttpsFront = { url: string; close(): Promise<void> };

/** Passes requests on to the origin that `target` names; 503 where it names none. */
export async function openHttpsFront(tls: Tls, target: () => Promise<string | null>): Promise<HttpsFront> {
  const server = createServer({ key: tls.key, cert: tls.cert }, async (incoming, outgoing) => {
    const origin = await target().catch(() => null);
    if (origin === null) outgoing.writeHead(503).end();
    else passOn(incoming, outgoing, origin);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, origin: string): void {
  const { method = 'GET', headers, url = '/' } = incoming;
  const onward = request(new URL(url, origin), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
