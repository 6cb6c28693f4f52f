import { createServer } from 'node:https';
import { relay } from '../../deploy/sandbox/page/http.ts';
import type { Tls } from '../../deploy/sandbox/serve.ts';
import { listen } from '../listen.ts';

/** What ends TLS before a bot, by its number: Teams takes no address without a dot. */
export type HttpsFront = { url: string; close(): Promise<void> };

/** Passes requests on to the origin that `target` names; 502 where it names none. */
export async function openHttpsFront(tls: Tls, target: () => Promise<string | null>): Promise<HttpsFront> {
  const server = createServer({ key: tls.key, cert: tls.cert }, async (incoming, outgoing) => {
    relay(incoming, outgoing, await target().catch(() => null));
  });
  const { port, close } = await listen(server);
  return { url: `https://127.0.0.1:${port}`, close };
}
