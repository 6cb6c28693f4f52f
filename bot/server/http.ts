import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Response } from 'restify';

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

const MOST_BYTES = 256 * 1024;
const MOST_DEPTH = 64;

/**
 * Reads a JSON object from a request. Takes no compressed bodies (19 KB inflate past any limit), stops reading at the
 * limit, and refuses nesting that would make everything after it slow. Throws BodyError.
 */
export async function readJson(request: IncomingMessage): Promise<object> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new BodyError(415);
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) throw new BodyError(413);
  const text = await readText(request);
  if (isDeep(text)) throw new BodyError(400);
  return parseObject(text);
}

/** Uses events, because iterating takes twice as long. Nothing is read beyond the limit or after an error. */
function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= MOST_BYTES) return;
      request.pause();
      reject(new BodyError(413));
    });
    request.on('error', reject);
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('close', () => {
      if (!request.complete) reject(new BodyError(400));
    });
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

/** Whether brackets outside strings nest too deep; counted before the text is parsed. */
function isDeep(text: string): boolean {
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
      if (depth > MOST_DEPTH) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
}

/** Sets the headers of every answer. `isSecure`: the server is reached by https, and browsers use nothing else for a year. */
export function setSecurityHeaders(response: ServerResponse, isSecure: boolean): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (isSecure) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
}

/** Sends an answer without a body. */
export function end(response: Response, status: number): void {
  response.writeHead(status);
  response.end();
}

/** Sends an answer without a reason and closes the connection, so that nothing more of the request is read. */
export function refuse(response: Response, status: number): void {
  response.setHeader('Connection', 'close');
  end(response, status);
}

/**
 * Sends text of this media type, in UTF-8. Content that is the same for everyone is passed as a buffer: it is in memory
 * once, however many clients do not read their answer.
 */
export function sendText(response: Response, status: number, type: string, content: string | Buffer): void {
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.setHeader('Content-Length', Buffer.byteLength(content));
  response.writeHead(status);
  response.end(content);
}

/** Sends JSON. */
export function sendJson(response: Response, status: number, body: object): void {
  sendText(response, status, 'application/json', JSON.stringify(body));
}

const contentPolicy = (frameHosts: readonly string[]) =>
  [
    "default-src 'none'; script-src 'self'; style-src 'self'",
    // These do not follow the default.
    `frame-ancestors ${frameHosts.join(' ') || "'none'"}; base-uri 'none'; form-action 'none'`,
  ].join('; ');

/** Sends a page, which loads nothing from other hosts and is not cached. `frameHosts`: who may show it in a frame. */
export function sendPage(
  response: Response,
  status: number,
  content: string | Buffer,
  frameHosts: readonly string[] = [],
): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Content-Security-Policy', contentPolicy(frameHosts));
  sendText(response, status, 'text/html', content);
}

/** Sends a script or a style sheet, which browsers cache for an hour. */
export function sendAsset(response: Response, type: string, content: Buffer): void {
  response.setHeader('Cache-Control', 'public, max-age=3600');
  sendText(response, 200, type, content);
}

/** Decides whether one more request of Teams can be answered in time. */
type Admission = {
  /** Whether it cannot: Teams should deliver it again, here or to another replica. */
  isFull(): boolean;
  /** Counts a request until the promise is settled. */
  count(answered: Promise<unknown>): void;
};

/** Teams delivers again after 15 s, and waits no longer for what it has delivered. */
const LONGEST_MS = 10_000;
/** So many may always wait. */
const FEW = 64;
/** How long is counted how many are answered. */
const WINDOW_MS = 2_000;

/**
 * How long a new request would wait is how many wait now, divided by how many are answered in a time. It is counted while
 * more than a few wait, so that many who come at once are not taken for too many. `now` is in milliseconds.
 */
export function createAdmission(now: () => number): Admission {
  let waiting = 0;
  let window = { since: now(), answered: 0 };
  /** Answered in a millisecond, in the window before; null where few waited. */
  let rate: number | null = null;

  function look(): void {
    const passed = now() - window.since;
    // Where nobody has been answered yet, as after a burst while Graph is slow, nothing is known of how fast it goes.
    const least = window.answered === 0 ? LONGEST_MS : WINDOW_MS;
    if (waiting >= FEW && passed < least) return;
    rate = waiting < FEW ? null : window.answered / passed;
    window = { since: now(), answered: 0 };
  }

  return {
    isFull: () => {
      look();
      return rate !== null && waiting > rate * LONGEST_MS;
    },
    count: (answered) => {
      waiting += 1;
      const end = () => {
        waiting -= 1;
        window.answered += 1;
        look();
      };
      answered.then(end, end);
    },
  };
}
