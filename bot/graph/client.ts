import { Client, GraphError as SdkError } from '@microsoft/microsoft-graph-client';
import { claimsInChallenge } from '../claims.ts';
import { attempts, newTrace, retriesUntil, type Trace } from './attempts.ts';
import { GraphError, silenceOf } from './failure.ts';

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

/**
 * One Graph call with a deadline, correlation and retries on 429, 503 and 504. A wait that Graph asks for is waited
 * only if it fits into the budget. Where the connection breaks or Graph speaks of a conflict, the call is made once
 * more at once: a second meeting, of which nobody has the link, does no harm. So are reading and rooms where Graph
 * breaks inside. Throws GraphError. Tokens are arguments and go to the configured host only.
 */
export function createGraphClient({ baseUrl, budgetMs, onCall }: GraphClientOptions): GraphClient {
  return async ({ method, path, body, token, correlationId, language }) => {
    const started = performance.now();
    const deadline = started + budgetMs;
    const trace = newTrace();
    const middleware = attempts(deadline, trace);
    const client = Client.initWithMiddleware({ baseUrl, defaultVersion: 'v1.0', middleware });
    const request = client
      .api(path)
      .headers({
        Authorization: `Bearer ${token}`,
        'client-request-id': correlationId,
        Prefer: 'include-unknown-enum-members',
        ...(language === undefined ? {} : { 'Accept-Language': language }),
      })
      .middlewareOptions([retriesUntil(deadline)]);
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

function summary(statuses: readonly number[]): Pick<GraphCall, 'status' | 'retries' | 'throttled'> {
  return {
    status: statuses.at(-1) ?? 0,
    retries: Math.max(0, statuses.length - 1),
    throttled: statuses.filter((status) => status === 429).length,
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
