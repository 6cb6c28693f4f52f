import { randomUUID } from 'node:crypto';
import type { Answer, Incoming } from '../serve.ts';

/** Graph says no. `code` and `message` may be empty, as they are in life. */
export class GraphRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  /** Further members of the error. */
  readonly members: Record<string, string>;
  constructor(
    status: number,
    code: string,
    message: string,
    headers: Record<string, string> = {},
    members: Record<string, string> = {},
  ) {
    super(message);
    this.name = 'GraphRefusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.members = members;
  }
}

const CODES: Record<number, string> = {
  400: 'BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  412: 'PreconditionFailed',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  501: 'NotImplemented',
  503: 'serviceNotAvailable',
  504: '',
};

/** The request cannot be right: unknown members, wrong values. */
export function badRequest(message: string): GraphRefusal {
  return new GraphRefusal(400, 'BadRequest', message);
}

/** Nothing there, or nothing that the caller may know of. */
export function notFound(message = 'Meeting not found.'): GraphRefusal {
  return new GraphRefusal(404, 'NotFound', message);
}

/** Graph's error body for a request. */
export function errorBody(request: Incoming, error: { code: string; message: string }, now: number) {
  const date = new Date(now).toISOString().slice(0, 19);
  const client = request.headers['client-request-id'];
  const requestId = randomUUID();
  const innerError = { date, 'request-id': requestId, 'client-request-id': client ?? requestId };
  return { requestId, body: { error: { ...error, innerError } } };
}

/** The answer that tells a refusal. */
export function refuse(request: Incoming, refusal: GraphRefusal, now: number): Answer {
  const { code, message, members } = refusal;
  const { requestId, body } = errorBody(request, { code, message, ...members }, now);
  return { status: refusal.status, headers: { 'request-id': requestId, ...refusal.headers }, body };
}

/** The body of a switched-on status that brings none of its own. */
export function faultBody(status: number, request: Incoming, now: number): unknown {
  return errorBody(request, { code: CODES[status] ?? '', message: 'Switched on in the sandbox.' }, now).body;
}
