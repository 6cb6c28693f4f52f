import { randomUUID } from 'node:crypto';
import type { Answer } from '../serve.ts';

/** The names that OAuth has for refusals, and the AADSTS numbers that come with each; any other is an invalid request. */
const NAMES: readonly (readonly [name: string, codes: readonly number[]])[] = [
  ['interaction_required', [50076]],
  ['invalid_grant', [50013, 50034, 50053, 50057, 50105, 50133, 50173, 70043, 65001, 500131, 500133, 7000114]],
  ['access_denied', [53003, 65004, 90094]],
  ['invalid_client', [650053, 700024, 700027, 700211, 700212, 700213, 7000215, 7000218]],
  ['unsupported_grant_type', [70003]],
  ['invalid_scope', [70011]],
  ['invalid_tenant', [90002]],
  ['invalid_resource', [500011]],
  ['unauthorized_client', [700016]],
  ['unsupported_response_type', [700054]],
];
/** The client has not proved who it is. */
const UNPROVED = [700024, 700027, 700211, 700212, 700213, 7000215, 7000218];
const WRONG_METHOD = 900561;
const SUBERRORS: Readonly<Record<number, string>> = { 50076: 'basic_action', 65001: 'consent_required' };

/** A refusal by its AADSTS number; clients decide by the number, never by the text. */
export class AadError extends Error {
  readonly code: number;
  /** JSON of the claims to ask for, where a step-up helps. */
  readonly claims: string | undefined;
  constructor(code: number, message: string, claims?: string) {
    super(message);
    this.name = 'AadError';
    this.code = code;
    this.claims = claims;
  }
  /** OAuth's name for it. */
  get error(): string {
    return NAMES.find(([, codes]) => codes.includes(this.code))?.[0] ?? 'invalid_request';
  }
}

/** The body and status with which the token endpoint refuses. */
export function errorAnswer(error: AadError, correlationId: string | undefined, now: number): Answer {
  const suberror = SUBERRORS[error.code];
  const trace = { correlation_id: correlationId ?? randomUUID(), trace_id: randomUUID() };
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const lines = [`Trace ID: ${trace.trace_id}`, `Correlation ID: ${trace.correlation_id}`];
  const body = {
    error: error.error,
    error_description: `AADSTS${error.code}: ${error.message} ${lines.join(' ')} Timestamp: ${timestamp}`,
    error_codes: [error.code],
    timestamp,
    ...trace,
    error_uri: `https://login.microsoftonline.com/error?code=${error.code}`,
    ...(suberror ? { suberror } : {}),
    ...(error.claims ? { claims: error.claims } : {}),
  };
  return { status: statusOf(error.code), body, headers: { 'Cache-Control': 'no-store', Pragma: 'no-cache' } };
}

function statusOf(code: number): number {
  if (code === WRONG_METHOD) return 405;
  return UNPROVED.includes(code) ? 401 : 400;
}
