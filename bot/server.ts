import type { AddressInfo } from 'node:net';
import { createServer as createRestify, type Request, type Response } from 'restify';
import { end } from './server/answers.ts';
import { BodyError } from './server/body.ts';
import { routesOf, type ServerOptions } from './server/routes.ts';

/** The server as the process has to do with it. */
export type Server = {
  listen(port: number, host: string): Promise<number>;
  /** From now on each answer is the last on its connection, so that whoever asks again comes to somebody else. */
  drain(): void;
  /** Takes no new connections, lets running requests finish, and resolves when the last is done. */
  close(): Promise<void>;
};

const REQUEST_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 5_000;
const KEEP_ALIVE_MS = 65_000;
const CLOSE_IDLE_MS = 50;

/** The HTTP side of Parley, and its only knowledge of restify. */
export function createServer<Claims>(options: ServerOptions<Claims>): Server {
  const server = createRestify({ name: 'parley', handleUncaughtExceptions: false });
  server.server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.server.maxRequestsPerSocket = 10_000;
  // restify would take every upgrade and then never answer: a socket that anybody could keep for ever.
  server.server.removeAllListeners('upgrade');

  let isDraining = false;
  server.pre((_request, response, next) => {
    if (isDraining) response.setHeader('Connection', 'close');
    next();
  });

  for (const { method, path, answer } of routesOf(options)) {
    server[method](path, async (request: Request, response: Response) => {
      try {
        await answer(request, response);
      } catch (error) {
        if (!(error instanceof BodyError)) options.onFault(error);
        if (response.headersSent) response.destroy();
        else end(response, error instanceof BodyError ? error.status : 500);
      }
    });
  }

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.removeListener('error', reject);
          server.on('error', options.onFault);
          resolve((server.server.address() as AddressInfo).port);
        });
      }),
    drain: () => {
      isDraining = true;
    },
    close: () =>
      new Promise((resolve) => {
        // A connection that is busy now would be kept for its next request when it becomes idle.
        const closing = setInterval(() => server.server.closeIdleConnections(), CLOSE_IDLE_MS);
        server.server.close(() => {
          clearInterval(closing);
          resolve();
        });
        server.server.closeIdleConnections();
      }),
  };
}
