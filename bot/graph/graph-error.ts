/** `method`: of the request that was refused. */
type Details = {
  method?: string;
  requestId?: string | null;
  claims?: string | null;
  wait?: number | null;
  cause?: unknown;
};

/** Graph refused a request, or did not answer. Never carries a body, which may quote what somebody typed. */
export class GraphError extends Error {
  /** HTTP status; 0 when no answer came, or none that can be read. */
  readonly status: number;
  /** Graph's code, which may be empty; with status 0 one of ours. */
  readonly code: string;
  readonly method: string | null;
  readonly requestId: string | null;
  /** The claims that the next token must have, as JSON; null where Graph demanded none. */
  readonly claims: string | null;
  /** How long to wait before the next request, in milliseconds; null where Graph did not say. */
  readonly wait: number | null;
  constructor(status: number, code: string, { method, requestId, claims, wait, cause }: Details = {}) {
    super(`Graph answered ${status} ${code}`, { cause });
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
    this.method = method ?? null;
    this.requestId = requestId ?? null;
    this.claims = claims ?? null;
    this.wait = wait ?? null;
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
