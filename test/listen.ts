import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Listening = { url: string; port: number; close(): Promise<void> };

/** Listens on this machine by http until closed; connections that are open then are cut. */
export async function listen(
  server: Pick<Server, 'listen' | 'address' | 'close' | 'closeAllConnections'>,
): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, port, close };
}
