import { expect, test } from 'vitest';
import { TokenError } from '../../../bot/auth/token-error.ts';
import { GraphError } from '../../../bot/graph/failure.ts';
import { isRetryable, problemOf } from '../../../bot/handle/cards/problem.ts';
import type { Problem } from '../../../bot/say/cards/problem.ts';

test.each<[TokenError['failure'], Problem, Problem]>([
  ['interaction', 'signInFailed', 'misconfigured'],
  ['conditionalAccess', 'conditionalAccess', 'misconfigured'],
  ['notAllowed', 'notAllowed', 'misconfigured'],
  ['expired', 'signInFailed', 'misconfigured'],
  ['adminConsent', 'adminConsent', 'misconfigured'],
  ['misconfigured', 'misconfigured', 'misconfigured'],
  ['unavailable', 'unavailable', 'unavailable'],
])('no token: %s', (failure, asPerson, asApp) => {
  const error = new TokenError(failure, null, null);
  expect(problemOf(error, 'delegated')).toBe(asPerson);
  expect(problemOf(error, 'application')).toBe(asApp);
});

test('a refusal of Graph is read from its table', () => {
  expect(problemOf(new GraphError(403, ''), 'delegated')).toBe('forbidden');
  expect(problemOf(new GraphError(403, ''), 'application')).toBe('accessPolicy');
});

test('a bug is not explained away', () => {
  const bug = new TypeError('x is undefined');
  expect(() => problemOf(bug, 'delegated')).toThrow(bug);
});

test.each<[Problem, boolean]>([
  ['throttled', true],
  ['unavailable', true],
  ['timeout', true],
  ['lost', true],
  ['unexpected', true],
  ['forbidden', false],
  ['accessPolicy', false],
  ['badRequest', false],
  ['gone', false],
  ['personalAccount', false],
])('trying again after %s: %s', (problem, canRetry) => {
  expect(isRetryable(problem)).toBe(canRetry);
});
