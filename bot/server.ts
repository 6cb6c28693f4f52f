import type { AddressInfo } from 'node:net';
import { createServer as createRestify, type Request, type Response } from 'restify';
import { memo } from './base/cache.ts';
import { say } from './say/say.ts';
import {
  BodyError,
  createAdmission,
  createHttpServer,
  end,
  readJson,
  refuse,
  sendAsset,
  sendJson,
  sendPage,
  sendText,
  setSecurityHeaders,
} from './server/http.ts';
import {
  DIALOG_SCRIPT,
  dialogHtml,
  END_SCRIPT,
  type EndPage,
  endHtml,
  noCalendarHtml,
  PAGE_STYLE,
  PUBLIC_PAGES,
  problemHtml,
} from './server/pages.ts';

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
export function createServer(options: ServerOptions): Server {
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

/** The answer to an activity. */
export type MessageAnswer = { status: number; body?: object };

/** What the routes need of the rest of the bot. */
export type ServerOptions = {
  /**
   * Called before the body is read; resolves with what takes the body. Null: the request is refused with 401 and without a
   * reason.
   */
  authenticate(authorization: string | undefined): Promise<((body: object) => Promise<MessageAnswer>) | null>;
  pages: {
    /** Where the browser goes, and what its cookie keeps; null for an organization that Parley does not serve. */
    start(query: URLSearchParams): Promise<{ to: string; state: string } | null>;
    /** `state`: the state that the browser got at the start, from its cookie. */
    end(query: URLSearchParams, state: string | null): EndPage;
  };
  /** Opens the token in the address of a calendar file. */
  openCalendar(token: string): { kind: 'file'; content: string } | { kind: 'expired' | 'unknown' };
  /** The TeamsJS library, served to the pages that speak with Teams. */
  teamsJs: string;
  /** Sources, as a content policy writes them, of the pages that may frame the page of a dialog: Teams' clients. */
  frameHosts: readonly string[];
  /** The package's version, reported by /healthz. */
  version: string;
  isSecure: boolean;
  isReady(): Promise<boolean>;
  /** How many turns are running, reported by /healthz: the bot may still change a card after its last answer. */
  underway(): number;
  /** Reports an activity that was sent back, because it could not have been answered in time. */
  onOverload(): void;
  /** Reports an error that is no fault of the client's. */
  onFault(error: unknown): void;
};

/** One address and its handler, which rejects with BodyError for an invalid body. */
type Route = {
  method: 'get' | 'head' | 'post';
  path: string;
  answer(request: Request, response: Response): Promise<void>;
};

const COOKIE_SECONDS = 600;
/** Locales in which a rendered page is cached. */
const MOST_LOCALES = 20;

/** Everything that Parley serves. */
function routesOf(options: ServerOptions): readonly Route[] {
  return [
    { method: 'post', path: '/api/messages', answer: takeActivities(options) },
    ...healthRoutes(options),
    get('/auth/start', startConsent(options)),
    get('/auth/end', async (request, response) => {
      const page = options.pages.end(queryOf(request), readCookie(request, options.isSecure));
      sendPage(response, 200, endHtml(page, sayTo(request)));
    }),
    get('/auth/dialog', async (request, response) => {
      const id = /^[\w-]{1,100}$/.exec(queryOf(request).get('id') ?? '')?.[0] ?? '';
      sendPage(response, 200, dialogHtml(id, sayTo(request)), options.frameHosts);
    }),
    get('/calendar/*', sendCalendar(options)),
    ...publicPages(),
    ...assets(options),
  ];
}

const get = (path: string, answer: Route['answer']): Route => ({ method: 'get', path, answer });

/** Many health checks use HEAD. */
function healthRoutes({ version, underway, isReady }: ServerOptions): Route[] {
  const healthz: Route['answer'] = async (_request, response) =>
    sendJson(response, 200, { status: 'alive', version, underway: underway() });
  const readyz: Route['answer'] = async (_request, response) => {
    const isReadyNow = await isReady();
    sendJson(response, isReadyNow ? 200 : 503, { status: isReadyNow ? 'ready' : 'not ready' });
  };
  return (['get', 'head'] as const).flatMap((method) => [
    { method, path: '/healthz', answer: healthz },
    { method, path: '/readyz', answer: readyz },
  ]);
}

function publicPages(): Route[] {
  return Object.entries(PUBLIC_PAGES).map(([path, text]) => {
    const inLanguage = memo(MOST_LOCALES, (locale) => Buffer.from(text(say(locale))));
    return get(path, async (request, response) => sendPage(response, 200, inLanguage(sayTo(request).locale)));
  });
}

/** What pages load. */
function assets({ teamsJs }: ServerOptions): Route[] {
  const texts = {
    'teams.js': teamsJs,
    'end.js': END_SCRIPT,
    'dialog.js': DIALOG_SCRIPT,
    'page.css': PAGE_STYLE,
  };
  return Object.entries(texts).map(([name, text]) => {
    const content = Buffer.from(text);
    const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
    return get(`/auth/${name}`, async (_request, response) => sendAsset(response, type, content));
  });
}

/** Takes activities as long as they can be answered in time; Teams delivers again what gets a 503. */
function takeActivities(options: ServerOptions): Route['answer'] {
  const admission = createAdmission(() => performance.now());
  return (request, response) => {
    if (admission.isFull()) {
      options.onOverload();
      refuse(response, 503);
      return Promise.resolve();
    }
    const answered = postMessage(request, response, options);
    admission.count(answered);
    return answered;
  };
}

async function postMessage(request: Request, response: Response, { authenticate }: ServerOptions) {
  if (request.headers['content-encoding'] !== undefined) return refuse(response, 415);
  const receive = await authenticate(request.headers.authorization);
  if (receive === null) return refuse(response, 401);
  const body = await readJson(request).catch((error: unknown) => {
    response.setHeader('Connection', 'close');
    throw error;
  });
  const answer = await receive(body);
  if (answer.body === undefined) end(response, answer.status);
  else sendJson(response, answer.status, answer.body);
}

function startConsent({ pages, isSecure }: ServerOptions): Route['answer'] {
  const attributes = `Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  return async (request, response) => {
    const page = await pages.start(queryOf(request));
    if (page === null) return sendPage(response, 400, problemHtml(sayTo(request)));
    response.setHeader('Set-Cookie', `${cookieName(isSecure)}=${page.state}; ${attributes}`);
    response.setHeader('Location', page.to);
    response.setHeader('Cache-Control', 'no-store');
    end(response, 302);
  };
}

/** The path holds everything; restify's own parameters end at 100 characters. */
function sendCalendar({ openCalendar }: ServerOptions): Route['answer'] {
  return async (request, response) => {
    const token = /^\/calendar\/([\w-]{1,2000})$/.exec(request.url ?? '')?.[1] ?? '';
    const opened = openCalendar(token);
    if (opened.kind !== 'file')
      return sendPage(response, opened.kind === 'expired' ? 410 : 404, noCalendarHtml(sayTo(request)));
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Content-Disposition', 'attachment; filename="meeting.ics"');
    sendText(response, 200, 'text/calendar', opened.content);
  };
}

/** The language that the reader's browser prefers, of those that Parley speaks. */
const sayTo = (request: Request) => say(/^[\w-]*/.exec(request.headers['accept-language'] ?? '')?.[0] ?? '');

const queryOf = (request: Request) => new URL(request.url ?? '/', 'http://localhost').searchParams;

/** Browsers accept a cookie with this prefix only by https and from the host itself. The sandbox has no https. */
const cookieName = (isSecure: boolean) => (isSecure ? '__Host-parley-state' : 'parley-state');

function readCookie(request: Request, isSecure: boolean): string | null {
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  const name = `${cookieName(isSecure)}=`;
  const state = cookies.find((cookie) => cookie.startsWith(name))?.slice(name.length) ?? '';
  return /^[\w.-]+$/.test(state) ? state : null;
}
