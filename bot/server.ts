import type { AddressInfo } from 'node:net';
import { createServer as createRestify, type Request, type Response } from 'restify';
import type { ConsentPages } from './auth/pages.ts';
import { BodyError, readJson } from './server/body.ts';
import { END_SCRIPT, endHtml, noCalendarHtml, PAGE_STYLE, problemHtml } from './server/html.ts';
import { PUBLIC_PAGES } from './server/public-pages.ts';

/** What a message endpoint answers. */
export type MessageAnswer = { status: number; body?: object };

export type ServerOptions<Claims> = {
  /** Null: refused, with 401 and no reason. Called before the body is read. */
  authenticate(authorization: string | undefined): Promise<Claims | null>;
  /** A body that came from somebody who is allowed to send one. */
  receive(claims: Claims, body: object): Promise<MessageAnswer>;
  pages: ConsentPages;
  /** What the sealed part of a calendar file's address leads to. */
  openCalendar(token: string): { kind: 'file'; content: string } | { kind: 'expired' | 'unknown' };
  /** The TeamsJS library, served to the consent page. */
  teamsJs: string;
  /** Of the package, told by /healthz. */
  version: string;
  isSecure: boolean;
  isReady(): Promise<boolean>;
  /** How many turns it is at work on, told by /healthz: after its last answer a bot may still change a card. */
  underway(): number;
  /** Something went wrong that is nobody's request. */
  onFault(error: unknown): void;
};

export type Server = {
  listen(port: number, host: string): Promise<number>;
  /** From now on each answer is the last on its connection, so that whoever asks again comes to somebody else. */
  drain(): void;
  /** Takes no new connections, lets running requests finish, and resolves when the last is done. */
  close(): Promise<void>;
};

const LIMITS = { bytes: 256 * 1024, depth: 64 };
const REQUEST_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 5_000;
const KEEP_ALIVE_MS = 65_000;
const CLOSE_IDLE_MS = 50;
const COOKIE_SECONDS = 600;

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

  const route = (handler: (request: Request, response: Response) => Promise<void>) => {
    return async (request: Request, response: Response): Promise<void> => {
      try {
        await handler(request, response);
      } catch (error) {
        if (!(error instanceof BodyError)) options.onFault(error);
        if (!response.headersSent) end(response, error instanceof BodyError ? error.status : 500);
        else response.destroy();
      }
    };
  };

  server.post(
    '/api/messages',
    route((request, response) => postMessage(request, response, options)),
  );
  const healthz = route(async (_request, response) =>
    json(response, 200, { status: 'alive', version: options.version, underway: options.underway() }),
  );
  const readyz = route(async (_request, response) => {
    const isReady = await options.isReady();
    json(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready' });
  });
  // Many who watch a host only want to know whether it answers.
  for (const ask of ['get', 'head'] as const) {
    server[ask]('/healthz', healthz);
    server[ask]('/readyz', readyz);
  }
  server.get(
    '/auth/start',
    route((request, response) => startConsent(request, response, options)),
  );
  server.get(
    '/auth/end',
    route(async (request, response) => {
      const page = options.pages.end(queryOf(request), readCookie(request));
      if (page.kind === 'end') html(response, 200, endHtml(page));
    }),
  );
  server.get(
    '/calendar/*',
    route(async (request, response) => sendCalendar(request, response, options)),
  );
  for (const [path, content] of Object.entries(PUBLIC_PAGES)) {
    server.get(
      path,
      route(async (_request, response) => html(response, 200, content)),
    );
  }
  const assets = { 'teams.js': options.teamsJs, 'end.js': END_SCRIPT, 'page.css': PAGE_STYLE };
  for (const [name, content] of Object.entries(assets)) {
    const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
    server.get(
      `/auth/${name}`,
      route(async (_request, response) => asset(response, type, content)),
    );
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

async function postMessage<Claims>(
  request: Request,
  response: Response,
  options: ServerOptions<Claims>,
): Promise<void> {
  if (request.headers['content-encoding'] !== undefined) return refuse(response, 415);
  const claims = await options.authenticate(request.headers.authorization);
  if (claims === null) return refuse(response, 401);
  const body = await readJson(request, LIMITS).catch((error: unknown) => {
    response.setHeader('Connection', 'close');
    throw error;
  });
  const answer = await options.receive(claims, body);
  if (answer.body === undefined) end(response, answer.status);
  else json(response, answer.status, answer.body);
}

/** An answer without a reason, after which nothing more of the request is read. */
function refuse(response: Response, status: number): void {
  response.setHeader('Connection', 'close');
  end(response, status);
}

async function startConsent<Claims>(
  request: Request,
  response: Response,
  { pages, isSecure }: ServerOptions<Claims>,
): Promise<void> {
  const page = await pages.start(queryOf(request));
  if (page.kind !== 'redirect') return html(response, 400, problemHtml());
  const secure = isSecure ? '; Secure' : '';
  response.setHeader(
    'Set-Cookie',
    `parley-state=${page.state}; Path=/auth; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${secure}`,
  );
  response.setHeader('Location', page.to);
  response.setHeader('Cache-Control', 'no-store');
  end(response, 302);
}

/** The path holds everything; restify's own parameters end at 100 characters. */
async function sendCalendar<Claims>(
  request: Request,
  response: Response,
  { openCalendar }: ServerOptions<Claims>,
): Promise<void> {
  const token = /^\/calendar\/([\w-]{1,2000})$/.exec(request.url ?? '')?.[1] ?? '';
  const opened = openCalendar(token);
  if (opened.kind !== 'file') return html(response, opened.kind === 'expired' ? 410 : 404, noCalendarHtml());
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Content-Disposition', 'attachment; filename="meeting.ics"');
  write(response, 200, 'text/calendar', opened.content);
}

const queryOf = (request: Request) => new URL(request.url ?? '/', 'http://localhost').searchParams;

function readCookie(request: Request): string | null {
  return /(?:^|;\s*)parley-state=([\w.-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? null;
}

function end(response: Response, status: number): void {
  response.writeHead(status);
  response.end();
}

function write(response: Response, status: number, type: string, content: string): void {
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.writeHead(status);
  response.end(content);
}

function json(response: Response, status: number, body: object): void {
  write(response, status, 'application/json', JSON.stringify(body));
}

function html(response: Response, status: number, content: string): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Content-Security-Policy', "default-src 'none'; script-src 'self'; style-src 'self'");
  write(response, status, 'text/html', content);
}

function asset(response: Response, type: string, content: string): void {
  response.setHeader('Cache-Control', 'public, max-age=3600');
  write(response, 200, type, content);
}
