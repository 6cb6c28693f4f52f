import type { Problem } from '../say/cards/problem.ts';

/** In whose name Graph was called. */
export type GraphMode = 'delegated' | 'application';

type Refusal = { status: number; code: string; method: string | null };
type Row = {
  /** One status, or the hundred it is in. */
  status: number | '4xx' | '5xx';
  /** Left out: any. Graph's code is often empty, so only exceptions ask for one. */
  code?: string;
  method?: 'POST';
  mode?: GraphMode;
  problem: Problem;
};

/**
 * Every refusal, by status, code, method and mode; the first row that fits counts. Never by message: it may be empty, comes in
 * English only, and changes. Status 0 is ours: no answer, or none that can be read.
 */
const TABLE: readonly Row[] = [
  { status: 0, code: 'timeout', problem: 'timeout' },
  { status: 0, code: 'network', problem: 'unavailable' },
  { status: 0, problem: 'lost' },

  { status: 400, problem: 'badRequest' },

  // A personal account has been seen with either status.
  { status: 401, code: 'AuthenticationError', problem: 'personalAccount' },
  { status: 403, code: 'AuthenticationError', problem: 'personalAccount' },

  // The person was signed in anew for it, or the app got a new token, and still.
  { status: 401, mode: 'delegated', problem: 'signInFailed' },
  { status: 403, code: 'insufficient_claims', mode: 'delegated', problem: 'signInFailed' },
  { status: 401, mode: 'application', problem: 'misconfigured' },
  { status: 403, code: 'insufficient_claims', mode: 'application', problem: 'misconfigured' },

  // As itself the app lacks the policy or the permission; a person lacks the licence or may not schedule meetings.
  { status: 403, mode: 'application', problem: 'accessPolicy' },
  { status: 403, mode: 'delegated', problem: 'forbidden' },

  // A meeting that was to be made cannot be gone: it is the person whom Graph does not know as one who has meetings.
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

/** What a person reads after this refusal. Total: what no row knows is unexpected. */
export function problemOfGraph({ status, code, method }: Refusal, mode: GraphMode): Problem {
  const hundred = `${Math.floor(status / 100)}xx`;
  const row = TABLE.find(
    (candidate) =>
      (candidate.status === status || candidate.status === hundred) &&
      (candidate.code === undefined || candidate.code === code) &&
      (candidate.method === undefined || candidate.method === method) &&
      (candidate.mode === undefined || candidate.mode === mode),
  );
  return row?.problem ?? 'unexpected';
}
