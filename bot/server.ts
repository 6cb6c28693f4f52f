import { createServer as createNodeServer, type Server as NodeServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createRestify, type Request, type Response } from 'restify';
import { BodyError, end, setSecurityHeaders } from './server/http.ts';
import { routesOf, type ServerOptions } from './server/routes.ts';

/** The running server. */
export type Server = {
  listen(port: number, host: string): Promise<number>;
  /** Closes the connection after each answer from now on, so that the client's next request goes to another replica. */
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
    setSecurityHeaders(response, options.isSecure);
    if (isDraining) response.setHeader('Connection', 'close');
    router.server.emit('request', request, response);
  });
  // restify's own error page would repeat the path.
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
        // A connection that is busy now becomes idle later, and would be kept open for its next request.
        const closing = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_MS);
        server.close(() => {
          clearInterval(closing);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

// By default Node looks for overdue requests only every 30 seconds.
const TIMES = {
  requestTimeout: 10_000,
  headersTimeout: 5_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
} as const;
/** An idle socket is closed after this time, which is longer than any turn takes to answer. */
const STILL_MS = 30_000;
/** A connection takes some 20 KB, and at most 64 KB more of what it sends. */
const MOST_CONNECTIONS = 2_000;
const MOST_REQUESTS = 10_000;

/**
 * Node's HTTP server with limits on what strangers can make it hold. A connection serves one request at a time: a second
 * request before the first is answered closes the connection, because Node would start thousands of them and buffer every
 * answer. When the limit of connections is reached, idle ones are closed.
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
