import { TokenError } from '../../auth/token-error.ts';
import { GraphError } from '../../graph/failure.ts';
import { problemOfGraph } from '../../graph/problems.ts';
import type { AdminTask, Problem, ProblemReply } from '../../say/cards/problem.ts';
import { answers, type Outcome } from '../../teams/outcome.ts';
import type { Access, Setting } from '../services.ts';

const BY_FAILURE = {
  interaction: 'signInFailed',
  conditionalAccess: 'conditionalAccess',
  notAllowed: 'notAllowed',
  expired: 'signInFailed',
  adminConsent: 'adminConsent',
  misconfigured: 'misconfigured',
  unavailable: 'unavailable',
} as const satisfies Record<TokenError['failure'], Problem>;

/** What a person reads when a remote said no: by status and code, never by message. Other errors are bugs, and thrown on. */
export function problemOf(error: unknown, mode: Access['mode']): Problem {
  // Nobody but an administrator can sign the app in.
  if (error instanceof TokenError) {
    const problem = BY_FAILURE[error.failure];
    return mode === 'application' && problem !== 'unavailable' ? 'misconfigured' : problem;
  }
  if (error instanceof GraphError) return problemOfGraph(error, mode);
  throw error;
}

const RETRYABLE: ReadonlySet<Problem> = new Set([
  'throttled',
  'unavailable',
  'timeout',
  'lost',
  'unexpected',
]);

/** True when the same request may well work a little later. */
export const isRetryable = (problem: Problem): boolean => RETRYABLE.has(problem);

/** The card for a problem. `retryId`: a parked request that *Try again* releases; `wait`: for so many milliseconds in vain. */
export function problemReply(
  problem: Problem,
  setting: Setting,
  retryId: string | null,
  wait: number | null = null,
): ProblemReply {
  const reference = setting.reference.slice(0, 8);
  const minutes = wait === null ? null : Math.ceil(wait / 60_000);
  const admin = adminTask(problem, setting);
  return { kind: 'problem', problem, reference, retryId, admin, ...(minutes !== null && { minutes }) };
}

/** The same as an answer beside the card that was clicked, which stays as it is. */
export function sayProblem(
  { problem, wait }: { problem: Problem; wait: number | null },
  setting: Setting,
): Outcome {
  return answers(problem, { kind: 'sentence', reply: problemReply(problem, setting, null, wait) });
}

function adminTask(problem: Problem, { services, owner }: Setting): AdminTask | null {
  switch (problem) {
    case 'adminConsent':
      return { kind: 'consent', url: services.signIn.adminUrl(owner.tenant) };
    case 'notAllowed':
      return { kind: 'assignment', appId: services.appId };
    case 'conditionalAccess':
      return { kind: 'conditionalAccess', appId: services.appId };
    case 'accessPolicy':
      return { kind: 'policy', appId: services.appId, user: owner.user };
    case 'notSetUp':
      return { kind: 'account' };
    case 'forbidden':
      return services.access.mode === 'application'
        ? { kind: 'appAccount', appId: services.appId, user: owner.user }
        : { kind: 'account' };
    default:
      return null;
  }
}
