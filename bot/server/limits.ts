import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';

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
export function createHttpServer(serve: RequestListener): Server {
  const server = createServer(TIMES, (request, response) => {
    if (response.socket === null) request.socket.destroy();
    else serve(request, response);
  });
  server.timeout = STILL_MS;
  server.maxRequestsPerSocket = MOST_REQUESTS;
  server.maxConnections = MOST_CONNECTIONS;
  server.on('drop', () => server.closeIdleConnections());
  return server;
}

/** Why a body was refused, as an HTTP status. */
export class BodyError extends Error {
  readonly status: 400 | 413 | 415;
  constructor(status: 400 | 413 | 415) {
    super(`body refused with ${status}`);
    this.name = 'BodyError';
    this.status = status;
  }
}

type BodyLimits = { bytes: number; depth: number };

/**
 * Reads a JSON object from a request. Takes no compressed bodies (19 KB inflate past any limit), stops reading at the
 * limit, and refuses nesting that would make everything after it slow. Throws BodyError.
 */
export async function readJson(request: IncomingMessage, limits: BodyLimits): Promise<object> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new BodyError(415);
  if (Number(request.headers['content-length'] ?? 0) > limits.bytes) throw new BodyError(413);
  const text = await readText(request, limits.bytes);
  if (isDeep(text, limits.depth)) throw new BodyError(400);
  return parseObject(text);
}

/** Listens instead of iterating, which takes twice as long. Nothing more is read after the limit, nor after an error. */
function readText(request: IncomingMessage, most: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= most) return;
      request.pause();
      reject(new BodyError(413));
    });
    request.on('error', reject);
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('close', () => reject(new BodyError(400)));
  });
}

function parseObject(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BodyError(400);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BodyError(400);
  return value;
}

/** Counts brackets outside strings, before anything is built from them. */
function isDeep(text: string, most: number): boolean {
  let depth = 0;
  let isString = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (isString) {
      if (code === 0x5c) i += 1;
      else if (code === 0x22) isString = false;
    } else if (code === 0x22) isString = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > most) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
}
