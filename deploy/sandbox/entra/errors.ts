import { randomUUID } from 'node:crypto';
import type { Answer } from '../serve.ts';

type Kind = { error: string; status: number; suberror?: string };

const KINDS: Record<number, Kind> = {
  16000: { error: 'interaction_required', status: 400 },
  28000: { error: 'invalid_request', status: 400 },
  28003: { error: 'invalid_request', status: 400 },
  50011: { error: 'invalid_request', status: 400 },
  50013: { error: 'invalid_grant', status: 400 },
  50034: { error: 'invalid_grant', status: 400 },
  50053: { error: 'invalid_grant', status: 400 },
  50057: { error: 'invalid_grant', status: 400 },
  50105: { error: 'invalid_grant', status: 400 },
  50133: { error: 'invalid_grant', status: 400 },
  50173: { error: 'invalid_grant', status: 400 },
  70043: { error: 'invalid_grant', status: 400 },
  50020: { error: 'invalid_request', status: 400 },
  50076: { error: 'interaction_required', status: 400, suberror: 'basic_action' },
  50194: { error: 'invalid_request', status: 400 },
  53003: { error: 'access_denied', status: 400 },
  54005: { error: 'invalid_grant', status: 400 },
  65001: { error: 'invalid_grant', status: 400, suberror: 'consent_required' },
  65004: { error: 'access_denied', status: 400 },
  70002: { error: 'invalid_client', status: 401 },
  70003: { error: 'unsupported_grant_type', status: 400 },
  70008: { error: 'invalid_grant', status: 400 },
  70011: { error: 'invalid_scope', status: 400 },
  90002: { error: 'invalid_tenant', status: 400 },
  90014: { error: 'invalid_request', status: 400 },
  90023: { error: 'invalid_request', status: 400 },
  90094: { error: 'access_denied', status: 400 },
  500011: { error: 'invalid_resource', status: 400 },
  500112: { error: 'invalid_grant', status: 400 },
  500131: { error: 'invalid_grant', status: 400 },
  500133: { error: 'invalid_grant', status: 400 },
  501481: { error: 'invalid_grant', status: 400 },
  650053: { error: 'invalid_client', status: 400 },
  700016: { error: 'unauthorized_client', status: 400 },
  700024: { error: 'invalid_client', status: 401 },
  700027: { error: 'invalid_client', status: 401 },
  700054: { error: 'unsupported_response_type', status: 400 },
  700211: { error: 'invalid_client', status: 401 },
  700212: { error: 'invalid_client', status: 401 },
  700213: { error: 'invalid_client', status: 401 },
  900144: { error: 'invalid_request', status: 400 },
  900561: { error: 'invalid_request', status: 405 },
  7000114: { error: 'invalid_grant', status: 400 },
  7000215: { error: 'invalid_client', status: 401 },
  7000218: { error: 'invalid_client', status: 401 },
};

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
    return kindOf(this.code).error;
  }
}

/** The body and status with which the token endpoint refuses. */
export function errorAnswer(error: AadError, correlationId: string | undefined, now: number): Answer {
  const { error: name, status, suberror } = kindOf(error.code);
  const trace = { correlation_id: correlationId ?? randomUUID(), trace_id: randomUUID() };
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const lines = [`Trace ID: ${trace.trace_id}`, `Correlation ID: ${trace.correlation_id}`];
  const body = {
    error: name,
    error_description: `AADSTS${error.code}: ${error.message} ${lines.join(' ')} Timestamp: ${timestamp}`,
    error_codes: [error.code],
    timestamp,
    ...trace,
    error_uri: `https://login.microsoftonline.com/error?code=${error.code}`,
    ...(suberror ? { suberror } : {}),
    ...(error.claims ? { claims: error.claims } : {}),
  };
  return { status, body, headers: { 'Cache-Control': 'no-store', Pragma: 'no-cache' } };
}

function kindOf(code: number): Kind {
  return KINDS[code] ?? { error: 'invalid_request', status: 400 };
}
