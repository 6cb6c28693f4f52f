import type { GraphTokens } from '../../auth/access-tokens.ts';
import type { ConsentWish } from '../../auth/consent-pages.ts';
import type { Reach } from '../../auth/scopes.ts';
import { TokenError } from '../../auth/token-error.ts';
import type { Caller } from '../../graph/client.ts';
import { GraphError } from '../../graph/client.ts';
import type { Problem } from '../../say/cards/problem.ts';
import type { Reply } from '../../say/render.ts';
import { SIGNED_OUT } from '../../store/keys.ts';
import type { Pending } from '../../store/store.ts';
import type { Outcome } from '../../teams/outcome.ts';
import { isRetryable, problemOf } from '../cards/refusals.ts';
import type { GraphScope, TurnScope } from '../services.ts';

/**
 * Nothing can be done before the person has signed in, or has agreed to more. `claims`: what Graph demands of the token, as
 * JSON; `scope`: the token must reach the calendar, too; `draft`: what will be made, for a conversation in which nobody can be
 * signed in silently.
 */
export type NeedsToken = { needs: 'token'; claims: string | null; scope?: 'calendar'; draft?: Reply };

/** A request that waits for what it needs of a sign-in. */
export const withNeeds = ({ claims, scope }: NeedsToken, pending: Pending): Pending => ({
  ...pending,
  ...(claims !== null && { claims }),
  ...(scope !== undefined && { scope }),
});

/** The outcome of a request, or that it needs a sign-in. */
export type Progress = Outcome | NeedsToken;

/** A refusal by Entra or Graph. `wait`: how long to wait before the next try, in milliseconds. */
export type Refusal = { problem: Problem; wait: number | null; by: 'entra' | 'graph' };

const needsToken = (reach: Reach, claims: string | null): NeedsToken => ({
  needs: 'token',
  claims,
  ...(reach === 'calendar' && { scope: reach }),
});

/**
 * Calls Graph in the person's name. Where they must sign in first, or Entra or Graph refuses, that is the result; other errors
 * are rethrown. `reach`: how far the token must reach.
 */
export async function callGraph<T extends object>(
  scope: TurnScope,
  work: (scope: GraphScope) => Promise<T>,
  reach: Reach = 'meetings',
): Promise<T | NeedsToken | Refusal> {
  try {
    const caller = await callerOf(scope, reach);
    return 'needs' in caller ? caller : await work({ ...scope, caller });
  } catch (error) {
    return refusalOf(error, scope, reach);
  }
}

/**
 * The token and address with which Graph is called for this person, about online meetings or the calendar as well. Throws
 * TokenError where the app itself cannot sign in.
 */
export async function callerOf(scope: TurnScope, reach: Reach): Promise<Caller | NeedsToken> {
  const { services, owner, reference } = scope;
  const { access } = services;
  const correlationId = reference;
  if (access.mode === 'delegated') {
    const token = await cachedToken(access.tokens, scope, reach);
    return token === null ? needsToken(reach, null) : { token, home: '/me', correlationId };
  }
  const token = await access.tokens.token(owner.tenant);
  const another = () => access.tokens.replace(owner.tenant, token);
  return { token, home: `/users/${encodeURIComponent(owner.user)}`, correlationId, another };
}

/**
 * What an error of Entra or Graph means for the person: to sign in again, or a problem. Other errors are rethrown. `reach`: of
 * the token that was used.
 */
function refusalOf(error: unknown, { services, owner }: TurnScope, reach: Reach): NeedsToken | Refusal {
  const { access } = services;
  if (access.mode === 'delegated' && error instanceof GraphError && isAnotherTokenNeeded(error)) {
    const { claims } = error;
    // Entra may give the next token silently; if not, its answer to that request says so.
    if (claims === null) access.tokens.drop(owner);
    else access.tokens.demand(owner, claims);
    return needsToken(reach, claims);
  }
  const problem = problemOf(error, access.mode);
  return error instanceof GraphError
    ? { problem, wait: error.wait, by: 'graph' }
    : { problem, wait: null, by: 'entra' };
}

/** Whether Graph or Entra has refused, and neither another try nor another token would help. Other errors are bugs. */
export function isRefusedForGood(
  error: unknown,
  { services: { access } }: TurnScope,
): error is GraphError | TokenError {
  if (error instanceof GraphError && access.mode === 'delegated' && isAnotherTokenNeeded(error)) return false;
  const isRefusal = error instanceof GraphError || error instanceof TokenError;
  return isRefusal && !isRetryable(problemOf(error, access.mode));
}

/** Whether another token may help. It does not help a personal account. */
const isAnotherTokenNeeded = ({ status, code, claims }: GraphError) =>
  claims !== null || code === 'insufficient_claims' || (status === 401 && code !== 'AuthenticationError');

/** Longer than any of Graph's tokens is valid. */
const KEEP_MS = 30 * 3_600_000;

/** Makes every replica drop the person's token: each replica checks this claim before it uses a cached token. */
export async function signOutEverywhere(tokens: GraphTokens, scope: TurnScope): Promise<void> {
  const { owner, services } = scope;
  const until = services.now().toMillis() + KEEP_MS;
  const isFirst = await services.store.claim(owner, SIGNED_OUT, until);
  if (!isFirst) await services.store.settle(owner, SIGNED_OUT, until);
  tokens.drop(owner);
}

/** Whether Graph can be called for the person without a sign-in, as far as this replica knows. */
export async function isSignedIn(scope: TurnScope): Promise<boolean> {
  const { access } = scope.services;
  return access.mode === 'application' || (await cachedToken(access.tokens, scope)) !== null;
}

/** The token that this replica has cached for the person, unless they have signed out since. */
export async function cachedToken(
  tokens: GraphTokens,
  scope: TurnScope,
  reach: Reach = 'meetings',
): Promise<string | null> {
  const { owner, person } = scope;
  const held = tokens.cached(owner, reach);
  if (held === null) return null;
  const { signedOutUntil: until } = await person();
  if (until === null || until - KEEP_MS <= held.since) return held.token;
  tokens.drop(owner);
  return null;
}

/**
 * Verifies and exchanges a token that Teams handed over; afterwards the Graph token is cached. Resolves with a TokenError also
 * when Entra does not answer. `wish`: how far the token must reach, and the claims that it must have.
 */
export async function takeToken(
  token: string,
  scope: TurnScope,
  wish: ConsentWish = { reach: 'meetings', claims: null },
): Promise<'taken' | 'notTheirs' | TokenError> {
  const { services, owner } = scope;
  const { access } = services;
  if (access.mode === 'application') return 'taken';
  const isTheirs = await services
    .isTokenOf(token, owner)
    .catch((error: unknown) => new TokenError('unavailable', null, error));
  if (isTheirs instanceof TokenError) return isTheirs;
  if (!isTheirs) return 'notTheirs';
  try {
    await access.tokens.exchange(owner, token, wish);
    return 'taken';
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    if (error.claims !== null) access.tokens.demand(owner, error.claims);
    return error;
  }
}
