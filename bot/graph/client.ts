import * as z from 'zod';
import { type Incoming, readJson, readRetryAfter, send } from '../base/http-client.ts';
import { readClaimsChallenge } from '../base/openid.ts';
import { backoff, retry } from '../base/retry.ts';
import type { GraphEvent } from '../telemetry/events.ts';

/** Graph refused a request, or did not answer. Never carries a body, which may quote what somebody typed. */
export class GraphError extends Error {
  /** HTTP status; 0 when no answer came, or none that can be read. */
  readonly status: number;
  /** Graph's code, which may be empty; with status 0 one of ours. */
  readonly code: string;
  /** Of the request that was refused. */
  readonly method: string | null;
  /** The claims that the next token must have, as JSON; null where Graph demanded none. */
  readonly claims: string | null;
  /** How long to wait before the next request, in milliseconds; null where Graph did not say. */
  readonly wait: number | null;
  constructor(
    status: number,
    code: string,
    { method = null, claims = null, wait = null, cause }: Partial<GraphError> = {},
  ) {
    super(`Graph answered ${status} ${code}`, { cause });
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
    this.method = method;
    this.claims = claims;
    this.wait = wait;
  }
}

/** Why there is no answer: it took too long, the server was not reached, or the connection broke after the request may have been processed. */
export type Silence = 'timeout' | 'network' | 'lost';

const UNREACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Decides by the error with which `send` has rejected why there is no answer. */
export function nameSilence(error: unknown): Silence {
  if (!(error instanceof Error)) return 'lost';
  if (error.name === 'TimeoutError') return 'timeout';
  return 'code' in error && UNREACHED.has(String(error.code)) ? 'network' : 'lost';
}

/** One call, as the person whose token it carries. */
export type GraphRequest = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below /v1.0, with ids already encoded. */
  path: string;
  body?: object;
  token: string;
  /** Correlates one turn with Graph's own logs. */
  correlationId: string;
  language?: string;
  /** What is preferred of the answer, besides values that are newer than the client. */
  prefer?: readonly string[];
  /** The version that is to be changed: a newer one is refused with status 412. */
  etag?: string;
};

/** `body` is undefined where Graph sent none. */
export type GraphAnswer = { status: number; body: unknown };

/** Sends one call, again where that may help. Throws GraphError for every answer that is no success, and for none. */
export type GraphClient = (request: GraphRequest) => Promise<GraphAnswer>;

type GraphClientOptions = {
  baseUrl: string;
  /** Time for one call with all its retries, in milliseconds. */
  budgetMs: number;
  /** Told after each call how it went. */
  onCall?(event: GraphEvent): void;
};

const MOST_WAITS = 2;
/** An answer takes about so long: a wait that leaves it no time is not begun. */
const ANSWER_MS = 1_000;
/** Graph is throttling, or busy: it says how long. */
const BUSY: ReadonlySet<number> = new Set([429, 503, 504]);

/**
 * Calls Graph with a deadline, a correlation id and retries. Where Graph is busy (429, 503, 504), a pause is made only if
 * it ends before the deadline. Where the connection breaks or the meeting is locked, the call is repeated once, at once:
 * a second meeting, of which nobody has the link, does no harm, and calendar events bear a key or a version against repetition.
 * Reading and rooms are also repeated after an error inside
 * Graph. Throws GraphError. Tokens are arguments and go to the configured host only.
 */
export function createGraphClient({ baseUrl, budgetMs, onCall }: GraphClientOptions): GraphClient {
  return async (request) => {
    const { method, path, correlationId } = request;
    const started = performance.now();
    const deadline = started + budgetMs;
    const call = toCall(baseUrl, request);
    const isHarmless = method === 'GET' || path.endsWith('/createOrGet');
    const statuses: number[] = [];
    let repeats = 0;
    const attempt = () => ask(call, deadline, (status) => statuses.push(status));
    const answer = retry(attempt, (error, retries) => {
      if (!(error instanceof GraphError)) return null;
      if (isWorthAnother(error, isHarmless)) return repeats++ === 0 ? 0 : null;
      if (!BUSY.has(error.status) || retries - repeats >= MOST_WAITS) return null;
      const wait = error.wait ?? backoff(retries - repeats);
      return performance.now() + wait + ANSWER_MS >= deadline ? null : wait;
    });
    return answer.finally(() => {
      const milliseconds = Math.round(performance.now() - started);
      onCall?.({ reference: correlationId, method, milliseconds, ...summarize(statuses) });
    });
  };
}

type Call = { method: GraphRequest['method']; url: string; headers: Record<string, string>; body?: string };

const SAYS_ALL = 'include-unknown-enum-members';

function toCall(baseUrl: string, request: GraphRequest): Call {
  const { method, path, body, token, correlationId, language, prefer = [], etag } = request;
  return {
    method,
    url: `${baseUrl}/v1.0${path}`,
    headers: {
      Authorization: `Bearer ${token}`,
      Accept: 'application/json',
      'client-request-id': correlationId,
      Prefer: [SAYS_ALL, ...prefer].join(', '),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(language !== undefined && { 'Accept-Language': language }),
      ...(etag && { 'If-Match': etag }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

/** One attempt. Throws GraphError; `onStatus` is told the status in any case, 0 where no answer came. */
async function ask(call: Call, deadline: number, onStatus: (status: number) => void): Promise<GraphAnswer> {
  const patience = Math.max(0, deadline - performance.now());
  const answer = await send({ ...call, patience }).catch((cause: unknown) => {
    onStatus(0);
    throw new GraphError(0, nameSilence(cause), { cause });
  });
  const { status, text } = answer;
  onStatus(status);
  if (status < 200 || status >= 300) throw toGraphError(call.method, answer);
  return { status, body: readJson(text) };
}

/** Graph's code for an event that was made before, by the same key. */
export const DUPLICATE = 'ErrorDuplicateTransactionId';

const isWorthAnother = ({ status, code }: GraphError, isHarmless: boolean): boolean =>
  status === 0
    ? code !== 'timeout'
    : (status === 409 && code !== DUPLICATE) || (isHarmless && [500, 502].includes(status));

function summarize(statuses: readonly number[]): Pick<GraphEvent, 'status' | 'retries' | 'throttled'> {
  return {
    status: statuses.at(-1) ?? 0,
    retries: statuses.length - 1,
    throttled: statuses.filter((status) => status === 429).length,
  };
}

const WireError = z.object({ error: z.object({ code: z.string() }) });

/** The error that Graph's answer describes; a gateway before Graph may answer with a page, or with nothing. */
function toGraphError(method: string, { status, headers, text }: Incoming): GraphError {
  return new GraphError(status, WireError.safeParse(readJson(text)).data?.error.code ?? '', {
    method,
    claims: readClaimsChallenge(headers['www-authenticate'] ?? null),
    wait: readRetryAfter(headers['retry-after']),
  });
}

/** On whose behalf, under which correlation id, and in which language Graph words the invitation (BCP 47). */
export type Caller = {
  token: string;
  /** Whose meetings: `/me` with a person's token, `/users/{object id}` with the app's own. */
  home: string;
  correlationId: string;
  language?: string;
  /** Gets another token, where that needs no person. Called once, when Graph refuses this one with 401. */
  another?(): Promise<string>;
};

/** A request below what belongs to the caller. */
export type OwnRequest = Pick<GraphRequest, 'method' | 'path' | 'body' | 'prefer' | 'etag'>;

/** Calls Graph in a caller's name, below `root` of what belongs to them. Throws GraphError. */
export function callAs(client: GraphClient, root: string) {
  return async ({ home, another, ...caller }: Caller, request: OwnRequest): Promise<GraphAnswer> => {
    const whole = { ...request, ...caller, path: `${home}${root}${request.path}` };
    try {
      return await client(whole);
    } catch (error) {
      if (!isAnswered(error, 401) || !another) throw error;
      return client({ ...whole, token: await another() });
    }
  };
}

/** What was read of an answer. Throws GraphError where it cannot be read. */
export function readAnswer<T>({ body }: GraphAnswer, read: (body: unknown) => T): T {
  try {
    return read(body);
  } catch (error) {
    throw new GraphError(0, 'unreadable', { cause: error });
  }
}

/** Null where Graph answers with one of these statuses. */
export const orNull = <T>(call: Promise<T>, ...statuses: number[]): Promise<T | null> =>
  call.catch((error: unknown) => {
    if (isAnswered(error, ...statuses)) return null;
    throw error;
  });

/** Whether Graph has answered with one of these statuses. */
export const isAnswered = (error: unknown, ...statuses: number[]): error is GraphError =>
  error instanceof GraphError && statuses.includes(error.status);
