import {
  Client,
  type Context,
  type Middleware,
  RetryHandler,
  RetryHandlerOptions,
  GraphError as SdkError,
} from '@microsoft/microsoft-graph-client';
import { send } from '../outgoing.ts';

/** Graph said no, or nothing. Never carries a body: messages are not for people, and may hold what somebody typed. */
export class GraphError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Graph's code, which may be empty; `timeout`, `network` or `unreadable` are ours. */
  readonly code: string;
  readonly requestId: string | null;
  constructor(status: number, code: string, requestId: string | null, cause?: unknown) {
    super(`Graph answered ${status} ${code}`, { cause });
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

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
 * only if it fits into the budget. Throws GraphError. Tokens are arguments and go to the configured host only.
 */
export function createGraphClient({ baseUrl, budgetMs, onCall }: GraphClientOptions): GraphClient {
  return async ({ method, path, body, token, correlationId, language }) => {
    const started = performance.now();
    const deadline = started + budgetMs;
    const statuses: number[] = [];
    const middleware = chain(deadline, (status) => statuses.push(status));
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
      return { status: statuses.at(-1) ?? 0, body: answer };
    } catch (error) {
      throw toGraphError(error);
    } finally {
      const milliseconds = Math.round(performance.now() - started);
      onCall?.({ reference: correlationId, method, milliseconds, ...summary(statuses) });
    }
  };
}

const SEND = { GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const;

/** Retries around the request itself; `onAnswer` is told the status of each attempt, 0 where no answer came. */
function chain(deadline: number, onAnswer: (status: number) => void): Middleware {
  const retry = new RetryHandler();
  retry.setNext({
    execute: async (context) => {
      context.response = await attempt(context, deadline).catch((error: unknown) => {
        onAnswer(0);
        throw error;
      });
      onAnswer(context.response.status);
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
  const { 'content-type': type, 'retry-after': wait } = headers;
  return new Response(text || null, {
    status,
    headers: { ...(type !== undefined && { 'Content-Type': type }), ...(wait && { 'Retry-After': wait }) },
  });
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

function toGraphError(error: unknown): GraphError {
  if (error instanceof SdkError && error.statusCode > 0) {
    return new GraphError(error.statusCode, error.code ?? '', error.requestId, error);
  }
  const cause = error instanceof SdkError ? error.code : error instanceof Error ? error.name : '';
  const isTimeout = cause === 'TimeoutError' || cause === 'AbortError';
  return new GraphError(0, isTimeout ? 'timeout' : 'network', null, error);
}
