import { z } from 'zod';
import { claimsInChallenge } from '../base/claims-challenge.ts';
import { type Incoming, readJson, send, waitIn } from '../base/http-client.ts';
import { type Attempt, attempts } from './attempts.ts';
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
    const call = {
      method,
      url: `${baseUrl}/v1.0${path}`,
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: 'application/json',
        'client-request-id': correlationId,
        Prefer: 'include-unknown-enum-members',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(language !== undefined && { 'Accept-Language': language }),
      },
      body: body && JSON.stringify(body),
    };
    const isHarmless = method === 'GET' || path.endsWith('/createOrGet');
    const deadline = started + budgetMs;
    const made = await attempts((patience) => send({ ...call, patience }), { deadline, isHarmless });
    const milliseconds = Math.round(performance.now() - started);
    onCall?.({ reference: correlationId, method, milliseconds, ...summary(made) });
    return read(method, made.at(-1));
  };
}

function summary(made: readonly Attempt[]): Pick<GraphCall, 'status' | 'retries' | 'throttled'> {
  const statuses = made.map(({ answer }) => answer?.status ?? 0);
  return {
    status: statuses.at(-1) ?? 0,
    retries: statuses.length - 1,
    throttled: statuses.filter((status) => status === 429).length,
  };
}

function read(method: string, last: Attempt | undefined): GraphAnswer {
  if (!last?.answer) throw new GraphError(0, silenceOf(last?.silent), { cause: last?.silent });
  const { status, text } = last.answer;
  if (status < 200 || status >= 300) throw refusal(method, last.answer);
  return { status, body: readJson(text) };
}

const WireError = z.object({
  error: z.object({
    code: z.string().catch(''),
    innerError: z.object({ 'request-id': z.string() }).nullish().catch(null),
  }),
});

/** What Graph says of why not; a gateway before it may answer with a page, or with nothing. */
function refusal(method: string, { status, headers, text }: Incoming): GraphError {
  const said = WireError.safeParse(readJson(text)).data?.error;
  const requestId = said?.innerError?.['request-id'] ?? null;
  const claims = claimsInChallenge(headers['www-authenticate'] ?? null);
  return new GraphError(status, said?.code ?? '', {
    method,
    requestId,
    claims,
    wait: waitIn(headers['retry-after']),
  });
}
