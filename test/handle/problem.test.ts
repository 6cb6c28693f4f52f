import { expect, test } from 'vitest';
import { TokenError } from '../../bot/auth/token-error.ts';
import { GraphError } from '../../bot/graph/client.ts';
import { isRetryable, problemOf } from '../../bot/handle/problem.ts';
import type { Problem } from '../../bot/reply.ts';

const graph = (status: number, code = '') => new GraphError(status, code, null);
const token = (failure: TokenError['failure']) => new TokenError(failure, null, null);

test.each<[Error, Problem, boolean]>([
  [graph(400), 'badRequest', false],
  [graph(403), 'forbidden', false],
  [graph(404), 'gone', false],
  [graph(429, 'TooManyRequests'), 'throttled', true],
  [graph(500), 'unavailable', true],
  [graph(502), 'unavailable', true],
  [graph(503), 'unavailable', true],
  [graph(504), 'unavailable', true],
  [graph(408), 'timeout', true],
  [graph(418), 'unexpected', true],
  [graph(0, 'timeout'), 'timeout', true],
  [graph(0, 'network'), 'unavailable', true],
  [graph(403, 'AuthenticationError'), 'personalAccount', false],
  [token('interaction'), 'signInFailed', false],
  [token('expired'), 'signInFailed', false],
  [token('adminConsent'), 'adminConsent', false],
  [token('misconfigured'), 'misconfigured', false],
  [token('unavailable'), 'unavailable', true],
])('%o', (error, problem, canRetry) => {
  expect(problemOf(error)).toBe(problem);
  expect(isRetryable(problem)).toBe(canRetry);
});

test('a bug is not explained away', () => {
  const bug = new TypeError('x is undefined');
  expect(() => problemOf(bug)).toThrow(bug);
});
