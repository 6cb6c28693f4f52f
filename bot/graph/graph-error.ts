/** `method`: of the request that was refused. */
type Details = {
  method?: string;
  requestId?: string | null;
  claims?: string | null;
  wait?: number | null;
  cause?: unknown;
};

/** Graph said no, or nothing. Never carries a body: messages are not for people, and may hold what somebody typed. */
export class GraphError extends Error {
  /** HTTP status; 0 when no answer came, or none that can be read. */
  readonly status: number;
  /** Graph's code, which may be empty; with status 0 one of ours. */
  readonly code: string;
  readonly method: string | null;
  readonly requestId: string | null;
  /** What Entra must see before the next try, as JSON; null where Graph did not say. */
  readonly claims: string | null;
  /** How long Graph wants to be left alone, in milliseconds; null where it did not say. */
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

/** Why there is no answer: it took too long, nobody was reached, or the connection broke and anything may have happened. */
export type Silence = 'timeout' | 'network' | 'lost';

const UNREACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Tells by the names and codes of an error and its causes what kind of silence it is. */
export function silenceOf(error: unknown): Silence {
  const words = wordsOf(error, 3);
  if (words.some((word) => word === 'TimeoutError' || word === 'AbortError')) return 'timeout';
  return words.some((word) => UNREACHED.has(word)) ? 'network' : 'lost';
}

function wordsOf(error: unknown, depth: number): string[] {
  if (!(error instanceof Error) || depth === 0) return [];
  const { code, cause } = error as Error & { code?: unknown };
  return [error.name, String(code), ...wordsOf(cause, depth - 1)];
}
