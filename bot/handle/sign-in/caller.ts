import { GraphError } from '../../graph/failure.ts';
import type { Caller } from '../../graph/online-meetings.ts';
import type { Problem } from '../../say/cards/problem.ts';
import { problemOf } from '../cards/problem.ts';
import type { Step } from '../cards/step.ts';
import type { Setting } from '../services.ts';
import { tokenAtHand } from './signed-out.ts';

/**
 * Does it with this person's way to Graph. When Graph or Entra says no, they sign in again or are told what the
 * problem is, and how long Graph wants to be left alone (milliseconds); other errors are bugs, and thrown on.
 */
export async function withCaller(
  setting: Setting,
  work: (caller: Caller) => Promise<Step>,
  tell: (problem: Problem, wait: number | null) => Promise<Step> | Step,
): Promise<Step> {
  try {
    const caller = await callerOf(setting);
    return caller === null ? { kind: 'token' } : await work(caller);
  } catch (error) {
    const { services, owner } = setting;
    if (services.access.mode === 'delegated' && error instanceof GraphError && isAnotherTokenNeeded(error)) {
      const { tokens } = services.access;
      // Perhaps it can be had without a word; if not, Entra says so when it is asked for the next token.
      if (error.claims === null) tokens.drop(owner);
      else tokens.demand(owner, error.claims);
      return { kind: 'token', ...(error.claims !== null && { claims: error.claims }) };
    }
    return tell(problemOf(error, services.access.mode), error instanceof GraphError ? error.wait : null);
  }
}

/** A personal account stays one, however often it signs in. */
const isAnotherTokenNeeded = ({ status, code, claims }: GraphError) =>
  claims !== null || code === 'insufficient_claims' || (status === 401 && code !== 'AuthenticationError');

/** Null: the person has to sign in first. */
async function callerOf(setting: Setting): Promise<Caller | null> {
  const { services, owner, reference } = setting;
  const { access } = services;
  const correlationId = reference;
  if (access.mode === 'delegated') {
    const token = await tokenAtHand(access.tokens, setting);
    return token === null ? null : { token, home: '/me', correlationId };
  }
  const token = await access.tokens.token(owner.tenant);
  const another = () => access.tokens.replace(owner.tenant, token);
  return { token, home: `/users/${encodeURIComponent(owner.user)}`, correlationId, another };
}
