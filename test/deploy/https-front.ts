import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { relay } from '../../deploy/sandbox/page/http.ts';
import type { Tls } from '../../deploy/sandbox/serve.ts';

/** What ends TLS before a bot, by its number: Teams takes no address without a dot. */
export type HttpsFront = { url: string; close(): Promise<void> };

/** Passes requests on to the origin that `target` names; 502 where it names none. */
export async function openHttpsFront(tls: Tls, target: () => Promise<string | null>): Promise<HttpsFront> {
  const server = createServer({ key: tls.key, cert: tls.cert }, async (incoming, outgoing) => {
    relay(incoming, outgoing, await target().catch(() => null));
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
