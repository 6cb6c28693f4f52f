import {
  type Context,
  type Middleware,
  RetryHandler,
  RetryHandlerOptions,
} from '@microsoft/microsoft-graph-client';
import { type Incoming, send } from '../outgoing.ts';
import { silenceOf } from './failure.ts';

const MAX_RETRIES = 2;
const RETRY_DELAY_SECONDS = 1;

/** What became of the attempts: the status of each, 0 where no answer came; why the last one was silent; its challenge. */
export type Trace = { statuses: number[]; silent: unknown; challenge: string | null };

/** Before the first attempt. */
export const newTrace = (): Trace => ({ statuses: [], silent: null, challenge: null });

/**
 * Sends the request over kept connections, and once more at once where that is worth it; the SDK's own handler before
 * it waits and retries on 429, 503 and 504. `deadline` as `performance.now()` counts.
 */
export function attempts(deadline: number, trace: Trace): Middleware {
  const retry = new RetryHandler();
  const attemptOnce = async (context: Context) => {
    try {
      context.response = await attempt(context, deadline);
      trace.statuses.push(context.response.status);
      trace.challenge = context.response.headers.get('WWW-Authenticate');
    } catch (error) {
      trace.statuses.push(0);
      trace.silent = error;
      throw error;
    }
  };
  retry.setNext({
    execute: async (context) => {
      const isSettled = await attemptOnce(context).then(
        () => !isWorthAnother(context),
        (error: unknown) => {
          if (silenceOf(error) === 'timeout') throw error;
          return false;
        },
      );
      if (!isSettled) await attemptOnce(context);
    },
  });
  return retry;
}

/** A conflict; and trouble inside Graph with what may be asked twice without harm. The handler before knows the rest. */
function isWorthAnother({ request, options, response }: Context): boolean {
  const isHarmless = options?.method === 'GET' || String(request).endsWith('/createOrGet');
  return response?.status === 409 || (isHarmless && [500, 502].includes(response?.status ?? 0));
}

/** In place of the SDK's own last handler, which is a fetch. */
async function attempt({ request, options }: Context, deadline: number): Promise<Response> {
  const { status, headers, text } = await send({
    method: options?.method ?? 'GET',
    url: String(request),
    headers: options?.headers as Record<string, string>,
    body: options?.body as string | undefined,
    patience: Math.max(0, deadline - performance.now()),
  });
  return toResponse({ status, headers, text });
}

/** As much of a Response as the SDK reads: building and reading a whole one takes longer than the call itself. */
function toResponse({ status, headers, text }: Incoming): Response {
  const response = {
    status,
    ok: status >= 200 && status < 300,
    headers: { get: (name: string) => headers[name.toLowerCase()] ?? null },
    body: text,
    text: async () => text,
    json: async () => JSON.parse(text),
  };
  return response as unknown as Response;
}

/** How often, and how long for: a wait that Graph asks for is waited only if it ends before the deadline. */
export const retriesUntil = (deadline: number): RetryHandlerOptions =>
  new RetryHandlerOptions(RETRY_DELAY_SECONDS, MAX_RETRIES, fitsInto(deadline));

function fitsInto(deadline: number) {
  return (_delay: number, attempt: number, _request: unknown, _options: unknown, response: Response) => {
    const asked = Number(response.headers.get('Retry-After') ?? RETRY_DELAY_SECONDS + attempt);
    return Number.isFinite(asked) && performance.now() + (asked + 1) * 1_000 < deadline;
  };
}
