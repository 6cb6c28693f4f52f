import {
  Client,
  type Context,
  type Middleware,
  RetryHandler,
  RetryHandlerOptions,
  GraphError as SdkError,
} from '@microsoft/microsoft-graph-client';
import { claimsInChallenge } from '../claims.ts';
import { type Incoming, send } from '../outgoing.ts';
import { GraphError, silenceOf } from './failure.ts';

export type GraphRequest = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below /v1.0, with ids already encoded. */
  path: string;
  body?: object;
  token: string;
  /** Correlates one turn with Graph's own logs. */
  correlationId: string;
  language?: string;
};

/** `body` is undefined where Graph sent none. */
export type GraphAnswer = { status: number; body: unknown };

export type GraphClient = (request: GraphRequest) => Promise<GraphAnswer>;

export type GraphClientOptions = {
  baseUrl: string;
  /** Time for one call with all its retries, in milliseconds. */
  budgetMs: number;
  /** Told after each call how it went. */
  onCall?(call: GraphCall): void;
};

/** How a call went, for the operator. `status` is that of the last answer, 0 when none came. */
export type GraphCall = {
  reference: string;
  method: GraphRequest['method'];
  status: number;
  milliseconds: number;
  retries: number;
  /** Answers that asked to slow down (429). */
  throttled: number;
};

const MAX_RETRIES = 2;
const RETRY_DELAY_SECONDS = 1;

/**
 * One Graph call with a deadline, correlation and retries on 429, 503 and 504. A wait that Graph asks for is waited
 * only if it fits into the budget. Where the connection breaks or Graph speaks of a conflict, the call is made once
 * more at once: a second meeting, of which nobody has the link, does no harm. Throws GraphError. Tokens are arguments
 * and go to the configured host only.
 */
export function createGraphClient({ baseUrl, budgetMs, onCall }: GraphClientOptions): GraphClient {
  return async ({ method, path, body, token, correlationId, language }) => {
    const started = performance.now();
    const deadline = started + budgetMs;
    const trace: Trace = { statuses: [], silent: null, challenge: null };
    const middleware = chain(deadline, trace);
    const client = Client.initWithMiddleware({ baseUrl, defaultVersion: 'v1.0', middleware });
    const request = client
      .api(path)
      .headers({
        Authorization: `Bearer ${token}`,
        'client-request-id': correlationId,
        Prefer: 'include-unknown-enum-members',
        ...(language === undefined ? {} : { 'Accept-Language': language }),
      })
      .middlewareOptions([new RetryHandlerOptions(RETRY_DELAY_SECONDS, MAX_RETRIES, fitsInto(deadline))]);
    try {
      const answer: unknown = await request[SEND[method]](body);
      return { status: trace.statuses.at(-1) ?? 0, body: answer };
    } catch (error) {
      throw toGraphError(error, trace);
    } finally {
      const milliseconds = Math.round(performance.now() - started);
      onCall?.({ reference: correlationId, method, milliseconds, ...summary(trace.statuses) });
    }
  };
}

const SEND = { GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const;

/** What became of the attempts: the status of each, 0 where no answer came; why the last one was silent; its challenge. */
type Trace = { statuses: number[]; silent: unknown; challenge: string | null };

function chain(deadline: number, trace: Trace): Middleware {
  const retry = new RetryHandler();
  const attemptOnce = async (context: Context) => {
    try {
      context.response = await attempt(context, deadline);
      trace.statuses.push(context.response.status);
      trace.challenge = context.response.headers.get('WWW-Authenticate');
    } catch (error) {
      trace.statuses.push(0);
      trace.silent = error;
      throw error;
    }
  };
  retry.setNext({
    execute: async (context) => {
      const isSettled = await attemptOnce(context).then(
        () => context.response?.status !== 409,
        (error: unknown) => {
          if (silenceOf(error) === 'timeout') throw error;
          return false;
        },
      );
      if (!isSettled) await attemptOnce(context);
    },
  });
  return retry;
}

/** In place of the SDK's own last handler, which is a fetch. */
async function attempt({ request, options }: Context, deadline: number): Promise<Response> {
  const { status, headers, text } = await send({
    method: options?.method ?? 'GET',
    url: String(request),
    headers: options?.headers as Record<string, string>,
    body: options?.body as string | undefined,
    patience: Math.max(0, deadline - performance.now()),
  });
  return toResponse({ status, headers, text });
}

/** As much of a Response as the SDK reads: building and reading a whole one takes longer than the call itself. */
function toResponse({ status, headers, text }: Incoming): Response {
  const response = {
    status,
    ok: status >= 200 && status < 300,
    headers: { get: (name: string) => headers[name.toLowerCase()] ?? null },
    body: text,
    text: async () => text,
    json: async () => JSON.parse(text),
  };
  return response as unknown as Response;
}

function summary(statuses: readonly number[]): Pick<GraphCall, 'status' | 'retries' | 'throttled'> {
  return {
    status: statuses.at(-1) ?? 0,
    retries: Math.max(0, statuses.length - 1),
    throttled: statuses.filter((status) => status === 429).length,
  };
}

function fitsInto(deadline: number) {
  return (_delay: number, attempt: number, _request: unknown, _options: unknown, response: Response) => {
    const asked = Number(response.headers.get('Retry-After') ?? RETRY_DELAY_SECONDS + attempt);
    return Number.isFinite(asked) && performance.now() + (asked + 1) * 1_000 < deadline;
  };
}

function toGraphError(error: unknown, { silent, challenge }: Trace): GraphError {
  if (error instanceof SdkError && error.statusCode > 0) {
    const { statusCode, code, requestId } = error;
    const claims = claimsInChallenge(challenge);
    return new GraphError(statusCode, code ?? '', { requestId, claims, cause: error });
  }
  return new GraphError(0, silenceOf(silent ?? error), { cause: error });
}
