import { TokenError } from '../auth/token-error.ts';
import { GraphError } from '../graph/client.ts';
import type { Problem, Reply } from '../reply.ts';
import type { Setting } from './services.ts';

const BY_STATUS: Readonly<Record<number, Problem>> = {
  400: 'badRequest',
  403: 'forbidden',
  404: 'gone',
  408: 'timeout',
  429: 'throttled',
  500: 'unavailable',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};
const BY_FAILURE = {
  interaction: 'signInFailed',
  expired: 'signInFailed',
  adminConsent: 'adminConsent',
  misconfigured: 'misconfigured',
  unavailable: 'unavailable',
} as const satisfies Record<TokenError['failure'], Problem>;

/** What a person reads when a remote said no: by status and code, never by message. Other errors are bugs, and thrown on. */
export function problemOf(error: unknown): Problem {
  if (error instanceof TokenError) return BY_FAILURE[error.failure];
  if (!(error instanceof GraphError)) throw error;
  if (error.status === 0) return error.code === 'timeout' ? 'timeout' : 'unavailable';
  if (error.code === 'AuthenticationError') return 'personalAccount';
  return BY_STATUS[error.status] ?? 'unexpected';
}

const RETRYABLE: ReadonlySet<Problem> = new Set(['throttled', 'unavailable', 'timeout', 'unexpected']);

/** True when the same request may well work a little later. */
export const isRetryable = (problem: Problem): boolean => RETRYABLE.has(problem);

/** The card for a problem. `retryId`: a parked request that *Try again* releases. */
export function problemReply(problem: Problem, setting: Setting, retryId: string | null): Reply {
  return {
    kind: 'problem',
    problem,
    reference: setting.reference.slice(0, 8),
    retryId,
    adminUrl: problem === 'adminConsent' ? setting.services.signIn.adminUrl(setting.owner.tenant) : null,
  };
}
