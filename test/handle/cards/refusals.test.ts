import { expect, test } from 'vitest';
import { TokenError } from '../../../bot/auth/token-error.ts';
import { GraphError } from '../../../bot/graph/client.ts';
import { isRetryable, problemOf } from '../../../bot/handle/cards/refusals.ts';
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

type Mode = Parameters<typeof problemOf>[1];
const BOTH: readonly Mode[] = ['delegated', 'application'];

test.each<[number, string, readonly Mode[], Problem]>([
  [0, 'timeout', BOTH, 'timeout'],
  [0, 'network', BOTH, 'unavailable'],
  [0, 'lost', BOTH, 'lost'],
  [0, 'unreadable', BOTH, 'lost'],
  [400, 'BadRequest', BOTH, 'badRequest'],
  [400, 'InvalidArgument', BOTH, 'badRequest'],
  [400, '', BOTH, 'badRequest'],
  [401, 'AuthenticationError', BOTH, 'personalAccount'],
  [401, 'InvalidAuthenticationToken', ['delegated'], 'signInFailed'],
  [401, '', ['delegated'], 'signInFailed'],
  [401, 'InvalidAuthenticationToken', ['application'], 'misconfigured'],
  [403, 'AuthenticationError', BOTH, 'personalAccount'],
  [403, 'insufficient_claims', ['delegated'], 'signInFailed'],
  [403, 'insufficient_claims', ['application'], 'misconfigured'],
  [403, 'Forbidden', ['delegated'], 'forbidden'],
  [403, 'General', ['delegated'], 'forbidden'],
  [403, '', ['delegated'], 'forbidden'],
  [403, 'Forbidden', ['application'], 'accessPolicy'],
  [403, 'General', ['application'], 'accessPolicy'],
  [403, 'Unauthorized', ['application'], 'accessPolicy'],
  [403, '', ['application'], 'accessPolicy'],
  [403, 'ErrorAccessDenied', ['delegated'], 'forbidden'],
  [403, 'ErrorAccessDenied', ['application'], 'calendarRole'],
  [404, 'MailboxNotEnabledForRESTAPI', BOTH, 'noMailbox'],
  [404, 'NotFound', BOTH, 'gone'],
  [404, '', BOTH, 'gone'],
  [405, 'Request_BadRequest', BOTH, 'unexpected'],
  [406, '', BOTH, 'unexpected'],
  [408, '', BOTH, 'timeout'],
  [409, 'Conflict', BOTH, 'unavailable'],
  [412, 'PreconditionFailed', BOTH, 'badRequest'],
  [415, '', BOTH, 'unexpected'],
  [418, 'Teapot', BOTH, 'unexpected'],
  [429, 'TooManyRequests', BOTH, 'throttled'],
  [429, 'activityLimitReached', BOTH, 'throttled'],
  [500, 'InternalServerError', BOTH, 'unavailable'],
  [501, 'NotImplemented', BOTH, 'badRequest'],
  [502, '', BOTH, 'unavailable'],
  [503, 'serviceNotAvailable', BOTH, 'unavailable'],
  [504, '', BOTH, 'timeout'],
  [599, '', BOTH, 'unavailable'],
  [302, '', BOTH, 'unexpected'],
])('%i %s', (status, code, modes, problem) => {
  expect(modes.map((mode) => problemOf(new GraphError(status, code, { method: 'GET' }), mode))).toEqual(
    modes.map(() => problem),
  );
});

test.each<[string, Mode, Problem]>([
  ['UnknownError', 'delegated', 'notSetUp'],
  ['NotFound', 'delegated', 'notSetUp'],
  ['UnknownError', 'application', 'forbidden'],
])('404 %s, when a meeting was to be made, %s', (code, mode, problem) => {
  expect(problemOf(new GraphError(404, code, { method: 'POST' }), mode)).toBe(problem);
});

test.each<[number, string, string, Problem]>([
  [404, 'ErrorItemNotFound', 'POST', 'gone'],
  [404, 'MailboxNotEnabledForRESTAPI', 'POST', 'noMailbox'],
  [412, 'ErrorIrresolvableConflict', 'PATCH', 'overtaken'],
])('%i %s of the calendar, to a %s', (status, code, method, problem) => {
  expect(problemOf(new GraphError(status, code, { method }), 'delegated')).toBe(problem);
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
