import { TokenError } from '../../auth/token-error.ts';
import { GraphError } from '../../graph/client.ts';
import type { AdminTask, Problem, ProblemReply } from '../../say/cards/problem.ts';
import { answerWith, type Outcome } from '../../teams/outcome.ts';
import type { Access, TurnScope } from '../services.ts';

const BY_FAILURE = {
  interaction: 'signInFailed',
  conditionalAccess: 'conditionalAccess',
  notAllowed: 'notAllowed',
  expired: 'signInFailed',
  adminConsent: 'adminConsent',
  misconfigured: 'misconfigured',
  unavailable: 'unavailable',
} as const satisfies Record<TokenError['failure'], Problem>;

/** The problem that a person reads about when Entra or Graph has refused. Other errors are bugs and are rethrown. */
export function problemOf(error: unknown, mode: Access['mode']): Problem {
  // Only an administrator can do something about the app's own sign-in.
  if (error instanceof TokenError) {
    const problem = BY_FAILURE[error.failure];
    return mode === 'application' && problem !== 'unavailable' ? 'misconfigured' : problem;
  }
  if (error instanceof GraphError) return problemOfGraph(error, mode);
  throw error;
}

type Row = {
  /** One status, or the hundred it is in. */
  status: number | '4xx' | '5xx';
  /** Absent: the row holds for every code. Graph's code is often empty, so few rows have one. */
  code?: string;
  method?: 'POST' | 'PATCH';
  mode?: Access['mode'];
  problem: Problem;
};

/**
 * All refusals by Graph; the first row that fits counts. Graph's message is never used, because it may be empty, comes in
 * English only, and changes. Status 0 means no answer, or one that cannot be read.
 */
const BY_REFUSAL: readonly Row[] = [
  { status: 0, code: 'timeout', problem: 'timeout' },
  { status: 0, code: 'network', problem: 'unavailable' },
  { status: 0, problem: 'lost' },

  { status: 400, problem: 'badRequest' },

  // The calendar: a mailbox that Graph does not reach, and a role in Exchange that the app lacks.
  { status: 404, code: 'MailboxNotEnabledForRESTAPI', problem: 'noMailbox' },
  { status: 403, code: 'ErrorAccessDenied', mode: 'application', problem: 'calendarRole' },
  { status: 404, code: 'ErrorItemNotFound', problem: 'gone' },
  { status: 412, method: 'PATCH', problem: 'overtaken' },

  // A personal account has been seen with either status.
  { status: 401, code: 'AuthenticationError', problem: 'personalAccount' },
  { status: 403, code: 'AuthenticationError', problem: 'personalAccount' },

  // A new token was fetched for this call, and Graph refused that, too.
  { status: 401, mode: 'delegated', problem: 'signInFailed' },
  { status: 403, code: 'insufficient_claims', mode: 'delegated', problem: 'signInFailed' },
  { status: 401, mode: 'application', problem: 'misconfigured' },
  { status: 403, code: 'insufficient_claims', mode: 'application', problem: 'misconfigured' },

  // The app lacks the access policy or the permission; a person lacks the licence or may not schedule meetings.
  { status: 403, mode: 'application', problem: 'accessPolicy' },
  { status: 403, mode: 'delegated', problem: 'forbidden' },

  // A 404 to a POST is about the person: Graph does not know them as somebody who can have meetings.
  { status: 404, method: 'POST', mode: 'delegated', problem: 'notSetUp' },
  { status: 404, method: 'POST', mode: 'application', problem: 'forbidden' },
  { status: 404, problem: 'gone' },
  { status: 408, problem: 'timeout' },
  { status: 409, problem: 'unavailable' },
  { status: 412, problem: 'badRequest' },
  { status: 429, problem: 'throttled' },
  { status: '4xx', problem: 'unexpected' },

  { status: 501, problem: 'badRequest' },
  { status: 504, problem: 'timeout' },
  { status: '5xx', problem: 'unavailable' },
];

/** The problem for a refusal by Graph. If no row fits, it is `unexpected`. */
function problemOfGraph({ status, code, method }: GraphError, mode: Access['mode']): Problem {
  const hundred = `${Math.floor(status / 100)}xx`;
  const row = BY_REFUSAL.find(
    (candidate) =>
      (candidate.status === status || candidate.status === hundred) &&
      (candidate.code === undefined || candidate.code === code) &&
      (candidate.method === undefined || candidate.method === method) &&
      (candidate.mode === undefined || candidate.mode === mode),
  );
  return row?.problem ?? 'unexpected';
}

const RETRYABLE: ReadonlySet<Problem> = new Set([
  'throttled',
  'unavailable',
  'timeout',
  'lost',
  'unexpected',
]);

/** Whether the same request may well work a little later. */
export const isRetryable = (problem: Problem): boolean => RETRYABLE.has(problem);

/**
 * The card for a problem. `retryId`: the parked request that *Try again* releases. `wait`: how long trying again cannot help,
 * in milliseconds.
 */
export function problemReply(
  problem: Problem,
  scope: TurnScope,
  retryId: string | null,
  wait: number | null = null,
): ProblemReply {
  const reference = scope.reference.slice(0, 8);
  const minutes = wait === null ? null : Math.ceil(wait / 60_000);
  const admin = adminTask(problem, scope);
  return { kind: 'problem', problem, reference, retryId, admin, ...(minutes !== null && { minutes }) };
}

/** The card for a refusal after which a new event was cancelled. */
export function undoneReply(
  error: GraphError | TokenError,
  undone: NonNullable<ProblemReply['undone']>,
  scope: TurnScope,
): ProblemReply {
  const problem = problemOf(error, scope.services.access.mode);
  return { ...problemReply(problem, scope, null), undone };
}

/** Says a problem beside the card that was clicked, which stays as it is. */
export function sayProblem(
  { problem, wait = null }: { problem: Problem; wait?: number | null },
  scope: TurnScope,
): Outcome {
  return answerWith(problem, { kind: 'sentence', reply: problemReply(problem, scope, null, wait) });
}

/** The problems about which an administrator can do something. */
const ADMIN_TASKS: Partial<Record<Problem, AdminTask['kind']>> = {
  adminConsent: 'consent',
  notAllowed: 'assignment',
  conditionalAccess: 'conditionalAccess',
  accessPolicy: 'policy',
  calendarRole: 'calendarRole',
  notSetUp: 'account',
  forbidden: 'account',
};

function adminTask(problem: Problem, { services, owner }: TurnScope): AdminTask | null {
  const isOfApp = problem === 'forbidden' && services.access.mode === 'application';
  const kind = isOfApp ? 'appAccount' : ADMIN_TASKS[problem];
  if (kind === undefined) return null;
  return { kind, appId: services.appId, user: owner.user, url: services.signIn.adminUrl(owner.tenant) };
}
