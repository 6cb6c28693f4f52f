import type { Fault } from '../faults.ts';

/** A failure that Graph is known for, ready to be switched on. */
type DocumentedError = { id: string; title: string; fault: Fault };

const INNER = { date: '2026-01-01T00:00:00', 'request-id': '5a4d0000-0000-4000-8000-000000000000' };

const status = (
  code: number,
  name: string,
  message: string,
  more: { retryAfter?: number; headers?: Record<string, string> } = {},
): Fault => ({
  kind: 'status',
  status: code,
  body: { error: { code: name, message, innerError: INNER } },
  ...more,
});
const claims = Buffer.from(JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } }));
const challenge = `Bearer realm="", error="insufficient_claims", claims="${claims.toString('base64')}"`;

/** Every documented failure, in the order in which the sandbox offers them. */
export const DOCUMENTED_ERRORS: readonly DocumentedError[] = [
  {
    id: 'bad-request',
    title: '400: times or link refused',
    fault: status(400, 'BadRequest', '1026: An error has occurred.'),
  },
  {
    id: 'invalid-argument',
    title: '400: no filter, where one is needed',
    fault: status(400, 'InvalidArgument', 'Filter expression expected.'),
  },
  { id: 'empty-error', title: '400 without code and message', fault: status(400, '', '') },
  {
    id: 'token-expired',
    title: '401: token expired',
    fault: status(401, 'InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.'),
  },
  {
    id: 'personal-account',
    title: '401: personal account',
    fault: status(401, 'AuthenticationError', 'Error authenticating with resource'),
  },
  {
    id: 'claims-challenge',
    title: '403: conditional access asks for more',
    fault: status(403, 'insufficient_claims', 'Conditional access.', {
      headers: { 'WWW-Authenticate': challenge },
    }),
  },
  { id: 'forbidden', title: '403: no licence, permission or policy', fault: status(403, 'Forbidden', '') },
  {
    id: 'no-access-policy',
    title: '403: no application access policy',
    fault: status(403, 'Forbidden', 'No application access policy found for this app'),
  },
  {
    id: 'no-access-policy-general',
    title: '403: the same, as it is also spelled',
    fault: status(403, 'General', 'No application access policy found for this app'),
  },
  { id: 'not-found', title: '404: gone', fault: status(404, 'NotFound', 'Meeting not found.') },
  { id: 'method', title: '405: method not allowed', fault: status(405, 'Request_BadRequest', '') },
  { id: 'not-acceptable', title: '406: not acceptable', fault: status(406, 'NotAcceptable', '') },
  { id: 'conflict', title: '409: conflict', fault: status(409, 'Conflict', 'Conflict.') },
  {
    id: 'precondition',
    title: '412: precondition failed',
    fault: status(412, 'PreconditionFailed', 'Precondition failed.'),
  },
  { id: 'media-type', title: '415: media type', fault: status(415, 'UnsupportedMediaType', '') },
  {
    id: 'throttled',
    title: '429: throttled for 2 s',
    fault: status(429, 'TooManyRequests', 'Too many requests.', { retryAfter: 2 }),
  },
  {
    id: 'throttled-long',
    title: '429: throttled for 5 min',
    fault: status(429, 'activityLimitReached', 'Limit reached.', { retryAfter: 300 }),
  },
  {
    id: 'throttled-silent',
    title: '429 without Retry-After',
    fault: status(429, 'TooManyRequests', 'Too many requests.'),
  },
  {
    id: 'server-error',
    title: '500: internal error',
    fault: status(500, 'InternalServerError', 'An error has occurred.'),
  },
  {
    id: 'not-implemented',
    title: '501: not implemented',
    fault: status(501, 'NotImplemented', 'Not implemented.'),
  },
  {
    id: 'bad-gateway',
    title: '502: bad gateway, not JSON',
    fault: { kind: 'status', status: 502, body: '<html>Bad Gateway</html>' },
  },
  {
    id: 'unavailable',
    title: '503: unavailable',
    fault: status(503, 'serviceNotAvailable', 'Service unavailable.', { retryAfter: 1 }),
  },
  {
    id: 'gateway-timeout',
    title: '504: gateway timeout, not JSON',
    fault: { kind: 'status', status: 504, body: '<html>Gateway Timeout</html>' },
  },
  {
    id: 'not-json',
    title: '201 that is not a meeting',
    fault: { kind: 'status', status: 201, body: '<html>Proxy</html>' },
  },
  { id: 'slow', title: 'Answers after 8 s', fault: { kind: 'slow', ms: 8_000 } },
  { id: 'hang', title: 'Never answers', fault: { kind: 'hang' } },
  {
    id: 'dropped-before',
    title: 'Connection lost before anything happened',
    fault: { kind: 'drop', when: 'before' },
  },
  {
    id: 'dropped-after',
    title: 'Connection lost after the meeting was made',
    fault: { kind: 'drop', when: 'after' },
  },
];
