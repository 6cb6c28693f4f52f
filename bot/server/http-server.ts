import { createServer, type RequestListener, type Server } from 'node:http';

// Node would look for requests that do not come only every 30 seconds.
const LIMITS = {
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
export function createHttpServer(serve: RequestListener): Server {
  const server = createServer(LIMITS, (request, response) => {
    if (response.socket === null) request.socket.destroy();
    else serve(request, response);
  });
  server.timeout = STILL_MS;
  server.maxRequestsPerSocket = MOST_REQUESTS;
  server.maxConnections = MOST_CONNECTIONS;
  server.on('drop', () => server.closeIdleConnections());
  return server;
}
