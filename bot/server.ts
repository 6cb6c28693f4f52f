import { createServer as createNodeServer, type Server as NodeServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createRestify, type Request, type Response } from 'restify';
import { BodyError, end, secure } from './server/http.ts';
import { routesOf, type ServerOptions } from './server/routes.ts';

/** The server as the process has to do with it. */
export type Server = {
  listen(port: number, host: string): Promise<number>;
  /** From now on each answer closes its connection, so that the client's next request goes to another replica. */
  drain(): void;
  /** Takes no new connections, lets running requests finish, and resolves when the last is done. */
  close(): Promise<void>;
};

const CLOSE_IDLE_MS = 50;

/** The HTTP side of Parley, and its only knowledge of restify. */
export function createServer<Claims>(options: ServerOptions<Claims>): Server {
  const router = createRestify({ name: 'parley', handleUncaughtExceptions: false });
  let isDraining = false;
  // restify takes no server of one's own, so it never listens, and is handed each request.
  const server = createHttpServer((request, response) => {
    secure(response, options.isSecure);
    if (isDraining) response.setHeader('Connection', 'close');
    router.server.emit('request', request, response);
  });
  // Its own answer, which follows where this does not end it, would repeat the path.
  router.on('restifyError', (_request, response, error) => end(response, error.statusCode));

  for (const { method, path, answer } of routesOf(options)) {
    router[method](path, async (request: Request, response: Response) => {
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
          resolve((server.address() as AddressInfo).port);
        });
      }),
    drain: () => {
      isDraining = true;
    },
    close: () =>
      new Promise((resolve) => {
        // A connection that is busy now would be kept for its next request when it becomes idle.
        const closing = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_MS);
        server.close(() => {
          clearInterval(closing);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

// Node would look for requests that do not come only every 30 seconds.
const TIMES = {
  requestTimeout: 10_000,
  headersTimeout: 5_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
} as const;
/** Longer than any turn keeps its request waiting, and a socket that stands still ends. */
const STILL_MS = 30_000;
/** A connection takes some 20 KB, and at most 64 KB more of what it sends. */
const MOST_CONNECTIONS = 2_000;
const MOST_REQUESTS = 10_000;

/**
 * Node's HTTP server with limits on what strangers can make it hold. It serves one request at a time on a connection:
 * a second one that comes before the first is answered closes it, as Node would begin a thousand of them and keep every
 * answer until somebody reads it. Where there are as many connections as it takes, those that are idle give way.
 */
export function createHttpServer(serve: RequestListener): NodeServer {
  const server = createNodeServer(TIMES, (request, response) => {
    if (response.socket === null) request.socket.destroy();
    else serve(request, response);
  });
  server.timeout = STILL_MS;
  server.maxRequestsPerSocket = MOST_REQUESTS;
  server.maxConnections = MOST_CONNECTIONS;
  server.on('drop', () => server.closeIdleConnections());
  return server;
}
