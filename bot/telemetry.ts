import { type Logger, pino } from 'pino';

/**
 * One turn, as the log has it. Ids of people and meetings, names, texts, links and tokens have no place here:
 * the type is the whole vocabulary.
 */
export type TurnEvent = {
  /** Correlation id: Graph's `client-request-id`, and its first eight characters on error cards. */
  reference: string;
  turn: string;
  /** What came of it: an outcome's name, or `bug`. */
  outcome: string;
  place: string;
  tenant: string;
  milliseconds: number;
};

/** Everything that is ever logged. */
export type Telemetry = {
  turn(event: TurnEvent): void;
  /** A bug or a broken remote: class, code and stack, never a message, because messages may quote people. */
  fault(where: string, reference: string | null, error: unknown): void;
  started(address: { port: number; node: string }): void;
  stopped(reason: string): void;
};

/** Structured events on standard output, one JSON line each. */
export function createTelemetry(level: string): Telemetry {
  const log: Logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  return {
    turn: (event) => log.info({ event: 'turn', ...event }),
    fault: (where, reference, error) => log.error({ event: 'fault', where, reference, ...describe(error) }),
    started: (address) => log.info({ event: 'started', ...address }),
    stopped: (reason) => log.info({ event: 'stopped', reason }),
  };
}

/** What is safe to know of an error and of what caused it. */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { status, statusCode, code } = error as Error & Record<'status' | 'statusCode' | 'code', unknown>;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    status: number(status ?? statusCode),
    code: typeof code === 'number' ? code : word(code),
    stack: frames.slice(0, 8).map((frame) => frame.trim()),
    ...(error.cause instanceof Error && { cause: describe(error.cause) }),
  };
}

const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
const word = (value: unknown) =>
  typeof value === 'string' && /^[\w.-]{1,60}$/.test(value) ? value : undefined;
