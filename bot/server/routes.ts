import type { Request, Response } from 'restify';
import { memo } from '../base/cache.ts';
import { say } from '../say/say.ts';
import { createAdmission } from './admission.ts';
import { end, readJson, refuse, sendAsset, sendJson, sendPage, sendText } from './http.ts';
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
} from './pages.ts';

/** The answer to an activity. */
export type MessageAnswer = { status: number; body?: object };

/** What the routes need of the rest of the bot. */
export type ServerOptions<Claims> = {
  /** Null: the request is refused with 401 and without a reason. Called before the body is read. */
  authenticate(authorization: string | undefined): Promise<Claims | null>;
  /** Takes the body of an authenticated request. */
  receive(claims: Claims, body: object): Promise<MessageAnswer>;
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
export type Route = {
  method: 'get' | 'head' | 'post';
  path: string;
  answer(request: Request, response: Response): Promise<void>;
};

const LIMITS = { bytes: 256 * 1024, depth: 64 };
const COOKIE_SECONDS = 600;
/** Locales in which a rendered page is cached. */
const MOST_LOCALES = 20;

/** Everything that Parley serves. */
export function routesOf<Claims>(options: ServerOptions<Claims>): readonly Route[] {
  return [
    { method: 'post', path: '/api/messages', answer: takeActivities(options) },
    ...healthRoutes(options),
    get('/auth/start', (...turn) => startConsent(...turn, options)),
    get('/auth/end', async (request, response) => {
      const page = options.pages.end(queryOf(request), readCookie(request, options.isSecure));
      sendPage(response, 200, endHtml(page, sayTo(request)));
    }),
    get('/auth/dialog', async (request, response) => {
      const id = /^[\w-]{1,100}$/.exec(queryOf(request).get('id') ?? '')?.[0] ?? '';
      sendPage(response, 200, dialogHtml(id, sayTo(request)), options.frameHosts);
    }),
    get('/calendar/*', (...turn) => sendCalendar(...turn, options)),
    ...publicPages(),
    ...assets(options),
  ];
}

const get = (path: string, answer: Route['answer']): Route => ({ method: 'get', path, answer });

/** Many health checks use HEAD. */
function healthRoutes<Claims>({ version, underway, isReady }: ServerOptions<Claims>): Route[] {
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
function assets<Claims>({ teamsJs }: ServerOptions<Claims>): Route[] {
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
function takeActivities<Claims>(options: ServerOptions<Claims>): Route['answer'] {
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
  else sendJson(response, answer.status, answer.body);
}

async function startConsent<Claims>(
  request: Request,
  response: Response,
  { pages, isSecure }: ServerOptions<Claims>,
): Promise<void> {
  const page = await pages.start(queryOf(request));
  if (page === null) return sendPage(response, 400, problemHtml(sayTo(request)));
  const secure = isSecure ? '; Secure' : '';
  response.setHeader(
    'Set-Cookie',
    `${cookieName(isSecure)}=${page.state}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${secure}`,
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
  if (opened.kind !== 'file')
    return sendPage(response, opened.kind === 'expired' ? 410 : 404, noCalendarHtml(sayTo(request)));
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Content-Disposition', 'attachment; filename="meeting.ics"');
  sendText(response, 200, 'text/calendar', opened.content);
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
